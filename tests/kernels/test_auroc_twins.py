"""AUROC kernels equal the readable definitions on random and adversarial windows."""

from itertools import pairwise

import numpy as np
import pytest

from surveillance.errors import NotEstimable
from surveillance.kernels import auroc_spans, auroc_windows, logit_interval
from surveillance.metrics import auroc, auroc_weighted


@pytest.mark.parametrize("scale", [1.0, -37.5])
def test_auroc_windows_are_the_definition(laid_out, scale, answer, same):
    truth, score, edges = laid_out
    score = score * scale
    expected = np.array([answer(auroc, truth[a:b], score[a:b]) for a, b in pairwise(edges)])

    area, variance, positives, negatives = auroc_windows(truth, score, edges)

    same(area, expected[:, 0], 1e-12)
    known = ~np.isnan(expected[:, 1])
    assert variance[known] == pytest.approx(expected[known, 1] ** 2, abs=1e-12)
    assert np.all(np.isnan(variance[~known]) | (variance[~known] == 0.0))
    assert (positives + negatives).tolist() == np.diff(edges).tolist()


def test_auroc_intervals_are_the_definition(laid_out):
    truth, score, edges = laid_out
    area, variance, _, _ = auroc_windows(truth, score, edges)

    low, high = logit_interval(area, variance)

    for window, (a, b) in enumerate(pairwise(edges)):
        if np.isnan(low[window]):
            with pytest.raises(NotEstimable):
                _ = auroc(truth[a:b], score[a:b]).low
        else:
            estimate = auroc(truth[a:b], score[a:b])
            assert (low[window], high[window]) == pytest.approx((estimate.low, estimate.high), abs=1e-12)


def test_overlapping_weighted_spans_are_the_definition(laid_out, answer, same):
    truth, score, edges = laid_out
    weight = np.random.default_rng(1).choice([0.0, 1.0, 4.0, 10.0], len(truth))
    start = np.concatenate((edges[:-1], edges[:-5]))
    stop = np.concatenate((edges[1:], edges[5:]))

    area, variance, positives, negatives = auroc_spans(truth, score, weight, start, stop)

    expected = np.array(
        [answer(auroc_weighted, truth[a:b], score[a:b], weight[a:b]) for a, b in zip(start, stop, strict=True)]
    )
    same(area, expected[:, 0], 1e-12)
    known = ~np.isnan(expected[:, 1])
    assert variance[known] == pytest.approx(expected[known, 1] ** 2, abs=1e-12)
    counted = [int(np.sum(weight[a:b] > 0.0)) for a, b in zip(start, stop, strict=True)]
    assert (positives + negatives).tolist() == counted


def test_unweighted_spans_are_auroc_windows(laid_out):
    truth, score, edges = laid_out

    spans = auroc_spans(truth, score, None, edges[:-1], edges[1:])

    for got, expected in zip(spans, auroc_windows(truth, score, edges), strict=True):
        assert got == pytest.approx(expected, abs=1e-12, nan_ok=True)
