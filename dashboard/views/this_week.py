"""This week: who needs an answer and until when, what is quiet, and the one signature that ends the week."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from dashboard import session
from dashboard.components import states
from dashboard.components.primary_button import primary_button
from dashboard.components.sign_off import sign_off
from dashboard.components.taken_back import taken_back
from dashboard.components.unknown_version import unknown_version
from dashboard.components.unknown_version_answer import Asked
from dashboard.components.week_row import needy_row, quiet_row
from dashboard.components.words import moment
from surveillance.domain.roles import Action, refusal
from surveillance.services.page_models import ThisWeek, WeekRow
from surveillance.services.products import Registration, register_deployment
from surveillance.services.this_week import STATEMENT, sign_week, this_week
from surveillance.services.version_aliases import sign_alias

DONE = "unknown-version-answered"


def head(week: ThisWeek) -> None:
    """Show the week at the right of the title, then how many need an answer and by when."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.title("This week", anchor=False, width="content")
        evaluated = f" · evaluated {moment(week.evaluated_at)}" if week.evaluated_at else " · not evaluated yet"
        st.markdown(f":gray[**{week.week_label}** · {week.week_words}{evaluated}]", width="content")
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(week.summary, width="content")
        st.markdown(":small[:gray[Charts: 26 weeks of evidence. Dashed: alarm. Solid: stop-use.]]", width="content")


def unknown(week: ThisWeek, at: datetime) -> None:
    """Show versions that are not registered, and do what a person signed about one."""
    if DONE in st.session_state:
        states.done(st.session_state.pop(DONE))
    for one in week.quarantined:
        answer = unknown_version(one, at)
        if answer is not None:
            st.session_state[DONE] = answered(answer)
            st.rerun()


def answered(answer: Asked) -> str:
    """Sign a version's other name, or register it; return what was done."""
    row, actor, store = answer.row, session.actor(), session.store()
    if answer.same_as is not None:
        return sign_alias(actor, store, answer.same_as, row.version, at=session.now())
    given = Registration(
        model=row.model,
        version=row.version,
        site=row.site,
        finding=answer.finding or "positive",
        threshold=answer.threshold,
        zone=row.zone,
        title=answer.title,
        status=answer.status,
        cases_from=answer.cases_from,
    )
    register_deployment(actor, store, given, at=session.now())
    return (
        f"Version {row.version} at {row.site} is registered by {actor.name}. Its {row.studies:,} studies count from the"
        " next evaluation on, in their own weeks, once a plan governs it."
    )


def rows(title: str, shown: Sequence[WeekRow]) -> None:
    """Show rows that ask for no answer in one card under a header; nothing where there are none."""
    if not shown:
        return
    st.header(title, anchor=False)
    with st.container(border=True):
        for one in shown:
            quiet_row(one)


def signature(week: ThisWeek) -> None:
    """End the week: one signature for the quiet rows, secondary while a row above waits for an answer."""
    if week.signed_by:
        states.done(week.signed_by)
        return
    if not session.is_for_me(Action.SIGN_WEEK):
        st.markdown(f":gray[{refusal(session.actor().role, Action.SIGN_WEEK)}]")
        return
    signed = f"{len(week.quiet)} quiet row{'' if len(week.quiet) == 1 else 's'}"
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="week-end"):
        st.markdown(f":gray[Your signature says: {STATEMENT}]", width="content")
        pressed = sign_button(f"Sign {signed}: reviewed, no action", main=not (week.needy or week.quarantined))
    who = session.actor()
    if sign_off(
        "sign-week",
        who,
        pressed=pressed,
        title=f"Sign {week.week_label.lower()}",
        statement=f"{signed.capitalize()} reviewed, no action. {STATEMENT}",
        label="Sign the week",
    ):
        states.done(sign_week(who, session.store(), at=session.now()))


def sign_button(label: str, *, main: bool) -> bool:
    """Show the button that opens the signature."""
    if main:
        return primary_button(label, key="sign-week", icon="draw")
    return st.button(label, key="sign-week", icon=":material/draw:")


at = session.now()
page = this_week(session.actor(), session.store(), at=at)
head(page)
unknown(page, at)
if not (page.quarantined or page.needy or page.unsettled or page.quiet or page.stopped):
    states.empty(
        "No AI version is under surveillance yet.",
        "Once a product is registered with its plan and a week's log is loaded, this page says how it does.",
        file="load_log.py",
        label="Load a log",
    )
else:
    for row in page.needy:
        needy_row(row, at)
    rows("Not quiet, no answer due", page.unsettled)
    rows("Quiet", page.quiet)
    if page.quiet:
        signature(page)
    rows("Stopped", page.stopped)
taken_back()
