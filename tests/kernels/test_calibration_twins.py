"""Calibration kernels equal the readable definitions on random and adversarial windows."""

from itertools import pairwise

import numpy as np
import pytest

from surveillance.errors import NotEstimable
from surveillance.kernels import calibration_spans, ece_spans
from surveillance.metrics import brier, calibration_intercept, calibration_slope, expected_calibration_error


def test_calibration_spans_are_the_definitions(laid_out, answer, same):
    truth, score, edges = laid_out
    start, stop = np.concatenate((edges[:-1], edges[:-4])), np.concatenate((edges[1:], edges[4:]))

    spans = calibration_spans(truth, score, start, stop)

    rows = list(zip(start, stop, strict=True))
    for metric, value, error, within in (
        (brier, spans.brier, None, 1e-12),
        (calibration_intercept, spans.intercept, spans.intercept_standard_error, 1e-8),
        (calibration_slope, spans.slope, spans.slope_standard_error, 1e-8),
    ):
        expected = np.array([answer(metric, truth[a:b], score[a:b]) for a, b in rows])
        same(value, expected[:, 0], within)
        if error is not None:
            same(error, expected[:, 1], within * 100)
    assert spans.n.tolist() == (stop - start).tolist()
    assert spans.positives.tolist() == [int(truth[a:b].sum()) for a, b in rows]
    assert spans.expected == pytest.approx([score[a:b].sum() for a, b in rows], rel=1e-12)
    squares = [(truth[a:b] - score[a:b]) ** 2 for a, b in rows]
    assert spans.squared_error == pytest.approx([error.sum() for error in squares], rel=1e-12)
    assert spans.squared_error_squares == pytest.approx([(error**2).sum() for error in squares], rel=1e-12)
    known = [a for a, (first, last) in enumerate(rows) if last - first > 1]
    spread = [np.std(squares[a], ddof=1) / np.sqrt(len(squares[a])) for a in known]
    assert spans.brier_standard_error[known] == pytest.approx(spread, abs=1e-12)


@pytest.mark.parametrize("bins", [2, 10])
def test_calibration_error_spans_are_the_definition(laid_out, bins):
    truth, score, edges = laid_out

    got = ece_spans(truth, score, edges[:-1], edges[1:], bins)

    for window, (a, b) in enumerate(pairwise(edges)):
        if np.isnan(got[window]):
            with pytest.raises(NotEstimable):
                expected_calibration_error(truth[a:b], score[a:b], bins=bins)
        else:
            expected = expected_calibration_error(truth[a:b], score[a:b], bins=bins)
            assert got[window] == pytest.approx(expected.value, abs=1e-12)


@pytest.mark.parametrize("seed", range(4))
def test_calibration_of_nearly_separated_handfuls_is_the_definition(seed, answer):
    rng = np.random.default_rng(seed)
    for _ in range(100):
        size, overlap = rng.integers(2, 12), 10.0 ** -rng.integers(0, 9)
        truth = rng.random(size) < 0.5
        score = np.clip(0.5 + overlap * (rng.random(size) - 0.5) + 0.01 * (truth - 0.5), 0.0, 1.0)
        spans = calibration_spans(truth, score, [0], [size])

        slope, error = answer(calibration_slope, truth, score)

        assert spans.slope[0] == pytest.approx(slope, rel=1e-8, nan_ok=True)
        assert spans.slope_standard_error[0] == pytest.approx(error, rel=1e-6, nan_ok=True)
