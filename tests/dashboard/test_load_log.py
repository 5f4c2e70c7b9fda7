"""Loading a log on the page: what was understood is shown, and a person chooses before anything is kept."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from surveillance.domain.roles import Role

Opened = Callable[..., AppTest]
GOOD = "H1,NeuroFlag,3.2.1,Millford,2026-04-06T00:04:33Z,processed,0.0071,false"
BAD = "H2,NeuroFlag,3.2.1,Millford,2026-04-06T00:10:54Z,processed,1.7,false"
HEAD = "case_id,model,version,site,acquired_at,status,score,called"


def offered(opened: Opened, *rows: str) -> AppTest:
    """Return the page after a file of these rows was given."""
    app = opened("load_log.py", Role.RADIOGRAPHER)
    app.file_uploader(key="log-file-0").upload("log.csv", "\n".join([HEAD, *rows, ""]).encode(), "text/csv")
    return app.run()


def said(app: AppTest) -> str:
    """Return every sentence of a page."""
    return "\n".join(element.value for element in app.markdown)


@pytest.fixture
def good_rows() -> list[str]:
    return [GOOD.replace("H1", f"H{number}") for number in range(100, 130)]


def test_shows_how_the_file_was_read_and_its_first_rows(empty: Path, opened: Opened, good_rows: list[str]) -> None:
    app = offered(opened, *good_rows)

    assert "comma" in app.table[0].value.to_string()
    assert len(app.dataframe[0].value) == 5
    assert [one.value for one in app.metric][:2] == ["30", "30"]


def test_a_row_that_is_not_understood_is_shown_with_its_line_and_fix(
    empty: Path, opened: Opened, good_rows: list[str]
) -> None:
    app = offered(opened, *good_rows, BAD)
    held = app.dataframe[1].value

    assert held["Line"].tolist() == [32]
    assert held["Column"].tolist() == ["score"]
    assert held["Fix"].str.len().min() > 5
    assert app.get("download_button")


def test_good_rows_are_kept_with_a_receipt(empty: Path, opened: Opened, good_rows: list[str]) -> None:
    app = offered(opened, *good_rows, BAD)
    app.button(key="keep").click().run()

    assert "30 rows" in said(app)
    assert "evaluate" in [button.key for button in app.button]


def test_the_whole_file_can_be_held(empty: Path, opened: Opened, good_rows: list[str]) -> None:
    app = offered(opened, *good_rows, BAD)
    app.button(key="hold").click().run()

    assert [one.value for one in app.metric][1] == "0"


def test_nothing_is_kept_when_cancelled(empty: Path, opened: Opened, good_rows: list[str]) -> None:
    app = offered(opened, *good_rows)
    app.button(key="cancel").click().run()
    again = offered(opened, *good_rows)

    assert "Nothing of this file was stored" in said(app)
    assert "Already here" not in said(again)


def test_after_a_receipt_the_page_asks_for_another_file(empty: Path, opened: Opened, good_rows: list[str]) -> None:
    app = offered(opened, *good_rows)
    app.button(key="keep").click().run()
    app.button(key="another").click().run()

    assert "keep" not in [button.key for button in app.button]
    assert "load-files" not in app.session_state
    assert [one.value for one in app.file_uploader] == [[]]


def test_the_same_file_twice_says_so_and_offers_nothing(empty: Path, opened: Opened, good_rows: list[str]) -> None:
    app = offered(opened, *good_rows)
    app.button(key="keep").click().run()
    again = offered(opened, *good_rows)

    assert "is stored already" in said(again)
    assert "keep" not in [button.key for button in again.button]


def test_a_file_with_patients_identifiers_is_refused_whole(empty: Path, opened: Opened) -> None:
    rows = [
        f"94347659{number:02d},NeuroFlag,3.2.1,Millford,2026-04-06T00:04:33Z,processed,0.1,false" for number in (19, 70)
    ]
    app = opened("load_log.py", Role.RADIOGRAPHER)
    text = "\n".join([HEAD, *rows, ""])
    app.file_uploader(key="log-file-0").upload("log.csv", text.encode(), "text/csv")
    app.run()

    assert "Not taken" in said(app)
    assert "pseudonymise" in said(app)
    assert "keep" not in [button.key for button in app.button]
