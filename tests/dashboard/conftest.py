"""A small store for the pages: one product whose positives go unflagged from March on, loaded by the front door."""

import csv
import importlib.util
import io
import shutil
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest
import tomli_w
from streamlit.testing.v1 import AppTest

from surveillance.domain.plan import plan_template
from surveillance.domain.roles import Actor, Role
from surveillance.services import demo, evaluation, intake, plans, products, stores
from surveillance.services.installed_files import installed

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
AT = datetime(2026, 4, 13, 8, 0, tzinfo=UTC)
FIRST, WORSE, END = "2025-11-03", "2026-03-02", "2026-04-13"
MANAGER = Actor("demo.singh", "R. Singh", Role.ADMINISTRATOR)
LOG = "ich-sensitivity-decay-full"


def log_files() -> dict[str, bytes]:
    """Return 23 weeks of the shipped log in which every second positive goes unflagged from March on."""
    folder = installed("data/synthetic")
    outcomes = _rows(folder / f"{LOG}.outcomes.csv")
    positive = {row["case_id"] for row in outcomes if row["truth"] == "1"}
    results, turn = [], 0
    for row in _rows(folder / f"{LOG}.results.csv"):
        if not FIRST <= row["acquired_at"] < END:
            continue
        if row["acquired_at"] >= WORSE and row["case_id"] in positive and row["called"] == "true":
            turn += 1
            row["called"] = "false" if turn % 2 else "true"
        results.append(row)
    kept = {row["case_id"] for row in results}
    known = [row for row in outcomes if row["case_id"] in kept and row["truth_recorded_at"] < END]
    return {"results": _text(results), "outcomes": _text(known)}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _text(rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def short_plan() -> str:
    """Return the shipped plan for bleed triage with a baseline of twelve weeks."""
    plan = tomllib.loads(plan_template("ich-triage"))
    plan["sites"] = ["Millford"]
    plan["baseline"] |= {"from": datetime(2025, 11, 3).date(), "to": datetime(2026, 1, 25).date()}  # noqa: DTZ001
    plan["baseline"]["minimum_positives"] = 100
    every = ["adjudication", "report", "audit"]
    plan["truth"] |= {"flagged": every, "unflagged": every, "audit_fraction_unflagged": 1.0}
    return tomli_w.dumps(plan)


def make_store(home: Path) -> stores.Store:
    """Make a demonstration store with people, one product and its plan, and no log."""
    store = stores.create_store(f"sqlite:///{home.as_posix()}/demo.sqlite", name="Test trust", kind="demo", at=AT)
    demo.add_demo_people(store, at=AT)
    return store


def register(store: stores.Store) -> None:
    """Register bleed triage at one site with its plan."""
    plans.add_plan(MANAGER, store, short_plan(), at=AT)
    registration = products.Registration(
        model="NeuroFlag",
        version="3.2.1",
        site="Millford",
        finding="bleed",
        vendor="synthetic",
        pathway="Acute stroke",
        threshold=0.0517,
        title="Bleed triage · Millford",
    )
    products.register_deployment(MANAGER, store, registration, at=AT)


@pytest.fixture(scope="session")
def loaded_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the store with its log loaded and evaluated, once; tests work on copies."""
    home = tmp_path_factory.mktemp("loaded")
    store = make_store(home)
    register(store)
    for kind, profile in (("results", "canonical"), ("outcomes", "canonical-outcomes")):
        preview = intake.preview(MANAGER, store, log_files()[kind], f"{kind}.csv", profile, at=AT)
        intake.commit(MANAGER, store, preview, choice="keep", at=AT)
    evaluation.run_all(MANAGER, store, at=AT, workers=1)
    store.close()
    return home


@pytest.fixture
def loaded(loaded_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Open the app on a copy of the loaded store."""
    shutil.copytree(loaded_home, tmp_path / "home")
    monkeypatch.setenv("SURVEILLANCE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("SURVEILLANCE_STORE", raising=False)
    return tmp_path / "home"


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Open the app on a store with people and nothing else."""
    monkeypatch.setenv("SURVEILLANCE_HOME", str(tmp_path))
    monkeypatch.delenv("SURVEILLANCE_STORE", raising=False)
    make_store(tmp_path).close()
    return tmp_path


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Return a way to open a page of the app as a person of a role, with what the address asks for."""
    monkeypatch.setattr("dashboard.session.on_this_computer", lambda: True)

    def start(page: str, role: Role, query: dict[str, str] | None = None) -> AppTest:
        app = AppTest.from_file(str(APP), default_timeout=60).run()
        names = [option for option in app.selectbox(key="demo-person").options if option.endswith(f"· {role.words}")]
        app.selectbox(key="demo-person").select(names[0]).run()
        for name, value in (query or {}).items():
            app.query_params[name] = value
        return app.switch_page(f"views/{page}").run()

    return start


@pytest.fixture(scope="session")
def story() -> ModuleType:
    """Return the hand-made page models of story.py, for what the figures must show."""
    spec = importlib.util.spec_from_file_location("story", Path(__file__).with_name("story.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
