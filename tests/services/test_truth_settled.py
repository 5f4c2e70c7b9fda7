"""Two readers, a third where they differ, and that what they settle counts exactly like a file that carried it."""

from datetime import timedelta

import pytest

from surveillance.domain.roles import Role
from surveillance.domain.truth_worklist import Answer
from surveillance.errors import AlreadyDecided, NotAllowed, NotFound
from surveillance.services import exports
from surveillance.services.audit_samples import draw_sample
from surveillance.services.truth_hand_in import hand_in
from surveillance.services.truth_reading import answer
from surveillance.services.truth_worklist import worklist
from surveillance.services.withdrawals import withdraw
from surveillance.storage import batches
from surveillance.storage.audit_trail import events as trail
from surveillance.storage.logs import read_cases, read_outcomes
from surveillance.storage.times import EVER, from_micros, to_micros

READERS = (Role.RC_AI, Role.DEPUTY)


@pytest.fixture
def audited(ready, words, small):
    """Return the ward under a plan that audits three in ten, three weeks loaded and their samples drawn."""
    return small.draw(small.audit(ready, words, 3), words, 3)


@pytest.fixture
def third(audited, small):
    """Return a third person who reads."""
    return small.third_reader(audited)


def test_two_who_agree_settle_and_where_they_differ_a_third_is_asked_without_being_told(audited, actor, small, third):
    at = small.monday(2) + timedelta(hours=2)
    first = small.read_all(audited, actor(Role.RC_AI), "2025-W14", at, small.say(wrong={"S010", "S020"}))
    small.read_all(audited, actor(Role.DEPUTY), "2025-W14", at + timedelta(hours=1), small.say())

    page = worklist(third, audited.store, 1, "2025-W14", at=at + timedelta(hours=2))
    assert (len(page.studies), page.settled, page.listed) == (2, len(first) - 2, len(first))
    decided = small.read_all(audited, third, "2025-W14", at + timedelta(hours=2), small.say())

    assert set(decided) == {"S010", "S020"}
    handed = hand_in(actor(Role.RC_AI), audited.store, 1, at=at + timedelta(hours=3))
    with audited.store.read() as connection:
        truths = read_outcomes(connection, 1, EVER).set_index("case_id")
    assert handed.truths == len(truths) == len(first)
    assert truths["truth"].to_dict() == {case: int(small.truth(case)) for case in first}
    assert (truths["truth_source"] == "adjudication").to_dict() == {case: case in small.flagged(60) for case in first}
    assert truths.loc["S010", "recorded_at"] >= to_micros(at + timedelta(hours=2))


def test_an_answer_stands_and_nobody_answers_twice_or_beyond_what_is_needed(audited, actor, small, third):
    at = small.monday(3)
    for role in READERS:
        answer(actor(role), audited.store, 1, "S010", Answer.PRESENT, at=at)

    with pytest.raises(AlreadyDecided, match="an answer once given stands"):
        answer(actor(Role.RC_AI), audited.store, 1, "S010", Answer.ABSENT, at=at)
    with pytest.raises(AlreadyDecided, match="all the answers it needs"):
        answer(third, audited.store, 1, "S010", Answer.ABSENT, at=at)
    with pytest.raises(NotFound, match="No study S999"):
        answer(third, audited.store, 1, "S999", Answer.ABSENT, at=at)


def test_handing_in_again_adds_nothing_and_leaves_no_entry(audited, actor, small):
    at = small.monday(3)
    for role in READERS:
        answer(actor(role), audited.store, 1, "S010", Answer.PRESENT, at=at)
    first = hand_in(actor(Role.DATA_MANAGER), audited.store, 1, at=at)
    with audited.store.read() as connection:
        (before,) = trail(connection, newest=1)

    second = hand_in(actor(Role.RC_AI), audited.store, 1, at=at + timedelta(days=1))

    with audited.store.read() as connection:
        (after,) = trail(connection, newest=1)
        kept = batches.batch_of(connection, first.batch_id)
    assert (first.truths, second.truths, second.batch_id) == (1, 0, None)
    assert (kept.profile_name, kept.kind, kept.rows_accepted, kept.synthetic) == ("truth-worklist", "outcomes", 1, True)
    assert before == after


def test_one_who_reads_alone_settles_it_where_the_department_says_so(audited, actor, small, monkeypatch):
    monkeypatch.setenv("SURVEILLANCE_TRUTH_READERS", "1")
    answer(actor(Role.RC_AI), audited.store, 1, "S010", Answer.PRESENT, at=small.monday(3))

    assert hand_in(actor(Role.RC_AI), audited.store, 1, at=small.monday(3)).truths == 1


def test_after_a_withdrawal_a_third_person_decides_anew(audited, actor, small, third):
    at = small.monday(3)
    for role in READERS:
        answer(actor(role), audited.store, 1, "S010", Answer.PRESENT, at=at)
    handed = hand_in(actor(Role.RC_AI), audited.store, 1, at=at)
    withdraw(actor(Role.RC_AI), audited.store, handed.batch_id, "the wrong list was open", at=at + timedelta(hours=1))

    assert hand_in(actor(Role.RC_AI), audited.store, 1, at=at + timedelta(hours=2)).truths == 0
    answer(third, audited.store, 1, "S010", Answer.ABSENT, at=at + timedelta(hours=3))
    assert hand_in(actor(Role.RC_AI), audited.store, 1, at=at + timedelta(hours=4)).truths == 1
    with audited.store.read() as connection:
        assert read_outcomes(connection, 1, EVER)["truth"].tolist() == [0]


def test_a_plan_that_takes_no_reading_says_so_and_nothing_is_handed_in(ready, words, actor, small):
    ready.plan(words.plan_toml(version=2, truth=small.TRUTH | {"flagged": ["follow_up"]}))
    ready.load(small.results(0, 60), small.monday(0), name="first.csv")
    at = small.monday(0) + timedelta(hours=1)
    draw_sample(actor(Role.RC_AI), ready.store, 1, "2025-W14", at=at)

    page = worklist(actor(Role.RC_AI), ready.store, 1, "2025-W14", at=at)
    assert page.listed == len(small.sampled(ready))
    assert "Of studies that the AI flagged the plan takes no truth from a reading" in page.note
    for role in READERS:
        answer(actor(role), ready.store, 1, "S010", Answer.PRESENT, at=at)
    with pytest.raises(NotAllowed, match="nothing is handed in"):
        hand_in(actor(Role.RC_AI), ready.store, 1, at=at)


def test_agreement_is_shown_to_the_rc_ai_alone_and_only_after_truths_were_handed_in(audited, actor, small):
    at = small.monday(3)
    for n, case in enumerate(sorted(small.flagged(120))):
        answer(actor(Role.RC_AI), audited.store, 1, case, Answer.PRESENT if n % 2 else Answer.ABSENT, at=at)
        answer(actor(Role.DEPUTY), audited.store, 1, case, Answer.PRESENT if n % 2 else Answer.ABSENT, at=at)

    def shown(role):
        return worklist(actor(role), audited.store, 1, "2025-W16", at=at).agreement

    assert shown(Role.RC_AI) is None
    hand_in(actor(Role.RC_AI), audited.store, 1, at=at)
    assert shown(Role.RC_AI).percent.endswith(
        f"alike in {len(small.flagged(120))} of {len(small.flagged(120))} studies"
    )
    assert shown(Role.RC_AI).kappa.startswith("1.00")
    assert shown(Role.DEPUTY) is None
    assert shown(Role.DATA_MANAGER) is None


def test_a_worklists_truths_give_the_points_of_a_file_that_carried_them(audited, actor, small, words, bare):
    at = small.monday(2) + timedelta(hours=2)
    for step, role in enumerate(READERS):
        small.read_all(audited, actor(role), "2025-W16", at + step * timedelta(hours=1), small.say())
    hand_in(actor(Role.RC_AI), audited.store, 1, at=at + timedelta(hours=3))
    with audited.store.read() as connection:
        cases, outcomes = read_cases(connection, 1, EVER), read_outcomes(connection, 1, EVER)

    bare.plan(words.plan_toml(version=2, truth=small.TRUTH))
    bare.register()
    own = small.results(0, 180).merge(cases[["case_id", "audit_selected", "sampling_fraction"]], on="case_id")
    bare.load(own, small.monday(2), name="three.csv")
    recorded = [from_micros(moment).isoformat() for moment in outcomes["recorded_at"]]
    told = outcomes[["case_id", "truth", "truth_source"]].assign(
        model="NeuroFlag", site="Millford", truth_recorded_at=recorded
    )
    bare.load(told, at + timedelta(hours=3), name="truths.csv")

    later = at + timedelta(days=30)
    points = []
    for ward in (audited, bare):
        ward.evaluate(later, as_of=later)
        points.append(exports.points(actor(Role.RC_AI), ward.store))
    different = [(a, b) for a, b in zip(points[0][1], points[1][1], strict=True) if a != b]
    assert different == []
    weighted = [row for row in points[0][1] if row[3] == "sensitivity" and row[4] != ""]
    assert weighted
    assert any("weight" in row[9].lower() or "audit" in row[9].lower() for row in weighted)
