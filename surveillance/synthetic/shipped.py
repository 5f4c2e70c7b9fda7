"""The logs that come with the product: written from their scenarios, byte for byte the same every time."""

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from surveillance.domain.weeks import Week, micros
from surveillance.synthetic.card import card
from surveillance.synthetic.generate import generate
from surveillance.synthetic.log import SyntheticLog
from surveillance.synthetic.scenario import Scenario
from surveillance.synthetic.scenarios import SCENARIOS

LAST_SUNDAY = date(2026, 11, 22)


def shipped_log(scenario: Scenario) -> SyntheticLog:
    """Return a scenario's log as it is shipped: to 22 November 2026, with the truths recorded by its end."""
    weeks = (LAST_SUNDAY + timedelta(days=1) - scenario.first_monday).days // 7
    log = generate(scenario, seed=scenario.seed, weeks=weeks, start=scenario.first_monday)
    return log.known_before(micros(Week.of(LAST_SUNDAY).end(scenario.department.zone)))


def write_shipped(folder: Path, scenarios: Iterable[Scenario] = tuple(SCENARIOS.values())) -> list[Path]:
    """Write results, outcomes and data card of each scenario into a folder and return the cards' paths."""
    folder.mkdir(parents=True, exist_ok=True)
    cards = []
    for scenario in scenarios:
        log = shipped_log(scenario)
        tables = {"results": log.results, "outcomes": log.outcomes}
        checksums = {name: _write(folder / f"{scenario.name}.{name}.csv", table) for name, table in tables.items()}
        path = folder / f"{scenario.name}.card.toml"
        path.write_bytes(card(log, tables, checksums).encode())
        cards.append(path)
    return cards


def checksum(path: Path) -> str:
    """Return the sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _write(path: Path, table: pd.DataFrame) -> str:
    """Write one file with Unix line ends and return its checksum."""
    table.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")
    return checksum(path)
