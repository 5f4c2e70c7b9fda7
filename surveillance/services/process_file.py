"""The weeks of the XmR charts as a file for other programs."""

import csv
import io
from collections.abc import Sequence

from surveillance.services.page_models import ProcessChart

COLUMNS = ("week_ending", "metric", "value", "studies", "type", "rule", "reason", "mean", "lower_limit", "upper_limit")


def process_file(charts: Sequence[ProcessChart]) -> bytes:
    """Return one row a figure and week, as CSV in UTF-8; a cell is empty where there is no value.

    >>> process_file([]).decode()
    'week_ending,metric,value,studies,type,rule,reason,mean,lower_limit,upper_limit\\n'
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for chart in charts:
        limits = chart.mean, chart.lower, chart.upper
        weeks = zip(chart.week_end, chart.value, chart.n, chart.kind, chart.rule, chart.why, strict=True)
        for week_end, value, n, kind, rule, why in weeks:
            writer.writerow((week_end.isoformat(), chart.metric, value, n, kind, rule, why, *limits))
    return out.getvalue().encode()
