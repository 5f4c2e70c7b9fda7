"""Writers that meet, and writers that are killed: nothing acknowledged is lost, nothing half done stays."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, make_url, select

from surveillance.errors import StoreUnusable
from surveillance.storage import batches
from surveillance.storage.store import open_store
from surveillance.storage.tables.data import BATCH, CASE
from surveillance.storage.verification import verify

ROWS, ACTS = 400, 15
KILLS = {"sqlite": 10, "postgresql": 4}
LOADER = Path(__file__).with_name("keeps_loading.py")


def start(*arguments):
    return subprocess.Popen(
        [sys.executable, str(LOADER), *map(str, arguments)], stdout=subprocess.PIPE, text=True, env={**os.environ}
    )


def test_a_killed_loading_leaves_whole_files_or_nothing_and_loses_no_acknowledged_one(store):
    rng, acknowledged = random.Random(20), []
    for attempt in range(KILLS[make_url(store.url).get_backend_name()]):
        loader = start(store.url, attempt, ROWS, 10_000)
        assert loader.stdout.readline() == "ready\n"
        time.sleep(rng.uniform(0.01, 0.25))
        loader.send_signal(signal.SIGKILL)
        acknowledged += [int(line) for line in loader.stdout if line.endswith("\n")]
        loader.wait()

    again = open_store(store.url)
    with again.read() as connection:
        rows = select(CASE.c.batch_id, func.count()).group_by(CASE.c.batch_id)
        stored = {row[0]: row[1] for row in connection.execute(rows)}
        listed = set(connection.execute(select(BATCH.c.id)).scalars())
        result = verify(connection)
    again.close()
    assert acknowledged
    assert set(acknowledged) <= listed
    assert listed == set(stored)
    assert set(stored.values()) == {ROWS}
    assert result.ok, result.problems


@pytest.mark.parametrize("writers", [2, 4])
def test_writers_that_meet_wait_for_each_other_and_all_are_saved(store, writers):
    started = [start(store.url, writer, 5, ACTS) for writer in range(writers)]
    told = [writer.communicate()[0].splitlines() for writer in started]

    assert [len(lines) for lines in told] == [ACTS + 1] * writers
    with store.read() as connection:
        assert connection.execute(select(func.count()).select_from(BATCH)).scalar_one() == writers * ACTS
        assert verify(connection).ok


def test_a_full_disk_stores_nothing_says_so_and_leaves_the_rest_readable(sqlite_store, desk):
    first = desk.load(sqlite_store, "a", cases=desk.cases("p1"))
    many = desk.cases(*[f"q{number}" for number in range(5000)])

    def fill():
        with desk.acting(sqlite_store) as unit:
            pages = unit.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            unit.connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 4}")
            batches.add_batch(unit.connection, desk.new_batch("b"), cases=many)

    with pytest.raises(StoreUnusable, match="disk is full"):
        fill()

    with sqlite_store.read() as connection:
        assert [kept.id for kept in batches.batches(connection)] == [first]
        assert verify(connection).ok
