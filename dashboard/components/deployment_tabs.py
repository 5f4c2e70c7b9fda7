"""The four tabs of a deployment: each asks one service and draws what it returns."""

import streamlit as st

from dashboard import session
from dashboard.components import states
from dashboard.components.badge import verdict_badge
from dashboard.components.figure_card import fact_cards, figure_cards
from dashboard.components.words import said
from dashboard.components.working import show_the_working
from dashboard.figures.charts import charts_alt, charts_figure
from dashboard.figures.palette import palette
from dashboard.figures.performance import performance_alt, performance_figure
from dashboard.figures.reliability import reliability_alt, reliability_figure
from dashboard.figures.throughput import throughput_alt, throughput_figure
from surveillance.services.calibration import calibration
from surveillance.services.charts import charts
from surveillance.services.page_models import Figure
from surveillance.services.performance import performance
from surveillance.services.throughput import throughput

BARE = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "responsive": True}
KEY = "Band: 95 % interval · hollow: outcomes incomplete · ◆ whole interval beyond the plan"
CHART_KEY = (
    "Thin line: highest within the week · diamond: alarm limit passed · octagon: stop-use limit passed · "
    "dotted: outcomes incomplete"
)


def performance_tab(deployment_id: int) -> None:
    """Show whether the AI is below its plan, by how much, and since when."""
    key = f"window-{deployment_id}"
    page = performance(session.actor(), session.store(), deployment_id, st.session_state.get(key))
    st.markdown(said(page.sentence))
    if not any(value is not None for one in page.series for value in one.value):
        _nothing_yet("performance")
        return
    figure_cards(page.figures)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.segmented_control(
            "Weeks in a window",
            page.windows,
            default=page.window,
            required=True,
            format_func=lambda weeks: "Week" if weeks == 1 else f"{weeks} weeks",
            key=key,
            label_visibility="collapsed",
        )
        st.markdown(f":small[:gray[{KEY}]]", width="content")
    colours, narrow = palette(session.theme()), session.narrow()
    st.plotly_chart(
        session.drawn(
            "performance",
            page,
            lambda: performance_figure(page.series, page.complete_to, page.events, colours, narrow=narrow),
        ),
        theme=None,
        config=BARE,
        key="performance",
        alt=performance_alt(page.series, page.complete_to),
    )
    show_the_working(page.figures)


def charts_tab(deployment_id: int) -> None:
    """Show how much evidence has gathered, how rarely by chance, and since when."""
    page = charts(session.actor(), session.store(), deployment_id)
    st.markdown(said(page.sentence))
    if not any(line.week_end for line in page.lines):
        _nothing_yet("charts")
        return
    fact_cards(page.cards)
    st.markdown(f":small[:gray[{CHART_KEY}]]")
    colours, narrow = palette(session.theme()), session.narrow()
    st.plotly_chart(
        session.drawn("charts", page, lambda: charts_figure(page.lines, page.events, colours, narrow=narrow)),
        theme=None,
        config=BARE,
        key="charts",
        alt=charts_alt(page.lines),
    )
    show_the_working((), [f"**{line.title}**: {line.design_words}" for line in page.lines if line.design_words])


def calibration_tab(deployment_id: int) -> None:
    """Show what a score means now, in words first."""
    page = calibration(session.actor(), session.store(), deployment_id)
    st.markdown(said(page.sentence))
    diagram = page.diagram
    if diagram is None:
        st.markdown(f":gray[{page.absent}]" if page.absent else "")
        return
    picture, figures = st.columns([1.5, 1], gap="large")
    colours, narrow = palette(session.theme()), session.narrow()
    with picture:
        st.plotly_chart(
            session.drawn("reliability", diagram, lambda: reliability_figure(diagram, colours, narrow=narrow)),
            theme=None,
            config=BARE,
            key="reliability",
            alt=reliability_alt(diagram),
        )
    with figures, st.container(border=True):
        st.markdown(
            f"**{diagram.positives:,} positives in {diagram.studies:,} studies**  \n"
            f":small[:gray[positive: {page.finding}]]"
        )
        for figure in page.figures:
            _calibration_row(figure)
    show_the_working(page.figures)


def throughput_tab(deployment_id: int) -> None:
    """Show what came, what failed, how long it took, and which truths are still out."""
    page = throughput(session.actor(), session.store(), deployment_id)
    st.markdown(said(page.sentence))
    if not any(value is not None for one in page.series for value in one.value):
        _nothing_yet("throughput")
        return
    figure_cards(page.figures)
    colours, narrow = palette(session.theme()), session.narrow()
    st.plotly_chart(
        session.drawn("throughput", page, lambda: throughput_figure(page.series, colours, narrow=narrow)),
        theme=None,
        config=BARE,
        key="throughput",
        alt=throughput_alt(page.series),
    )
    versions = [f"Version {version}: {studies:,} studies" for version, studies in page.versions]
    show_the_working(page.figures, versions)


def _calibration_row(figure: Figure) -> None:
    name, value = st.columns([1.25, 1], vertical_alignment="center", wrap=False)
    with name:
        st.markdown(f"{figure.title}  \n:small[:gray[{figure.counts or figure.why}]]")
    with value:
        if figure.value not in ("", "–"):
            st.markdown(f"**{figure.value}** :small[:gray[{figure.range}]]")
        else:
            verdict_badge("not_estimable")


def _nothing_yet(what: str) -> None:
    states.empty(
        "No week has been evaluated for this AI version yet.",
        f"Once a log is loaded and the weekly evaluation has run, its {what} stand here.",
        file="load_log.py",
        label="Load a log",
        key=f"empty-{what}",
    )
