"""Contrast by the formula of WCAG 2.2: text 4.5 to 1, marks and lines 3 to 1, in both themes."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from dashboard.components.badge import LEVELS, STATES, VERDICTS
from dashboard.figures.palette import DARK, LIGHT, Palette
from surveillance.domain.row_state import RowState
from surveillance.services.installed_files import installed

BOTH = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
THEMES = pytest.mark.parametrize("name", ["light", "dark"])
FIGURES = Path(__file__).parents[2] / "dashboard"


def luminance(colour: str) -> float:
    """Return relative luminance: WCAG 2.2, definition of the same name."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def theme(name: str) -> dict[str, Any]:
    """Return the installed theme."""
    config = tomllib.loads(installed(".streamlit/config.toml").read_text(encoding="utf-8"))
    return dict(config["theme"][name])


def test_the_formula_gives_the_extremes() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)


@BOTH
def test_words_in_figures_can_be_read(colours: Palette) -> None:
    words = [colours.text, colours.secondary, colours.line, colours.alarm_text, colours.stop_text, colours.event]

    assert min(contrast(one, colours.page) for one in words) >= 4.5
    assert contrast(colours.text, colours.panel) >= 4.5


@BOTH
def test_marks_and_limits_can_be_seen(colours: Palette) -> None:
    marks = [colours.line, colours.alarm, colours.stop, colours.event, colours.baseline]

    assert min(contrast(one, colours.page) for one in marks) >= 3


@THEMES
@pytest.mark.parametrize("colour", ["red", "orange", "violet", "blue", "gray"])
def test_badges_can_be_read_on_their_own_ground_and_on_the_page(name: str, colour: str) -> None:
    set_ = theme(name)
    ink = set_[f"{colour}TextColor"]

    assert contrast(ink, set_[f"{colour}BackgroundColor"]) >= 4.5
    assert contrast(ink, set_["backgroundColor"]) >= 4.5


@THEMES
def test_the_ink_of_a_primary_button_can_be_read(name: str) -> None:
    assert contrast(theme(name)["yellowTextColor"], theme(name)["primaryColor"]) >= 4.5


@THEMES
def test_text_can_be_read_on_every_ground(name: str) -> None:
    set_ = theme(name)
    grounds = [set_["backgroundColor"], set_["secondaryBackgroundColor"], set_["sidebar"]["backgroundColor"]]

    assert min(contrast(set_["textColor"], ground) for ground in grounds) >= 4.5
    assert min(contrast(set_["grayTextColor"], ground) for ground in grounds) >= 4.5


@THEMES
def test_figures_and_theme_agree(name: str) -> None:
    colours = {"light": LIGHT, "dark": DARK}[name]
    set_ = theme(name)

    assert colours.page == set_["backgroundColor"]
    assert colours.line == set_["primaryColor"]
    assert colours.stop_text == set_["redTextColor"]


def test_every_state_and_level_has_word_icon_and_colour() -> None:
    assert set(STATES) == set(RowState)
    assert all(state.words and icon and colour for state, (icon, colour) in STATES.items())
    assert all(all(badge) for badge in (*VERDICTS.values(), *LEVELS.values()))


def test_no_colour_is_written_outside_the_palette() -> None:
    import re

    written = re.compile(r"#[0-9A-Fa-f]{6}\b")
    others = [path for path in FIGURES.rglob("*.py") if path.name != "palette.py"]

    assert not [path.name for path in others if written.search(path.read_text(encoding="utf-8").replace(">>>", ""))]
