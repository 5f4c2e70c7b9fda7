"""The truth worklist when people act at one moment, or the machine stops in the middle of an act."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from surveillance.domain.roles import Actor, Role
from surveillance.domain.truth_worklist import Answer
from surveillance.errors import SurveillanceError
from surveillance.services import truth_hand_in
from surveillance.services.audit_samples import draw_sample
from surveillance.services.truth_hand_in import hand_in
from surveillance.services.truth_reading import answer
from surveillance.storage import audit_samples, batches, people
from surveillance.storage.readings import readings
from surveillance.storage.times import EVER


@pytest.fixture
def audited(ready, words, small):
    """Return the ward under a plan that audits three in ten, its first week loaded."""
    return small.audit(ready, words)


def at_once(*acts):
    """Let several people act at one moment; return what came of each, a refusal in words among them."""
    start = Barrier(len(acts))

    def run(act):
        start.wait()
        try:
            return act()
        except SurveillanceError as refused:
            return refused

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_two_who_draw_at_one_moment_draw_one_sample(audited, actor, small):
    at = small.monday(0) + timedelta(hours=1)

    at_once(*[
        lambda role=role: draw_sample(actor(role), audited.store, 1, "2025-W14", at=at)
        for role in (Role.RC_AI, Role.DEPUTY, Role.DATA_MANAGER)
    ])  # fmt: skip

    with audited.store.read() as connection:
        (sample,) = audit_samples.samples(connection, 1, EVER)
        assert len(audit_samples.sampled(connection, 1, EVER)) == sample.drawn


def test_three_who_answer_one_study_at_one_moment_leave_two_answers_of_readers(audited, actor, small):
    at = small.monday(0) + timedelta(hours=1)
    with audited.store.write(actor="administrator", role="administrator", action="grant", at=at) as unit:
        people.grant(unit.connection, person_id="physicist", role="deputy", at=at, by="administrator")
        unit.record({"person": "physicist"})
    who = [actor(Role.RC_AI), actor(Role.DEPUTY), Actor("physicist", "The third", Role.DEPUTY)]

    said = at_once(*[
        lambda one=one: answer(one, audited.store, 1, "S010", Answer.PRESENT, at=at) for one in who
    ])  # fmt: skip

    with audited.store.read() as connection:
        given = readings(connection, 1)["S010"]
    assert [one.kind for one in given] == ["reading", "reading"]
    assert sum(isinstance(one, SurveillanceError) for one in said) == 1


def settled(ward, actor, at):
    for role in (Role.RC_AI, Role.DEPUTY):
        answer(actor(role), ward.store, 1, "S010", Answer.PRESENT, at=at)


def test_two_who_hand_in_at_one_moment_hand_in_once(audited, actor, small):
    at = small.monday(0) + timedelta(hours=1)
    settled(audited, actor, at)

    at_once(*[lambda role=role: hand_in(actor(role), audited.store, 1, at=at) for role in (Role.RC_AI, Role.DEPUTY)])

    with audited.store.read() as connection:
        assert [kept.profile_name for kept in batches.batches(connection)].count("truth-worklist") == 1


def test_a_hand_in_that_was_cut_off_left_nothing_and_is_done_again_whole(audited, actor, small, monkeypatch):
    at = small.monday(0) + timedelta(hours=1)
    settled(audited, actor, at)
    real = truth_hand_in.add_batch

    def cut_off(*args, **named):
        real(*args, **named)
        raise KeyboardInterrupt

    monkeypatch.setattr(truth_hand_in, "add_batch", cut_off)
    with pytest.raises(KeyboardInterrupt):
        hand_in(actor(Role.RC_AI), audited.store, 1, at=at)
    with audited.store.read() as connection:
        assert len(batches.batches(connection)) == 1

    monkeypatch.setattr(truth_hand_in, "add_batch", real)
    assert hand_in(actor(Role.RC_AI), audited.store, 1, at=at).truths == 1
