"""A file of truths that names no source is asked for it at set-up, and never reaches the store without."""

from surveillance.domain.roles import Role
from surveillance.services import set_up
from surveillance.services.proposed_profile import propose_profile
from surveillance.services.set_up import Answers
from surveillance.storage.logs import read_outcomes
from surveillance.storage.times import EVER


def test_the_source_is_asked_for_at_set_up_and_then_every_truth_has_it(ready, words, actor):
    manager, at = actor(Role.DATA_MANAGER), words.monday(9)
    data = words.csv(words.outcomes(2).drop(columns="truth_source"))

    proposal = propose_profile(manager, ready.store, data, "truths.csv")
    assert (proposal.profile, proposal.set_up) == (None, True)

    answers = Answers({"name": "truths of the department"})
    asked = set_up.propose(manager, ready.store, data, "truths.csv", answers, at=at).questions
    assert "constant.truth_source" in {question.key for question in asked}
    answers = Answers({**dict(answers.given), "constant.truth_source": "follow_up"})
    for _ in range(9):
        answers = answers.confirm(set_up.propose(manager, ready.store, data, "truths.csv", answers, at=at).questions)
    set_up.save(manager, ready.store, data, "truths.csv", answers, at=at)

    known = propose_profile(manager, ready.store, data, "truths.csv")
    assert known.profile is not None
    from surveillance.services import intake

    preview = intake.preview(manager, ready.store, data, "truths.csv", known.profile, at=at)
    intake.commit(manager, ready.store, preview, choice="keep", at=at)
    with ready.store.read() as connection:
        assert set(read_outcomes(connection, 1, EVER)["truth_source"]) == {"follow_up"}
