"""Writes the tables of docs/scenarios.md: python -m tests.scenarios.table [LOGS]; 200 take a quarter of an hour."""

import os
import sys
from collections.abc import Sequence

import numpy as np

from surveillance.synthetic import SCENARIOS
from tests.scenarios.findings import Findings, explore, poisson_range, share_range
from tests.scenarios.planted_path import label_lag
from tests.scenarios.play import deciding, plan_for

ACTION_CHARTS = ("missed_positives", "false_flags", "technical_failures", "batch_auroc")


def percent(count: int, n: int) -> str:
    """Return a share with its exact 95 % interval."""
    low, high = share_range(count, n)
    return f"{100 * count / n:.1f} % ({100 * low:.1f}–{100 * high:.1f})"


def rate(count: int, exposure: float) -> str:
    """Return a rate with its exact 95 % interval."""
    low, high = poisson_range(count, exposure)
    return f"{count / exposure:.2f} ({low:.2f}–{high:.2f})"


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def fault_row(finding: Findings) -> list[str]:
    """Return how soon the chart made for a fault found it."""
    assert finding.deadline is not None
    lag = label_lag(finding.scenario, str(finding.scenario.chart))
    median, late = (f"{np.quantile(finding.waits, level):.0f}" for level in (0.5, 0.95))
    return [
        finding.scenario.name,
        str(finding.scenario.chart),
        f"{finding.deadline - lag} + {lag}",
        percent(finding.in_time, len(finding.plays)),
        f"{median} / {late if float(late) < 999 else f'over {finding.deadline + 8}'}",
    ]


def answer_row(finding: Findings) -> list[str]:
    """Return what each chart said in how many logs."""
    n = len(finding.plays)
    running = {chart.watches for chart in deciding(plan_for(finding.scenario))}
    heard = [f"{100 * finding.heard(chart, 'alarm') / n:.0f} %" if chart in running else "–" for chart in ACTION_CHARTS]
    watched = "–" if finding.scenario.plan_template == "lvo-triage" else finding.heard("calibration", "watch")
    overdue = sum(play.overdue > 0 for play in finding.plays)
    return [
        finding.scenario.name,
        str(n),
        str(finding.weeks - (finding.scenario.onset_week or finding.begin)),
        *heard,
        watched if isinstance(watched, str) else f"{100 * watched / n:.0f} %",
        f"{100 * overdue / n:.0f} %",
    ]


def quiet_row(finding: Findings) -> list[str]:
    """Return the recommendations and alarms of a scenario in which the AI is unchanged, for 104 weeks."""
    return [
        finding.scenario.name,
        f"{finding.periods:.0f}",
        str(finding.recommendations),
        rate(finding.recommendations, finding.periods),
        rate(finding.alarms(), finding.periods),
    ]


def main(logs: int) -> None:
    """Play every scenario and print the tables."""
    findings = []
    for name in SCENARIOS:
        findings.append(explore(name, logs, os.cpu_count() or 1))
        sys.stderr.write(f"{name} played\n")
    faults = [finding for finding in findings if finding.scenario.harms_performance]
    quiet = [finding for finding in findings if not finding.scenario.harms_performance]
    parts = (
        table(
            ("scenario", "chart made for it", "deadline, weeks", "alarmed by then", "weeks, median / 95th"),
            [fault_row(finding) for finding in faults],
        ),
        table(
            ("scenario", "spans of 104 weeks", "recommendations", "per 104 weeks", "alarms per 104 weeks"),
            [quiet_row(finding) for finding in quiet],
        ),
        table(
            ("scenario", "logs", "weeks", *ACTION_CHARTS, "calibration", "outcomes overdue"),
            [answer_row(finding) for finding in findings],
        ),
    )
    sys.stdout.write("\n\n".join(parts) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
