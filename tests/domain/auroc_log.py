"""A plan with the AUROC chart alone, and logs of two normal score laws whose positives may come to score lower."""

import numpy as np

from tests.domain.small_log import Study, plan

WEEKS, A_WEEK, SHARE, APART = 24, 50, 0.3, 1.8
CHART = {
    "detector": "tabular_cusum",
    "watches": "batch_auroc",
    "share_of_budget": {"alarm": 1.0, "action": 1.0},
    "may_recommend_stop": True,
}


def auroc_plan(*, top=None, truth=None, **changes):
    """Return the bleed plan of 8 baseline weeks with one chart, of the AUROC in batches of 10 positives."""
    made = {
        "chart": [CHART | changes],
        "kpi": [],
        "score": "score",
        "trigger": [],
        "windows": {"weeks": [1]},
        "expected_per_week": {"studies": A_WEEK, "prevalence": SHARE},
        "budget": {"alarms_per_year": 1.0, "recommendations_per_year": 0.2},
    }
    return plan(top=made | (top or {}), truth=truth)


def scored_studies(seed, *, lower_from=None, lower=1.2, weeks=WEEKS, until_truth=0.05):
    """Return studies spread evenly over weeks; from one week on each positive scores lower by `lower`."""
    rng = np.random.default_rng(seed)
    studies = []
    for day in (np.arange(weeks * A_WEEK) + 0.5) * 7 / A_WEEK:
        truth = bool(rng.random() < SHARE)
        worse = lower_from is not None and day >= 7 * lower_from
        score = float(rng.normal()) + truth * (APART - lower * worse)
        truths = [(float(day) + until_truth, int(truth), "report")]
        studies.append(Study(float(day), int(score > 1), truths, score))
    return studies
