"""A blank file and a data dictionary, made from the same definitions as the reader."""

import csv
import io
from typing import Final, Literal

from surveillance.domain.roles import Action, Actor
from surveillance.services.guard import guarded
from surveillance.storage.outcome_log.column_meanings import COLUMNS, LogColumn
from surveillance.storage.outcome_log.column_names import ALLOWED, LETTERS, REQUIRED, VOCABULARY, Kind
from surveillance.storage.outcome_log.row_rules import RULES
from surveillance.storage.store import Store

DICTIONARY_HEADER: Final = ("file", "column", "required", "meaning", "unit", "allowed values", "checked", "from")
TEXT, MOMENT, NUMBER = "any text", "2026-05-04T10:15:00+01:00 or another format that the profile declares", "a number"


@guarded(Action.LOAD_LOG)
def blank_template(actor: Actor, store: Store, kind: Kind, form: Literal["csv", "xlsx"]) -> bytes:
    """Return an empty file with the log's own columns for one kind of file: it loads through the canonical profile.

    Its columns are those that the file needs, then the others; a results file has the columns of outcomes too.
    """
    return _written([_columns(kind)], form, kind)


@guarded(Action.LOAD_LOG)
def data_dictionary(actor: Actor, store: Store, form: Literal["csv", "markdown", "xlsx"]) -> bytes:
    """Return what each column means: file, column, meaning, unit, allowed values, whether required, from where."""
    rows = [DICTIONARY_HEADER, *(_row(kind, column) for kind in LETTERS for column in _described(kind))]
    if form == "markdown":
        lines = [f"| {' | '.join(row)} |" for row in rows]
        return "\n".join([lines[0], f"|{'---|' * len(DICTIONARY_HEADER)}", *lines[1:], ""]).encode()
    return _written(rows, form, "data dictionary")


def _columns(kind: Kind) -> tuple[str, ...]:
    """Return the columns of a blank file, those that it needs first."""
    return (*REQUIRED[kind], *(c.name for c in _described(kind) if c.name not in REQUIRED[kind]))


def _described(kind: Kind) -> list[LogColumn]:
    return [column for column in COLUMNS if column.name in ALLOWED[kind]]


def _row(kind: Kind, column: LogColumn) -> tuple[str, ...]:
    """Return one line of the dictionary."""
    words = VOCABULARY.get(column.name)
    allowed = ", ".join(words) if words else {"moment": MOMENT, "number": NUMBER}.get(column.form, TEXT)
    needed = "yes" if column.name in REQUIRED[kind] else "with a truth" if column.name in WITH_TRUTH else "no"
    checked = "; ".join(rule.says for rule in RULES.values() if rule.column == column.name)
    return (kind, column.name, needed, column.meaning, column.unit, allowed, checked, column.source)


WITH_TRUTH: Final = ("truth_recorded_at", "truth_source")


def _written(rows: list[tuple[str, ...]], form: str, sheet: str) -> bytes:
    """Return rows as a CSV file, or as a workbook of texts in which nothing is a formula or a link."""
    out = io.BytesIO()
    if form == "csv":
        text = io.StringIO()
        csv.writer(text, lineterminator="\r\n").writerows(rows)
        return text.getvalue().encode()
    import xlsxwriter

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        page = book.add_worksheet(sheet)
        page.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        for line, row in enumerate(rows):
            for place, cell in enumerate(row):
                page.write_string(line, place, cell, bold if line == 0 else None)
        for place in range(len(rows[0])):
            page.set_column(place, place, min(60, max(len(row[place]) for row in rows) + 2))
    return out.getvalue()
