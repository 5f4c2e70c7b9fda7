"""Cells of the AUROC: two binormal curves, one with occult positives, and one whose unflagged are audited."""

from math import sqrt

import numpy as np
from scipy.special import ndtr, ndtri

from surveillance.kernels import auroc_spans, logit_interval
from surveillance.metrics import auroc, auroc_weighted
from surveillance.metrics.estimate import Estimate
from tests.simulation.cells import POSITIVES, PREVALENCES, Bounds, Cell, Draws, FloatArray, negatives_for

OCCULT, OCCULT_DISTANCE = 0.08, 3.58  # 8 % of positives look like negatives, the others stand far above them
AUDITS = (0.5, 0.25, 0.1)
FALSE_FLAGS = 0.05


def normal_scores(distance: float, occult: float, positives: int, negatives: int):
    """Return a draw of scores: negatives standard normal, positives `distance` above but for an occult share."""
    truth = np.arange(positives + negatives) < positives

    def draw(rng: np.random.Generator, runs: int) -> Draws:
        score = rng.standard_normal((runs, len(truth)))
        shift = np.full((runs, positives), distance)
        if occult:
            shift[rng.random((runs, positives)) < occult] = 0.0
        score[:, :positives] += shift
        return np.broadcast_to(truth, score.shape), score

    return draw


def audited_scores(distance: float, fraction: float, positives: int, negatives: int):
    """Return the same with the weights of an audit: 1 where flagged, 1 / f where audited, 0 where never looked up."""
    scores = normal_scores(distance, 0.0, positives, negatives)
    threshold = -ndtri(FALSE_FLAGS)

    def draw(rng: np.random.Generator, runs: int) -> Draws:
        truth, score = scores(rng, runs)
        audited = np.where(rng.random(score.shape) < fraction, 1.0 / fraction, 0.0)
        return truth, score, np.where(score > threshold, 1.0, audited)

    return draw


def by_kernel(truth: FloatArray, score: FloatArray) -> Bounds:
    """Ask for every run's interval at once."""
    runs, n = score.shape
    edges = np.arange(runs + 1) * n
    area, variance, _, _ = auroc_spans(truth.ravel(), score.ravel(), None, edges[:-1], edges[1:])
    return logit_interval(area, variance)


def of_verified(truth: FloatArray, score: FloatArray, weight: FloatArray) -> Estimate:
    """Ask for the weighted AUROC of the cases that were looked up."""
    seen = weight > 0.0
    return auroc_weighted(truth[seen], score[seen], weight[seen])


def area_of(distance: float, occult: float = 0.0) -> float:
    """Return the true AUROC."""
    return float((1.0 - occult) * ndtr(distance / sqrt(2.0)) + occult * 0.5)


SHAPES = {
    "binormal, AUROC .856": (1.5, 0.0),
    "binormal, AUROC .948": (2.3, 0.0),
    "occult positives, AUROC .955": (OCCULT_DISTANCE, OCCULT),
}


def auroc_cells() -> list[Cell]:
    """Return the cells with every truth known."""
    return [
        Cell(
            "auroc", "DeLong, logit", setting, m, prevalence, area_of(distance, occult), m + n,
            normal_scores(distance, occult, m, n), auroc, by_kernel,
        )
        for setting, (distance, occult) in SHAPES.items()
        for prevalence in PREVALENCES
        for m in POSITIVES
        for n in [negatives_for(m, prevalence)]
    ]  # fmt: skip


def auroc_weighted_cells() -> list[Cell]:
    """Return the cells in which only a share of the unflagged is looked up; 5 % of negatives are flagged."""
    return [
        Cell(
            "auroc_weighted", "weighted, strata apart (MOVER)", f"AUROC .948, audit {fraction:g}", m, prevalence,
            area_of(2.3), m + n, audited_scores(2.3, fraction, m, n), of_verified,
        )
        for fraction in AUDITS
        for prevalence in (0.08, 0.20)
        for m in POSITIVES
        for n in [negatives_for(m, prevalence)]
    ]  # fmt: skip
