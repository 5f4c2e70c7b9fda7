"""Withdrawing a file: what counts is what a store that never held it would say, and what was known before stays."""

import hashlib
from datetime import timedelta

import numpy as np
import pytest

from surveillance.domain.roles import Role
from surveillance.services import exports, withdrawals
from surveillance.services.stored_series import read_series
from surveillance.storage import batches
from surveillance.storage.evaluations import series
from surveillance.storage.logs import read_cases, read_outcomes

WEEKS, FILES, MOST = 5, 10, 14
REASON = "The export was of another hospital."
TRUTH = ["truth", "truth_recorded_at", "truth_source"]


def small(words, rng):
    """Return the ward's first weeks, two studies in five, so that a store is judged in a second."""
    results, outcomes = words.tables()
    results = results[results["acquired_at"] < (words.FIRST_MONDAY + timedelta(weeks=WEEKS)).isoformat()]
    results = results[rng.random(len(results)) < 0.4].reset_index(drop=True)
    return results, outcomes[outcomes["case_id"].isin(results["case_id"])].reset_index(drop=True)


def stretch(table, rng):
    """Return about a third of a table: a stretch of it, or rows from all over."""
    if rng.random() < 0.5:
        return table.sample(frac=0.3, random_state=int(rng.integers(1 << 30))).sort_index()
    first = int(rng.integers(len(table)))
    return table.iloc[max(0, first - len(table) // 6) : first + len(table) // 6]


def random_files(words, seed):
    """Return overlapping files in order of loading: studies, truths, or both in one; some contradict each other."""
    rng = np.random.default_rng(seed)
    results, outcomes = small(words, rng)
    files = []
    for number in range(FILES):
        kind = ("results", "outcomes", "log")[int(rng.choice(3, p=[0.4, 0.35, 0.25]))]
        rows = stretch(outcomes if kind == "outcomes" else results, rng).copy()
        if kind == "log":
            rows = rows.merge(outcomes[["case_id", *TRUTH]], on="case_id", how="left")
        if kind != "outcomes" and rng.random() < 0.5:
            rows.iloc[:3, rows.columns.get_loc("score")] = "0.0511"
        if kind == "outcomes" and rng.random() < 0.3:
            rows.iloc[:2, rows.columns.get_loc("truth")] = "indeterminate"
        files.append((f"{number}-{kind}.csv", words.csv(rows)))
    return files


def told(ward, files, words, at):
    """Load files one after another, a minute apart, and judge every week."""
    for number, (name, data) in enumerate(files):
        ward.load(data, at + timedelta(minutes=number), name=name)
    ward.evaluate(at + timedelta(hours=1))
    return ward


def points(ward, actor):
    """Return every exported figure as it stands."""
    return exports.points(actor(Role.DATA_MANAGER), ward.store)


def digest(*frames):
    """Return the content of frames as one number."""
    return hashlib.sha256(b"".join(frame.to_csv().encode() for frame in frames)).hexdigest()


def pasts(ward, moments):
    """Return what was known of the log, and shown of it, at each of several moments (microseconds)."""
    found = {}
    with ward.store.read() as connection:
        for moment in moments:
            kept = read_series(connection, 1, seen_by=moment)
            shown = None if kept is None else (kept.newest.id, kept.points.value.tobytes(), kept.points.n.tobytes())
            log = digest(read_cases(connection, 1, moment), read_outcomes(connection, 1, moment))
            found[moment] = (log, shown)
    return found


def moments_of(ward, rng):
    """Return moments at which the store changed or was judged, and ones just before."""
    with ward.store.read() as connection:
        known = {kept.received_at for kept in batches.batches(connection)}
        known |= {kept.withdrawn_at for kept in batches.batches(connection) if kept.withdrawn_at}
        known |= {row.seen_by for row in series(connection, 1)}
    every = sorted(known | {moment - 1 for moment in known})
    return sorted(rng.choice(every, min(MOST, len(every)), replace=False).tolist())


# Ten files every day, the other forty of the fifty with `make validate`.
SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.validate) for seed in range(1, 5))]


@pytest.mark.parametrize("seed", SEEDS)
def test_what_counts_is_what_a_store_that_never_held_the_file_says(ready, beside, words, actor, shelf, seed):
    if shelf.engine != "sqlite" and seed:
        pytest.skip("PostgreSQL withdraws the files of one store; SQLite those of five")
    files = random_files(words, seed)
    at = words.monday(WEEKS + 12)
    told(ready, files, words, at)
    before = points(ready, actor)
    assert len(before[1]) > 300
    tried = range(FILES) if shelf.engine == "sqlite" else range(0, FILES, 2)
    numbers = {name: n for n, (name, _) in enumerate(files, start=1)}
    for step, place in enumerate(tried, start=1):
        name, data = files[place]
        now = at + timedelta(days=step)
        past = pasts(ready, moments_of(ready, np.random.default_rng(step)))

        withdrawals.withdraw(actor(Role.RC_AI), ready.store, numbers[name], REASON, at=now)
        ready.evaluate(now + timedelta(minutes=1))
        never = beside()
        told(never, [one for one in files if one[0] != name], words, at)
        assert points(ready, actor) == points(never, actor), name
        never.store.close()

        numbers[name] = ready.load(data, now + timedelta(minutes=2), name=name).batch_id
        ready.evaluate(now + timedelta(minutes=3))
        assert points(ready, actor) == before, name
        assert pasts(ready, past) == past, name
