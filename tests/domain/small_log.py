"""Small logs written by hand: each study a line, in days from Monday 5 January 2026, midnight UTC."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import numpy as np

from surveillance.domain.case_log import NEVER, SOURCES, STATUSES, CaseLog, Decision
from surveillance.domain.plan import Plan, load_plan, plan_template
from surveillance.domain.weeks import Week, micros

MONDAY = date(2026, 1, 5)
START = micros(datetime(2026, 1, 5, tzinfo=UTC))
DAY = 86_400_000_000
FIRST = Week.of(MONDAY)


@dataclass(frozen=True)
class Study:
    """One study: when (in days), what the AI said, and its truths as (day, value, source)."""

    day: float
    called: int = 0
    truths: Sequence[tuple[float, int, str]] = ()
    score: float = 0.5
    status: str = "processed"
    audited: bool = True
    fraction: float = float("nan")
    patient: int = -1
    minutes: float = 5.0


def content(template: str = "ich-triage") -> dict[str, Any]:
    """Return a template as nested mappings, to be changed and validated anew."""
    return load_plan(plan_template(template)).model_dump(by_alias=True)


def plan(*, top: Mapping[str, Any] | None = None, truth: Mapping[str, Any] | None = None) -> Plan:
    """Return the bleed template, fully verified and in force from the first week, with changes."""
    made = content()
    made["effective_from"], made["zone"] = MONDAY, "UTC"
    made["baseline"] = {"from": MONDAY, "to": date(2026, 3, 1), "minimum_positives": 20, "minimum_batches": 1}
    made["truth"] |= {"flagged": ["adjudication", "report"], "unflagged": ["audit", "report"]}
    made["truth"] |= {"audit_fraction_unflagged": 1.0, **(truth or {})}
    return Plan.model_validate({**made, **(top or {})})


def log(studies: Sequence[Study], decisions: Sequence[Decision] = ()) -> CaseLog:
    """Return the studies as a case log, in order of acquisition."""
    ordered = sorted(studies, key=lambda s: s.day)
    outcomes = [(row, *truth) for row, s in enumerate(ordered) for truth in s.truths]
    outcomes.sort(key=lambda o: (o[1], o[0]))

    def column(values: Sequence[Any], kind: Any) -> Any:
        return np.array(values, dtype=kind)

    def moments(days: Sequence[float]) -> Any:
        return np.array([START + round(d * DAY) for d in days], dtype=np.int64)

    processed = [s.status == "processed" for s in ordered]
    result = moments([s.day + s.minutes / 1440 for s in ordered])
    return CaseLog(
        case_id=column([f"S{row:04d}" for row in range(len(ordered))], object),
        acquired_at=moments([s.day for s in ordered]),
        result_at=np.where(processed, result, NEVER) if ordered else result,
        status=column([STATUSES.index(s.status) for s in ordered], np.int8),
        score=column([s.score if s.status == "processed" else np.nan for s in ordered], float),
        called=column([s.called if s.status == "processed" else -1 for s in ordered], np.int8),
        audit_selected=column([s.audited for s in ordered], bool),
        sampling_fraction=column([s.fraction for s in ordered], float),
        patient=column([s.patient for s in ordered], np.int64),
        outcome_case=column([o[0] for o in outcomes], np.int64),
        outcome_recorded_at=moments([o[1] for o in outcomes]),
        outcome_truth=column([o[2] for o in outcomes], np.int8),
        outcome_source=column([SOURCES.index(o[3]) for o in outcomes], np.int8),
        decisions=tuple(decisions),
        site="Northtown",
    )


def week(index: int) -> Week:
    """Return a week counted from the first."""
    return Week(FIRST.number + index)


def end(index: int) -> int:
    """Return the moment a week, counted from the first, is over."""
    return micros(week(index).end("UTC"))
