"""The tables of the false-alarm page: nothing is cut off, wide or on a phone, and shares are written one way."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from surveillance.domain.roles import Role

Opened = Callable[..., AppTest]


def test_wide_every_column_is_part_of_a_table_whose_cells_wrap(loaded: Path, opened: Opened) -> None:
    app = opened("false_alarms.py", Role.RC_AI)

    assert not app.exception
    assert not app.dataframe  # its cells do not wrap: a long note ran out of the window
    fleet, lines = (table.value for table in app.table)
    assert "on an estimated baseline" in fleet["Note"].iloc[0]
    assert fleet["Stop-use that is true"].iloc[0].endswith("\u202f%")
    assert list(lines.columns)[-1] == "How it is known"
    assert len(lines) >= 5


def test_on_a_phone_each_row_stands_by_itself_with_its_note(
    loaded: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.session.narrow", lambda: True)
    app = opened("false_alarms.py", Role.RC_AI)
    said = "\n".join(one.value for one in app.markdown)

    assert not app.exception
    assert not app.table
    assert "False alarms a year **" in said
    assert "on an estimated baseline" in said
    assert "How it is known **exact" in said
