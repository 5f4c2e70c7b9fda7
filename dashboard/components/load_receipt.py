"""The receipt of a loaded log, and the weekly evaluation that makes it count."""

import streamlit as st

from dashboard import session
from dashboard.components import states
from dashboard.components.figure_card import fact_cards
from dashboard.components.load_preview import download, start_again
from dashboard.components.primary_button import primary_button
from surveillance.services import evaluation, intake


def receipt(kept: intake.Receipt, preview: intake.Preview | None) -> None:
    """Show what was stored, then offer the weekly evaluation and the next file."""
    states.done(kept.sentence)
    fact_cards(
        (
            ("Batch", str(kept.batch_id), f"record {kept.seq:,} in the trail"),
            ("Rows kept", f"{kept.rows_accepted:,}", "they count from now on"),
            ("Rows held", f"{kept.rows_held:,}", "they count once mended"),
            ("File", kept.sha256[:8], "first 8 of its sha256"),
        )
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        run = primary_button("Run the weekly evaluation", key="evaluate", icon="play_arrow")
        if st.button("Load another log", key="another"):
            start_again()
    if preview is not None and preview.held:
        download(preview, "download-held-again")
    if run:
        _evaluate()


def _evaluate() -> None:
    bar = st.progress(0.0, text="Evaluating week by week, as it was known then")

    def progress(title: str, finished: int, total: int) -> None:
        bar.progress(min(finished / max(total, 1), 1.0), text=f"Evaluated {title}, week by week as it was known then")

    run = evaluation.run_all(session.actor(), session.store(), at=session.now(), progress=progress)
    bar.empty()
    states.done(run.sentence)
    st.page_link("views/this_week.py", label="See this week", icon=":material/arrow_forward:", icon_position="right")
