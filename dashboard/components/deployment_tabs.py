"""The four tabs of a deployment: each asks one service and draws what it returns."""

import streamlit as st

from dashboard import session
from dashboard.components import states
from dashboard.components.audit_needed import audit_needed
from dashboard.components.badge import verdict_badge
from dashboard.components.chart_working import show_the_chart_working
from dashboard.components.figure_card import fact_cards, figure_cards
from dashboard.components.process_charts import PROCESS_METHODS, process_charts
from dashboard.components.words import plain, said
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

CALIBRATION_KEY = "Dot: studies of about one score, with its 95 % range · blue: smoothed · grey: baseline"
BINS_KEY = "Dot: studies of about one score, with its 95 % range · grey: baseline"


def performance_tab(deployment_id: int) -> None:
    """Show whether the AI is below its plan, by how much, and since when."""
    key = f"window-{deployment_id}"
    page = performance(session.actor(), session.store(), deployment_id, st.session_state.get(key))
    st.markdown(said(page.sentence))
    if not any(value is not None for one in page.series for value in one.value):
        _nothing_yet("performance", evaluated=bool(page.windows))
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
    if page.truth_error:
        st.markdown(said(page.truth_error))
    show_the_working(page.working, sources=page.sources, window=page.sources_window)


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
    show_the_chart_working(page.lines, page.notes)
    audit_needed(deployment_id)


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
        for note in page.notes:
            st.markdown(f":small[{said(note)}]")
        st.plotly_chart(
            session.drawn("reliability", diagram, lambda: reliability_figure(diagram, colours, narrow=narrow)),
            theme=None,
            config=BARE,
            key="reliability",
            alt=reliability_alt(diagram),
        )
        st.markdown(f":small[:gray[{CALIBRATION_KEY if diagram.smooth else BINS_KEY}]]")
    verified = "verified " if diagram.audit < 1 else ""
    with figures, st.container(border=True):
        st.markdown(
            f"**{diagram.positives:,} positives in {diagram.studies:,} {verified}studies**  \n"
            f":small[:gray[positive: {page.finding}]]"
        )
        for figure in page.figures:
            _calibration_row(figure)
    show_the_working(page.figures)


def throughput_tab(deployment_id: int) -> None:
    """Show what came, what failed, how long it took, and which truths are still out."""
    page = throughput(session.actor(), session.store(), deployment_id)
    st.markdown(said(page.sentence))
    drawn = [one.value for one in page.series] + [one.value for one in page.process]
    if not any(value is not None for values in drawn for value in values):
        _nothing_yet("throughput")
        return
    figure_cards(page.figures)
    colours, narrow = palette(session.theme()), session.narrow()
    if page.process:
        process_charts(page)
    st.plotly_chart(
        session.drawn("throughput", page, lambda: throughput_figure(page.series, page.events, colours, narrow=narrow)),
        theme=None,
        config=BARE,
        key="throughput",
        alt=throughput_alt(page.series),
    )
    limits = [said(one.limits_words or f"{one.title}: {one.absent}") for one in page.process]
    notes = [*limits, *(plain(version) for version in page.versions)]
    show_the_working(page.figures, notes, charts=PROCESS_METHODS if page.process else ())


def _calibration_row(figure: Figure) -> None:
    """Show name and value on one line, and beneath it what is perfect, what chance gives, or what is missing."""
    with st.container(gap="xxsmall"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"):
            st.markdown(figure.title, width="content")
            if figure.value in ("", "–"):
                verdict_badge(figure.verdict or "absent")
            else:
                st.markdown(f"**{figure.value}** :small[:gray[{figure.range}]]", width="content")
        st.markdown(f":small[:gray[{said(figure.counts or figure.why)}]]")


def _nothing_yet(what: str, *, evaluated: bool = False) -> None:
    """Say why nothing is drawn: no week was evaluated, or those that were hold too few confirmed findings."""
    if evaluated:
        why = "The weeks are evaluated, but no window holds enough confirmed findings yet."
        then = "Load the confirmed findings, or wait for more of them. Until then the tab Throughput shows what came."
    else:
        why = "No week has been evaluated for this AI version yet."
        then = f"Once a log is loaded and the weekly evaluation has run, its {what} will be here."
    states.empty(why, then, file="load_log.py", label="Load a log", key=f"empty-{what}")
