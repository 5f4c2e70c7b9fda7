"""Invented studies never come into a live store, and a command works on its own kind of store only."""

import csv
import io
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from surveillance.domain.roles import Role
from surveillance.errors import FileRefused, StoreUnusable
from surveillance.services import demo, exports, intake, real_data, stores
from surveillance.services.installed_files import installed
from surveillance.synthetic import SCENARIOS, generate

LOG = "ich-scanner-change"


@pytest.fixture
def live(tmp_path, words):
    store = words.staffed(f"sqlite:///{tmp_path}/live.db", kind="live")
    yield words.Ward(store)
    store.close()


@pytest.fixture(scope="session")
def results() -> pd.DataFrame:
    return pd.read_csv(installed("data/synthetic") / f"{LOG}.results.csv", dtype=str, keep_default_na=False)


@pytest.fixture(scope="session")
def outcomes() -> pd.DataFrame:
    return pd.read_csv(installed("data/synthetic") / f"{LOG}.outcomes.csv", dtype=str, keep_default_na=False)


def moved(table: pd.DataFrame, days: int, *columns: str) -> pd.DataFrame:
    shift = pd.Timedelta(days=days, minutes=17)
    return table.assign(
        **{
            name: (pd.to_datetime(table[name], utc=True) + shift).dt.strftime("%Y-%m-%dT%H:%M:%SZ").fillna("")
            for name in columns
        }
    )


EDITS = {
    "as it ships": lambda table: table,
    "one score changed": lambda table: table.assign(score=["0.5", *table["score"][1:]]),
    "cut to 60 rows": lambda table: table[300:360],
    "shuffled, another site and version": lambda table: table.sample(frac=0.3, random_state=1).assign(
        site="St Elsewhere", version="9.9"
    ),
    "without scores": lambda table: table.drop(columns=["score"]),
    "dates moved": lambda table: moved(table, 30, "acquired_at", "result_at"),
    "numbers replaced": lambda table: table.assign(case_id=[f"S{7 * row}" for row in range(len(table))]),
    "one in ten among real ones": lambda table: pd.concat(
        [
            table[:300],
            table[300:3000].assign(case_id="R" + table["case_id"]).pipe(moved, 11, "acquired_at", "result_at"),
        ]
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_a_live_store_refuses_a_shipped_log_however_it_was_edited(live, results, words, edit):
    with pytest.raises(FileRefused, match="synthetic studies of the demonstration"):
        live.preview(EDITS[edit](results), words.monday(120))


@pytest.mark.parametrize("rows", [6000, 40])
def test_a_live_store_refuses_shipped_outcomes(live, outcomes, words, rows):
    with pytest.raises(FileRefused, match="synthetic"):
        live.preview(outcomes[:rows].assign(truth="0"), words.monday(120))


def test_what_a_demonstration_exports_does_not_come_into_a_live_store(ready, live, results, words, actor):
    if ready.store.url.startswith("postgresql"):
        pytest.skip("the file is the same")
    ready.register(site=results["site"][0])
    ready.load(results[:400], words.monday(120))
    columns, rows = exports.cases(actor(Role.DATA_MANAGER), ready.store)
    out = io.StringIO(newline="")
    csv.writer(out).writerows([columns, *rows])
    table = pd.read_csv(io.StringIO(out.getvalue()), dtype=str, keep_default_na=False)

    assert len(table) == 400
    with pytest.raises(FileRefused, match="synthetic"):
        live.preview(table[[name for name in table if name in results]], words.monday(120))


@pytest.mark.parametrize("seed", [101, 102, 103])
def test_a_log_of_the_same_numbers_and_days_that_does_not_ship_is_taken(live, words, seed):
    """As alike as a real log can be: the same generator, numbers from H00001, from the same Monday."""
    log = generate(SCENARIOS["ich-stable"], seed=seed, weeks=20, start=date(2025, 3, 3))
    for table in (log.results, log.outcomes):
        receipt = live.load(table, words.monday(40), name=f"{len(table)}.csv")
        assert receipt.rows_accepted == len(table)


def test_the_second_door_stands_too(live, results, words, monkeypatch):
    """Were the first look passed over, storing the batch refuses it."""
    monkeypatch.setattr(intake, "refuse_shipped", lambda *_: None)
    with pytest.raises(FileRefused, match="a live store takes real ones only"):
        live.load(results[:200], words.monday(120))


@pytest.mark.parametrize("kind", ["live", "exercise"])
@pytest.mark.parametrize("own", ["demo", "real_data_check"])
def test_a_command_refuses_a_store_of_another_kind_and_leaves_it_as_it_is(tmp_path, words, own, kind):
    url = f"sqlite:///{tmp_path}/store.db"
    stores.create_store(url, name="Northgate", kind=kind, at=words.MADE_AT).close()
    before = Path(tmp_path / "store.db").read_bytes()

    def make():
        if own == "demo":
            return demo.make_demo(url, at=words.monday(0))
        return real_data.make_real(url, b"", "a.csv", at=words.monday(0), report=lambda *_: None)

    with pytest.raises(StoreUnusable, match="works on a store of the kind"):
        make()

    assert Path(tmp_path / "store.db").read_bytes() == before


def test_each_kind_has_a_file_of_its_own(tmp_path, monkeypatch):
    from surveillance.services.settings import sqlite_url

    monkeypatch.setenv("SURVEILLANCE_HOME", str(tmp_path))
    assert len({sqlite_url(kind) for kind in stores.KIND_WORDS}) == len(stores.KIND_WORDS) == 4
