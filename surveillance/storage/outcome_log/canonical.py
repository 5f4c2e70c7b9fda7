"""Read one file of a department into the canonical case outcome log."""

import hashlib
from dataclasses import replace

from surveillance.storage.outcome_log.broken_cells import hold_broken_cells
from surveillance.storage.outcome_log.chosen_sheet import choose_sheet, column_forms
from surveillance.storage.outcome_log.containers import Container, open_container
from surveillance.storage.outcome_log.holds import Holds
from surveillance.storage.outcome_log.identifiers import screen_headers
from surveillance.storage.outcome_log.joined_columns import join_columns
from surveillance.storage.outcome_log.layout import DELIMITERS, Layout
from surveillance.storage.outcome_log.memory import give_back
from surveillance.storage.outcome_log.misfit_fields import screen_misfits
from surveillance.storage.outcome_log.misfits import hold_misfits, skip_totals, without_blank_lines
from surveillance.storage.outcome_log.parsed_file import ParsedFile, Understood
from surveillance.storage.outcome_log.preview import first_rows
from surveillance.storage.outcome_log.product_rows import map_products, with_products
from surveillance.storage.outcome_log.profile import Profile
from surveillance.storage.outcome_log.screening import screen_held, screen_table
from surveillance.storage.outcome_log.sheet import Sheet, naming
from surveillance.storage.outcome_log.storable import storable


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
    container = open_container(data, file_name, profile.encoding)
    sheet, layout = choose_sheet(container.sheets, profile)
    with naming(sheet.name):
        parsed = _read_sheet(sheet, layout, container, profile)
    return replace(parsed, file_name=file_name, sha256=hashlib.sha256(data).hexdigest())


def _read_sheet(sheet: Sheet, layout: Layout, container: Container, profile: Profile) -> ParsedFile:
    """Read one table of an opened file under its layout."""
    screen_headers(layout.header, layout.header_row)
    wanted = storable(layout.header, profile)
    table = without_blank_lines(sheet.read(layout, wanted.to_read, column_forms(profile)), layout.delimiter)
    table = join_columns(table, profile.joined, profile.reads_alone)
    screen_table(table, profile)
    table, notes = skip_totals(table, profile.skip_last_when, layout.delimiter)
    holds = Holds(len(table))
    hold_broken_cells(table, profile, holds)
    products = map_products(table, profile, holds)
    screen_held(table, profile, holds.held)
    judged = screen_misfits(table, profile, layout.delimiter)
    table = replace(table, columns={})  # a million rows of text are not kept twice while the frames are made
    for product in products:
        product.mapped.cells.clear()
    give_back()
    parsed = ParsedFile(
        kind=profile.file,
        file_name="",
        sha256="",
        profile=profile.profile,
        profile_version=profile.version,
        understood=Understood(
            encoding=container.encoding,
            delimiter=layout.delimiter,
            decimal=next((one.mapped.decimal for one in products if one.mapped.decimal != "."), ".") or "in doubt",
            date_formats={ours: read.understood for one in products for ours, read in one.mapped.moments.items()},
            header=layout.header,
            header_row=layout.header_row,
            line_count=table.line_count,
            first_rows=(),
            container=container.kind,
            sheet=sheet.name,
        ),
        cases=None,
        outcomes=None,
        orders=None,
        held=(),
        rows=len(table) + len(table.misfits),
        merged=0,
        columns_dropped=wanted.dropped,
        notes=(*sheet.notes(), *notes),
        whole_file_above=profile.hold.whole_file_above,
    )
    parsed = with_products(parsed, products, table.lines, holds)
    as_it_came, lines = table.raw, table.lines  # not the table: its texts are let go

    def raw(line: int) -> str:
        """Return a line as it may be kept."""
        return wanted.raw(as_it_came(line), layout.delimiter)

    held = holds.rows(lines, lambda row: raw(int(lines[row])), wanted.told)
    held += hold_misfits(table, wanted, DELIMITERS[layout.delimiter], judged)
    shown = first_rows(next(f for f in (parsed.cases, parsed.outcomes, parsed.orders) if f is not None))
    return replace(
        parsed,
        held=tuple(sorted(held, key=lambda fault: fault.line)),
        understood=replace(parsed.understood, first_rows=shown),
        raw=raw,
    )
