"""A ward at work in a store of its own on each engine, for what goes wrong around it."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from surveillance.storage.store import Store
from surveillance.storage.verification import verify


@pytest.fixture(scope="session")
def words() -> ModuleType:
    """Return the log, the plan and the people of the ward."""
    place = Path(__file__).parents[1] / "services" / "ward.py"
    spec = importlib.util.spec_from_file_location("ward_of_faults", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def ward(store: Store, words: ModuleType) -> Iterator[object]:
    """A ward with product, plan and eight weeks of studies and truths, nothing evaluated; its trail verifies after."""
    made = words.Ward(store)
    made.plan(words.plan_toml())
    made.register()
    for week in range(8):
        made.load(words.results(week), words.monday(week))
        if len(known := words.outcomes(week)):
            made.load(known, words.monday(week))
    yield made
    with store.read() as connection:
        assert verify(connection).problems == ()
