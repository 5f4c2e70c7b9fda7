"""Outcomes that come late, positives first: the figures as they were known on a date, against R (pROC 1.18.0)."""

import csv
import json
from pathlib import Path

import pytest
from scipy.special import expit, logit

from surveillance.domain.evaluation import evaluate
from tests.domain.small_log import Study, log, plan, week

REFERENCE = Path(__file__).resolve().parents[1] / "reference"
NORMAL = 1.959963984540054
SNAPSHOTS = json.loads((REFERENCE / "late_labels.json").read_text(encoding="utf-8"))["expected"]["snapshots"]


def as_known(snapshot):
    """Return the evaluation that knows what was labelled at the end of the snapshot's day.

    An `as_of` is the end of a week, so the log begins on the weekday that makes the snapshot's day a Sunday.
    """
    day = int(snapshot.split("_")[0][4:])
    latest = day - 60 if snapshot.endswith("mature60") else day
    shift = -(day + 1) % 7
    with (REFERENCE / "late_labels.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if int(row["event_day"]) <= latest]
    studies = [
        Study(
            shift + int(row["event_day"]) + 0.2,
            int(float(row["score"]) >= 0.5),
            [(shift + int(row["label_day"]) + 0.5, int(row["y"]), "report")] if row["label_day"] else [],
            float(row["score"]),
        )
        for row in rows
    ]
    last = (shift + day) // 7
    made = plan(top={"windows": {"weeks": (1, 70)}, "kpi": ()}, truth={"flagged": ["report"], "unflagged": ["report"]})
    evaluation = evaluate(made, log(studies), week(last).end("UTC"))
    return lambda name: evaluation.points.at(name, 70, last)


@pytest.mark.parametrize("snapshot", SNAPSHOTS)
def test_figures_as_known_on_a_date_are_those_of_proc(snapshot):
    point, expected = as_known(snapshot), SNAPSHOTS[snapshot]
    area, error = expected["auc"], expected["delong_var"] ** 0.5
    half = NORMAL * error / (area * (1 - area))

    assert point("eligible").n == expected["n_events"]
    assert (point("auroc").n, point("auroc").events) == (expected["n_labelled"], expected["n_pos"])
    assert 1 - point("missing_truths").value == pytest.approx(expected["coverage"], abs=1e-9)
    assert point("prevalence").value == pytest.approx(expected["prevalence"], abs=1e-9)
    assert point("observed_expected").value == pytest.approx(expected["oe_vs_score"], abs=1e-9)
    assert point("auroc").value == pytest.approx(area, abs=1e-9)
    assert (point("auroc").low, point("auroc").high) == pytest.approx(
        (expit(logit(area) - half), expit(logit(area) + half)), abs=1e-9
    )


def test_the_direction_of_the_miscalibration_turns_once_the_outcomes_are_complete():
    assert as_known("asof60")("observed_expected").value > 1 > as_known("asof400")("observed_expected").value
