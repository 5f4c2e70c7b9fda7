"""A small plan whose limits are soon passed, small logs that pass them, and what its charts should take in."""

import numpy as np

from tests.domain.plain_chart import entries, first_of_patient, newest_truth
from tests.domain.small_log import Study, content, plan

ORDER = ["adjudication", "report"]
LAST = 29


def small_plan():
    """Return a plan with limits low enough to be passed by small logs, all studies verified."""
    charts = [dict(chart) for chart in content()["chart"][:3]]
    for chart, unacceptable in zip(charts, (0.30, 0.20, 0.15), strict=True):
        chart["unacceptable"] = unacceptable
    return plan(
        top={
            "chart": charts,
            "expected_per_week": {"studies": 20, "prevalence": 0.3},
            "budget": {"alarms_per_year": 6.0, "recommendations_per_year": 2.0},
        },
        truth={"flagged": ORDER, "unflagged": ORDER},
    )


def small_log(seed):
    """Return 30 weeks of about 20 studies whose AI worsens, with late, missing, corrected and doubtful truths."""
    rng = np.random.default_rng(seed)
    studies = []
    for day in np.sort(rng.uniform(0, 7 * (LAST + 1), 600)):
        worse = day > 100
        truth = rng.random() < 0.3
        called = int(rng.random() < ((0.7 if worse else 0.9) if truth else (0.2 if worse else 0.05)))
        reported = day + rng.exponential(3 if called else 15)
        truths = [] if rng.random() < 0.1 else [(reported, int(rng.choice([truth, 2], p=[0.95, 0.05])), "report")]
        if rng.random() < 0.3:
            settled = int(truth if rng.random() < 0.8 else not truth)
            truths.append((day + rng.exponential(30), settled, "adjudication"))
        if rng.random() < 0.05:
            truths.append((day + rng.exponential(60), int(truth), "adjudication"))
        status = "processed" if rng.random() < 0.95 else str(rng.choice(["failed", "not_sent"]))
        patient = int(rng.integers(400))
        studies.append(Study(float(day), called, sorted(truths), 0.5, status, patient=patient))
    return studies


def batches(studies, watches, now):
    """Return the events of each weekly `as_of` up to now, with the truth as it is known now."""
    if watches == "technical_failures":
        rows = {i: [r for r, s in enumerate(studies) if s.day // 7 == i] for i in range(now + 1)}
        return [
            [studies[r].status != "processed" for r in rows[i] if first_of_patient(studies, r)] for i in range(now + 1)
        ]
    entering = entries(studies, ORDER, LAST)
    kind = 1 if watches == "missed_positives" else 0

    def event(row):
        if newest_truth(studies[row], ORDER, 7 * (now + 1)) != kind:
            return None
        return studies[row].called != kind

    return [[event(row) for row in sorted(entering.get(i, []))] for i in range(now + 1)]


def moves(design):
    """Return the steps a chart takes up for an event and down for a study without one."""
    return design.steps_per_unit - design.steps_down, design.steps_down


def said(path):
    """Return a chart's signals by the moment they were known."""
    return sorted((signal.as_of, signal.limit) for signal in path.signals)
