"""A file that is stored and compared piece by piece is stored and compared as if it had been taken whole."""

import pandas as pd
import pytest

from surveillance.storage import batch_rows, batches, overlap
from surveillance.storage.batch_rows import stored_digest
from surveillance.storage.logs import read_rows
from surveillance.storage.times import EVER


@pytest.mark.parametrize("size", [1, 2, 1_000])
def test_how_large_the_pieces_are_changes_nothing_that_is_kept(store, desk, monkeypatch, size):
    monkeypatch.setattr(batch_rows, "ROWS_AT_ONCE", size)
    monkeypatch.setattr(overlap, "ROWS_AT_ONCE", size)
    version = desk.register_version(store)
    names = ("p1", "p2", "p3", "p4", "p5")
    both = pd.concat([desk.cases(*names), desk.cases(*names, version="1.1")], ignore_index=True)
    both["line"] = [10, 3, 5, 2, 8, 4, 9, 6, 11, 7]  # two versions in turn, in no order
    batch = desk.load(store, "a", cases=both, outcomes=desk.outcomes(("p1", 1), ("p2", 0)))

    again = both.copy()
    again.loc[again["line"] == 9, "score"] = 0.99
    with store.read() as connection:
        assert stored_digest(connection, batch) == batches.batch_of(connection, batch).digest
        rows = read_rows(connection, version, EVER)
        assert dict(zip(rows["line"], rows["case_id"], strict=True)) == dict(zip(both["line"][:5], names, strict=True))
        found = overlap.overlap(connection, again)
    assert found == overlap.Overlap(new=0, identical=9, conflicting=1, conflicting_lines=(9,))
