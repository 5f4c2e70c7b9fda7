"""The sentence above the charts speaks only of charts that run."""

from types import SimpleNamespace

import numpy as np
import pytest

from surveillance.services.charts_summary import sentence


def chart(key, *, value=None, alarm=4, action=None):
    """Return a kept chart and its line; without a value it waits."""
    cost = dict.fromkeys(("alarm", "action", "estimated", "check"))
    design = None if value is None else {"steps_per_unit": 1, "alarm_steps": alarm, "action_steps": action, **cost}
    kept = {"key": key, "title": key, "design": design, "waiting": "" if design else "waits", "complete_to": 0}
    return kept, SimpleNamespace(statistic=np.array([0.0 if value is None else value]))


def said(*charts):
    """Return the sentence over some charts."""
    lines = {kept["key"]: line for kept, line in charts}
    summary = {"week": 2900, "charts": [kept for kept, _ in charts]}
    return sentence(SimpleNamespace(summary=summary, lines=lines), [])


@pytest.mark.parametrize(
    ("charts", "words"),
    [
        ([chart("a"), chart("b")], "No chart has started: each says below what it waits for."),
        ([chart("a", value=1.0)], "The only chart is below its limits."),
        ([chart("a", value=1.0), chart("b", value=0.0)], "All 2 charts are below their limits."),
        (
            [chart("a", value=1.0), chart("b")],
            "One chart is below its limits. One chart is waiting, with the reason below.",
        ),
        (
            [chart("a", value=5.0), chart("b", value=1.0), chart("c")],
            "The chart “a” is **past its alarm limit**. The other one is below its limits."
            " One chart is waiting, with the reason below.",
        ),
        ([chart("a", value=7.0, action=6)], "The chart “a” is **past its stop-use limit**."),
    ],
)
def test_charts_that_wait_are_not_below_their_limits(charts, words):
    assert said(*charts) == words
