"""The week's sample for audit: its size, its order, and that what is weighted by it is right, late studies included."""

import hashlib
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveillance.domain.truth_sample import Studies, draw, frame, sample_size, told_weeks

WEEK = 7 * 86_400_000_000
SEEDS = 800


def studies(case_id, week, *, unflagged=None, told=None):
    n = len(case_id)
    return Studies(
        case_id=np.array(case_id, dtype=object),
        acquired_at=np.array(week, dtype=np.int64) * WEEK + 1,
        week=np.array(week, dtype=np.int64),
        unflagged=np.ones(n, dtype=bool) if unflagged is None else np.array(unflagged, dtype=bool),
        told=np.zeros(n, dtype=bool) if told is None else np.array(told, dtype=bool),
    )


def test_the_first_by_digest_are_drawn_so_that_anybody_can_draw_again():
    cases = [f"S{number}" for number in range(40)]

    drawn = draw("a seed", cases, 0.25)

    by_hand = sorted(cases, key=lambda case: hashlib.sha256(f"a seed\n{case}".encode()).hexdigest())
    assert list(drawn.case_id) == by_hand[:10]


@given(st.integers(0, 5_000), st.floats(0.001, 1.0), st.text(max_size=5))
def test_the_plans_share_is_rounded_to_a_neighbour_and_never_to_none(eligible, fraction, seed):
    size = sample_size(fraction, eligible, seed)

    assert fraction * eligible - 1 < size < fraction * eligible + 1 or size == 1
    assert (size == 0) == (eligible == 0)
    assert size <= eligible


def test_over_many_weeks_exactly_the_plans_share_is_drawn():
    sizes = np.array([sample_size(0.1, 47, f"week {week}") for week in range(4_000)])

    assert set(sizes.tolist()) == {4, 5}
    assert abs(sizes.mean() - 4.7) < 3 * sqrt(0.7 * 0.3 / len(sizes))


@given(st.sets(st.text("ABC0123456789", min_size=1, max_size=6), min_size=1, max_size=60), st.randoms())
def test_the_order_of_the_studies_does_not_matter(cases, shuffler):
    mixed = list(cases)
    shuffler.shuffle(mixed)

    assert draw("seed", mixed, 0.3) == draw("seed", sorted(cases), 0.3)
    assert len(set(draw("seed", mixed, 0.3).case_id)) == sample_size(0.3, len(cases), "seed")


def test_every_study_has_the_same_chance_and_so_has_every_pair():
    cases, n, k = [f"S{number}" for number in range(12)], 12, 3
    drawn = [draw(f"seed {seed}", cases, 0.25).case_id for seed in range(5 * SEEDS)]

    single = np.array([sum(case in one for one in drawn) for case in cases])
    pair = sum("S1" in one and "S7" in one for one in drawn)

    expected, both = k / n, k * (k - 1) / (n * (n - 1))
    # Counts of a fixed number of draws: the chi-square has n - 1 degrees of freedom after (n - 1) / (n - k) scaling.
    chi2 = float(((single - len(drawn) * expected) ** 2).sum() / (len(drawn) * expected)) * (n - 1) / (n - k)
    assert chi2 < 31.3  # 99.9 % of chi-square with 11 degrees of freedom, R: qchisq(0.999, 11) = 31.26
    assert abs(pair - len(drawn) * both) < 3.3 * sqrt(len(drawn) * both * (1 - both))


def test_a_draw_takes_what_was_processed_unflagged_in_the_span_and_never_offered():
    log = studies(["a", "b", "c", "d", "e"], [0, 1, 1, 2, 3], unflagged=[1, 1, 0, 1, 1])

    assert frame(log, start=WEEK, end=3 * WEEK) == ("b", "d")
    assert frame(log, start=WEEK, end=3 * WEEK, offered=["b"]) == ("d",)


def test_nothing_is_drawn_in_a_week_whose_file_says_which_studies_were_selected():
    log = studies(["a", "b", "c"], [1, 1, 2], told=[1, 0, 0])

    assert told_weeks(log).tolist() == [1]
    assert frame(log, start=0, end=9 * WEEK) == ("c",)


@pytest.mark.parametrize("fraction", [0.0, -0.1, 1.1])
def test_a_share_that_is_none_is_refused(fraction):
    with pytest.raises(ValueError, match="fraction"):
        draw("seed", ["a"], fraction)


def weighted_misses(seed, *, late_offered):
    """Play four weekly draws of one department, a fifth of whose studies come late and are missed more often."""
    week = np.repeat(np.arange(4), 60)
    number = np.arange(len(week))
    late = number % 5 == 0
    positive = np.where(late, number % 3 == 0, number % 12 == 1)
    arrives = week + late * (1 + number % 2)
    cases = np.array([f"S{one}" for one in number], dtype=object)
    offered, total = set(), 0.0
    for now in range(6):
        here = arrives <= now
        log = studies(cases[here], week[here])
        asked = frame(log, start=0, end=min(now + 1, 4) * WEEK, offered=offered)
        if not late_offered:
            asked = tuple(case for case in asked if week[int(case[1:])] == now)
        if asked:
            drawn = draw(f"{seed} week {now}", asked, 0.1)
            offered |= set(asked)
            total += sum(positive[int(case[1:])] for case in drawn.case_id) / drawn.fraction
    return total, int(positive.sum())


def z_of(values, truth):
    return (np.mean(values) - truth) / (np.std(values, ddof=1) / sqrt(len(values)))


def test_weighted_counts_and_sensitivity_are_right_on_average_though_studies_come_late():
    flagged_positives = 2_000  # so many that the mean of TP / (TP + misses) is off by a quarter of its error
    played = [weighted_misses(seed, late_offered=True) for seed in range(SEEDS)]
    truth = played[0][1]

    counts = np.array([count for count, _ in played])
    sensitivity = flagged_positives / (flagged_positives + counts)

    assert abs(z_of(counts, truth)) < 3
    assert abs(z_of(sensitivity, flagged_positives / (flagged_positives + truth))) < 3


def test_leaving_late_studies_out_would_count_too_few_misses():
    played = [weighted_misses(seed, late_offered=False) for seed in range(100)]

    assert z_of([count for count, _ in played], played[0][1]) < -10
