"""4 encodings x 4 delimiters x 2 decimal signs x 4 date forms, declared and not: right or held, never wrong."""

from datetime import UTC, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log import load_profile, read_log

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")
DELIMITERS = (",", ";", "\t", "|")
DATES = ("%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M", "excel")
LONDON = ZoneInfo("Europe/London")
MOMENTS = [datetime.fromisoformat("2026-01-02T03:04") + timedelta(days=9 * i, minutes=7 * i) for i in range(40)]
SCORES = [round(i / 40, 3) for i in range(40)]


def written(moment: datetime, form: str) -> str:
    if form != "excel":
        return moment.strftime(form)
    return repr((moment - datetime.fromisoformat("1899-12-30")) / timedelta(days=1))


def file(encoding: str, delimiter: str, decimal: str, form: str, moments: list[datetime], quoted: bool) -> bytes:
    rows = [["Étude", "When", "Score", "Room"]]
    for i, (moment, score) in enumerate(zip(moments, SCORES, strict=False)):
        number, when = str(score).replace(".", decimal), written(moment, form)
        if form == "excel":
            when = when.replace(".", decimal)
        rows.append([f"{i:05d}", when, number, "Salle é"])
    cell = '"{}"' if quoted else "{}"
    return "\r\n".join(delimiter.join(cell.format(c) for c in row) for row in rows).encode(encoding)


def profile(encoding: str | None, delimiter: str | None, decimal: str | None, form: str | None):
    top = [f'encoding = "{encoding.removesuffix("-sig")}"'] if encoding else []
    top += [f"delimiter = {delimiter!r}".replace("'\\t'", '"\\t"')] if delimiter else []
    top += [f'decimal = "{decimal}"'] if decimal else []
    written_form = "iso" if form == DATES[0] else form
    dates = f'[dates]\nacquired_at = {{ format = "{written_form}" }}' if form else ""
    return load_profile(
        'profile = "p"\nversion = 1\nfile = "results"\nzone = "Europe/London"\n' + "\n".join(top)
        + '\n[constants]\nmodel = "m"\nversion = "1"\nsite = "s"\n'
        + '[columns]\ncase_id = "Étude"\nacquired_at = "When"\nscore = "Score"\nscanner = "Room"\n' + dates
    )  # fmt: skip


def expected(moments: list[datetime]) -> dict[str, tuple[int, float, str]]:
    return {
        f"{i:05d}": (int(m.replace(tzinfo=LONDON).astimezone(UTC).timestamp()) * 1_000_000, s, "Salle é")
        for i, (m, s) in enumerate(zip(moments, SCORES, strict=False))
    }


def found(parsed) -> dict[str, tuple[int, float, str]]:
    columns = ("acquired_at", "score", "scanner")
    return {row["case_id"]: tuple(row[c] for c in columns) for row in parsed.cases.to_dict("records")}


MATRIX = list(product(ENCODINGS, DELIMITERS, (".", ","), DATES))


@pytest.mark.parametrize(("encoding", "delimiter", "decimal", "form"), MATRIX)
def test_declared_it_is_right(encoding, delimiter, decimal, form):
    data = file(encoding, delimiter, decimal, form, MOMENTS, quoted=delimiter == decimal)

    parsed = read_log(data, "f.csv", profile(encoding, delimiter, decimal, form))

    assert parsed.held == ()
    assert found(parsed) == expected(MOMENTS)


@pytest.mark.parametrize(("encoding", "delimiter", "decimal", "form"), MATRIX)
def test_undeclared_it_is_right_and_shown_or_held(encoding, delimiter, decimal, form):
    data = file(encoding, delimiter, decimal, form, MOMENTS, quoted=delimiter == decimal)

    parsed = read_log(data, "f.csv", profile(None, None, None, None))

    assert (parsed.understood.delimiter, parsed.understood.decimal) == (delimiter, decimal)
    assert found(parsed) == expected(MOMENTS)
    if form == "excel":  # every cell of the column is a day number: so it is read, and so it is said
        assert parsed.understood.date_formats["acquired_at"].startswith('"excel" (found: every cell')


@pytest.mark.parametrize("form", DATES[1:3])
def test_days_that_can_all_be_exchanged_with_months_are_held(form):
    moments = [datetime.fromisoformat(f"2026-{1 + i % 12:02d}-{1 + 5 * i % 12:02d}T10:00") for i in range(40)]
    data = file("utf-8", ",", ".", form, moments, quoted=False)

    parsed = read_log(data, "f.csv", profile(None, None, None, None))

    truth = expected(moments)
    assert all(truth[case] == value for case, value in found(parsed).items())
    assert parsed.rows_held == sum(m.day != m.month for m in moments)


def test_unquoted_decimal_commas_between_commas_are_refused_or_held():
    data = file("utf-8", ",", ",", DATES[0], MOMENTS, quoted=False)

    with pytest.raises(FileRefused, match="Export with semicolons"):
        read_log(data, "f.csv", profile(None, ",", ",", None))
    parsed = read_log(data, "f.csv", profile(None, None, None, None))
    assert parsed.rows_held == len(MOMENTS)
