"""Set up from my file on a header that is known, and on one that differs a little from a known one."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from streamlit.testing.v1 import AppTest

from surveillance.domain.roles import Role

Opened = Callable[..., AppTest]


def said(app: AppTest) -> str:
    """Return every sentence and heading of a page."""
    parts = [one.value for kind in (app.title, app.header, app.markdown) for one in kind]
    return "\n".join([*parts, *(one.label for one in app.expander)]).replace("\\", "")


def dropped(app: AppTest, name: str, data: bytes) -> AppTest:
    """Drop a file on the page."""
    uploader = next(one for one in app.file_uploader if (one.key or "").startswith("set-up-file-"))
    uploader.upload(name, data, "text/csv")
    return app.run()


@pytest.fixture
def kept(empty: Path, opened: Opened, small_store: ModuleType, exports_by_hand: ModuleType) -> bytes:
    """Keep a profile by the page, and return the export that it was made from."""
    data: bytes = exports_by_hand.german(small_store)
    app = dropped(opened("set_up.py", Role.DATA_MANAGER), "export.csv", data)
    app.button(key="set-up-certain").click().run()
    app.checkbox(key="set-up-sign").check().run()
    app.button(key="set-up-save").click().run()
    assert "Kept as profile export, version 1" in said(app)
    return data


def test_a_known_header_is_said_with_the_way_to_load_the_file(kept: bytes, opened: Opened) -> None:
    lines = kept.split(b"\r\n")
    app = dropped(opened("set_up.py", Role.DATA_MANAGER), "next week.csv", b"\r\n".join(lines[:200]) + b"\r\n")

    assert "This header is that of profile export." in said(app)
    assert any("Load it on Load a log" in link.proto.label for link in app.get("page_link"))
    assert "Show the difference" not in said(app)
    assert "answers are confirmed" in said(app)
    assert not app.exception


def test_a_changed_header_shows_the_difference_and_starts_from_the_answers_of_the_known_one(
    kept: bytes, opened: Opened
) -> None:
    renamed = kept.replace(b"Suspicion;", b"Suspicion index;", 1)
    app = dropped(opened("set_up.py", Role.DATA_MANAGER), "next week.csv", renamed)

    told = said(app)
    assert "This header is like that of profile export, but not the same." in told
    assert "Show the difference" in told
    assert "**Suspicion** is likely **Suspicion index** now: both are names for score. The profile reads it." in told
    waiting = [one.key for one in app.button if (one.key or "").startswith("set-up-yes-")]
    assert waiting == ["set-up-yes-column.score"]
    assert "need your answer" not in told.replace("needs your answer", "")


def test_a_column_that_is_new_is_not_overlooked_because_it_was_not_there_before(kept: bytes, opened: Opened) -> None:
    head, *rows = kept.decode("cp1252").split("\r\n")
    names, *studies = rows
    wider = [head + ";", names + ";Scanner", *(f"{row};CT{n % 3}" for n, row in enumerate(studies) if row)]
    app = dropped(opened("set_up.py", Role.DATA_MANAGER), "wider.csv", "\r\n".join(wider).encode("cp1252"))

    assert "set-up-yes-column.scanner" in [one.key for one in app.button]
    assert app.selectbox(key="set-up-column.scanner").value == "Scanner"


def test_a_header_like_no_other_starts_afresh(kept: bytes, opened: Opened, exports_by_hand, small_store) -> None:
    app = dropped(opened("set_up.py", Role.DATA_MANAGER), "flags.csv", exports_by_hand.american(small_store))

    assert "This header is" not in said(app)
    assert "none is confirmed yet" in said(app)


def test_dates_are_offered_by_examples_never_by_their_signs(
    empty: Path, opened: Opened, exports_by_hand: ModuleType, small_store: ModuleType
) -> None:
    app = dropped(opened("set_up.py", Role.DATA_MANAGER), "flags.csv", exports_by_hand.american(small_store))

    offered = app.radio(key="set-up-date.acquired_at.Study Date Time").options
    assert [one.split("  :gray")[0].replace("\\", "") for one in offered] == [
        "31/12/2025 14:05 (day/month/year hour:minute)",
        "12/31/2025 14:05 (month/day/year hour:minute)",
    ]
    every = [*said(app).split("\n"), *(text for one in app.radio for text in one.options)]
    every += [text for one in app.selectbox for text in one.options]
    assert not [text for text in every if "%d" in text or "%Y" in text]
