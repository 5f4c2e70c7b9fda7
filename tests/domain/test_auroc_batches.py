"""Batches of the AUROC chart: where they close, and that they never change."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveillance.domain.auroc_batches import OpenBatch, auroc_batches
from surveillance.metrics import auroc, baseline_auroc

CASES = st.lists(st.tuples(st.booleans(), st.sampled_from([0.1, 0.3, 0.5, 0.7])), max_size=120)


def walk(cases, size):
    """Close batches one case at a time, as the plan says it."""
    batches, batch, wanted = [], [], size
    for position, (truth, score) in enumerate(cases):
        batch.append((truth, score))
        positives = sum(t for t, _ in batch)
        if truth and positives == wanted:
            if positives == len(batch):
                wanted += size
            else:
                batches.append((position, batch))
                batch, wanted = [], size
    return batches, batch


@given(CASES, st.integers(2, 5))
def test_each_batch_closes_at_its_last_positive_and_one_without_negatives_joins_the_next(cases, size):
    expected, left = walk(cases, size)

    batches = auroc_batches([t for t, _ in cases], [s for _, s in cases], batch_positives=size)

    assert batches.closed_at.tolist() == [position for position, _ in expected]
    for value, positives, negatives, (_, batch) in zip(
        batches.auroc, batches.positives, batches.negatives, expected, strict=True
    ):
        estimate = auroc([t for t, _ in batch], [s for _, s in batch])
        assert value == pytest.approx(estimate.value, abs=1e-12)
        assert (positives, positives + negatives) == (estimate.positives, estimate.n)
    assert batches.open == OpenBatch(tuple(t for t, _ in left), tuple(s for _, s in left))
    assert batches.open.positives == sum(t for t, _ in left)


@given(CASES, st.integers(2, 5), st.integers(0, 120), st.integers(0, 120))
def test_a_stream_in_three_parts_gives_the_batches_of_the_whole(cases, size, one, two):
    truth, score = [t for t, _ in cases], [s for _, s in cases]
    whole = auroc_batches(truth, score, batch_positives=size)
    cuts = [0, *sorted((min(one, len(cases)), min(two, len(cases)))), len(cases)]

    found, closed, left = [], [], None
    for first, last in pairwise(cuts):
        part = auroc_batches(truth[first:last], score[first:last], batch_positives=size, before=left)
        found += list(zip(part.auroc, part.positives, part.negatives, strict=True))
        closed += (part.closed_at + first).tolist()
        left = part.open

    assert found == list(zip(whole.auroc, whole.positives, whole.negatives, strict=True))
    assert closed == whole.closed_at.tolist()
    assert left == whole.open


def test_a_perfect_batch_counts_with_its_value():
    rng = np.random.default_rng(81)
    truth = rng.random(2000) < 0.2
    baseline = baseline_auroc(truth, rng.normal(truth))

    batches = auroc_batches([0, 1, 0, 1], [0.1, 0.8, 0.2, 0.9], batch_positives=2)

    assert batches.auroc.tolist() == [1.0]
    assert batches.z(baseline)[0] > 0.0
    assert batches.z(baseline).tolist() == baseline.standardise([1.0], [2], [2]).tolist()


def test_later_cases_leave_closed_batches_alone():
    rng = np.random.default_rng(82)
    truth, score = rng.random(900) < 0.1, rng.random(900)
    early, late = auroc_batches(truth[:600], score[:600]), auroc_batches(truth, score)

    assert late.auroc[: len(early.auroc)].tolist() == early.auroc.tolist()
    assert np.all(early.positives == 10)


def test_senseless_batches_are_refused_and_none_are_answered():
    with pytest.raises(ValueError, match="two positives or more"):
        auroc_batches([1], [0.5], batch_positives=1)
    with pytest.raises(ValueError, match="same cases"):
        auroc_batches([1, 0], [0.5])
    nothing = auroc_batches([], [])
    assert nothing.auroc.size == 0
    assert nothing.open == OpenBatch()
    rng = np.random.default_rng(83)
    truth = rng.random(100) < 0.5
    assert nothing.z(baseline_auroc(truth, rng.normal(truth))).size == 0
