"""The figures a product is judged against until its own reference period is long enough; nobody invents them."""

import streamlit as st

NAMES = {"sensitivity": "Sensitivity", "specificity": "Specificity"}


def acceptance_figures(key: str) -> dict[str, tuple[float, str]]:
    """Ask for acceptance figures and their source, and return those that have both."""
    given: dict[str, tuple[float, str]] = {}
    with st.expander("Acceptance figures, if your department has them"):
        st.markdown("Of a local validation or of the manufacturer. They count until the reference period is complete.")
        for metric, title in NAMES.items():
            left, right = st.columns([1, 2])
            value = left.number_input(
                f"{title}, in per cent",
                0.1,
                99.9,
                None,
                0.1,
                format="%.1f",
                key=f"{key}-{metric}",
                persist_state="session",
            )
            source = right.text_input(
                f"Where the {title.lower()} comes from", key=f"{key}-{metric}-source", persist_state="session",
                placeholder="local validation, 412 studies",
            )  # fmt: skip
            if value is not None and source.strip():
                given[metric] = (value / 100, source.strip())
            elif value is not None:
                st.markdown(f":violet-badge[:material/help: Not used yet] Say where the {title.lower()} comes from.")
    return given
