"""The receipt of a loaded log, and the weekly evaluation that makes every loaded file count."""

import streamlit as st

from dashboard import session
from dashboard.components import states
from dashboard.components.figure_card import fact_cards
from dashboard.components.load_preview import download
from dashboard.components.primary_button import primary_button
from dashboard.components.words import plain
from surveillance.services import evaluation, intake


def receipt(kept: intake.Receipt, preview: intake.Preview | None, number: int) -> None:
    """Show what was stored of one file, and its held rows to mend."""
    states.done(plain(kept.sentence))  # it may quote pseudonyms and names of the file
    fact_cards(
        (
            ("Batch", str(kept.batch_id), f"record {kept.seq:,} in the trail"),
            ("Rows kept", f"{kept.rows_accepted:,}", "they count from now on"),
            ("Rows held", f"{kept.rows_held:,}", "they count once mended"),
            ("File", kept.sha256[:8], "first 8 of its sha256"),
        )
    )
    if preview is not None and preview.held:
        download(preview, f"download-held-again-{number}")


def what_next(open_files: int) -> bool:
    """Offer the weekly evaluation and further files; say whether further files are wanted."""
    if open_files:
        others = "1 file above waits" if open_files == 1 else f"{open_files} files above wait"
        st.markdown(f":gray[{others} for your decision.]")
    with st.container(horizontal=True, vertical_alignment="center"):
        if open_files:
            run = st.button("Run the weekly evaluation", key="evaluate", icon=":material/play_arrow:")
        else:
            run = primary_button("Run the weekly evaluation", key="evaluate", icon="play_arrow")
        another = st.button("Load other files", key="another")
    if run:
        _evaluate()
    return another


def _evaluate() -> None:
    bar = st.progress(0.0, text="Evaluating week by week, as it was known then")

    def progress(title: str, finished: int, total: int) -> None:
        bar.progress(min(finished / max(total, 1), 1.0), text=f"Evaluated {title}, week by week as it was known then")

    run = evaluation.run_all(session.actor(), session.store(), at=session.now(), progress=progress)
    bar.empty()
    states.done(run.sentence)
    st.page_link("views/this_week.py", label="See this week", icon=":material/arrow_forward:", icon_position="right")
