"""An evaluation as it is kept: a summary in words and numbers, and its points and lines as columns."""

import json
from datetime import datetime
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa

from surveillance.domain.chart_design import ChartDesign
from surveillance.domain.chart_path import ChartPath
from surveillance.domain.evaluation import Evaluation
from surveillance.domain.plan import Plan
from surveillance.domain.points import NAMES, Points
from surveillance.domain.wording import row_sentence
from surveillance.services.spark_line import spark
from surveillance.services.stored_diagram import diagram_bytes
from surveillance.storage.evaluations import NewEvaluation
from surveillance.storage.rows import values_of
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
        "baseline": values_of(evaluation.baseline),
        "baseline_words": evaluation.baseline.words,
        "verdicts": [values_of(verdict) for verdict in evaluation.verdicts],
        "sentence": row_sentence(plan, evaluation),
        "spark": spark(evaluation.charts),
        "signalling": any(p.design is not None and p.current >= p.design.alarm_limit for p in evaluation.charts),
        "facts": [{**values_of(fact), "week": fact.week.number} for fact in evaluation.facts],
        "charts": [_chart(path) for path in evaluation.charts],
        "fault_every_years": plan.budget.fault_every_years,
        "truth_sources": [values_of(counts) for counts in evaluation.sources],
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
        "design": None if path.design is None else _design(path.design),
        "signals": [
            {
                **values_of(signal),
                **{name: getattr(signal, name).number for name in ("week", "onset", "onset_low", "onset_high")},
            }
            for signal in path.signals
        ],
    }


@lru_cache(maxsize=64)
def _design(design: ChartDesign) -> dict[str, Any]:
    """Return a design with what it holds; it is the same week after week, and nobody changes what is kept."""
    parts = {name: getattr(design, name) for name in ("alarm", "action", "estimated", "check")}
    return {
        **values_of(design),
        **{name: None if part is None else values_of(part) for name, part in parts.items()},
    }


def point_columns(points: Points, touched: np.ndarray[Any, np.dtype[np.bool_]]) -> bytes:
    """Return the touched cells as an Arrow stream, measures by the name's place in the schema's list."""
    shape, row = points.value.shape, np.flatnonzero(touched)  # of one measure
    cells = (np.arange(shape[0])[:, None] * touched.size + row).ravel()
    there = (points.events.take(cells) >= 0) | (points.n.take(cells) > 0) | ~np.isnan(points.value.take(cells))
    cells = cells[there]
    metric, window, week = np.unravel_index(cells, shape)
    columns: dict[str, Any] = {
        "metric": metric.astype(np.int16),
        "window": np.asarray(points.windows, dtype=np.int16)[window],
        "week": (points.first_week + week).astype(np.int32),
        **{name: getattr(points, name).take(cells) for name in (*FLOATS, "n", "events", "verdict")},
        "flags": points.mature.take(cells).astype(np.int8) + 2 * points.restated.take(cells).astype(np.int8),
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
    batch = pa.record_batch(list(map(pa.array, columns.values())), names=list(columns), metadata=metadata)
    sink = pa.BufferOutputStream()
    # A week's columns are small: waiting for threads to compress them takes longer than compressing them.
    options = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)
    with pa.ipc.new_stream(sink, batch.schema, options=options) as writer:
        writer.write_batch(batch)
    return bytes(sink.getvalue())
