"""Files made from known rows: written in a dialect, then damaged; what every line must give is known beforehand."""

import csv
import gzip
import io
import random
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyarrow as pa
import xlsxwriter
from pyarrow import parquet

from surveillance.storage.outcome_log import Profile, load_profile
from tests.storage.outcome_log.fuzzed_damage import damage
from tests.storage.outcome_log.fuzzed_rows import LONDON, Dialect, Row, Sheet, make_dialect, make_rows

DAY_ZERO = datetime.fromisoformat("1899-12-30")
ONCE = 0.35  # share of files that are damaged after they are written
PROFILE = """
profile = "fuzzed"
version = 1
file = "results"
zone = "Europe/London"
{top}
skip_last_when = {{ Study = "Total" }}
[constants]
model = "m"
site = "s"
truth_source = "report"
[columns]
case_id = "Study"
version = "SW"
acquired_at = "Time"
score = "Score"
called = "Flag"
scanner = "Scanner"
truth = "Dx"
truth_recorded_at = "DxTime"
[values]
called = {{ Y = true, N = false }}
truth = {{ pos = "1", neg = "0", unsure = "indeterminate" }}
{tables}
"""


@dataclass(slots=True)
class FuzzedFile:
    """A file with its profile and its rows. `must_refuse` where no part of it may be believed any more.

    `certain` where nothing was damaged and everything was declared: every row without a fault must be accepted.
    """

    data: bytes
    profile: Profile
    rows: list[Row]
    dialect: Dialect
    damage: str = ""
    must_refuse: bool = False
    certain: bool = False


def make_file(seed: int) -> FuzzedFile:
    """Make one file."""
    rng = random.Random(seed)
    dialect = make_dialect(rng)
    sheet = make_rows(rng, dialect, rng.choice((0, 0, 1, 2, 5)))
    write = {"csv": _text, "xlsx": _workbook, "parquet": _parquet}[dialect.container.removesuffix(".gz")]
    file = FuzzedFile(write(sheet, dialect), _profile(dialect), sheet.rows, dialect)
    if dialect.container.endswith(".gz"):
        file.data = gzip.compress(file.data, mtime=0)
    if rng.random() < ONCE:
        damage(rng, file)
    in_doubt = dialect.is_text and dialect.delimiter == dialect.decimal  # refused where nothing had to be quoted
    file.certain = not file.damage and len(dialect.declared) == 4 and not in_doubt
    return file


def _profile(dialect: Dialect) -> Profile:
    """Return the profile, with what it declares of the dialect."""
    encoding = {"utf-8-sig": "utf-8", "utf-16": "utf-16"}.get(dialect.encoding, dialect.encoding)
    top = [f'encoding = "{encoding}"'] if "encoding" in dialect.declared else []
    top += [f'delimiter = "{dialect.delimiter}"'.replace("\t", "\\t")] if "delimiter" in dialect.declared else []
    top += [f'decimal = "{dialect.decimal}"'] if "decimal" in dialect.declared else []
    form = "iso" if dialect.dates.startswith("iso") else dialect.dates
    tables = "[score]\nfrom = 0\nto = 100\n" if dialect.per_cent else ""
    if "dates" in dialect.declared:
        tables += f'[dates]\nacquired_at = {{ format = "{form}" }}\ntruth_recorded_at = {{ format = "{form}" }}'
    return load_profile(PROFILE.format(top="\n".join(top), tables=tables))


def _written(cell: object, dialect: Dialect) -> str:
    """Return a cell as its text in the dialect."""
    if isinstance(cell, datetime):
        if dialect.dates == "iso":
            return cell.isoformat()
        if dialect.dates == "iso offset":
            return cell.replace(tzinfo=LONDON).isoformat()
        if dialect.dates == "excel":
            return repr((cell - DAY_ZERO) / timedelta(days=1)).replace(".", dialect.decimal)
        return cell.strftime(dialect.dates)
    if isinstance(cell, float):
        return repr(cell).replace(".", dialect.decimal)
    return "" if cell is None else str(cell)


def _text(sheet: Sheet, dialect: Dialect) -> bytes:
    """Write a table as text, and note each row's line."""
    out = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if dialect.quoted else csv.QUOTE_MINIMAL
    writer = csv.writer(out, delimiter=dialect.delimiter, quoting=quoting, lineterminator="\n")
    for number in range(dialect.titles):
        out.write(f"Export {number}\n")
    writer.writerow(sheet.columns)
    for number, row in enumerate(sheet.rows):
        row.line = out.getvalue().count("\n") + 1
        cells = [_written(row.cells[name], dialect) for name in sheet.columns]
        writer.writerow([*cells, row.cells[""]] if "" in row.cells else cells)
        if number in sheet.blank_after:
            out.write("\n" if number % 2 else dialect.delimiter * (len(sheet.columns) - 1) + "\n")
    if sheet.total:
        writer.writerow(["Total" if name == "Study" else "" for name in sheet.columns])
    text = out.getvalue().replace("\n", dialect.line_end)
    return text.encode(dialect.encoding)


def _workbook(sheet: Sheet, dialect: Dialect) -> bytes:
    """Write a table as a workbook: dates and numbers typed, or as the texts of the dialect."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False})
    moment, page = book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"}), book.add_worksheet("Log")
    typed = dialect.dates in ("iso", "excel") or dialect.quoted
    for number in range(dialect.titles):
        page.write_string(number, 0, f"Export {number}")
    place = dialect.titles
    page.write_row(place, 0, sheet.columns)
    for number, row in enumerate(sheet.rows):
        place += 1
        row.line = place + 1
        for column, name in enumerate([*sheet.columns, ""] if "" in row.cells else sheet.columns):
            cell = row.cells[name]
            if isinstance(cell, datetime) and typed:
                page.write_datetime(place, column, cell, moment)
            elif isinstance(cell, float) and not dialect.quoted:
                page.write_number(place, column, cell)
            elif isinstance(cell, str) and cell.startswith("#"):
                page.write_formula(place, column, "=1/0", None, cell)
            elif text := _written(cell, dialect):
                page.write_string(place, column, text)
        place += number in sheet.blank_after
    if sheet.total:
        page.write_string(place + 1, sheet.columns.index("Study"), "Total")
    book.close()
    return out.getvalue()


def _parquet(sheet: Sheet, dialect: Dialect) -> bytes:
    """Write a table as Parquet: columns typed where every cell is of one type, else as the texts of the dialect."""
    columns = {}
    for name in sheet.columns:
        cells = [row.cells[name] for row in sheet.rows]
        kind = {"Time": pa.timestamp("us"), "DxTime": pa.timestamp("ms"), "Score": pa.float64()}.get(name)
        wrong = any(isinstance(cell, str) for cell in cells)
        if kind is not None and not wrong and not dialect.quoted:
            columns[name] = pa.array(cells, kind)
        else:
            texts = pa.array([_written(cell, dialect) or None for cell in cells], pa.string())
            columns[name] = texts.dictionary_encode() if name == "Scanner" else texts
    for number, row in enumerate(sheet.rows):
        row.line = number + 2
        row.fault = "" if row.fault == "extra cell" else row.fault  # there is no place for one
    out = io.BytesIO()
    parquet.write_table(pa.table(columns), out, write_page_checksum=True, row_group_size=7, compression="snappy")
    return out.getvalue()
