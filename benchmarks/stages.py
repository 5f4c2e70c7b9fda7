"""The stages of the main job, each run as a process of its own.

`python -m benchmarks.stages STAGE FOLDER CASES SITES`
"""

import dataclasses
import math
import sys
import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import tomli_w

from surveillance.domain.plan import plan_template
from surveillance.domain.roles import Actor, Role
from surveillance.synthetic import generate
from surveillance.synthetic.scenarios import ICH_STABLE

LAST_DAY = date(2026, 11, 22)
AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
MANAGER = Actor("demo.singh", "R. Singh", Role.ADMINISTRATOR)
BASELINE_WEEKS = 43
CASES_A_WEEK = 275  # what the scenario gives over a year, its holidays included


def sites(number: int) -> tuple[str, ...]:
    """Return the names of the sites."""
    return tuple(f"Site {index:02d}" for index in range(1, number + 1))


def span(cases: int, number: int) -> tuple[date, int]:
    """Return the first Monday and the weeks in which so many sites gather so many cases."""
    weeks = math.ceil(cases / number / CASES_A_WEEK)
    return LAST_DAY - timedelta(days=7 * weeks - 1), weeks


def store_url(folder: Path) -> str:
    """Return the address of the benchmark's store."""
    return f"sqlite:///{folder / 'benchmark.sqlite'}"


def make(folder: Path, cases: int, number: int) -> None:
    """Write the log: a file of results and a file of outcomes for each site, as each site would send its own."""
    start, weeks = span(cases, number)
    scenario = dataclasses.replace(ICH_STABLE, name="benchmark", sites=sites(number), first_monday=start)
    log = generate(scenario, seed=1, weeks=weeks, start=start)
    for name, table in (("results", log.results), ("outcomes", log.outcomes)):
        for site, rows in table.groupby("site", sort=True):
            rows.to_csv(folder / f"{name} {site}.csv", index=False, lineterminator="\n")
        print(f"{len(table):,} {name}")


def prepare(folder: Path, cases: int, number: int) -> None:
    """Make the store with its people, its register and one plan for all sites."""
    from surveillance.services import plans, products, stores
    from surveillance.services.demo import add_demo_people

    start, _ = span(cases, number)
    store = stores.create_store(store_url(folder), name="Benchmark", kind="demo", at=AT)
    add_demo_people(store, at=AT)
    plan = tomllib.loads(plan_template("ich-triage"))
    plan["sites"] = list(sites(number))
    plan["effective_from"] = start + timedelta(days=7 * (BASELINE_WEEKS + 1))
    plan["baseline"]["from"] = start
    plan["baseline"]["to"] = start + timedelta(days=7 * BASELINE_WEEKS - 1)
    plans.add_plan(MANAGER, store, tomli_w.dumps(plan), at=AT)
    for site in sites(number):
        registration = products.Registration(
            ICH_STABLE.model, ICH_STABLE.version, site, finding="bleed", threshold=0.05
        )
        products.register_deployment(MANAGER, store, registration, at=AT)


def load(folder: Path, _cases: int, number: int) -> None:
    """Load every file through the ordinary door: strict reader, row rules, identifier screen, one transaction each."""
    from surveillance.services import intake, stores

    store = stores.open_store(store_url(folder))
    rows = 0
    for name, profile in (("results", "canonical"), ("outcomes", "canonical-outcomes")):
        for site in sites(number):
            file = folder / f"{name} {site}.csv"
            preview = intake.preview(MANAGER, store, file.read_bytes(), file.name, profile, at=AT)
            rows += intake.commit(MANAGER, store, preview, choice="keep", at=AT).rows_accepted
    print(f"{rows:,} rows in {2 * number} files")


def evaluate(folder: Path, _cases: int, _number: int) -> None:
    """Judge every week of every deployment and store what it says."""
    from surveillance.services import evaluation, stores

    print(evaluation.run_all(MANAGER, stores.open_store(store_url(folder)), at=AT).sentence)


def page(folder: Path, _cases: int, number: int) -> None:
    """Build the first page as its service gives it, from stored evaluations only."""
    from surveillance.services import stores
    from surveillance.services.this_week import this_week

    shown = this_week(MANAGER, stores.open_store(store_url(folder)), at=AT)
    rows = len(shown.needy) + len(shown.unsettled) + len(shown.quiet)
    if rows != number:
        raise SystemExit(f"{rows} rows on the page, {number} expected")


STAGES = {"make": make, "prepare": prepare, "load": load, "evaluate": evaluate, "page": page}

if __name__ == "__main__":
    stage, folder, cases, number = sys.argv[1:5]
    STAGES[stage](Path(folder), int(cases), int(number))
