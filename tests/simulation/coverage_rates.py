"""Cells of the rates at an operating point: Wilson's interval, with every truth and with audited truths."""

from collections.abc import Callable

import numpy as np

from surveillance.metrics import (
    flag_rate,
    negative_predictive_value,
    positive_predictive_value,
    proportion_estimate,
    sensitivity,
    sensitivity_audited,
    specificity,
    specificity_audited,
)
from surveillance.metrics.estimate import Estimate
from tests.simulation.cells import POSITIVES, PREVALENCES, Cell, Draws, cases_for, negatives_for

SENSITIVITY, SPECIFICITY = 0.90, 0.95
AUDITS = (0.5, 0.25, 0.1)


def successes(n: int, share: float):
    """Return a draw of how many of n cases are as they should be."""
    return lambda rng, runs: (rng.binomial(n, share, runs), np.full(runs, n))


def flagged_and_right(n: int, prevalence: float, flag: bool):
    """Return a draw of how many of n studies are (not) flagged, and how many of these rightly so."""
    rightly = prevalence * SENSITIVITY if flag else (1.0 - prevalence) * SPECIFICITY
    wrongly = (1.0 - prevalence) * (1.0 - SPECIFICITY) if flag else prevalence * (1.0 - SENSITIVITY)

    def draw(rng: np.random.Generator, runs: int) -> Draws:
        right = rng.binomial(n, rightly, runs)
        return right, right + rng.binomial(n - right, wrongly / (1.0 - rightly))

    return draw, rightly / (rightly + wrongly)


def audited(n: int, flagged_share: float, fraction: float):
    """Return a draw of flagged cases of a class, and of those that an audit of its unflagged ones found."""

    def draw(rng: np.random.Generator, runs: int) -> Draws:
        flagged = rng.binomial(n, flagged_share, runs)
        return flagged, rng.binomial(n - flagged, fraction)

    return draw


def of_flags(metric: Callable[..., Estimate], *, truth_is: bool | None = None, flag_is: bool | None = None):
    """Return a metric of truth and flags as a function of two counts: right ones, of all it counts."""

    def ask(right: int, of: int) -> Estimate:
        one = np.arange(int(of)) < int(right)
        if truth_is is not None:
            return metric(np.full(int(of), truth_is), one if truth_is else ~one)
        return metric(one if flag_is else ~one, np.full(int(of), bool(flag_is)))

    return ask


def rate_cells() -> list[Cell]:
    """Return the cells of sensitivity, specificity and the predictive values."""
    cells = [
        Cell("sensitivity", "Wilson", "sensitivity .90", m, 0.08, SENSITIVITY, m,
             successes(m, SENSITIVITY), of_flags(sensitivity, truth_is=True), by_counts=True)
        for m in POSITIVES
    ]  # fmt: skip
    for prevalence in PREVALENCES:
        for m in POSITIVES:
            n = negatives_for(m, prevalence)
            cells.append(
                Cell("specificity", "Wilson", "specificity .95", m, prevalence, SPECIFICITY, n,
                     successes(n, SPECIFICITY), of_flags(specificity, truth_is=False), by_counts=True)
            )  # fmt: skip
            for flag, metric, name in (
                (True, positive_predictive_value, "positive_predictive_value"),
                (False, negative_predictive_value, "negative_predictive_value"),
            ):
                draw, target = flagged_and_right(cases_for(m, prevalence), prevalence, flag)
                cells.append(
                    Cell(name, "Wilson", "sensitivity .90, specificity .95, positives expected", m, prevalence,
                         target, 2, draw, of_flags(metric, flag_is=flag), by_counts=True)
                )  # fmt: skip
    return cells


def audited_rate_cells() -> list[Cell]:
    """Return the cells in which unflagged cases are verified by a random audit."""
    cells = []
    for fraction in AUDITS:
        for m in POSITIVES:
            cells.append(
                Cell("sensitivity_audited", "Wilson, carried over", f"sensitivity .90, audit {fraction:g}", m, 0.08,
                     SENSITIVITY, 2, audited(m, SENSITIVITY, fraction),
                     lambda a, b, f=fraction: sensitivity_audited(int(a), int(b), f), by_counts=True)
            )  # fmt: skip
            for prevalence in (0.08, 0.50):
                n = negatives_for(m, prevalence)
                cells.append(
                    Cell("specificity_audited", "Wilson, carried over", f"specificity .95, audit {fraction:g}", m,
                         prevalence, SPECIFICITY, 2, audited(n, 1.0 - SPECIFICITY, fraction),
                         lambda c, d, f=fraction: specificity_audited(int(c), int(d), f), by_counts=True)
                )  # fmt: skip
    return cells


def share_cells() -> list[Cell]:
    """Return the cells of shares of studies, in which positives play no part."""

    def flags(right: int, of: int) -> Estimate:
        return flag_rate(np.arange(int(of)) < int(right))

    def plain(right: int, of: int) -> Estimate:
        return proportion_estimate(int(right), int(of), positives=int(right))

    return [
        Cell(
            name, "Wilson", f"{n} studies, share {share:g}", 0, 0.0, share, 2, successes(n, share), ask, by_counts=True
        )
        for name, share, ask in (("flag_rate", 0.12, flags), ("proportion_estimate", 0.05, plain))
        for n in (50, 200, 1000)
    ]
