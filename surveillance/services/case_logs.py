"""From stored rows to the log that the evaluation judges, cut at what the store had seen."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Connection

from surveillance.domain.case_log import NEVER, SOURCES, STATUSES, CaseLog, Decision, UnregisteredVersion
from surveillance.domain.plan import Plan
from surveillance.domain.weeks import micros
from surveillance.storage import register
from surveillance.storage.logs import read_cases, read_outcomes
from surveillance.storage.quarantine import quarantine
from surveillance.storage.recommendations import recommendations
from surveillance.storage.register import DeploymentRecord

CASE_COLUMNS = (
    "case_id", "acquired_at", "result_at", "status", "score", "called",
    "audit_selected", "sampling_fraction", "patient",
)  # fmt: skip


def read_case_log(connection: Connection, deployment: DeploymentRecord, plan: Plan, seen_by: int) -> CaseLog:
    """Return one deployment's log as the store had it at a moment, with the decisions taken by then.

    Where the plan pools its sites, the logs of the other sites of the version come with it for the baseline.
    """
    return read_case_logs(connection, deployment, (plan,), seen_by)[0]


def read_case_logs(
    connection: Connection, deployment: DeploymentRecord, plans: Sequence[Plan], seen_by: int
) -> list[CaseLog]:
    """Return one deployment's log for each of several plans, as `read_case_log` does; no site is read twice."""
    own = _log(connection, deployment, seen_by)
    pooled = [_pooled(connection, deployment, plan, seen_by) for plan in plans]
    others = {other.id: _log(connection, other, seen_by) for other in {one.id: one for one in chain(*pooled)}.values()}
    return [replace(own, pooled=tuple(others[other.id] for other in sites)) for sites in pooled]


def _pooled(
    connection: Connection, deployment: DeploymentRecord, plan: Plan, seen_by: int
) -> tuple[DeploymentRecord, ...]:
    """Return the other sites of the version that a plan takes into its baseline."""
    if not plan.baseline.pool_sites:
        return ()
    return tuple(
        other
        for other in register.deployments(connection)
        if other.model == deployment.model
        and other.version == deployment.version
        and other.site in plan.sites
        and other.id != deployment.id
        and micros(other.registered_at) <= seen_by
    )


def _log(connection: Connection, deployment: DeploymentRecord, seen_by: int) -> CaseLog:
    cases = read_cases(connection, deployment.id, seen_by, CASE_COLUMNS)
    outcomes = read_outcomes(connection, deployment.id, seen_by)
    case_id = cases["case_id"].to_numpy(dtype=object)
    place = pd.Index(case_id).get_indexer(pd.Index(outcomes["case_id"].to_numpy(dtype=object)))
    known = place >= 0
    return CaseLog(
        case_id=case_id,
        acquired_at=cases["acquired_at"].to_numpy(dtype=np.int64),
        result_at=cases["result_at"].fillna(NEVER).to_numpy(dtype=np.int64),
        status=_codes(cases["status"], STATUSES),
        score=cases["score"].to_numpy(dtype=np.float64, na_value=np.nan),
        called=cases["called"].fillna(-1).to_numpy(dtype=np.int8),
        audit_selected=cases["audit_selected"].fillna(0).to_numpy(dtype=np.int8).astype(bool),
        sampling_fraction=cases["sampling_fraction"].to_numpy(dtype=np.float64, na_value=np.nan),
        patient=pd.factorize(cases["patient"])[0].astype(np.int64),
        outcome_case=place[known].astype(np.int64),
        outcome_recorded_at=outcomes["recorded_at"].to_numpy(dtype=np.int64)[known],
        outcome_truth=outcomes["truth"].to_numpy(dtype=np.int8)[known],
        outcome_source=_codes(outcomes["truth_source"], SOURCES)[known],
        decisions=_decisions(connection, deployment.id, seen_by),
        unregistered=tuple(
            UnregisteredVersion(kept.version, kept.cases, kept.first_at)
            for kept in quarantine(connection, seen_by)
            if kept.model == deployment.model and kept.site == deployment.site
        ),
        site=deployment.site,
    )


def _codes(words: "pd.Series[str]", order: tuple[str, ...]) -> NDArray[np.int8]:
    """Return each word's place in an order."""
    codes, found = pd.factorize(words)
    places = np.array([order.index(word) for word in found], dtype=np.int8)
    return places[codes] if len(codes) else np.zeros(0, dtype=np.int8)


def _decisions(connection: Connection, deployment_id: int, seen_by: int) -> tuple[Decision, ...]:
    return tuple(
        Decision(kept.chart, micros(kept.decided_at))
        for kept in recommendations(connection, deployment_id)
        if kept.decided_at is not None and micros(kept.decided_at) <= seen_by
    )
