"""Cells in which truths come from flags and an audit of the unflagged: prevalence, NPV, Begg & Greenes, net benefit."""

import numpy as np

from surveillance.metrics.begg_greenes import begg_greenes
from surveillance.metrics.estimate import Estimate
from surveillance.metrics.net_benefit import compare_net_benefit
from surveillance.metrics.weighted_predictive_values import (
    negative_predictive_value_weighted,
    positive_predictive_value_weighted,
    prevalence_weighted,
)
from surveillance.metrics.weighted_rates import sensitivity_weighted, specificity_weighted
from tests.simulation.cells import POSITIVES, PREVALENCES, Cell, Draws, cases_for
from tests.simulation.coverage_rates import AUDITS, SENSITIVITY, SPECIFICITY

PREVALENCE = 0.08
THRESHOLD = 0.20
RARE = "Wilson, rare events by Poisson"
SETTING = "sensitivity .90, specificity .95, positives expected"


def verified(n: int, prevalence: float, fraction: float):
    """Return a draw of the four counts of verified cases, and of the unflagged ones that nobody looked up."""

    def draw(rng: np.random.Generator, runs: int) -> Draws:
        positives = rng.binomial(n, prevalence, runs)
        hits, false = rng.binomial(positives, SENSITIVITY), rng.binomial(n - positives, 1.0 - SPECIFICITY)
        found, clear = (rng.binomial(rest, fraction) for rest in (positives - hits, n - positives - false))
        return hits, false, found, clear, n - hits - false - found - clear

    return draw


def columns(hits: int, false: int, found: int, clear: int, fraction: float):
    """Return truth, flag and weight of the verified cases."""
    counts = [int(hits), int(false), int(found), int(clear)]
    truth, called = np.repeat([True, False, True, False], counts), np.repeat([True, True, False, False], counts)
    return truth, called, np.where(called, 1.0, 1.0 / fraction)


def corrected(figure: str):
    """Return one of Begg & Greenes' corrected figures as a function of the counts."""

    def ask(hits: int, false: int, found: int, clear: int, unverified: int) -> Estimate:
        return getattr(
            begg_greenes(
                int(hits),
                int(false),
                int(found),
                int(clear),
                unverified_flagged=0,
                unverified_unflagged=int(unverified),
            ),
            figure,
        )

    return ask


def audit_cells() -> list[Cell]:
    """Return the cells of prevalence and NPV by weights, and of the corrected figures."""
    npv = (1 - PREVALENCE) * SPECIFICITY / ((1 - PREVALENCE) * SPECIFICITY + PREVALENCE * (1 - SENSITIVITY))
    ppv = PREVALENCE * SENSITIVITY / (PREVALENCE * SENSITIVITY + (1 - PREVALENCE) * (1 - SPECIFICITY))
    cells = []
    for fraction in AUDITS:
        figures = (
            ("sensitivity_weighted", RARE, SENSITIVITY,
             lambda *counts, f=fraction: sensitivity_weighted(*columns(*counts[:4], f))),
            ("specificity_weighted", RARE, SPECIFICITY,
             lambda *counts, f=fraction: specificity_weighted(*columns(*counts[:4], f))),
            ("positive_predictive_value_weighted", RARE, ppv,
             lambda *counts, f=fraction: positive_predictive_value_weighted(*columns(*counts[:4], f))),
            ("prevalence_weighted", "MOVER", PREVALENCE,
             lambda *counts, f=fraction: prevalence_weighted(*columns(*counts[:4], f))),
            ("negative_predictive_value_weighted", RARE, npv,
             lambda *counts, f=fraction: negative_predictive_value_weighted(*columns(*counts[:4], f))),
            ("begg_greenes", "sensitivity, delta or weighted counts", SENSITIVITY, corrected("sensitivity")),
            ("begg_greenes", "specificity, delta or weighted counts", SPECIFICITY, corrected("specificity")),
            ("begg_greenes", "prevalence, delta or weighted counts", PREVALENCE, corrected("prevalence")),
        )  # fmt: skip
        for m in POSITIVES:
            n = cases_for(m, PREVALENCE)
            for name, method, target, ask in figures:
                setting = f"{SETTING}, audit {fraction:g}"
                draw = verified(n, PREVALENCE, fraction)
                cells.append(Cell(name, method, setting, m, PREVALENCE, target, 5, draw, ask))
    return cells


def net_benefit_cells() -> list[Cell]:
    """Return the cells of the net benefit of flags at a threshold of 20 %, every truth known."""
    exchange = THRESHOLD / (1.0 - THRESHOLD)

    def ask(hits: int, false: int, found: int, clear: int, unverified: int) -> Estimate:
        truth, called, _ = columns(hits, false, found, clear, 1.0)
        return compare_net_benefit(truth, called, THRESHOLD).flags

    return [
        Cell("net_benefit", "normal", f"{SETTING}, threshold .20", m, prevalence,
             prevalence * SENSITIVITY - (1 - prevalence) * (1 - SPECIFICITY) * exchange, 5,
             verified(cases_for(m, prevalence), prevalence, 1.0), ask)
        for prevalence in PREVALENCES
        for m in POSITIVES
    ]  # fmt: skip
