"""Throughput: processed, failed, turnaround and missing truths, in the frame of the performance figure."""

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard.figures.palette import Palette
from dashboard.figures.performance import performance_alt, performance_figure
from surveillance.services.page_models import AxisEvent, Series


def throughput_figure(
    series: Sequence[Series], events: Sequence[AxisEvent], colours: Palette, *, narrow: bool = False
) -> go.Figure:
    """Draw one panel a figure; a week's counts are complete when the week is over, so no zone is drawn."""
    return performance_figure(series, None, events, colours, narrow=narrow)


def throughput_alt(series: Sequence[Series]) -> str:
    """Return what the picture says, for those who do not see it."""
    return performance_alt(series, None)
