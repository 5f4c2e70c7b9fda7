"""The tables of the Data quality page: files, what is seen first, lines in conflict, weeks, and every deployment."""

from collections.abc import Sequence

import streamlit as st

from dashboard import session
from dashboard.components.wide_table import wide_table
from dashboard.components.words import plain
from surveillance.services.page_models.data_quality import Conflict, QualityPage, QualityRow
from surveillance.services.quality_file import quality_file


def files_table(page: QualityPage) -> None:
    """Show how long ago each kind of file came."""
    wide_table([{"Kind": kind, "Newest file": when, "Reaches to": reach} for kind, when, reach in page.files])


def first_seen_table(page: QualityPage) -> None:
    """Show scanners and versions whose first study lies in the weeks shown."""
    if not page.first_seen:
        st.markdown(":gray[No scanner and no version was seen for the first time in these weeks.]")
        return
    wide_table(
        [{"Name": name, "What": what, "First seen": week, "Rows": rows} for what, name, week, rows in page.first_seen]
    )


def conflicts_table(conflicts: Sequence[Conflict]) -> None:
    """Show every line that another contradicts, with its file."""
    wide_table(
        [
            {
                "Study": one.case_id,
                "What": one.what,
                "File": one.file,
                "Line": f"{one.line:,}",
                "Says": one.says,
                "Counts": one.counts,
            }
            for one in conflicts
        ]
    )


def weeks_table(page: QualityPage) -> None:
    """Show the weeks, the newest first, each count under its denominator; and offer all of them as a file."""
    wide_table(
        [
            {
                "Week": week.label,
                "Orders": "none" if week.ordered is None else f"{week.ordered:,}",
                "Results": f"{week.results:,}",
                "Never arrived": _of(week.never_arrived, week.ordered),
                "Failed": _of(week.failed, week.ordered),
                "Without an order": _of(week.without_order, week.results),
                "Truths here": _of(week.arrived, week.expected),
                "Late": _of(week.late, week.arrived),
                "Overdue": _of(week.overdue, week.expected),
                "Indeterminate": _of(week.indeterminate, week.arrived),
            }
            for week in reversed(page.weeks)
        ]
    )
    st.download_button(
        "Download these weeks",
        quality_file(page.weeks),
        file_name="data-quality.csv",
        mime="text/csv",
        key="download-quality",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )


def fleet_table(rows: Sequence[QualityRow]) -> None:
    """Show every deployment; its name opens its own page."""
    titles = {row.title: row.deployment_id for row in rows}
    wide_table(
        [
            {
                "AI version at a site": row.title,
                "Week": row.week,
                "Eligible studies": row.studies,
                "Denominator": row.denominator,
                "Not processed": row.not_processed,
                "Truths here, open weeks": row.truths,
                "Waiting": row.waiting,
                "Newest files": row.files,
            }
            for row in rows
        ],
        lambda text: f"[{plain(text)}](?deployment={titles[text]})" if text in titles else plain(text),
    )


def _of(count: int | None, total: int | None) -> str:
    """Return a count with what it is a count of; nothing where that is not known."""
    if count is None or total is None:
        return ""
    return f"{count:,}" if session.narrow() and not count else f"{count:,} of {total:,}"
