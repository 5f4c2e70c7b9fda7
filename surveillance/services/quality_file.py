"""The weeks of the Data quality page as a file for other programs."""

import csv
import io
from collections.abc import Sequence

from surveillance.domain.case_log import SOURCES
from surveillance.services.page_models.data_quality import QualityWeek

COUNTS = tuple(name for name in QualityWeek.__dataclass_fields__ if name not in ("label", "week_end", "by_source"))
COLUMNS = ("week", "week_ending", *COUNTS, *(f"truths_by_{source}" for source in SOURCES))


def quality_file(weeks: Sequence[QualityWeek]) -> bytes:
    """Return one row a week, as CSV in UTF-8; a cell is empty where no orders were loaded for the week.

    >>> quality_file([]).decode().split(",")[:4]
    ['week', 'week_ending', 'ordered', 'results']
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for week in weeks:
        values = (getattr(week, name) for name in COUNTS)
        told = ("" if value is None else value for value in values)
        writer.writerow((week.label, week.week_end.isoformat(), *told, *week.by_source))
    return out.getvalue().encode()
