"""A small store: one product whose positives go unflagged from October on, loaded by the front door."""

import csv
import io
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import tomli_w

from surveillance.domain.plan import plan_template
from surveillance.domain.roles import Actor, Role
from surveillance.services import demo, evaluation, intake, plans, products, stores
from surveillance.services.installed_files import installed

AT = datetime(2026, 11, 23, 6, 10, tzinfo=UTC)
FIRST, WORSE, END = "2026-06-15", "2026-10-05", "2026-11-23"
MANAGER = Actor("demo.singh", "R. Singh", Role.ADMINISTRATOR)
LOG = "ich-stable-full"
SITE = "Westbrook"
PROFILES = {"results": "canonical", "outcomes": "canonical-outcomes"}


def log_files() -> dict[str, bytes]:
    """Return 23 weeks of the shipped log in which every third positive goes unflagged from October on."""
    folder = installed("data/synthetic")
    outcomes = _rows(folder / f"{LOG}.outcomes.csv")
    positive = {row["case_id"] for row in outcomes if row["truth"] == "1"}
    results, turn = [], 0
    for row in _rows(folder / f"{LOG}.results.csv"):
        if not FIRST <= row["acquired_at"] < END:
            continue
        if row["acquired_at"] >= WORSE and row["case_id"] in positive and row["called"] == "true":
            turn += 1
            row["called"] = "true" if turn % 3 else "false"
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
    plan["sites"] = [SITE]
    plan["effective_from"] = date(2026, 9, 14)
    plan["baseline"] |= {"from": date(2026, 6, 15), "to": date(2026, 9, 6)}
    plan["baseline"] |= {"minimum_positives": 100, "minimum_batches": 10}
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
        site=SITE,
        finding="bleed",
        vendor="synthetic",
        pathway="Acute stroke",
        threshold=0.0517,
        title=f"Bleed triage · {SITE}",
    )
    products.register_deployment(MANAGER, store, registration, at=AT)


def make_loaded(home: Path) -> None:
    """Make the store with its log loaded and evaluated."""
    store = make_store(home)
    register(store)
    for kind, data in log_files().items():
        preview = intake.preview(MANAGER, store, data, f"{kind}.csv", PROFILES[kind], at=AT)
        intake.commit(MANAGER, store, preview, choice="keep", at=AT)
    evaluation.run_all(MANAGER, store, at=AT, workers=1)
    store.close()


def add_neighbours(store: stores.Store) -> None:
    """Add the shipped occlusion triage at three small sites, loaded and evaluated: quiet rows for This week."""
    plan = tomllib.loads(plan_template("lvo-triage"))
    plan["sites"] = ["Northgate", "Eastfield", "Southmoor"]
    plans.add_plan(MANAGER, store, tomli_w.dumps(plan), at=AT)
    for site in plan["sites"]:
        registration = products.Registration(
            model="VesselAI",
            version="2.0.4",
            site=site,
            finding="occlusion",
            vendor="synthetic",
            pathway="Acute stroke",
            threshold=0.0835,
            title=f"LVO triage · {site}",
        )
        products.register_deployment(MANAGER, store, registration, at=AT)
    for kind, profile in PROFILES.items():
        name = f"lvo-stable.{kind}.csv"
        data = (installed("data/synthetic") / name).read_bytes()
        preview = intake.preview(MANAGER, store, data, name, profile, at=AT)
        intake.commit(MANAGER, store, preview, choice="keep", at=AT)
    evaluation.run_all(MANAGER, store, at=AT, workers=1)
