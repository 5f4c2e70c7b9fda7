"""The audited AUROC's parts by the kernel equal the readable definition on random and adversarial windows."""

import numpy as np
import pytest

from surveillance.errors import NotEstimable
from surveillance.kernels import auroc_spans, auroc_strata
from surveillance.metrics import PositiveGroup, WeightedCount, audited_auroc_interval, auroc_weighted


def test_overlapping_spans_are_the_definition(laid_out):
    truth, score, edges = laid_out
    weight = np.random.default_rng(1).choice([1.0, 1.0, 4.0, 10.0], len(truth))
    start, stop = np.concatenate((edges[:-1], edges[:-5])), np.concatenate((edges[1:], edges[5:]))

    parts = auroc_strata(truth, score, weight, start, stop)
    low, high = limits(parts)

    intervals = 0
    for window, (a, b) in enumerate(zip(start, stop, strict=True)):
        mixed = 0 < (weight[a:b] > 1).sum() < b - a
        try:
            estimate = auroc_weighted(truth[a:b], score[a:b], weight[a:b])
        except NotEstimable:
            assert np.isnan(parts["area"][window])
            continue
        assert parts["area"][window] == pytest.approx(estimate.value, abs=1e-12)
        if mixed and not isinstance(estimate.interval, NotEstimable):
            assert (low[window], high[window]) == pytest.approx((estimate.low, estimate.high), abs=1e-10)
            intervals += 1
    assert intervals > 50


def test_area_is_that_of_the_kernel_without_strata(laid_out):
    truth, score, edges = laid_out
    weight = np.random.default_rng(2).choice([1.0, 5.0], len(truth))

    area, *_ = auroc_spans(truth, score, weight, edges[:-1], edges[1:])

    strata = auroc_strata(truth, score, weight, edges[:-1], edges[1:])["area"]
    assert strata == pytest.approx(area, abs=1e-12, nan_ok=True)


def limits(parts):
    """Return the interval from the kernel's parts."""
    some = parts["sampled_weight"] > 0
    typical = np.divide(parts["sampled_squares"], parts["sampled_weight"], out=np.ones(len(some)), where=some)
    groups = [
        PositiveGroup(
            WeightedCount(parts[f"{name}_total"], parts[f"{name}_squares"], each),
            parts[f"{name}_cases"],
            parts[f"{name}_area"],
            parts[f"{name}_variance"],
        )
        for name, each in (("certain", np.ones(len(some))), ("found", typical))
    ]
    return audited_auroc_interval(parts["area"], parts["negatives_variance"], *groups)
