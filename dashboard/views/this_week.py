"""This week: who needs an answer and until when, what is quiet, and the one signature that ends the week."""

from collections.abc import Sequence

import streamlit as st

from dashboard import session
from dashboard.components import states
from dashboard.components.primary_button import primary_button
from dashboard.components.sign_off import sign_off
from dashboard.components.week_row import needy_row, quiet_row
from dashboard.components.words import moment, plain
from surveillance.domain.roles import Action, refusal
from surveillance.services.page_models import Quarantined, ThisWeek, WeekRow
from surveillance.services.this_week import STATEMENT, sign_week, this_week


def head(week: ThisWeek) -> None:
    """Show the week at the right of the title, then how many need an answer and by when."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.title("This week", anchor=False, width="content")
        evaluated = f" · evaluated {moment(week.evaluated_at)}" if week.evaluated_at else " · not evaluated yet"
        st.markdown(f":gray[**{week.week_label}** · {week.week_words}{evaluated}]", width="content")
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(week.summary, width="content")
        st.markdown(":small[:gray[Charts: 26 weeks of evidence. Dashed: alarm. Solid: stop-use.]]", width="content")


def quarantine(week: ThisWeek) -> None:
    """Show studies kept apart because their version is not registered."""
    if not week.quarantined:
        return
    with st.container(border=True):
        st.badge("Not registered", icon=":material/visibility:", color="violet")
        kept = "; ".join(_apart(one) for one in week.quarantined)
        st.markdown(
            f"**Studies of a version that is not registered are kept apart**: {kept}. Nothing is computed "
            "from them. Once a data manager or an RC-AI registers the version they count; nothing is loaded again."
        )


def rows(title: str, shown: Sequence[WeekRow]) -> None:
    """Show rows that ask for no answer in one card under a header; nothing where there are none."""
    if not shown:
        return
    st.header(title, anchor=False)
    with st.container(border=True):
        for one in shown:
            quiet_row(one)


def _apart(kept: Quarantined) -> str:
    version = kept.version or "without a version"
    return f"**{kept.studies:,}** of {plain(f'{kept.model} {version} at {kept.site}')}"


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
        pressed = sign_button(f"Sign {signed}: reviewed, no action", main=not week.needy)
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
quarantine(page)
if not (page.needy or page.unsettled or page.quiet or page.stopped):
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
