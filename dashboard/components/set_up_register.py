"""Versions of the file that the register does not know: registered here, at the sites that the file names."""

from itertools import groupby

import streamlit as st

from dashboard import session
from dashboard.components import states
from dashboard.components.primary_button import primary_button
from dashboard.components.set_up_threshold import another_threshold
from dashboard.components.taken_back import taken_back
from dashboard.components.unknown_version_answer import FROM, FROM_HELP
from dashboard.components.wide_table import wide_table
from dashboard.components.words import day, plain
from surveillance.domain.roles import Action
from surveillance.services import products, set_up
from surveillance.services.versions_seen import VersionSeen, versions_seen

STATUS = {"in_use": "In use", "commissioning": "Commissioning: it runs in the shadow, nobody acts on it"}


def registered(tried: set_up.TryOut, saved: set_up.SavedProfile) -> tuple[VersionSeen, ...] | None:
    """Show the versions that the file holds and register those that are not; return them once all are."""
    if tried.preview is None:
        return None
    seen = versions_seen(session.actor(), session.store(), tried.preview, saved.toml)
    if not seen:
        return ()
    st.header("Products and versions", anchor=False)
    wide_table(
        [
            {
                "Product": one.model,
                "Version": one.version,
                "Site": one.site,
                "Studies": f"{one.studies:,}",
                "From": day(one.first),
                "To": day(one.last),
                "Register": "registered" if one.registered else "not yet",
            }
            for one in seen
        ]
    )
    taken_back()
    new = [one for one in seen if not one.registered]
    if new and not session.is_for_me(Action.REGISTER_PRODUCT):
        states.not_yours(Action.REGISTER_PRODUCT)
        return None
    for model, group in groupby(sorted(new, key=lambda one: one.model), key=lambda one: one.model):
        _form(model, list(group))
    if session.is_for_me(Action.REGISTER_PRODUCT):
        another_threshold(seen)
    return None if new else seen


def _form(model: str, versions: list[VersionSeen]) -> None:
    labels = {f"{one.version} at {one.site}": one for one in versions}
    key = f"register-{model}"
    with st.container(border=True):
        st.markdown(
            f"**Register {plain(model)}**  \nStudies of a version that is not registered are kept, but not judged."
        )
        chosen = st.multiselect(
            "Versions at sites", list(labels), default=list(labels), key=f"{key}-which", persist_state="session"
        )
        known = all(one.product_known for one in versions)
        finding = vendor = pathway = ""
        if not known:
            left, middle, right = st.columns(3)
            finding = left.text_input(
                "What does it look for?", key=f"{key}-finding", placeholder="bleed", persist_state="session"
            )
            vendor = middle.text_input("Vendor, if you like", key=f"{key}-vendor", persist_state="session")
            pathway = right.text_input("Pathway, if you like", key=f"{key}-pathway", persist_state="session")
        limit = st.number_input(
            "Operating threshold on the 0 to 1 score, if known",
            0.0,
            1.0,
            versions[0].threshold,
            format="%.4f",
            key=f"{key}-threshold",
            persist_state="session",
        )
        status = st.radio(
            "Use", list(STATUS), format_func=lambda one: STATUS[one], key=f"{key}-status", persist_state="session"
        )
        begin = st.date_input(
            FROM, None, format="DD/MM/YYYY", key=f"{key}-from", help=FROM_HELP, persist_state="session"
        )
        ready = bool(chosen) and (known or bool(finding.strip()))
        if primary_button(f"Register {len(chosen)} at their sites" if len(chosen) > 1 else "Register it at its site",
                          key=f"{key}-go", icon="app_registration", disabled=not ready):  # fmt: skip
            for label in chosen:
                one = labels[label]
                products.register_deployment(
                    session.actor(),
                    session.store(),
                    products.Registration(
                        model=one.model, version=one.version, site=one.site, finding=finding.strip() or "positive",
                        vendor=vendor.strip(), pathway=pathway.strip(), threshold=limit, zone=one.zone, status=status,
                        cases_from=begin,
                    ),
                    at=session.now(),
                )  # fmt: skip
            st.session_state.pop("set-up-read", None)  # the register changed, so what is quarantined has
            st.rerun()
        if not ready and chosen:
            st.markdown(":small[:gray[Say in one word what it looks for, as its log would call a positive.]]")
