"""A ward for tests: one small product at one site, whose positives go unflagged from week 14 on, told week by week."""

import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

import pandas as pd
import tomli_w

from surveillance.domain.plan import plan_template
from surveillance.domain.roles import Actor, Role
from surveillance.services import evaluation, intake, plans, products
from surveillance.storage import people
from surveillance.storage.store import Store, create_store
from surveillance.synthetic import SCENARIOS, Change, generate

FIRST_MONDAY = date(2025, 3, 3)
WEEKS, ONSET, LATE_FROM, LATE_AT = 30, 14, 10, 20
MADE_AT = datetime(2025, 3, 1, 8, 0, tzinfo=UTC)
MODEL, VERSION, SITE = "NeuroFlag", "3.2.1", "Millford"


def monday(week: int) -> datetime:
    """Return 07:00 on the Monday after a week of the log, counted from 0."""
    return datetime(2025, 3, 10, 7, 0, tzinfo=UTC) + timedelta(weeks=week)


@cache
def tables() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return results and outcomes: 100 studies a week, verified; from week 14 on every second positive is missed."""
    scenario = SCENARIOS["ich-sensitivity-decay-full"]
    department = replace(scenario.department, studies_per_week=100)
    scenario = replace(scenario, onset_week=ONSET, change=Change(miss_rate=0.5), department=department)
    log = generate(scenario, seed=5, weeks=WEEKS, start=FIRST_MONDAY)
    return log.results, log.outcomes


def between(table: pd.DataFrame, column: str, week: int) -> pd.DataFrame:
    """Return the rows whose moment falls into a week (Monday to Sunday in UTC)."""
    edges = [(FIRST_MONDAY + timedelta(weeks=week + step)).isoformat() for step in (0, 1)]
    return table[(table[column] >= edges[0]) & (table[column] < edges[1])]


def results(week: int) -> pd.DataFrame:
    """Return the studies acquired in a week."""
    return between(tables()[0], "acquired_at", week)


def outcomes(week: int, *, late: bool = False) -> pd.DataFrame:
    """Return the truths recorded in a week; of week 10 the `late` ones came to the store only after week 20."""
    recorded = between(tables()[1], "truth_recorded_at", week)
    if week != LATE_FROM:
        return recorded
    held_back = recorded["case_id"].str[-1].isin(["3", "7"])
    return recorded[held_back if late else ~held_back]


def plan_toml(**changes: object) -> str:
    """Return the plan: the template with small figures; `changes` replace whole keys."""
    plan = tomllib.loads(plan_template("ich-triage"))
    plan |= {"model": MODEL, "version_of_model": VERSION, "sites": [SITE], "effective_from": date(2025, 3, 31)}
    plan["baseline"] |= {"from": FIRST_MONDAY, "to": date(2025, 6, 1), "minimum_positives": 60, "minimum_batches": 4}
    plan["expected_per_week"] = {"studies": 100, "prevalence": 0.08}
    plan["truth"] |= {"flagged": ["adjudication"], "unflagged": ["audit"], "audit_fraction_unflagged": 1.0}
    return tomli_w.dumps(plan | changes)


def csv(table: pd.DataFrame) -> bytes:
    """Return a table as the bytes of a file."""
    return table.to_csv(index=False, lineterminator="\n").encode()


def actor(role: Role) -> Actor:
    """Return the one person who holds a role; their identifier is the role's."""
    return Actor(role.value, f"The {role.words}", role)


@dataclass(frozen=True)
class Ward:
    """A store at work, with short words for what people do to it."""

    store: Store

    def load(self, data: pd.DataFrame | bytes, at: datetime, *, name: str = "", choice: str = "keep") -> intake.Receipt:
        """Load a file through its canonical profile."""
        return intake.commit(actor(Role.DATA_MANAGER), self.store, self.preview(data, at, name), choice=choice, at=at)

    def preview(self, data: pd.DataFrame | bytes, at: datetime, name: str = "") -> intake.Preview:
        """Preview a file through its canonical profile."""
        content = data if isinstance(data, bytes) else csv(data)
        profile = "canonical" if b"acquired_at" in content[:300] else "canonical-outcomes"
        file = name or f"{profile}-{at:%Y-%m-%d}.csv"
        return intake.preview(actor(Role.DATA_MANAGER), self.store, content, file, profile, at=at)

    def evaluate(self, at: datetime, as_of: datetime | None = None) -> evaluation.EvaluationRun:
        """Run the weekly evaluation."""
        return evaluation.run_all(actor(Role.DATA_MANAGER), self.store, at=at, as_of=as_of, workers=1)

    def tell(self, week: int) -> evaluation.EvaluationRun:
        """Load what came in a week, on the Monday after, and evaluate it."""
        at = monday(week)
        self.load(results(week), at - timedelta(minutes=50))
        if len(recorded := outcomes(week)):
            self.load(recorded, at - timedelta(minutes=40))
        if week == LATE_AT:
            self.load(outcomes(LATE_FROM, late=True), at - timedelta(minutes=30), name="late.csv")
        return self.evaluate(at)

    def register(self, version: str = VERSION, site: str = SITE, at: datetime = MADE_AT) -> int:
        """Register a version at a site."""
        given = products.Registration(model=MODEL, version=version, site=site, finding="bleed", threshold=0.05)
        return products.register_deployment(actor(Role.DATA_MANAGER), self.store, given, at=at)

    def plan(self, toml: str, at: datetime = MADE_AT) -> None:
        """Add a plan as the radiologist does."""
        plans.add_plan(actor(Role.RC_AI), self.store, toml, at=at)


def staffed(url: str, kind: str = "demo") -> Store:
    """Make a store with one person for each role."""
    store = create_store(url, name="Millford", kind=kind, at=MADE_AT)
    with store.write(actor="installation", role="system", action="add people", at=MADE_AT) as unit:
        for role in Role:
            name = actor(role).name
            people.add_person(unit.connection, person_id=role.value, name=name, at=MADE_AT)
            people.grant(unit.connection, person_id=role.value, role=role.value, at=MADE_AT, by="installation")
        unit.record({"people": len(Role)})
    return store
