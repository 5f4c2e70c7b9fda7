"""Which version was in use is answered as it was known: a version registered later was unregistered then."""

from datetime import timedelta

import pandas as pd

from surveillance.storage import register
from surveillance.storage.periods_of_use import periods_of_use
from surveillance.storage.times import to_micros


def test_a_version_that_was_registered_later_takes_nothing_from_an_earlier_answer(ready, words):
    """A stray version read two studies in the middle of the week; the registered one read the whole week."""
    week = words.results(0).sort_values("acquired_at").reset_index(drop=True)
    stray = week.iloc[[40, 60]].assign(version="4.0", case_id=["Z1", "Z2"])
    at = words.monday(0)
    ready.load(pd.concat([week, stray], ignore_index=True), at)
    seen = to_micros(at + timedelta(hours=1))

    def periods(seen_by):
        with ready.store.read() as connection:
            own = next(one for one in register.deployments(connection) if one.version == words.VERSION)
            return periods_of_use(connection, own, seen_by).tolist()

    before = periods(seen)
    assert len(before) == 1
    ready.register("4.0", at=at + timedelta(hours=2))

    assert periods(seen) == before
    assert len(periods(to_micros(at + timedelta(days=1)))) == 2
