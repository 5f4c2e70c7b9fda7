"""Which file is set up, how it was read, and the blank files to fill in where there is no export."""

from typing import Literal

import pandas as pd
import streamlit as st

from dashboard import session
from dashboard.components.set_up_state import UnderWay, begin, under_way
from dashboard.components.words import plain
from surveillance.errors import FileRefused
from surveillance.services import set_up, templates

Kind = Literal["results", "outcomes", "orders"]
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
KINDS: dict[Kind, str] = {"results": "AI results", "outcomes": "confirmed findings", "orders": "RIS orders"}
REFUSED, TAKEN = "set-up-refused", "set-up-taken"


def the_file() -> UnderWay | None:
    """Ask for a file, or show which one is being set up; a file that is refused leaves the earlier one as it is."""
    work = under_way()
    again = work is not None and not st.session_state.get("set-up-another", False)
    if again:
        assert work is not None
        with st.container(horizontal=True, vertical_alignment="center"):
            size = f"{len(work.data) / 1e6:,.1f} MB" if len(work.data) > 1e5 else f"{len(work.data) / 1e3:,.1f} kB"
            st.markdown(f":material/description: **{plain(work.file_name)}** :gray[{size}]", width="content")
            st.button("Take another file", key="set-up-other", on_click=_another, args=(True,), type="tertiary")
    else:
        taken = st.session_state.get(TAKEN, 0)  # under a new key the uploader is empty again
        file = st.file_uploader(
            "A real export: CSV or text, XLSX, Parquet, each also in gzip", key=f"set-up-file-{taken}"
        )
        if file is not None:
            _take(file.name, file.getvalue())
        if work is not None:
            st.button(
                f"Go on with {plain(work.file_name)}", key="set-up-keep", on_click=_another, args=(False,),
                type="tertiary",
            )  # fmt: skip
    if REFUSED in st.session_state:
        name, why = st.session_state[REFUSED]
        kept = f" What you set up of {plain(work.file_name)} is kept." if work else ""
        with st.container(border=True):
            st.markdown(f":small[:gray[File not taken: {plain(name)}]]")
            nothing = "" if "othing was stored" in why else " Nothing was stored."
            st.markdown(f"**{plain(why)}**{nothing}{kept}")
    return work


def what_happens() -> None:
    """Say what comes, before there is a file."""
    st.markdown(
        "1. The file is read, and each of its columns is recognised where it can be.\n"
        "2. You answer what the file does not say, such as whether 03/04/2026 is 3 April or 4 March.\n"
        "3. You see the first rows as they will be kept, and which rows would be held, and why.\n"
        "4. You save it once. Every later file with these columns is recognised, and this one can be loaded at once.\n"
    )
    st.markdown(
        ":small[:gray[A file with patients' identifiers is not taken. Names of columns that are not needed are shown,"
        " their cells never stored.]]"
    )


def _another(wanted: bool) -> None:
    st.session_state["set-up-another"] = wanted
    st.session_state.pop(REFUSED, None)


def _take(name: str, data: bytes) -> None:
    """Take an upload up, or keep the sentence that refuses it: the work of before must not be lost for a wrong file."""
    waiting = st.skeleton(height=320)
    st.session_state.pop(REFUSED, None)
    try:
        begin(name, data)
        st.session_state["set-up-another"] = False
    except FileRefused as error:
        st.session_state[REFUSED] = (name, str(error))
    waiting.empty()
    st.session_state[TAKEN] = st.session_state.get(TAKEN, 0) + 1
    st.rerun()


def how_it_was_read(proposal: set_up.Proposal) -> None:
    """Show the encoding, the delimiter, the header line, the rows, and what would never be stored."""
    facts = [
        ("Rows", f"{proposal.rows:,}"),
        ("Column names", f"{len(proposal.header)}, in line {proposal.header_row}"),
        ("Columns separated by", DELIMITERS.get(proposal.delimiter, proposal.delimiter)),
        ("Encoding", proposal.encoding),
    ]
    rows = [(what, how) for what, how in facts if how]
    st.table(pd.DataFrame(rows), border="horizontal", hide_index=True, hide_header=True)
    if proposal.unread:
        st.markdown(f":small[:gray[Not read, and never stored: {plain(', '.join(proposal.unread))}.]]")
    for note in proposal.notes:
        st.markdown(f":small[:gray[{plain(note)}]]")


def blank_files() -> None:
    """Offer the blank file of each kind and the data dictionary; they are made when the fold is opened."""
    with st.expander(
        "No export yet? Blank files and the data dictionary", key="set-up-blank", on_change="rerun"
    ) as fold:
        if not fold.open:
            return
        who, store = session.actor(), session.store()
        st.markdown("A blank file has the log's own columns and needs no set-up. The dictionary says what each means.")
        for kind, words in KINDS.items():
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"Blank file of {words}", width=220)
                _download("CSV", templates.blank_template(who, store, kind, "csv"), f"blank-{kind}.csv")
                _download("XLSX", templates.blank_template(who, store, kind, "xlsx"), f"blank-{kind}.xlsx")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown("Data dictionary", width=220)
            _download("CSV", templates.data_dictionary(who, store, "csv"), "data-dictionary.csv")
            _download("XLSX", templates.data_dictionary(who, store, "xlsx"), "data-dictionary.xlsx")


def _download(label: str, data: bytes, name: str) -> None:
    st.download_button(label, data, file_name=name, key=f"set-up-{name}", icon=":material/download:", on_click="ignore")
