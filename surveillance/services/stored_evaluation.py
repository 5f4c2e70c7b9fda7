"""An evaluation as it is kept: a summary in words and numbers, and its points and lines as columns."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa

from surveillance.domain.chart_path import ChartPath
from surveillance.domain.evaluation import Evaluation
from surveillance.domain.plan import Plan
from surveillance.domain.points import NAMES, Points
from surveillance.domain.wording import row_sentence
from surveillance.services.spark_line import spark
from surveillance.services.stored_diagram import diagram_bytes
from surveillance.storage.evaluations import NewEvaluation
from surveillance.storage.times import from_micros

FLOATS = ("value", "low", "high")


def stored(
    evaluation: Evaluation, plan: Plan, *, deployment_id: int, plan_id: int, seen_by: int, at: datetime
) -> NewEvaluation:
    """Return an evaluation ready to be kept: only the cells and weeks that its own week changed.

    The whole picture at any week is the evaluations up to it laid over one another, so that nothing is
    kept twice and every past screen can be shown again.
    """
    return NewEvaluation(
        deployment_id=deployment_id,
        plan_id=plan_id,
        as_of=from_micros(evaluation.as_of),
        seen_by=seen_by,
        created_at=at,
        week=evaluation.week.label,
        summary=summary(evaluation, plan),
        points=point_columns(evaluation.points, evaluation.touched),
        charts=chart_columns(evaluation.charts),
        reliability=None if evaluation.reliability is None else diagram_bytes(evaluation.reliability),
    )


def summary(evaluation: Evaluation, plan: Plan) -> dict[str, Any]:
    """Return what a list of deployments needs, without opening any column."""
    coverage, points = evaluation.coverage, evaluation.points
    return {
        "plan": evaluation.plan,
        "week": evaluation.week.number,
        "first_week": points.first_week,
        "windows": list(points.windows),
        "coverage": {
            **{name: getattr(coverage, name) for name in ("data_to", "complete_as_it_stands", "studies", "failed")},
            **{name: getattr(coverage, name) for name in ("expected", "arrived", "overdue")},
            "complete_to": None if coverage.complete_to is None else coverage.complete_to.number,
        },
        "baseline": asdict(evaluation.baseline),
        "baseline_words": evaluation.baseline.words,
        "verdicts": [asdict(verdict) for verdict in evaluation.verdicts],
        "sentence": row_sentence(plan, evaluation),
        "spark": spark(evaluation.charts),
        "signalling": any(p.design is not None and p.current >= p.design.alarm_limit for p in evaluation.charts),
        "facts": [{**asdict(fact), "week": fact.week.number} for fact in evaluation.facts],
        "charts": [_chart(path) for path in evaluation.charts],
        "fault_every_years": plan.budget.fault_every_years,
        "truth_sources": [asdict(counts) for counts in evaluation.sources],
    }


def _chart(path: ChartPath) -> dict[str, Any]:
    return {
        "key": path.key,
        "title": path.title,
        "waiting": path.waiting,
        "complete_to": path.complete_to,
        "vlad": None
        if path.vlad is None
        else [None if np.isnan(value) else round(float(value), 2) for value in path.vlad],
        "design": None if path.design is None else asdict(path.design),
        "signals": [
            {
                **asdict(signal),
                **{name: getattr(signal, name).number for name in ("week", "onset", "onset_low", "onset_high")},
            }
            for signal in path.signals
        ],
    }


def point_columns(points: Points, touched: np.ndarray[Any, np.dtype[np.bool_]]) -> bytes:
    """Return the touched cells as an Arrow stream, measures by the name's place in the schema's list."""
    there = touched[None, :, :] & ((points.events >= 0) | (points.n > 0) | ~np.isnan(points.value))
    metric, window, week = np.nonzero(there)
    columns: dict[str, Any] = {
        "metric": metric.astype(np.int16),
        "window": np.asarray(points.windows, dtype=np.int16)[window],
        "week": (points.first_week + week).astype(np.int32),
        **{name: getattr(points, name)[there] for name in FLOATS},
        "n": points.n[there],
        "events": points.events[there],
        "verdict": points.verdict[there],
        "flags": points.mature[there].astype(np.int8) + 2 * points.restated[there].astype(np.int8),
    }
    return _stream(columns, {"names": json.dumps(NAMES)})


def chart_columns(charts: tuple[ChartPath, ...]) -> bytes:
    """Return the weeks of each chart's line that changed, as an Arrow stream."""
    parts = []
    for number, path in enumerate(charts):
        weeks = np.arange(path.changed_from, len(path.statistic))
        drawn = weeks[~np.isnan(path.statistic[weeks])]
        parts.append((np.full(len(drawn), number), path.first_week + drawn, path.statistic[drawn], path.peak[drawn]))
    columns = [np.concatenate(column) if parts else np.zeros(0) for column in zip(*parts, strict=True)]
    chart, week, statistic, peak = columns if columns else (np.zeros(0),) * 4
    return _stream(
        {"chart": chart.astype(np.int16), "week": week.astype(np.int32), "statistic": statistic, "peak": peak},
        {"keys": json.dumps([path.key for path in charts])},
    )


def _stream(columns: dict[str, Any], metadata: dict[str, str]) -> bytes:
    table = pa.table({name: pa.array(values) for name, values in columns.items()}).replace_schema_metadata(metadata)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())
