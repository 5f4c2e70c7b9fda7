"""Words on screen: typed text stays text, ranges stay together, and the door hides no fault."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components.words import left, moment, plain, said
from dashboard.figures.labels import split
from dashboard.figures.scale import ranged, ticks, written
from surveillance.domain.numbers import percent

NOON = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
APP = str(Path(__file__).parents[2] / "dashboard" / "app.py")


@pytest.mark.parametrize(
    "typed", ["[a](https://example.org)", "<b>x</b>", ":red[x]", "# x", "**x**", "`x`", "$x$", "![i](u)"]
)
def test_typed_text_cannot_become_markup(typed: str) -> None:
    shown = plain(typed)

    assert shown.replace("\\", "") == typed
    assert all(shown[place - 1] == "\\" for place, sign in enumerate(shown) if sign in "[]()<>:#*`$!")


def test_moments_are_told_in_the_departments_time() -> None:
    assert moment(NOON) == "Wed 1 Jul 13:00"


@pytest.mark.parametrize(
    ("hours", "words"), [(0.5, "30 min left"), (3.2, "3 h left"), (72, "3 days left"), (-25, "25 h overdue")]
)
def test_a_deadline_is_told_in_its_largest_whole_unit(hours: float, words: str) -> None:
    assert left(NOON + timedelta(hours=hours), NOON) == words


def test_a_range_in_a_sentence_does_not_break_over_two_lines() -> None:
    assert said("(12–22; plan 90 %)") == "(12\u2060–\u206022; plan 90\u202f%)"
    assert said(f"{percent(0.9)} and 80%") == "90\u202f% and 80\u202f%"


@pytest.mark.parametrize("written_out", ["40 %", percent(0.4), "40%", "40\u202f%"])
def test_a_label_of_a_figure_has_one_space_before_the_sign_however_it_came(written_out: str) -> None:
    assert split(f"{written_out} of alarm") == ("40\u202f% of alarm",)


def test_values_are_written_with_their_unit() -> None:
    assert written(0.772, "share") == "77\u202f%"
    assert written(0.945, "share") == "94.5\u202f%"
    assert ranged(0.883, 0.931, "area").replace("\u2060", "") == "0.883–0.931"
    assert ticks(0.9, 1.0, "share", 3)[1] == ["90\u202f%", "95\u202f%", "100\u202f%"]


def test_roles_cannot_be_picked_from_another_computer(empty: Path) -> None:
    app = AppTest.from_file(APP, default_timeout=60).run()

    assert not [box for box in app.selectbox if box.key == "demo-person"]
    assert "nowhere else" in "\n".join(element.value for element in app.markdown)


def test_a_fault_is_shown_with_an_id_and_without_its_trace(
    empty: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_role: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("dashboard.session.on_this_computer", lambda: True)
    monkeypatch.setattr("dashboard.navigation.pages", fails)
    app = AppTest.from_file(APP, default_timeout=60).run()
    shown = "\n".join(element.value for element in app.markdown)

    assert "This page could not be drawn." in shown
    assert "fault " in shown
    assert "secret detail" not in shown
    assert "secret detail" in caplog.text
    assert not app.exception
