"""The store's own samples: drawn once, exactly weighted, repeatable, and read into the log as a file would say it."""

from datetime import timedelta

import numpy as np
import pytest

from surveillance.domain.roles import Role
from surveillance.domain.truth_sample import draw, frame
from surveillance.errors import NotFound
from surveillance.services.audit_samples import draw_sample
from surveillance.services.withdrawals import withdraw
from surveillance.storage import audit_samples
from surveillance.storage.audit_trail import events as trail
from surveillance.storage.logs import read_cases
from surveillance.storage.times import EVER


@pytest.fixture
def audited(ready, words, small):
    """Return the ward under a plan that audits three in ten, its first week loaded."""
    return small.audit(ready, words)


def drawn(ward, actor, week, at, role=Role.RC_AI):
    said = draw_sample(actor(role), ward.store, 1, week, at=at)
    with ward.store.read() as connection:
        return said, audit_samples.samples(connection, 1, EVER), audit_samples.sampled(connection, 1, EVER)


def unflagged(ward, first, last, small):
    return {f"S{n:03d}" for n in range(first, last) if n % 10 and n % 29 != 28}


def test_the_plans_share_of_the_unflagged_is_drawn_once_and_kept_with_its_exact_share(audited, actor, small):
    at = small.monday(0) + timedelta(hours=1)
    said, (sample,), cases = drawn(audited, actor, "2025-W14", at)

    eligible = unflagged(audited, 0, 60, small)
    assert "The sample of 2025-W14 is drawn." in said
    assert (sample.eligible, sample.fraction) == (len(eligible), sample.drawn / len(eligible))
    assert sample.drawn in (15, 16)  # three in ten of 52 are 15.6
    assert set(cases["case_id"]) < eligible
    with audited.store.read() as connection:
        (entry,) = trail(connection, newest=1)
    assert entry.payload["samples"][0]["seed"] == sample.seed
    assert "S0" not in str(entry.payload)


def test_it_is_never_drawn_again(audited, actor, small):
    at = small.monday(0) + timedelta(hours=1)
    _, samples, cases = drawn(audited, actor, "2025-W14", at)

    said, again, same = drawn(audited, actor, "2025-W14", at + timedelta(days=3), Role.DATA_MANAGER)

    assert "never drawn again" in said
    assert again == samples
    assert same.equals(cases)


def test_anybody_can_repeat_it_from_the_kept_seed_and_moment(audited, actor, small):
    _, (sample,), cases = drawn(audited, actor, "2025-W14", small.monday(0) + timedelta(hours=1))
    audited.load(small.results(60, 100), small.monday(1), name="later.csv")

    with audited.store.read() as connection:
        then = audit_samples.studies_of(read_cases(connection, 1, sample.seen_by, as_filed=True), "Europe/London")
    again = draw(sample.seed, frame(then, start=0, end=2**60), 0.3)

    assert list(again.case_id) == cases["case_id"].tolist()


def test_a_late_study_of_a_drawn_week_has_its_one_chance_in_the_next_draw(audited, actor, small):
    drawn(audited, actor, "2025-W14", small.monday(0) + timedelta(hours=1))
    late = small.results(60, 76).assign(acquired_at=small.results(0, 16)["acquired_at"])
    late["case_id"] = [f"L{number}" for number in range(16)]
    audited.load(late, small.monday(0) + timedelta(hours=2), name="late.csv")
    audited.load(small.results(60, 120), small.monday(1), name="second.csv")

    _, samples, cases = drawn(audited, actor, "2025-W15", small.monday(1) + timedelta(hours=1))

    late_unflagged = {case for case, called in zip(late["case_id"], late["called"], strict=True) if called == 0}
    assert samples[1].eligible == len(unflagged(audited, 60, 120, small) | late_unflagged)
    second = set(cases.loc[cases["week"] == "2025-W15", "case_id"])
    assert second <= unflagged(audited, 60, 120, small) | late_unflagged
    assert not second & unflagged(audited, 0, 60, small)


def test_a_file_withdrawn_and_loaded_again_gives_its_studies_no_second_chance(audited, actor, small):
    data = small.results(0, 60)
    drawn(audited, actor, "2025-W14", small.monday(0) + timedelta(hours=1))
    withdraw(actor(Role.RC_AI), audited.store, 1, "the file of another week", at=small.monday(0) + timedelta(hours=2))
    audited.load(small.results(60, 120), small.monday(1), name="second.csv")
    drawn(audited, actor, "2025-W15", small.monday(1) + timedelta(hours=1))
    audited.load(data, small.monday(2), name="weeks.csv")
    audited.load(small.results(120, 180), small.monday(2), name="third.csv")

    _, samples, cases = drawn(audited, actor, "2025-W16", small.monday(2) + timedelta(hours=1))

    assert [one.eligible for one in samples] == [len(unflagged(audited, n, n + 60, small)) for n in (0, 60, 120)]
    assert set(cases.loc[cases["week"] == "2025-W16", "case_id"]) <= unflagged(audited, 120, 180, small)


def test_a_week_left_out_is_drawn_with_the_next_by_itself_and_none_before(audited, actor, small):
    audited.load(small.results(60, 180), small.monday(2), name="more.csv")
    at = small.monday(2) + timedelta(hours=1)
    drawn(audited, actor, "2025-W14", at)

    _, samples, _ = drawn(audited, actor, "2025-W16", at)

    assert [one.week for one in samples] == ["2025-W14", "2025-W15", "2025-W16"]
    assert [one.eligible for one in samples] == [len(unflagged(audited, n, n + 60, small)) for n in (0, 60, 120)]


def test_no_draw_goes_back_before_another(audited, actor, small):
    audited.load(small.results(60, 120), small.monday(1), name="second.csv")
    at = small.monday(1) + timedelta(hours=1)
    drawn(audited, actor, "2025-W15", at)

    said, samples, _ = drawn(audited, actor, "2025-W14", at)

    assert "no draw goes back before another" in said
    assert len(samples) == 1


def test_where_the_file_says_it_nothing_is_drawn(audited, actor, small):
    drawn(audited, actor, "2025-W14", small.monday(0) + timedelta(hours=1))
    own = small.results(60, 120).assign(audit_selected=None, sampling_fraction=None)
    own.loc[[3, 4], ["audit_selected", "sampling_fraction"]] = 1, 0.04
    audited.load(own, small.monday(1), name="own.csv")

    said, samples, _ = drawn(audited, actor, "2025-W15", small.monday(1) + timedelta(hours=1))

    assert "says itself which studies were selected" in said
    assert len(samples) == 1


def test_a_draw_stands_whatever_a_later_file_says(audited, actor, small):
    at = small.monday(0) + timedelta(hours=1)
    _, _, sample = drawn(audited, actor, "2025-W14", at)
    late = small.results(59, 60).assign(case_id="LATE", audit_selected=0)
    audited.load(late, small.monday(0) + timedelta(hours=2), name="late.csv")
    told = small.results(0, 60).assign(audit_selected=1, sampling_fraction=1.0)
    audited.load(told, small.monday(0) + timedelta(hours=3), name="told.csv")

    with audited.store.read() as connection:
        cases = read_cases(connection, 1, EVER)

    selected = cases[cases["audit_selected"] == 1]
    assert set(selected["case_id"]) == set(sample["case_id"])
    assert set(selected["sampling_fraction"]) == set(sample["fraction"])


def test_the_log_says_what_was_drawn_from_the_draw_on_and_as_of_before_is_unchanged(audited, actor, small):
    with audited.store.read() as connection:
        before = read_cases(connection, 1, EVER)
    _, (sample,), cases = drawn(audited, actor, "2025-W14", small.monday(0) + timedelta(hours=1))

    with audited.store.read() as connection:
        after = read_cases(connection, 1, sample.drawn_at)
        earlier = read_cases(connection, 1, sample.drawn_at - 1)

    selected = after[after["audit_selected"] == 1]
    assert set(selected["case_id"]) == set(cases["case_id"])
    assert np.allclose(selected["sampling_fraction"].astype(float), sample.fraction, rtol=0, atol=0)
    assert earlier.equals(before)
    assert not before["audit_selected"].notna().any()


def test_a_draw_after_an_evaluation_makes_its_week_due_again(audited, actor, small):
    audited.evaluate(small.monday(0) + timedelta(hours=1))
    drawn(audited, actor, "2025-W14", small.monday(0) + timedelta(hours=1))

    run = audited.evaluate(small.monday(0) + timedelta(hours=2))

    assert run.restated_from == ("NeuroFlag · Millford from 2025-W14",)


def test_weeks_that_cannot_be_drawn_are_refused_with_the_reason(audited, actor, small):
    at = small.monday(0) + timedelta(hours=1)

    with pytest.raises(NotFound, match="not over yet"):
        draw_sample(actor(Role.RC_AI), audited.store, 1, "2025-W15", at=at)
    with pytest.raises(NotFound, match="is no week"):
        draw_sample(actor(Role.RC_AI), audited.store, 1, "week 14", at=at)
    assert "Load the log" in draw_sample(actor(Role.RC_AI), audited.store, 1, "2025-W15", at=small.monday(1))


def test_where_the_plan_has_every_study_verified_nothing_is_drawn(ready, actor, small):
    ready.load(small.results(0, 60), small.monday(0), name="first.csv")

    said, samples, _ = drawn(ready, actor, "2025-W14", small.monday(0) + timedelta(hours=1))

    assert "every study verified" in said
    assert samples == ()
