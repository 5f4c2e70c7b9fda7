"""A figure says against which plan it stands, and whether a missing verdict is for want of numbers."""

from dataclasses import replace

import numpy as np
import pytest

from surveillance.domain.points import NAMES, VERDICTS
from surveillance.domain.verdict import Verdict
from surveillance.services.series_page import figure, weekly
from surveillance.services.stored_series import read_series


@pytest.fixture(scope="module")
def kept(read_only):
    with read_only.store.read() as connection:
        return read_series(connection, 1)


def on_windows(kept, *kpis):
    """Return the kept series under a plan whose KPIs on sensitivity are these (window, threshold)."""
    first = next(kpi for kpi in kept.plan.kpi if kpi.metric == "sensitivity")
    changed = tuple(first.model_copy(update={"window": window, "threshold": limit}) for window, limit in kpis)
    return replace(kept, plan=kept.plan.model_copy(update={"kpi": changed}))


def test_a_plan_on_another_window_is_named_with_it(kept):
    made = on_windows(kept, (4, 0.85))

    assert figure(made, "sensitivity", 4).counts.endswith("plan at least 85\u00a0%")
    assert figure(made, "sensitivity", 13).counts.endswith("plan at least 85\u00a0% over four weeks")


def test_of_two_plans_on_one_metric_each_window_has_its_own(kept):
    made = on_windows(kept, (4, 0.75), (13, 0.85))

    assert "at least 85" in figure(made, "sensitivity", 13).counts
    assert (weekly(made, "sensitivity", 4).threshold, weekly(made, "sensitivity", 13).threshold) == (0.75, 0.85)


@pytest.mark.parametrize(("positives", "verdict"), [(4, "not_estimable"), (200, "absent")])
def test_a_verdict_without_an_interval_is_too_few_only_where_there_are_few(kept, positives, verdict):
    points, row = kept.points, NAMES.index("auroc")
    low, events, codes, n = points.low.copy(), points.events.copy(), points.verdict.copy(), points.n.copy()
    low[row], events[row], n[row] = np.nan, positives, 1000
    codes[row] = VERDICTS.index(Verdict.NOT_ESTIMABLE)
    said = figure(replace(kept, points=replace(points, low=low, events=events, verdict=codes, n=n)), "auroc", 13)

    assert said.verdict == verdict
    assert said.why
