"""XmR charts on the throughput tab: word, shape and colour for every week, limits, and what is said of them."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components.process_charts import PROCESS_KEY
from dashboard.figures.palette import DARK, LIGHT, Palette
from dashboard.figures.process import process_alt, process_figure
from dashboard.figures.process_traces import SHAPES, WORDS, hover_words, kind_colour, word_colour
from surveillance.domain.roles import Role
from surveillance.services.page_models import Kind, ProcessChart
from surveillance.services.process_words import chance_words, special_cause_words

KINDS: tuple[Kind, ...] = ("not judged", "common cause", "concern", "improvement", "high", "low")
WEEKS = tuple(date(2026, 10, 18) + timedelta(weeks=place) for place in range(6))
CHART = ProcessChart(
    metric="turnaround_median",
    title="Turnaround, median",
    unit="minutes",
    better="lower is better",
    week_end=WEEKS,
    value=(None, 5.0, 5.2, 9.1, 5.1, 9.4),
    n=(0, 40, 41, 42, 43, 44),
    kind=("not judged", "common cause", "common cause", "concern", "improvement", "concern"),
    rule=("", "", "", "above the upper process limit", "two of three weeks", "above the upper process limit"),
    why=("no studies this week", "", "", "", "", ""),
    mean=5.0,
    lower=2.5,
    upper=7.5,
    fixed_from=date(2026, 1, 5),
    fixed_to=date(2026, 3, 29),
    fixed_by=12,
    limits_words="Turnaround, median: limits fixed by the plan's baseline.",
)
VOLUME = replace(
    CHART, metric="eligible", title="Eligible studies", unit="count", kind=("common cause",) * 6, rule=("",) * 6
)
FEW = replace(CHART, mean=None, lower=None, upper=None, fixed_by=0, absent="Too few weeks to say what is usual. Why.")
Opened = Callable[..., AppTest]
BOTH = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


def drawn(*charts: ProcessChart, narrow: bool = False, colours: Palette = LIGHT) -> dict:
    return json.loads(process_figure(charts, (), colours, narrow=narrow).to_json())


def texts(figure: dict) -> str:
    return " | ".join(one["text"] for one in figure["layout"]["annotations"]).replace("\u202f", " ")


def test_each_kind_has_a_word_a_shape_and_a_place_in_the_legend() -> None:
    assert set(SHAPES) == set(WORDS) == set(KINDS)
    assert len({symbol for symbol, _ in SHAPES.values()}) == len(KINDS)
    for word in ("common cause", "concern", "improvement", "high", "low", "not judged", "mean", "limits"):
        assert word in PROCESS_KEY


@BOTH
def test_concern_improvement_and_neither_have_colours_of_their_own(colours: Palette) -> None:
    assert len({kind_colour(kind, colours) for kind in ("common cause", "concern", "improvement", "high")}) == 4
    assert {word_colour(kind, colours) for kind in KINDS} <= {
        colours.secondary, colours.alarm_text, colours.line, colours.event
    }  # fmt: skip


def test_every_week_with_a_value_has_one_mark_by_its_kind() -> None:
    marks = {trace["name"]: trace for trace in drawn(CHART)["data"] if trace.get("name")}

    assert {name: len(trace["x"]) for name, trace in marks.items()} == {
        "common cause": 2, "special cause, concern": 2, "special cause, improvement": 1
    }  # fmt: skip
    assert marks["special cause, concern"]["marker"]["symbol"] == "diamond"
    assert marks["special cause, concern"]["marker"]["color"] == LIGHT.alarm


def test_the_pointer_finds_value_word_rule_and_why_there_is_none() -> None:
    said = hover_words(CHART, 3).replace("\u202f", " ")

    assert said == "Week 45: <b>9.1 min</b> · special cause, concern · above the upper process limit · 42 studies"
    assert hover_words(CHART, 0) == "Week 42: no studies this week"
    assert drawn(CHART)["data"][0]["y"][0] is None


def test_mean_is_solid_and_limits_are_dashed() -> None:
    lines = [shape for shape in drawn(CHART)["layout"]["shapes"] if shape["type"] == "line"]

    assert [(line["y0"], line["line"]["dash"]) for line in lines] == [(5.0, "solid"), (2.5, "dash"), (7.5, "dash")]


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
def test_the_picture_says_the_newest_week_and_its_limits_in_words(narrow: bool) -> None:
    said = texts(drawn(CHART, narrow=narrow))

    assert "9.4 min" in said
    assert "special cause, concern" in said
    assert "mean 5.0 min" in said
    assert narrow == ("upper limit" not in said)


def test_the_words_for_the_picture_give_limits_and_counts_of_each_kind() -> None:
    said = process_alt([CHART, FEW]).replace("\u202f", " ").replace("\u2060", "")

    assert "mean 5.0 min, process limits 2.5–7.5" in said
    assert "special cause, concern in 2" in said
    assert "Too few weeks to say" in said


def test_one_sentence_says_what_has_special_cause_this_week() -> None:
    said = special_cause_words([CHART, VOLUME]).replace("\u00a0", " ")

    assert said == (
        "Week 47: **median turnaround** has special cause, concern (9.4 min, above the upper process limit); volume"
        " varies as usual (common cause)."
    )


def test_a_newest_week_that_is_not_judged_is_named_with_its_reason() -> None:
    late = replace(CHART, kind=(*CHART.kind[:5], "not judged"), why=(*CHART.why[:5], "the log does not reach it"))

    assert special_cause_words([late]).startswith("Week 46 (the newest week is not judged: the log does not reach it):")


def test_the_chance_of_a_mark_is_said_for_one_chart_and_for_all() -> None:
    said = chance_words([CHART, CHART, VOLUME])

    assert "about 69 in 100 charts" in said
    assert "about 97 in 100 departments" in said
    assert "a mark is a prompt to look, never an alarm" in said
    assert chance_words([FEW]) == ""


def throughput(opened: Opened, **query: str) -> AppTest:
    app = opened("deployment.py", Role.RADIOGRAPHER, {"tab": "Throughput", **query})
    assert not app.exception
    return app


def spoken(app: AppTest) -> str:
    return "\n".join(element.value for element in app.markdown)


def test_the_tab_draws_the_charts_with_legend_and_chance(loaded: Path, opened: Opened) -> None:
    said = spoken(throughput(opened))

    assert PROCESS_KEY in said
    assert "a mark is a prompt to look, never an alarm" in said
    assert "Turnaround, median: limits fixed by the plan's baseline, 12 weeks, week 25 to week 36" in said


def test_the_tab_says_too_few_weeks(loaded: Path, opened: Opened, small_store) -> None:
    from surveillance.services import stores

    store = stores.open_store(f"sqlite:///{loaded.as_posix()}/demo.sqlite")
    small_store.add_neighbours(store)
    store.close()

    said = spoken(throughput(opened, deployment="2"))
    assert "too few weeks to say what is usual. Process limits need 12 complete weeks with a value, got 9" in said
    assert "In a stable year" not in said


def test_an_empty_store_says_what_to_do_next(empty: Path, opened: Opened) -> None:
    assert "No AI version is registered yet." in spoken(throughput(opened))
