"""Loads file after file and says the number of each once it is stored: python keeps_loading.py URL NAME ROWS FILES."""

import sys
from datetime import UTC, datetime

import pandas as pd

from surveillance.storage import batches
from surveillance.storage.store import open_store

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def rows(count: int) -> pd.DataFrame:
    """Studies of one version, as many as asked for."""
    named = {"model": "BleedFinder", "version": "1.0", "site": "North", "status": "processed"}
    lines = range(2, count + 2)
    return pd.DataFrame({"line": lines, "case_id": [f"p{line}" for line in lines], "acquired_at": lines, **named})


def main(url: str, name: str, count: str, files: str) -> None:
    """Load until done or killed."""
    store = open_store(url)
    frame = rows(int(count))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for number in range(int(files)):
        new = batches.NewBatch(
            f"{name}-{number}", f"{name}-{number}", "results", "north", 1, len(frame), 0, number, "dm", False, {}
        )
        with store.write(actor="dm", role="data_manager", action="load", at=AT) as unit:
            batch = batches.add_batch(unit.connection, new, cases=frame)
            unit.record({"batch": batch.id})
        sys.stdout.write(f"{batch.id}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
