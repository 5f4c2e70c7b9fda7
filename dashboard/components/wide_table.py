"""A table of many columns that is never cut off: its cells wrap, and on a phone each row stands by itself."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import streamlit as st

from dashboard import session
from dashboard.components.words import plain, said


def wide_table(rows: Sequence[Mapping[str, str]], write: Callable[[str], str] = plain) -> None:
    """Show rows of text under their heads, the first of which names the row; an empty cell says nothing.

    `write` makes Markdown of a cell's text.
    """
    if session.narrow():
        st.markdown("\n\n".join(_alone(row, write) for row in rows))
        return
    cells = [[said(write(text)) if text else "–" for text in row.values()] for row in rows]
    st.table(pd.DataFrame(cells, columns=list(rows[0])), border="horizontal", hide_index=True)


def _alone(row: Mapping[str, str], write: Callable[[str], str]) -> str:
    (_, title), *facts = row.items()
    told = " · ".join(f"{plain(head)} **{write(text)}**" for head, text in facts if text)
    return f"**{write(title)}**  \n:small[:gray[{said(told)}]]"
