"""Ten thousand studies go through pseudonyms into a store and back; the store's bytes tell of none of them."""

import csv
import re
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from surveillance.cli.pseudonymise import pseudonymise, written_beside
from surveillance.domain.roles import Role
from surveillance.services import exports, mapping_profiles
from surveillance.services.truth_worklist import export_csv

CASES = 10_000
START = datetime(2025, 3, 3, tzinfo=UTC)
TELLING = re.compile(rb"(?i)rx-?7[0-9]{7}|patient-?[0-9]{5}|Fotheringham")
COMMON = 'version = 1\n[constants]\nsite = "Millford"\n'
AI = """profile = "ai"
file = "results"
delimiter = ";"
{common}model = "NeuroFlag"
[columns]
case_id = "Accession No"
version = "SW version"
acquired_at = "Exam time"
score = "Suspicion"
called = "Flag"
patient = "Patient ID"
[dates]
acquired_at = {{ format = "iso" }}
[values]
called = {{ Y = true, N = false }}
"""
RIS = """profile = "ris"
file = "orders"
delimiter = "\\t"
{common}[columns]
case_id = "ACCESSION_NUMBER"
acquired_at = "Exam date time"
[dates]
acquired_at = {{ format = "iso" }}
"""
OUTCOMES = """profile = "truth"
file = "outcomes"
{common}model = "NeuroFlag"
truth_source = "report"
[columns]
case_id = "accession"
truth = "Final diagnosis"
truth_recorded_at = "Reported at"
[dates]
truth_recorded_at = {{ format = "iso" }}
[values]
truth = {{ Positive = "1", Negative = "0" }}
"""


def accession(number: int) -> str:
    return f"RX{70_000_000 + number}"


def written(folder: Path) -> list[tuple[str, Path]]:
    """Write the exports as three systems write them: each spells the accession number in its own way."""
    ai, ris, truth = (["" for _ in range(CASES)] for _ in range(3))
    for number in range(CASES):
        at, own = START + timedelta(minutes=20 * number), accession(number)
        flag = number % 9 == 0
        ai[number] = (
            f"{own};3.2.1;{at:%Y-%m-%dT%H:%M:%SZ};0.{number % 10};{'Y' if flag else 'N'};PATIENT-{number % 7000:05d}"
        )
        ris[number] = (
            f'="{own.lower()}"\tFotheringham, Jo\t01/02/1950\t{at:%Y-%m-%dT%H:%M:%SZ}\tPATIENT-{number % 7000:05d}'
        )
        day = at + timedelta(days=1)
        truth[number] = f'" {own} ",{"Positive" if flag else "Negative"},{day:%Y-%m-%dT%H:%M:%SZ}'
    heads = (
        "Accession No;SW version;Exam time;Suspicion;Flag;Patient ID",
        "ACCESSION_NUMBER\tPatient name\tDOB\tExam date time\tMRN",
        "accession,Final diagnosis,Reported at",
    )
    kinds = (("ai", ai, "cp1252"), ("ris", ris, "utf-16"), ("truth", truth, "utf-8-sig"))
    files = []
    for head, (name, rows, encoding) in zip(heads, kinds, strict=True):
        file = folder / f"{name}.csv"
        file.write_bytes("\r\n".join([head, *rows, ""]).encode(encoding))
        files.append((name, file))
    return files


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """The PACS manager's own folder, with a key; the installation's stores lie elsewhere."""
    monkeypatch.setenv("SURVEILLANCE_HOME", str(tmp_path / "stores"))
    monkeypatch.delenv("SURVEILLANCE_STORE", raising=False)
    folder = tmp_path / "desk"
    folder.mkdir()
    pseudonymise(make_key=folder / "site.key")
    return folder


def dump(store) -> bytes:
    """Return every byte that the store keeps: the files of SQLite, every row of every table of PostgreSQL."""
    url = make_url(store.url)
    if url.get_backend_name() == "sqlite":
        return b"".join(path.read_bytes() for path in Path(url.database).parent.glob(f"{Path(url.database).name}*"))
    with store.read() as connection:
        names = connection.execute(
            text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        ).scalars()
        rows = [
            row
            for name in names.all()
            for row in connection.execute(text(f'SELECT kept::text FROM "{name}" AS kept')).scalars()
        ]
    found = "\n".join(rows)
    return found.encode() + b"".join(bytes.fromhex(one) for one in re.findall(r"\\\\?x((?:[0-9a-f]{2})+)", found))


def test_worklists_come_back_as_the_accession_numbers_and_the_store_holds_none(desk, ready, words, actor):
    files = written(desk)
    assert len(set(TELLING.findall(files[0][1].read_bytes()))) == CASES + 7000  # the search finds them where they are
    key = desk / "site.key"
    pseudonymise([file for _, file in files], key=key)
    manager = actor(Role.DATA_MANAGER)
    for (name, file), toml in zip(files, (AI, RIS, OUTCOMES), strict=True):
        at = words.monday(29)
        mapping_profiles.save_profile(manager, ready.store, toml.format(common=COMMON), at=at)
        preview = words.intake.preview(
            manager, ready.store, written_beside(file, "pseudonymised").read_bytes(), f"{name}.csv", name, at=at
        )
        receipt = words.intake.commit(manager, ready.store, preview, choice="keep", at=at)
        assert (receipt.rows_accepted, receipt.rows_held) == (CASES, 0)

    columns, rows = exports.cases(manager, ready.store)
    truth = columns.index("truth")
    assert sum(row[truth] in ("0", "1") for row in rows) == CASES  # every outcome found its study
    worklist = desk / "worklist.csv"
    # The plan takes no truth from reports, so that every study waits for a reading.
    week, at = "2025-W30", words.monday(29)
    worklist.write_bytes(export_csv(actor(Role.RC_AI), ready.store, 1, week, at=at, oldest=CASES))
    pseudonymise(reverse=worklist, key=key)

    turned = written_beside(worklist, "accession-numbers")
    back = list(csv.reader(turned.open(encoding="utf-8", newline="")))
    assert back[0] == ["case_id", "site", "acquired_at", "week", "reader", "answer"]
    assert {tuple(row[1:2] + row[3:]) for row in back[1:]} == {("Millford", week, "", "")}
    assert {row[0] for row in back[1:]} == {accession(number) for number in range(CASES)}
    assert len(back) == CASES + 1
    assert stat.S_IMODE(turned.stat().st_mode) == 0o600

    kept = dump(ready.store)
    secret = key.read_bytes()
    assert b"ai.csv" in kept  # the search does look into what is stored
    assert TELLING.findall(kept) == []
    assert secret not in kept
    assert secret.hex().encode() not in kept
