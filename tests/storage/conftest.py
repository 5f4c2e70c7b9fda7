"""Small logs to store: three studies of one version, and their truths."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

from surveillance.storage import batches, register
from surveillance.storage.store import Store
from surveillance.storage.unit_of_work import WriteUnit

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUR = 3_600_000_000
MONDAY = 1_772_409_600_000_000


def cases(*ids: str, version: str = "1.0", start: int = MONDAY) -> pd.DataFrame:
    """Studies an hour apart, on lines 2, 3, ..."""
    return pd.DataFrame(
        {
            "line": range(2, len(ids) + 2),
            "model": "BleedFinder",
            "version": version,
            "site": "North",
            "case_id": list(ids),
            "acquired_at": [start + number * HOUR for number in range(len(ids))],
            "status": "processed",
            "score": [0.25 + 0.125 * (number % 5) for number in range(len(ids))],
            "called": [number % 2 for number in range(len(ids))],
            "result_at": [start + number * HOUR + 60_000_000 for number in range(len(ids))],
        }
    )


def outcomes(
    *statements: tuple[str, int], recorded_at: int = MONDAY + 48 * HOUR, source: str = "report"
) -> pd.DataFrame:
    """Truths of one source recorded at one time, on lines 2, 3, ..."""
    return pd.DataFrame(
        {
            "line": range(2, len(statements) + 2),
            "model": "BleedFinder",
            "site": "North",
            "case_id": [case_id for case_id, _ in statements],
            "truth": [truth for _, truth in statements],
            "recorded_at": recorded_at,
            "truth_source": source,
        }
    )


def new_batch(name: str, *, received_at: int = MONDAY + 72 * HOUR, synthetic: bool = False) -> batches.NewBatch:
    """A file whose bytes are told by its name."""
    return batches.NewBatch(
        file_name=f"{name}.csv",
        file_sha256=f"{name:0>64}",
        kind="results",
        profile_name="north",
        profile_version=1,
        rows_accepted=3,
        rows_held=0,
        received_at=received_at,
        received_by="data_manager",
        synthetic=synthetic,
        understood={"delimiter": ","},
    )


@contextmanager
def acting(store: Store, action: str = "test", *, minutes: int = 0) -> Iterator[WriteUnit]:
    """Write as the data manager and leave an audit entry."""
    at = AT + timedelta(minutes=minutes)
    with store.write(actor="data_manager", role="data_manager", action=action, at=at) as unit:
        yield unit
        unit.record({"action": action})


def load(store: Store, name: str, *, received_at: int = MONDAY + 72 * HOUR, **frames: pd.DataFrame) -> int:
    """Store one file and return its batch number."""
    with acting(store, "load a log") as unit:
        return batches.add_batch(unit.connection, new_batch(name, received_at=received_at), **frames).id


def register_version(store: Store, version: str = "1.0", *, minutes: int = 0) -> int:
    """Register the product, if it is not, and a version at the northern site."""
    with acting(store, "register", minutes=minutes) as unit:
        known = register.model_named(unit.connection, "BleedFinder")
        model = known.id if known else register.add_model(
            unit.connection,
            name="BleedFinder",
            vendor="Example Ltd",
            kind="classifier",
            intended_use="triage of CT heads",
            finding="bleed",
            pathway="ED",
        )  # fmt: skip
        return register.add_deployment(
            unit.connection,
            model_id=model,
            version=version,
            site="North",
            threshold=0.5,
            zone="Europe/London",
            title=f"BleedFinder {version} at North",
            at=AT + timedelta(minutes=minutes),
            by="data_manager",
        )


class Desk:
    """What a test of the store needs at hand."""

    cases = staticmethod(cases)
    outcomes = staticmethod(outcomes)
    new_batch = staticmethod(new_batch)
    acting = staticmethod(acting)
    load = staticmethod(load)
    register_version = staticmethod(register_version)
    at = AT
    monday = MONDAY
    hour = HOUR


@pytest.fixture(scope="session")
def desk() -> Desk:
    """Small logs, and the acts that store them."""
    return Desk()


@pytest.fixture(scope="module")
def used_store(shared_store, desk):
    """A store with a registration, a file and six entries in its trail; every test leaves it so."""
    desk.register_version(shared_store)
    desk.load(shared_store, "a", cases=desk.cases("p1", "p2", "p3"), outcomes=desk.outcomes(("p1", 1), ("p2", 0)))
    for number in range(2):
        with desk.acting(shared_store, f"act {number}"):
            pass
    return shared_store
