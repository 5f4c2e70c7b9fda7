"""Cells of the calibration figures and of waiting times."""

import numpy as np
from scipy.special import expit, ndtri

from surveillance.kernels import calibration_spans, poisson_interval, quantile_spans
from surveillance.metrics import (
    brier,
    calibration_intercept,
    calibration_slope,
    observed_expected,
    quantile,
    turnaround_95th,
    turnaround_median,
)
from tests.simulation.cells import POSITIVES, PREVALENCES, Bounds, Cell, Draws, FloatArray, cases_for

SPREAD = 1.5  # standard deviation of the log-odds of the probabilities
NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(80)
Z = float(ndtri(0.975))
SETTING = "calibrated log-odds of spread 1.5, positives expected"


def mean_of(values: FloatArray) -> float:
    """Return the mean over a standard normal variable, given values at the nodes of the quadrature."""
    return float(WEIGHTS @ values / WEIGHTS.sum())


def middle_for(prevalence: float) -> float:
    """Return the middle of the log-odds at which the probabilities average to the prevalence."""
    low, high = -20.0, 20.0
    while high - low > 1e-12:
        middle = 0.5 * (low + high)
        low, high = (middle, high) if mean_of(expit(middle + SPREAD * NODES)) < prevalence else (low, middle)
    return low


def calibrated(n: int, prevalence: float):
    """Return a draw of truths and of probabilities that foretell them rightly."""
    middle = middle_for(prevalence)

    def draw(rng: np.random.Generator, runs: int) -> Draws:
        probability = expit(middle + SPREAD * rng.standard_normal((runs, n)))
        return rng.random((runs, n)) < probability, probability

    return draw


def _spans(truth: FloatArray, probability: FloatArray):
    runs, n = truth.shape
    edges = np.arange(runs + 1) * n
    return calibration_spans(truth.ravel(), probability.ravel(), edges[:-1], edges[1:])


def intercepts(truth: FloatArray, probability: FloatArray) -> Bounds:
    """Ask for every run's interval of the intercept."""
    spans = _spans(truth, probability)
    half = Z * spans.intercept_standard_error
    return spans.intercept - half, spans.intercept + half


def slopes(truth: FloatArray, probability: FloatArray) -> Bounds:
    """Ask for every run's interval of the slope."""
    spans = _spans(truth, probability)
    half = Z * spans.slope_standard_error
    return spans.slope - half, spans.slope + half


def briers(truth: FloatArray, probability: FloatArray) -> Bounds:
    """Ask for every run's interval of the Brier score."""
    spans = _spans(truth, probability)
    half = Z * spans.brier_standard_error
    return np.maximum(0.0, spans.brier - half), np.minimum(1.0, spans.brier + half)


def ratios(truth: FloatArray, probability: FloatArray) -> Bounds:
    """Ask for every run's interval of O/E."""
    expected = probability.sum(axis=1)
    low, high = poisson_interval(truth.sum(axis=1))
    return low / expected, high / expected


def calibration_cells() -> list[Cell]:
    """Return the cells of O/E, intercept, slope and Brier score."""
    cells = []
    for prevalence in PREVALENCES:
        odds = expit(middle_for(prevalence) + SPREAD * NODES)
        figures = (
            ("observed_expected", "exact Poisson", 1.0, observed_expected, ratios),
            ("calibration_intercept", "Wald", 0.0, calibration_intercept, intercepts),
            ("calibration_slope", "Wald", 1.0, calibration_slope, slopes),
            ("brier", "normal", mean_of(odds * (1.0 - odds)), brier, briers),
        )
        for name, method, target, ask, ask_all in figures:
            for m in POSITIVES:
                n = cases_for(m, prevalence)
                draw = calibrated(n, prevalence)
                cells.append(Cell(name, method, SETTING, m, prevalence, target, n, draw, ask, ask_all))
    return cells


def quantile_cells() -> list[Cell]:
    """Return the cells of quantiles of log-normal hours; positives play no part."""

    def hours(n: int):
        return lambda rng, runs: (np.exp(rng.standard_normal((runs, n))),)

    def at_once(share: float):
        def ask_all(values: FloatArray) -> Bounds:
            runs, n = values.shape
            edges = np.arange(runs + 1) * n
            return quantile_spans(values.ravel(), edges[:-1], edges[1:], share)[1:]

        return ask_all

    figures = (
        ("turnaround_median", 0.5, turnaround_median),
        ("turnaround_95th", 0.95, turnaround_95th),
        ("quantile", 0.9, lambda values: quantile(values, 0.9)),
    )
    return [
        Cell(name, "order statistics", f"{n} log-normal hours, quantile {share:g}", 0, 0.0, float(np.exp(ndtri(share))),
             n, hours(n), ask, at_once(share))
        for name, share, ask in figures
        for n in (100, 200, 500)
    ]  # fmt: skip
