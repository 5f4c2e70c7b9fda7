"""Truths that name no study are told on Load a log before they are kept, on the receipt, and on Data quality."""

from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from surveillance.domain.roles import Role

Opened = Callable[..., AppTest]
TRUTHS = """case_id,model,site,truth,truth_recorded_at,truth_source
[x](http://example.org),NeuroFlag,Westbrook,1,2026-11-20T09:00:00Z,adjudication
W-2,NeuroFlag,Westbrok,0,2026-11-20T09:00:00Z,report
"""


def said(app: AppTest) -> str:
    """Return every sentence of a page."""
    return "\n".join(element.value for element in app.markdown)


def test_they_are_told_before_and_after_and_no_pseudonym_becomes_a_link(loaded: Path, opened: Opened) -> None:
    app = opened("load_log.py", Role.RADIOGRAPHER)
    app.file_uploader(key="log-file-0").upload("truths.csv", TRUTHS.encode(), "text/csv")
    before = said(app.run())
    after = said(app.button(key="keep").click().run())
    page = opened("data_quality.py", Role.PHYSICIST)
    tables = "".join(str(table.value.to_dict()) for table in page.table)

    for text in (before, after):
        assert "1 of 1 truths about NeuroFlag at Westbrook" in text.replace("\\", "")
        assert "1 of 1 truths about NeuroFlag at Westbrok" in text.replace("\\", "")
        assert "[x](http" not in text
    assert "names no study that is here yet. It waits, apart from what is late or overdue" in said(page)
    assert "Truths that name no study" in [header.value for header in page.header]
    assert "W-2" in tables.replace("\\", "")
    assert "[x](http" not in tables


def test_without_any_the_page_has_no_such_part(loaded: Path, opened: Opened) -> None:
    page = opened("data_quality.py", Role.PHYSICIST)

    assert "Truths that name no study" not in [header.value for header in page.header]
    assert "study that is here yet" not in said(page)


def test_whoever_may_not_see_pseudonyms_reads_the_counts_alone(loaded: Path, opened: Opened) -> None:
    app = opened("load_log.py", Role.RADIOGRAPHER)
    app.file_uploader(key="log-file-0").upload("truths.csv", TRUTHS.encode(), "text/csv")
    app.run().button(key="keep").click().run()
    page = opened("data_quality.py", Role.GOVERNANCE)

    assert "1 of 1 truths about NeuroFlag at Westbrok" in said(page).replace("\\", "")
    assert "W-2" not in said(page).replace("\\", "")
