"""Studies in quarantine that the database counts are the very studies that reading every row gives."""

from datetime import timedelta

import numpy as np
import pytest

from surveillance.storage import quarantine_summary
from surveillance.storage.quarantine import read_quarantined
from surveillance.storage.times import EVER

OWN = ("NeuroFlag", "9.9", "Millford")


@pytest.fixture
def loaded(ready, small):
    """Return the ward with a version that nobody registered, in files that overlap and contradict each other."""
    first = small.results(0, 240).assign(version="9.9")
    ready.load(first, small.monday(5), name="first.csv")
    again = first.iloc[150:].assign(site="Millford")
    ready.load(again, small.monday(5) + timedelta(hours=1), name="the same again.csv")
    other = first.iloc[[3, 10, 60, 200]].assign(score=0.77, called=1)
    ready.load(other, small.monday(5) + timedelta(hours=2), name="another score.csv")
    later = first.iloc[[30, 31]].assign(result_at=(small.monday(5) - timedelta(days=1)).isoformat(), score=0.5)
    ready.load(later, small.monday(5) + timedelta(hours=3), name="read again.csv")
    moved = first.iloc[[7]].assign(acquired_at=small.results(239, 240)["acquired_at"].iloc[0], result_at=None)
    ready.load(moved, small.monday(5) + timedelta(hours=4), name="on another day.csv")
    return ready


def told(frame):
    return list(zip(frame["status"], frame["called"].fillna(-1), frame["score"].fillna(-1.0), strict=True))


@pytest.mark.parametrize("newest", [0, 30, 150, 239, 5_000])
def test_counts_and_rows_together_are_what_every_row_says(loaded, monkeypatch, newest):
    monkeypatch.setattr(quarantine_summary, "NEWEST_ROWS", newest)
    with loaded.store.read() as connection:
        whole = read_quarantined(connection, *OWN, EVER)
        summary = quarantine_summary.summarised(connection, *OWN, EVER)

    counted = [one for one, many in zip(told(summary.groups), summary.count, strict=True) for _ in range(many)]
    assert sorted(counted + told(summary.studies)) == sorted(told(whole))
    assert len(whole) == 240
    some = min(newest, 60) // 4  # files that overlap bring newer studies twice
    assert told(summary.studies)[len(summary.studies) - some :] == told(whole)[240 - some :]
    assert (np.diff(summary.studies["acquired_at"].to_numpy(dtype=np.int64)) >= 0).all()
    if newest == 30:
        assert len(summary.studies) < 60
