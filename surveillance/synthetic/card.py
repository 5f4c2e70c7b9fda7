"""The data card of a shipped log: what it is, what is planted in it, and the checksums of its files."""

from collections.abc import Mapping
from datetime import timedelta

import pandas as pd

from surveillance.synthetic.log import SyntheticLog

SEED_CHOICE = (
    "the first in steps of 20 whose log takes its typical course: no false signal of a performance chart, and a "
    "fault that harms found by its own chart"
)


def card(log: SyntheticLog, tables: Mapping[str, pd.DataFrame], checksums: Mapping[str, str]) -> str:
    """Return the data card as TOML; the texts come from the scenario and hold no quotation marks."""
    scenario, reading = log.scenario, log.scenario.department.reading
    last = log.start + timedelta(weeks=log.weeks, days=-1)
    lines = [
        f"# Data card: {scenario.title}",
        f'scenario = "{scenario.name}"',
        f'title = "{scenario.title}"',
        f'description = "{scenario.description}"',
        'nature = "synthetic: no real patient, no real product, no real hospital"',
        'licence = "Apache-2.0"',
        f'model = "{scenario.model}"',
        f'version = "{scenario.version}"',
        f"sites = [{', '.join(_quoted(site) for site in scenario.sites)}]",
        f'plan_template = "{scenario.plan_template}"',
        f"operating_threshold = {reading.threshold:g}",
        f"seed = {log.seed}",
        f'seed_choice = "{SEED_CHOICE}"',
        f"weeks = {log.weeks}",
        f"first_day = {log.start.isoformat()}",
        f"last_day = {last.isoformat()}",
        f'truths = "as recorded before the end of {last.isoformat()}"',
        f'verification = "{scenario.verification}"',
        f'reference = "{scenario.reference}"',
        "",
        "[planted]",
        f'fault = "{scenario.fault}"',
        *([] if log.onset is None else [f"onset = {log.onset.isoformat()}", f"onset_week = {scenario.onset_week}"]),
        f"ramp_weeks = {scenario.change.ramp_weeks}",
        f"harms_performance = {str(scenario.harms_performance).lower()}",
        f'expected = "{scenario.expected}"',
        *([] if scenario.chart is None else [f'chart = "{scenario.chart}"']),
    ]
    for name, table in tables.items():
        lines += [
            "",
            f"[{name}]",
            f'file = "{scenario.name}.{name}.csv"',
            f"rows = {len(table)}",
            f'sha256 = "{checksums[name]}"',
        ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Return a text as a TOML string."""
    return f'"{text}"'
