"""The dashboard: page frame, sign-in, navigation, and the one door where faults become sentences."""

import logging
import secrets

import streamlit as st

from dashboard import navigation, session
from dashboard.components.sign_in import signed_in
from dashboard.components.states import broken, refused
from dashboard.figures.sign import SIGN
from surveillance.errors import SurveillanceError

LOGGER = logging.getLogger("dashboard")


def main() -> None:
    """Draw one run of the app: who is looking, which pages they have, and the page they opened."""
    st.set_page_config(page_title="AI surveillance", page_icon="📈", layout="wide")
    st.logo(SIGN)
    try:
        _page()
    except SurveillanceError as error:
        refused(error)
    except Exception:  # the door: whatever else went wrong is ours, and is logged with its trace
        fault = secrets.token_hex(2).upper()
        LOGGER.exception("Fault %s", fault)
        broken(fault)


def _page() -> None:
    who = signed_in()
    if who is None:
        st.navigation([st.Page(_nothing, title="Sign in")], position="hidden").run()
        return
    session.sign_in(who)
    session.list_pages(frozenset(entry.file for entry in navigation.listed(who.role)))
    st.navigation(navigation.pages(who.role)).run()


def _nothing() -> None:
    """Show nothing more: the sign-in stands on the page already."""


if __name__ == "__main__":
    main()
