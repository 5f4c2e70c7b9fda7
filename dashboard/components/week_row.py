"""One deployment on This week: state, sentence, sparkline, and who answers until when."""

from datetime import datetime
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import session
from dashboard.components.badge import state_badge
from dashboard.components.primary_button import primary_button
from dashboard.components.words import left, plain, said
from dashboard.figures.palette import palette
from dashboard.figures.spark import WIDTH, spark_alt, spark_svg
from surveillance.domain.roles import Action
from surveillance.services.page_models import WeekRow

WHO, CHART, ANSWER, GAP = 165, 150, 175, 30  # pixels: a badge, a sparkline and a button are never cut off
ANSWERS = {
    "stop_use": ("Read and decide", "views/stop_use.py", "recommendation", "answer", Action.SIGN_STOP_USE),
    "alarm": ("Acknowledge", "views/alarms.py", "alarm", "acknowledge", Action.ANSWER_ALARM),
}
LOOK = ("Look", "views/deployment.py", "deployment", "look", Action.READ_SURVEILLANCE)


def needy_row(row: WeekRow, at: datetime) -> None:
    """Show a row that needs an answer, in a card with one main button for those who may give it."""
    with st.container(border=True):
        who, what, chart, answer = _cells("top")
        with who:
            _name(row)
        with what:
            st.markdown(said(row.sentence))
            st.markdown(f":small[:gray[{_until(row)}]]")
        with chart:
            _chart(row)
        with answer:
            _answer(row, at)


def quiet_row(row: WeekRow) -> None:
    """Show a row that needs nothing: the same grid, no card of its own."""
    who, what, chart, until = _cells("center")
    with who:
        _name(row)
    with what:
        st.markdown(said(row.sentence))
    with chart:
        _chart(row)
    with until:
        st.markdown(f":small[:gray[{_until(row).replace(' · ', '  ' + chr(10))}]]")
        _evidence(row)


def _cells(alignment: Literal["top", "center"]) -> tuple[DeltaGenerator, ...]:
    """Return the four cells of a row; in a small window the last two stand below, on a phone each below the other."""
    beside = not session.narrow()
    line = st.container(horizontal=beside, gap="medium", vertical_alignment=alignment)
    who, what = line.container(width=WHO if beside else "stretch"), line.container()
    end = line.container(
        horizontal=beside,
        gap="medium",
        vertical_alignment=alignment,
        horizontal_alignment="right" if beside else "left",
        width=CHART + GAP + ANSWER if beside else "stretch",
    )
    return who, what, end.container(width=CHART), end.container(width=ANSWER if beside else "stretch")


def _name(row: WeekRow) -> None:
    state_badge(row.head.state)
    st.markdown(f"**{plain(row.head.title)}**  \n:small[:gray[{plain(row.head.product)}]]")


def _until(row: WeekRow) -> str:
    data = "No data yet"
    if row.data_to:
        year = "" if row.data_to.year == session.now().year else f" {row.data_to.year}"
        data = f"Data to {row.data_to.day} {row.data_to:%b}{year}"
    return f"{data} · outcomes complete to {row.complete_to}" if row.complete_to else data


def _chart(row: WeekRow) -> None:
    if row.spark is None or not row.spark.values:
        return
    st.image(spark_svg(row.spark, row.head.state, palette(session.theme())), alt=spark_alt(row.spark), width=WIDTH)
    st.markdown(f":small[:gray[{row.spark.words}]]")


def _answer(row: WeekRow, at: datetime) -> None:
    label, page, name, verb, action = ANSWERS.get(row.answer, LOOK)
    clock = f"**{left(row.due_at, at)}** to {verb}" if row.due_at else "Answer this week"
    owner = "  \n".join(f":small[:gray[{plain(line)}]]" for line in row.owner.splitlines())
    st.markdown(f"{clock}  \n{owner}" if owner else clock)
    key = f"answer-{row.head.deployment_id}"
    number = row.answer_id if row.answer_id is not None else row.head.deployment_id
    if row.answer in ANSWERS:
        mine = session.is_for_me(action)
        pressed = primary_button(label, key=key, stretch=True) if mine else st.button("Read", key=key, width="stretch")
        if pressed:
            st.switch_page(page, query_params={name: str(number)})
        _evidence(row)
    elif st.button(label, key=key, width="stretch"):
        st.switch_page(page, query_params={"deployment": str(row.head.deployment_id)})


def _evidence(row: WeekRow) -> None:
    st.page_link(
        "views/deployment.py",
        label="Open evidence",
        icon=":material/arrow_forward:",
        icon_position="right",
        query_params={"deployment": str(row.head.deployment_id), "tab": "Charts"},
    )
