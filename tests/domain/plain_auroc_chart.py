"""A plain reading of the AUROC chart: study by study, scikit-learn's AUROC of each batch, two limits on one path."""

import numpy as np
from sklearn.metrics import roc_auc_score

from surveillance.metrics import baseline_auroc

MILLION = 1_000_000


def baseline_of(studies, before_day):
    """Return the baseline of the studies acquired before a day, with their first truths."""
    own = [study for study in studies if study.day < before_day]
    return baseline_auroc([study.truths[0][1] == 1 for study in own], [study.score for study in own])


def plain_path(cases, baseline, restarts=()):
    """Return the height after each case, in millionths of a standard error, and each batch's (place, AUROC).

    Cases are (truth, score) in chart order; after the places in `restarts` the path starts from zero.
    """
    height, batch, heights, batches = 0, [], [], []
    for place, (truth, score) in enumerate(cases):
        batch.append((truth, score))
        positives = sum(t for t, _ in batch)
        if positives == 10:
            negatives = len(batch) - positives
            area = roc_auc_score([t for t, _ in batch], [s for _, s in batch])
            parts = (negatives - 1) * baseline.z10 + (positives - 1) * baseline.z01 + baseline.z11
            z = (area - baseline.auroc.value) / np.sqrt(parts / (positives * negatives))
            height = max(0, height + int(np.rint((-z - 0.5) * MILLION)))
            batches.append((place, area))
            batch = []
        heights.append(height)
        if place in restarts:
            height = 0
    return heights, batches


def known_by(studies, as_of_day):
    """Return (truth, score) of the studies whose truth is known by a day, each with the newest one."""
    newest = [[value for day, value, _ in study.truths if day < as_of_day] for study in studies]
    return [(values[-1], study.score) for values, study in zip(newest, studies, strict=True) if values]
