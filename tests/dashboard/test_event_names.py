"""The names of dated events never meet, and the hover tells what a name leaves out."""

from datetime import date, timedelta
from itertools import pairwise
from types import ModuleType

from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures import events as dated
from dashboard.figures.event_names import AIR, Placed, event_names
from dashboard.figures.palette import LIGHT
from dashboard.figures.panels import stack
from dashboard.figures.performance import performance_figure
from surveillance.services.page_models import AxisEvent

PLACED = st.lists(
    st.builds(Placed, st.floats(0, 300), st.text("abcd &<", min_size=1, max_size=60), st.booleans()), max_size=9
).map(lambda found: sorted(found, key=lambda one: one.place))


@given(PLACED, st.sampled_from([216.0, 300.0, 706.0, 790.0]))
def test_no_two_names_meet_and_none_leaves_the_figure(events: list[Placed], pixels: float) -> None:
    named = event_names(events, pixels)

    for row in (0, 1):
        spans = sorted(name.span for name in named if name.row == row)
        assert all(after[0] - before[1] >= -0.001 for before, after in pairwise(spans))
        assert all(low >= -40.001 and high <= pixels + 0.001 for low, high in spans)
    assert bool(named) == bool(events)


def test_two_names_of_neighbouring_weeks_stand_one_above_the_other() -> None:
    lower, upper = event_names([Placed(400, "CT2 replaced"), Placed(412, "new rota")], 790)

    assert (lower.text, lower.place, lower.row) == ("CT2 replaced", 400, 0)
    assert (upper.text, upper.place, upper.row) == ("new rota", 412, 1)


def test_a_third_stands_beside_its_line_where_there_is_room() -> None:
    events = [Placed(400, "CT2 replaced"), Placed(405, "a long name of a rota"), Placed(412, "kernel")]

    named = event_names(events, 790)

    assert [(one.text, one.row, one.anchor) for one in named] == [
        ("CT2 replaced", 0, "right"),
        ("kernel", 0, "left"),
        ("a long name of a ro…", 1, "center"),
    ]


def test_of_many_in_one_place_a_logged_one_is_named_and_says_how_many_more() -> None:
    words = ("baseline ends", "plan 1", "CT2 replaced", "rota", "kernel", "route")
    events = [Placed(400 + place, word, word == "rota") for place, word in enumerate(words)]

    named = event_names(events, 790)

    assert [(one.text, one.row) for one in named] == [("rota + 3", 0), ("plan 1", 1), ("CT2 replaced", 1)]


def test_names_that_have_room_stand_over_their_lines_in_one_row() -> None:
    named = event_names([Placed(100, "CT2 replaced"), Placed(400, "new rota")], 790)

    assert [(name.place, name.anchor, name.row) for name in named] == [(100, "center", 0), (400, "center", 0)]
    assert named[1].span[0] - named[0].span[1] > AIR


def test_words_of_people_are_no_markup() -> None:
    (name,) = event_names([Placed(100, "<b>kVp & mAs</b>")], 790)

    assert name.text == "&lt;b&gt;kVp &amp; mAs&lt;/b&gt;"
    assert name.letters == 16


def test_the_hover_of_a_week_tells_every_event_of_it_in_each_panel(story: ModuleType) -> None:
    monday = date(2026, 9, 14)
    events = [AxisEvent(monday + timedelta(days=n), f"event {n}", f"told {n} <i>") for n in range(3)]
    page = story.PERFORMANCE

    figure = performance_figure(page.series, page.complete_to, events, LIGHT)

    told = [trace for trace in figure.data if trace.marker.opacity == 0]
    assert [trace.yaxis for trace in told] == ["y", "y2", "y3"]
    assert all(list(trace.x) == ["2026-09-20"] for trace in told)
    assert told[0].customdata[0] == "told 0 &lt;i&gt;<br>told 1 &lt;i&gt;<br>told 2 &lt;i&gt;"


def test_an_event_in_the_first_week_of_the_axis_is_drawn() -> None:
    sunday = date(2026, 9, 20)
    (panel,), _ = stack([100])
    shown = dated.inside([AxisEvent(sunday - timedelta(days=6), "a"), AxisEvent(sunday - timedelta(days=7), "b")],
                         sunday, sunday + timedelta(weeks=4))  # fmt: skip

    assert [one.words for one in shown] == ["a"]
    assert [line["x0"] for line in dated.lines(panel, LIGHT, shown)] == ["2026-09-14"]
