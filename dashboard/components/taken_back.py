"""Taking back a registration or another name of a version: the consequence first, then the reason.

The dialog only asks; the page acts in the full run that follows, so that a refusal comes to the app's one door.
"""

import streamlit as st

from dashboard import session
from dashboard.components import states
from dashboard.components.primary_button import primary_button
from dashboard.components.words import day, local, plain, said
from surveillance.domain.roles import Action
from surveillance.services.name_withdrawals import preview_name_withdrawal, withdraw_name
from surveillance.services.page_models.taking_back import OnRecord, TakingBack
from surveillance.services.register_record import on_record
from surveillance.services.registration_withdrawals import preview_registration_withdrawal, withdraw_registration
from surveillance.services.withdrawals import FEWEST_WORDS

WHICH, SIGNED, DONE, TIMES = "take-back-which", "take-back-signed", "take-back-done", "take-back-times"


def taken_back() -> None:
    """Offer to take back what was registered or signed, to those who may; nothing where nothing stands."""
    if DONE in st.session_state:
        states.done(st.session_state.pop(DONE))
    if not session.is_for_me(Action.WITHDRAW_NAME):
        return
    _act()
    kept = on_record(session.actor(), session.store())
    if not kept:
        return
    with st.expander(
        "Registered or named wrongly? Take it back", icon=":material/undo:", key="take-back", on_change="rerun"
    ) as fold:
        if fold.open:
            _choose(kept)


def _choose(kept: tuple[OnRecord, ...]) -> None:
    labels = {(one.deployment_id, one.alias_id): _label(one) for one in kept}
    chosen = st.selectbox(
        "Which one is wrong?", list(labels), index=None, format_func=lambda one: labels[one],
        placeholder="Choose a version at a site, or a name that was signed",
        key=f"take-back-one-{st.session_state.get(TIMES, 0)}",
    )  # fmt: skip
    st.button(
        "See what it would do", key="take-back-see", disabled=chosen is None, on_click=_choose_this, args=(chosen,)
    )


def _choose_this(chosen: tuple[int, int | None]) -> None:
    st.session_state[WHICH] = chosen


def _label(one: OnRecord) -> str:
    verb = "registered" if one.alias_id is None else "signed"
    return f"{one.what} · {verb} by {one.who}, {day(local(one.at).date())}"


def _act() -> None:
    """Take back what a person gave the reason for, or ask about what was chosen."""
    reason = st.session_state.pop(SIGNED, "")
    chosen: tuple[int, int | None] | None = st.session_state.get(WHICH)
    if chosen is None:
        return
    who, store = session.actor(), session.store()
    deployment, name = chosen
    if reason:
        st.session_state.pop(WHICH)
        st.session_state[TIMES] = st.session_state.get(TIMES, 0) + 1  # under a new key the list is unanswered again
        st.session_state.pop("set-up-read", None)  # what is quarantined has changed
        done = (
            withdraw_registration(who, store, deployment, reason, at=session.now())
            if name is None
            else withdraw_name(who, store, name, reason, at=session.now())
        )
        st.session_state[DONE] = done
        st.rerun()
    if name is None:
        _ask(preview_registration_withdrawal(who, store, deployment), "Take back a registration")
    else:
        _ask(preview_name_withdrawal(who, store, name), "Take back a name")


def _ask(preview: TakingBack, title: str) -> None:
    def close() -> None:
        st.session_state.pop(WHICH, None)

    @st.dialog(title, on_dismiss=close)
    def body() -> None:
        st.markdown(f"**{plain(preview.what)}**")
        if preview.refused:
            st.markdown(f":violet-badge[:material/block: Stays on record] {said(plain(preview.refused))}")
            return
        st.markdown("\n".join(f"- {said(plain(sentence))}" for sentence in preview.sentences))
        reason = st.text_area("Why is it taken back? (kept with your name)", key="take-back-reason", height=90)
        pressed = primary_button("Take it back", key="take-back-sign", icon="undo")
        if pressed and len(reason.split()) < FEWEST_WORDS:
            st.markdown(":orange[A sentence is needed, so that the next reader knows why.]")
        elif pressed:
            st.session_state[SIGNED] = reason
            st.rerun()

    body()
