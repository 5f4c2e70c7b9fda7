"""Who is looking, at which store, in which theme; and the one cache of figures."""

import hashlib
import os
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import streamlit as st

from surveillance.domain.roles import Action, Actor, may
from surveillance.services import clock, settings, stores

Figure = TypeVar("Figure")
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def now() -> datetime:
    """Return the moment of this run; services take it as an argument and read no clock of the screen."""
    return clock.now()


def store() -> stores.Store:
    """Return the open store of this installation, opened once a process."""
    return _open(os.environ.get("SURVEILLANCE_STORE"), str(settings.home()))


@st.cache_resource(show_spinner=False)
def _open(url: str | None, home: str) -> stores.Store:  # noqa: ARG001 - the home is part of the cache key
    return stores.open_store(url)


def actor() -> Actor:
    """Return the signed-in person, acting in one role; the app asks for it before any page runs."""
    signed_in: Actor = st.session_state["actor"]
    return signed_in


def is_for_me(action: Action) -> bool:
    """Say whether to offer an action or to name who may; the services refuse, whatever is offered."""
    return may(actor().role, action)


def sign_in(who: Actor) -> None:
    """Remember who is looking for the rest of this session."""
    st.session_state["actor"] = who


def list_pages(files: frozenset[str]) -> None:
    """Remember which pages this person's navigation lists, so that no page links to one it does not."""
    st.session_state["listed"] = files


def lists(file: str) -> bool:
    """Say whether this person's navigation lists a page."""
    return file in st.session_state.get("listed", frozenset())


def on_this_computer() -> bool:
    """Say whether the server listens on loopback alone and the reader sits at the same computer."""
    bound = st.get_option("server.address") in LOOPBACK
    return bound and st.context.ip_address is None and "X-Forwarded-For" not in st.context.headers


def theme() -> str:
    """Return "dark" or "light", as the reader's browser shows the page."""
    return st.context.theme.type or "light"


def narrow() -> bool:
    """Say whether the reader holds a phone, by what the browser says of itself."""
    headers = st.context.headers
    return headers.get("Sec-Ch-Ua-Mobile") == "?1" or "Mobi" in (headers.get("User-Agent") or "")


def drawn(kind: str, page: object, draw: Callable[[], Figure]) -> Figure:
    """Return a figure drawn once for each content, theme and width; it is shared and must not be changed.

    The key is a digest of what is drawn, so a figure can never be older than its data, and no data frame is
    ever hashed.
    """
    content = hashlib.sha256(repr(page).encode()).hexdigest()
    figure: Figure = _drawn(kind, content, theme(), narrow(), draw)
    return figure


@st.cache_resource(show_spinner=False, max_entries=400)
def _drawn(kind: str, content: str, theme_name: str, is_narrow: bool, _draw: Callable[[], Any]) -> Any:  # noqa: ARG001
    return _draw()
