"""Set up from my file: a real export is read, every guess is confirmed or changed, and its first chart is drawn."""

import streamlit as st

from dashboard.components.page_head import page_head
from dashboard.components.set_up_columns import guesses
from dashboard.components.set_up_file import blank_files, the_file, what_happens
from dashboard.components.set_up_known import known_already
from dashboard.components.set_up_load import loaded
from dashboard.components.set_up_open import open_questions
from dashboard.components.set_up_plan import first_charts
from dashboard.components.set_up_register import registered
from dashboard.components.set_up_rows import rows_as_kept
from dashboard.components.set_up_save import profile_saved, spellings
from dashboard.components.set_up_state import reading
from dashboard.components.set_up_words import progress

page_head(
    "Set up from my file",
    "Drop one real export. Every guess stands beside your own rows, and nothing is stored until you save.",
)
work = the_file()
if work is None:
    what_happens()
    blank_files()
    st.stop()
known_already(work.found)
proposal, tried = reading(work)
progress(proposal)
open_questions(proposal)
guesses(proposal, tried)
spellings(proposal)
rows_as_kept(tried)
saved = profile_saved(work, proposal)
versions = registered(tried, saved) if saved is not None else None
if versions is not None and loaded(work):
    found = tried.preview is not None and tried.preview.parsed.outcomes is not None
    first_charts(frozenset((one.model, one.version) for one in versions), with_findings=found)
blank_files()
