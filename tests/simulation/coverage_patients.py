"""Cells in which patients come twice, and cells of differences between two AUROCs."""

import numpy as np

from surveillance.metrics.auroc_clustered import auroc_clustered
from surveillance.metrics.auroc_difference import auroc_difference
from surveillance.metrics.auroc_unpaired_difference import auroc_unpaired_difference
from surveillance.metrics.clustered_proportion import clustered_proportion
from tests.simulation.cells import POSITIVES, Cell, Draws, negatives_for
from tests.simulation.coverage_auroc import area_of, normal_scores
from tests.simulation.coverage_rates import SENSITIVITY

ALIKE = 0.25  # correlation of two studies of one patient
SOME = (10, 20, 50, 100)


def flags_of_patients(studies: int):
    """Return a draw of flags of positives, two of each patient; a patient's own chance is beta distributed."""
    patient = np.repeat(np.arange(studies // 2), 2)
    total = 1.0 / ALIKE - 1.0

    def draw(rng: np.random.Generator, runs: int) -> Draws:
        own = rng.beta(SENSITIVITY * total, (1.0 - SENSITIVITY) * total, (runs, studies // 2))
        flags = rng.random((runs, studies)) < np.repeat(own, 2, axis=1)
        return flags, np.broadcast_to(patient, flags.shape)

    return draw


def scores_of_patients(distance: float, positives: int, negatives: int):
    """Return a draw of scores, two of each patient with half of their variance in common."""
    studies = 2 * ((positives + negatives) // 2)
    truth = np.arange(studies) < positives
    patient = np.repeat(np.arange(studies // 2), 2)

    def draw(rng: np.random.Generator, runs: int) -> Draws:
        own = np.repeat(rng.standard_normal((runs, studies // 2)), 2, axis=1)
        score = np.sqrt(0.5) * (own + rng.standard_normal((runs, studies))) + distance * truth
        return np.broadcast_to(truth, score.shape), score, np.broadcast_to(patient, score.shape)

    return draw


def clustered_cells() -> list[Cell]:
    """Return the cells of the figures that know which studies are of one patient."""
    cells = [
        Cell("clustered_proportion", "Wilson, effective studies", "share .90, two studies a patient, correlation .25",
             m, 0.08, SENSITIVITY, m, flags_of_patients(m), clustered_proportion)
        for m in SOME
    ]  # fmt: skip
    for m in SOME:
        n = negatives_for(m, 0.20)
        cells.append(
            Cell("auroc_clustered", "Obuchowski, logit", "AUROC .856, two studies a patient, correlation .50", m, 0.20,
                 area_of(1.5), m + n, scores_of_patients(1.5, m, n), auroc_clustered)
        )  # fmt: skip
    return cells


def two_readings(distance: float, positives: int, negatives: int):
    """Return a draw of two scores of the same cases that have half of their variance in common."""
    truth = np.arange(positives + negatives) < positives

    def draw(rng: np.random.Generator, runs: int) -> Draws:
        shape = (runs, len(truth))
        own = rng.standard_normal(shape)
        one, other = (np.sqrt(0.5) * (own + rng.standard_normal(shape)) + distance * truth for _ in range(2))
        return np.broadcast_to(truth, shape), one, other

    return draw


def two_windows(distances: tuple[float, float], positives: int, negatives: int):
    """Return a draw of two sets of cases that share none."""
    first, second = (normal_scores(distance, 0.0, positives, negatives) for distance in distances)
    return lambda rng, runs: (*first(rng, runs), *second(rng, runs))


def difference_cells() -> list[Cell]:
    """Return the cells of differences: two scores alike on one set of cases, and two windows with a fall of .092."""
    fall = area_of(2.3) - area_of(1.5)
    cells = []
    for prevalence in (0.08, 0.20):
        for m in POSITIVES:
            n = negatives_for(m, prevalence)
            cells.append(
                Cell("auroc_difference", "DeLong, normal", "AUROC .856 twice, correlation .50", m, prevalence, 0.0,
                     m + n, two_readings(1.5, m, n), auroc_difference)
            )  # fmt: skip
            cells.append(
                Cell("auroc_unpaired_difference", "DeLong, normal", "AUROC .948 and .856, as many positives in each",
                     m, prevalence, fall, 2 * (m + n), two_windows((2.3, 1.5), m, n), auroc_unpaired_difference)
            )  # fmt: skip
    return cells
