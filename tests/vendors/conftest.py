"""The exports of many vendors, each in a folder of its own with what it must become."""

import csv
import importlib.util
import io
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

from surveillance.domain.roles import Actor, Role
from surveillance.services import products, set_up
from surveillance.storage import people
from surveillance.storage.store import Store, create_store

HERE = Path(__file__).parent
FOLDERS = sorted(folder for folder in HERE.iterdir() if (folder / "export.py").exists())
OWN = {"export.py", "answers.toml", "expected.csv", "held.csv", "companion.csv"}


def module_of(path: Path) -> ModuleType:
    """Return a script as a module, without a place among the imports."""
    spec = importlib.util.spec_from_file_location(f"vendor_{path.parent.name}_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


STUDIES = module_of(HERE / "studies.py")


@dataclass
class Vendor:
    """One vendor's folder."""

    folder: Path

    @property
    def file(self) -> Path:
        """Return the export."""
        (found,) = [path for path in self.folder.iterdir() if path.is_file() and path.name not in OWN]
        return found

    @property
    def told(self) -> dict[str, dict]:
        """Return what a person would say where the file does not."""
        return tomllib.loads((self.folder / "answers.toml").read_text("utf-8"))

    @property
    def expected(self) -> list[dict[str, str]]:
        """Return what each line must become, filled cells only."""
        rows = csv.DictReader(io.StringIO((self.folder / "expected.csv").read_text("utf-8")))
        return [{name: cell for name, cell in row.items() if cell} for row in rows]

    @property
    def held(self) -> set[tuple[int, str]]:
        """Return which lines must be held, and for which column."""
        rows = csv.DictReader(io.StringIO((self.folder / "held.csv").read_text("utf-8")))
        return {(int(row["line"]), row["column"]) for row in rows}

    @property
    def companion(self) -> tuple[bytes, list[dict[str, str]]]:
        """Return the results of the same studies in the log's own columns, as bytes and as rows."""
        data = (self.folder / "companion.csv").read_bytes()
        rows = csv.DictReader(io.StringIO(data.decode()))
        return data, [{name: cell for name, cell in row.items() if cell} for row in rows]

    def written(self) -> dict[str, bytes]:
        """Return the files as their script writes them."""
        script = module_of(self.folder / "export.py")
        made = STUDIES.files(script.export(STUDIES))
        return made | ({"companion.csv": script.companion(STUDIES)} if hasattr(script, "companion") else {})


@pytest.fixture(params=FOLDERS, ids=lambda folder: folder.name)
def vendor(request: pytest.FixtureRequest) -> Vendor:
    """Return each vendor in turn."""
    return Vendor(request.param)


MANAGER = Actor("data_manager", "The data manager", Role.DATA_MANAGER)
MADE_AT = datetime(2026, 9, 1, 8, tzinfo=UTC)


@pytest.fixture(scope="session")
def manager() -> Actor:
    """Return the data manager."""
    return MANAGER


@pytest.fixture
def bare_store(tmp_path: Path) -> Iterator[Store]:
    """Return a store with one data manager and one radiologist, and nothing else."""
    store = create_store(f"sqlite:///{tmp_path / 'store.db'}", name="Northtown", kind="real_data_check", at=MADE_AT)
    with store.write(actor="installation", role="system", action="add people", at=MADE_AT) as unit:
        for role in (Role.DATA_MANAGER, Role.RC_AI):
            people.add_person(unit.connection, person_id=role.value, name=f"The {role.words}", at=MADE_AT)
            people.grant(unit.connection, person_id=role.value, role=role.value, at=MADE_AT, by="installation")
        unit.record({"people": 2})
    yield store
    store.close()


def answered(store: Store, vendor: Vendor, at: datetime) -> set_up.Answers:
    """Return what a person says: what the file cannot tell from their notes, everything else confirmed as shown."""
    told = vendor.told.get("answers", {})
    answers, asked = set_up.Answers(told), set()
    for _ in range(9):
        proposal = set_up.propose(MANAGER, store, vendor.file.read_bytes(), vendor.file.name, answers, at=at)
        asked |= {question.key for question in proposal.questions}
        if proposal.can_be_saved:
            break
        assert not [question.key for question in proposal.to_choose], "a person would have to choose"
        answers = answers.confirm(proposal.questions)
    assert set(told) <= asked, "an answer was never asked for"
    return answers


@pytest.fixture
def set_up_of(bare_store: Store) -> Callable[[Vendor], tuple[Store, set_up.SavedProfile]]:
    """Return what sets a store up from a vendor's file, by clicks alone."""

    def made(vendor: Vendor) -> tuple[Store, set_up.SavedProfile]:
        at = datetime(2026, 11, 20, 8, tzinfo=UTC)
        for model, version, site in vendor.told.get("registered", {}).get("versions", []):
            given = products.Registration(model=model, version=version, site=site)
            products.register_deployment(MANAGER, bare_store, given, at=MADE_AT)
        answers = answered(bare_store, vendor, at)
        return bare_store, set_up.save(MANAGER, bare_store, vendor.file.read_bytes(), vendor.file.name, answers, at=at)

    return made
