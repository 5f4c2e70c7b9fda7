"""The two answers to an unknown version, each asked in a dialog and signed by name: register it, or name its like.

As in `sign_off`, the dialog only asks; the page acts in the full run that follows.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import streamlit as st

from dashboard import session
from dashboard.components.primary_button import primary_button
from dashboard.components.words import plain
from surveillance.services.page_models import Quarantined

STATUS = {"in_use": "In use", "commissioning": "Commissioning: it runs in the shadow, nobody acts on it"}
NONE = "None of them"
FROM = "First day whose studies count (leave empty to count every one)"
FROM_HELP = "For studies read before acceptance, say. Earlier ones are kept, and count for no version."
NAME = "What does it look for, in one word?"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person signed: another spelling of a deployment, or a registration by its fields."""

    row: Quarantined
    same_as: int | None = None
    threshold: float | None = None
    finding: str = ""
    status: str = "in_use"
    title: str = ""
    cases_from: date | None = None


def ask(key: str, row: Quarantined, *, register: bool, alias: bool) -> Asked | None:
    """Open the question that was pressed, and return the answer in the one run in which it was signed."""
    signed = st.session_state.pop(f"{key}-signed", None)
    if isinstance(signed, Asked):
        st.session_state.pop(f"{key}-open", None)
        return signed
    if register or alias:
        st.session_state[f"{key}-open"] = "register" if register else "alias"
    opened = st.session_state.get(f"{key}-open")
    if opened in ("register", "alias"):
        _dialog(key, row, opened)
    return None


def _dialog(key: str, row: Quarantined, opened: Literal["register", "alias"]) -> None:
    def close() -> None:
        st.session_state.pop(f"{key}-open", None)

    named = f"{row.version} at {row.site}"
    title = f"Register {named}" if opened == "register" else f"{named} is a version you know"

    @st.dialog(title, on_dismiss=close)
    def body() -> None:
        answer = _registration(key, row) if opened == "register" else _alias(key, row)
        who = session.actor()
        sure = st.checkbox(f"I am {plain(who.name)}, {who.role.words}, and I sign this.", key=f"{key}-sure")
        label = "Register this version" if opened == "register" else "Sign that it is the same"
        if primary_button(label, key=f"{key}-sign", icon="draw", disabled=not sure or answer is None):
            st.session_state[f"{key}-signed"] = answer
            st.rerun()

    body()


def _registration(key: str, row: Quarantined) -> Asked | None:
    st.markdown("It becomes a version of its own, judged by its own plan. Its studies count in their own weeks.")
    like = NONE
    if row.registered:
        versions = [NONE, *(version for _, version, _ in row.registered)]
        like = st.selectbox("Same settings as version", versions, index=len(versions) - 1, key=f"{key}-like")
    proposed = next((limit for _, version, limit in row.registered if version == like), None)
    threshold = st.number_input(
        "Operating threshold on the 0 to 1 score, if known", 0.0, 1.0, proposed, format="%.4f",
        key=f"{key}-threshold-{like}",
    )  # fmt: skip
    finding = "" if row.product_known else st.text_input(NAME, placeholder="bleed", key=f"{key}-finding").strip()
    begin = st.date_input(FROM, None, format="DD/MM/YYYY", key=f"{key}-from", help=FROM_HELP)
    status = st.radio("Use", list(STATUS), format_func=lambda one: STATUS[one], key=f"{key}-status")
    if not row.product_known and not finding:
        return None
    return Asked(row, threshold=threshold, finding=finding, status=str(status), title=row.title, cases_from=begin)


def _alias(key: str, row: Quarantined) -> Asked | None:
    st.markdown(
        f"Its {row.studies:,} studies join the other version's, in their own weeks, which are judged anew. Sign only"
        " what the vendor or PACS has confirmed. A signed name can be taken back, with a reason; that it was signed"
        " stays on record."
    )
    numbers = {version: number for number, version, _ in row.registered}
    version = st.selectbox(
        "The same as version", list(numbers), index=0 if len(numbers) == 1 else None, placeholder="Choose",
        key=f"{key}-same",
    )  # fmt: skip
    return None if version is None else Asked(row, same_as=numbers[version])
