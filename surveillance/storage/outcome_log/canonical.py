"""Read one file of a department into the canonical case outcome log."""

import hashlib
from dataclasses import replace

from surveillance.storage.outcome_log.assembly import with_frames
from surveillance.storage.outcome_log.decoding import decode
from surveillance.storage.outcome_log.field_limits import refuse_unquoted_commas
from surveillance.storage.outcome_log.holds import Holds
from surveillance.storage.outcome_log.identifiers import screen_headers
from surveillance.storage.outcome_log.layout import DELIMITERS, SEARCHED_LINES, find_layout
from surveillance.storage.outcome_log.mapping import map_rows
from surveillance.storage.outcome_log.misfits import hold_misfits, skip_totals, storable, without_blank_lines
from surveillance.storage.outcome_log.parsed_file import ParsedFile, Understood
from surveillance.storage.outcome_log.preview import first_rows
from surveillance.storage.outcome_log.profile import Profile
from surveillance.storage.outcome_log.row_rules import check_rows
from surveillance.storage.outcome_log.screening import screen_table
from surveillance.storage.outcome_log.strict_reader import read_table


def read_log(data: bytes, file_name: str, profile: Profile) -> ParsedFile:
    """Read an export through its mapping profile: every row is accepted, or held with its reason.

    Parameters
    ----------
    data : the file's bytes, as uploaded
    file_name : its name, shown and never opened
    profile : how this vendor writes; what it leaves open is found and shown, or held where it is in doubt

    Raises
    ------
    FileRefused
        If the file as a whole cannot be trusted, or seems to hold patients' identifiers. Nothing was stored.
    """
    text, encoding = decode(data, profile.encoding)
    first_lines = text[: text_head(text)].decode("utf-8", errors="replace").split("\n")
    layout = find_layout(first_lines, profile.needs, profile.delimiter, profile.header_row)
    screen_headers(layout.header, layout.header_row)
    wanted = storable(layout.header, profile)
    table = without_blank_lines(read_table(text, layout, wanted.to_read), layout.delimiter)
    refuse_unquoted_commas(text, layout, profile.decimal)
    screen_table(table, profile)
    table, notes = skip_totals(table, profile.skip_last_when, layout.delimiter)
    holds = Holds(len(table))
    rows = map_rows(table, profile, holds)
    check_rows(rows, profile, holds)
    table = replace(table, columns={})  # a million rows of text are not kept twice while the frames are made
    rows.cells.clear()
    parsed = ParsedFile(
        kind=profile.file,
        file_name=file_name,
        sha256=hashlib.sha256(data).hexdigest(),
        profile=profile.profile,
        profile_version=profile.version,
        understood=Understood(
            encoding=encoding,
            delimiter=layout.delimiter,
            decimal=rows.decimal or "in doubt",
            date_formats={ours: moments.understood for ours, moments in rows.moments.items()},
            header=layout.header,
            header_row=layout.header_row,
            line_count=table.line_count,
            first_rows=(),
        ),
        cases=None,
        outcomes=None,
        orders=None,
        held=(),
        rows=len(table) + len(table.misfits),
        merged=0,
        columns_dropped=wanted.dropped,
        notes=notes,
        whole_file_above=profile.hold.whole_file_above,
    )
    parsed = with_frames(parsed, rows, table.lines, profile, holds)
    held = holds.rows(table.lines, lambda row: wanted.raw(table.raw(int(table.lines[row])), layout.delimiter))
    held += hold_misfits(table, wanted, DELIMITERS[layout.delimiter])
    shown = first_rows(next(f for f in (parsed.cases, parsed.outcomes, parsed.orders) if f is not None))
    return replace(
        parsed,
        held=tuple(sorted(held, key=lambda fault: fault.line)),
        understood=replace(parsed.understood, first_rows=shown),
    )


def text_head(text: bytes) -> int:
    """Return where the lines end in which a header is looked for."""
    end = -1
    for _ in range(SEARCHED_LINES):
        found = text.find(b"\n", end + 1)
        if found < 0:
            return len(text)
        end = found
    return end
