"""Sign-in: a role is picked in demonstration stores on this computer; everywhere else a provider says who it is."""

import streamlit as st

from dashboard import session
from dashboard.components.primary_button import primary_button
from dashboard.components.words import plain
from surveillance.domain.roles import Actor, Role
from surveillance.services import people, stores

FIRST = Role.RADIOGRAPHER  # the weekly reader is who a demonstration opens as
AS_ADVISED = " (RC-AI)"  # left out at the left, where the box is too narrow for it


def signed_in() -> Actor | None:
    """Return who is looking, or show what is needed to sign in and return None."""
    info = stores.describe(session.store())
    with st.sidebar:
        st.markdown(f"**{plain(info.name)}**  \n:small[:gray[{plain(info.kind_words)}]]")
    if session.narrow():  # on a phone what stands at the left is folded away
        st.markdown(f":small[:gray[{plain(info.name)} · {plain(info.kind_words)}]]")
    return _from_provider() if info.kind == "live" else _picked()


def _picked() -> Actor | None:
    if not session.on_this_computer():
        st.title("Sign in", anchor=False)
        st.markdown(
            "**Roles can be picked on the computer that runs the demonstration, and nowhere else.** "
            "This server can be reached from outside, so it asks for a sign-in that a demonstration does not have."
        )
        return None
    actors = people.demo_people(session.store())
    first = next((place for place, one in enumerate(actors) if one.role is FIRST), 0)
    with st.sidebar:
        chosen: int = st.selectbox(
            "Signed in as",
            range(len(actors)),
            index=st.session_state.get("demo-place", first),
            format_func=lambda place: f"{actors[place].name} · {actors[place].role.words.removesuffix(AS_ADVISED)}",
            key="demo-person",
        )
    st.session_state["demo-place"] = chosen  # a change of page drops the widget's own memory
    return actors[chosen]


def provider_is_set_up() -> bool:
    """Say whether the secrets file names a sign-in provider."""
    return st.secrets.load_if_toml_exists() and "auth" in st.secrets


def _from_provider() -> Actor | None:
    if not provider_is_set_up():
        st.title("Sign in", anchor=False)
        st.markdown(
            "**Sign-in is not set up, so nobody can enter this store.** The administrator copies "
            "`secrets.example.toml` to `secrets.toml`, names the sign-in provider there and starts the server again."
        )
        return None
    if not st.user.is_logged_in:
        st.title("Sign in", anchor=False)
        st.markdown("Your organisation's sign-in says who you are; your role decides what you may do here.")
        if primary_button("Sign in", key="sign-in", icon="login"):
            st.login()
        return None
    actors = people.signed_in(session.store(), str(st.user.get("sub") or ""))
    with st.sidebar:
        place = 0
        if len(actors) > 1:
            place = st.selectbox(
                "Acting as",
                range(len(actors)),
                index=min(st.session_state.get("acting-place", 0), len(actors) - 1),
                format_func=lambda one: actors[one].role.words,
                key="acting-as",
            )
            st.session_state["acting-place"] = place
        st.markdown(f":small[:gray[Signed in as]]  \n{plain(actors[place].name)} · {actors[place].role.words}")
        if st.button("Sign out", key="sign-out", type="tertiary"):
            st.logout()
    return actors[place]
