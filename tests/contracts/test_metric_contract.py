"""What every exported metric promises, also those that nobody has written yet."""

import numpy as np
import pytest

import surveillance.metrics as metrics
from surveillance.errors import NotEstimable
from surveillance.metrics import METRICS, Better, Estimate, Interval, Metric, Sample

every_metric = pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS.keys())

RNG = np.random.default_rng(14)
N = 400
TRUTH = RNG.random(N) < 0.2
SCORE = 1.0 / (1.0 + np.exp(-RNG.normal(-1.5 + 1.5 * TRUTH)))
ORDINARY = Sample(
    truth=TRUTH,
    score=SCORE,
    called=SCORE > 0.4,
    probability=SCORE,
    weight=np.where(SCORE > 0.4, 1.0, 5.0),
    turnaround=RNG.lognormal(size=N),
)


def rows(sample, which):
    return Sample(*(np.asarray(getattr(sample, column))[which] for column in Sample.__dataclass_fields__))


def test_to_export_is_to_register():
    exported = {value.name for value in vars(metrics).values() if isinstance(value, Metric)}

    assert exported == set(METRICS)
    assert {"auroc", "sensitivity", "calibration_slope"} <= exported


@every_metric
def test_answers_or_says_why_on_an_empty_log(metric):
    with pytest.raises(NotEstimable, match=r"needs .+, got"):
        metric.estimate(Sample.empty())


@every_metric
def test_says_why_when_the_product_does_not_give_a_column(metric):
    with pytest.raises(NotEstimable, match=r"needs .+ for each case, got none"):
        metric.estimate(Sample())


@every_metric
def test_an_ordinary_sample_has_a_value_with_its_range_counts_and_method(metric):
    estimate = metric.estimate(ORDINARY)

    assert isinstance(estimate, Estimate)
    assert metric.bounds[0] <= estimate.value <= metric.bounds[1]
    assert 0 <= estimate.positives <= estimate.n <= N
    assert estimate.method
    if isinstance(estimate.interval, Interval):
        assert metric.bounds[0] <= estimate.low <= estimate.value <= estimate.high <= metric.bounds[1]
        assert estimate.interval.confidence == 0.95
    else:
        assert len(str(estimate.interval)) > 20


@every_metric
def test_more_confidence_is_never_a_narrower_range(metric):
    estimate = metric.estimate(ORDINARY)
    if isinstance(estimate.interval, NotEstimable):
        return
    wide = metric.estimate(ORDINARY, confidence=0.998)

    assert wide.low <= estimate.low
    assert estimate.high <= wide.high
    assert wide.value == estimate.value


@every_metric
def test_the_order_of_cases_does_not_matter(metric):
    shuffled = metric.estimate(rows(ORDINARY, RNG.permutation(N)))
    estimate = metric.estimate(ORDINARY)

    assert shuffled.value == pytest.approx(estimate.value, abs=1e-9)
    assert (shuffled.n, shuffled.positives) == (estimate.n, estimate.positives)


@every_metric
@pytest.mark.parametrize("size", range(1, 12))
def test_no_small_sample_gives_a_number_that_is_not_one(metric, size):
    for start in range(0, 60, size):
        try:
            estimate = metric.estimate(rows(ORDINARY, slice(start, start + size)))
        except NotEstimable:
            continue
        assert np.isfinite(estimate.value)
        assert estimate.standard_error is None or estimate.standard_error > 0.0
        if isinstance(estimate.interval, Interval):
            assert np.isfinite([estimate.low, estimate.high]).all()
            assert estimate.low < estimate.high
        else:
            with pytest.raises(NotEstimable):
                _ = estimate.low


@every_metric
def test_inputs_are_left_as_they_were(metric):
    before = {name: np.array(getattr(ORDINARY, name)) for name in metric.takes}
    metric.estimate(ORDINARY)

    assert all(np.array_equal(before[name], getattr(ORDINARY, name)) for name in metric.takes)


@every_metric
def test_names_and_directions_are_fit_for_a_plan(metric):
    assert metric.name == metric.name.lower()
    assert metric.label
    assert metric.bounds[0] < metric.bounds[1]
    assert (metric.ideal is not None) == (metric.better is Better.TARGET)
    assert set(metric.takes) <= set(Sample.__dataclass_fields__)
    assert metric.compute.__doc__
    assert "Raises" in metric.compute.__doc__
