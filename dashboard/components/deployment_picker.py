"""Which AI version at which site: chosen here, kept in the address, so that a link opens the same page."""

from collections.abc import Sequence

import streamlit as st

from surveillance.services.page_models import Head


def deployment_picker(choices: Sequence[Head]) -> int:
    """Return the deployment that the address names, or the first; a choice is written back to the address."""
    ids = [head.deployment_id for head in choices]
    titles = {head.deployment_id: f"{head.title} · {head.product}" for head in choices}
    asked = st.query_params.get("deployment", "")
    chosen = next((one for one in ids if str(one) == asked), ids[0])
    if len(ids) > 1:
        chosen = st.selectbox(
            "AI version at a site",
            ids,
            index=ids.index(chosen),
            format_func=lambda one: titles[one],
            key=f"picker-{chosen}",
            label_visibility="collapsed",
            width=420,
        )
    if st.query_params.get("deployment") != str(chosen):
        st.query_params["deployment"] = str(chosen)
    return chosen
