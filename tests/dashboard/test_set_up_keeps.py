"""Set up from my file keeps what was answered: through a back step, another page, a wrong file and a re-export."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from streamlit.testing.v1 import AppTest

from surveillance.domain.roles import Role

Opened = Callable[..., AppTest]
ORDER = "set-up-date.acquired_at.Study Date Time"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" * 40
PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8
IDENTIFIERS = b"Accession,Patient name,Scan date,Flag\nA1,Smith,2026-05-01 10:00,Y\nA2,Jones,2026-05-02 10:00,N\n"
TWICE = b"Accession,Flag,Flag\nA1,Y,N\nA2,N,N\n"
ONE_COLUMN = b"Accession\nA1\nA2\nA3\n"
WIDE = (",".join(f"column {n}" for n in range(500)) + "\n" + ",".join("x" for _ in range(500)) + "\n").encode() * 2


def said(app: AppTest) -> str:
    """Return every sentence and heading of a page."""
    return "\n".join(one.value for kind in (app.title, app.header, app.markdown) for one in kind).replace("\\", "")


def dropped(app: AppTest, name: str, data: bytes) -> AppTest:
    """Drop a file on the page, in place of the one before where there is one."""
    if any(one.key == "set-up-other" for one in app.button):
        app.button(key="set-up-other").click().run()
    uploader = next(one for one in app.file_uploader if (one.key or "").startswith("set-up-file-"))
    uploader.upload(name, data, "application/octet-stream")
    return app.run()


@pytest.fixture
def answered(empty: Path, opened: Opened, small_store: ModuleType, exports_by_hand: ModuleType) -> AppTest:
    """A page on which the order of dates of an export was chosen."""
    app = dropped(opened("set_up.py", Role.DATA_MANAGER), "flags.csv", exports_by_hand.american(small_store))
    return app.radio(key=ORDER).set_value("month first").run()


def test_an_answer_outlives_a_visit_to_another_page(answered: AppTest) -> None:
    answered.switch_page("views/load_log.py").run()
    answered.switch_page("views/set_up.py").run()

    assert answered.radio(key=ORDER).value == "month first"


def test_an_answer_outlives_a_change_of_another_column_and_back(answered: AppTest) -> None:
    column = answered.selectbox(key="set-up-column.acquired_at")
    column.select("Accession").run()
    answered.selectbox(key="set-up-column.acquired_at").select("Study Date Time").run()

    assert answered.radio(key=ORDER).value == "month first"


def test_a_newer_export_with_the_same_columns_takes_the_answers_over(
    answered: AppTest, small_store: ModuleType, exports_by_hand: ModuleType
) -> None:
    dropped(answered, "flags-2.csv", exports_by_hand.american(small_store, days=9))

    assert answered.radio(key=ORDER).value == "month first"
    assert "flags-2.csv" in said(answered)


@pytest.mark.parametrize(
    ("name", "data"),
    [("letter.pdf", PDF), ("scan.png", PICTURE), ("empty.csv", b""), ("named.csv", IDENTIFIERS)],
    ids=["a PDF", "a picture", "nothing", "identifiers"],
)
def test_a_wrong_file_is_told_in_a_sentence_and_loses_nothing(answered: AppTest, name: str, data: bytes) -> None:
    dropped(answered, name, data)

    assert not answered.exception
    assert "could not be drawn" not in said(answered)
    assert f"File not taken: {name}" in said(answered)
    assert "What you set up of flags.csv is kept" in said(answered)
    assert answered.radio(key=ORDER).value == "month first"


def test_a_file_with_identifiers_names_the_command_that_makes_pseudonyms(empty: Path, opened: Opened) -> None:
    app = dropped(opened("set_up.py", Role.DATA_MANAGER), "named.csv", IDENTIFIERS)

    assert "surveillance pseudonymise" in said(app)
    assert not app.get("table")


@pytest.mark.parametrize(
    ("name", "data"),
    [("one.csv", ONE_COLUMN), ("wide.csv", WIDE), ("twice.csv", TWICE)],
    ids=["one column", "five hundred", "a header twice"],
)
def test_a_file_that_is_no_log_draws_or_says_why_and_cannot_be_saved(
    empty: Path, opened: Opened, name: str, data: bytes
) -> None:
    app = dropped(opened("set_up.py", Role.DATA_MANAGER), name, data)

    assert not app.exception
    assert "could not be drawn" not in said(app)
    assert f"File not taken: {name}" in said(app) or "need your answer" in said(app)
    assert not [one for one in app.button if one.key == "set-up-save" and not one.disabled]


def test_a_radiographer_has_no_page_to_set_files_up(empty: Path, opened: Opened) -> None:
    with pytest.raises(ValueError, match="set_up"):
        opened("set_up.py", Role.RADIOGRAPHER)
