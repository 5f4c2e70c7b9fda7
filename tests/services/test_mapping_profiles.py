"""No department's profile takes a name that the software itself uses."""

import pytest

from surveillance.domain.roles import Role
from surveillance.errors import InvalidProfile
from surveillance.services import intake, set_up
from surveillance.services.mapping_profiles import profile_names, reserved_names, save_profile
from surveillance.storage import profiles
from surveillance.storage.outcome_log.ready_profiles import ready_profile


def renamed(name: str) -> str:
    return ready_profile("canonical-outcomes").replace('"canonical-outcomes"', f'"{name}"')


@pytest.mark.parametrize("name", [*reserved_names(), "Truth-Worklist", " canonical "])
def test_a_profile_with_a_name_of_the_software_is_refused(ready, actor, words, name):
    """The review's case: truths that the worklist had settled were silenced by a profile of that name."""
    with pytest.raises(InvalidProfile, match="the software itself uses the name"):
        save_profile(actor(Role.DATA_MANAGER), ready.store, renamed(name), at=words.MADE_AT)

    with ready.store.read() as connection:
        assert profiles.profiles(connection) == ()
    assert save_profile(actor(Role.DATA_MANAGER), ready.store, renamed("north"), at=words.MADE_AT).profile == "north"
    assert profile_names(actor(Role.DATA_MANAGER), ready.store)[0] == "north"


def test_a_profile_kept_under_the_worklists_name_before_loads_nothing(ready, actor, words):
    with ready.store.write(actor="data_manager", role="data_manager", action="keep", at=words.MADE_AT) as unit:
        more = {"toml": renamed("truth-worklist"), "at": words.MADE_AT, "by": "data_manager"}
        profiles.save_profile(unit.connection, name="truth-worklist", **more)
        unit.record({"profile": "truth-worklist"})

    data = words.csv(words.outcomes(2))
    with pytest.raises(InvalidProfile, match="truth worklist hands in under it"):
        intake.preview(actor(Role.DATA_MANAGER), ready.store, data, "week.csv", "truth-worklist", at=words.monday(3))


@pytest.mark.parametrize("name", ["truth-worklist", "canonical"])
def test_set_up_asks_for_another_name(ready, actor, words, name):
    manager, at = actor(Role.DATA_MANAGER), words.monday(3)
    data = words.csv(words.results(0))
    answers = set_up.Answers({"name": name})
    proposal = set_up.propose(manager, ready.store, data, f"{name}.csv", answers, at=at)
    question = next(one for one in proposal.questions if one.key == "name")

    assert question.proposed is None
    assert "choose another" in question.fault
