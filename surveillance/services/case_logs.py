"""From stored rows to the log that the evaluation judges, cut at what the store had seen."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Connection

from surveillance.domain.case_log import NEVER, SOURCES, STATUSES, CaseLog, Decision, UnregisteredVersion
from surveillance.domain.plan import Plan
from surveillance.domain.weeks import micros
from surveillance.storage import register
from surveillance.storage.logs import read_cases, read_outcomes
from surveillance.storage.orders import each_study_once, unread_orders, with_unread
from surveillance.storage.populations import outside_population
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
    """Return one deployment's log for each of several plans, as `read_case_log` does; none is read twice.

    What the RIS ordered and no version of the product read stands in it as `not_sent`, where the plan's pathway has it;
    what the RIS ordered under other pathways only is not of the plan's population and stands in no log, read or not.
    """
    read: dict[tuple[int, str], CaseLog] = {}
    logs = []
    for plan in plans:
        sites = (deployment, *pooled_sites(connection, deployment, plan, seen_by))
        for site in sites:
            if (site.id, plan.pathway) not in read:
                read[site.id, plan.pathway] = _log(connection, site, plan.pathway, seen_by)
        own, *others = (read[site.id, plan.pathway] for site in sites)
        logs.append(replace(own, pooled=tuple(others)))
    return logs


def pooled_sites(
    connection: Connection, deployment: DeploymentRecord, plan: Plan, seen_by: int
) -> tuple[DeploymentRecord, ...]:
    """Return the other sites of the version that a plan takes into its baseline."""
    if not plan.baseline.pool_sites:
        return ()
    return tuple(
        other
        for other in register.deployments(connection, seen_by)
        if other.model == deployment.model
        and other.version == deployment.version
        and other.site in plan.sites
        and other.id != deployment.id
        and micros(other.registered_at) <= seen_by
    )


def _log(connection: Connection, deployment: DeploymentRecord, pathway: str, seen_by: int) -> CaseLog:
    unread = each_study_once(unread_orders(connection, deployment, seen_by), pathway)
    cases = with_unread(read_cases(connection, deployment.id, seen_by, CASE_COLUMNS), unread)
    outside = outside_population(connection, deployment.site, pathway, seen_by)
    if len(outside):
        cases = cases[~cases["case_id"].isin(outside)].reset_index(drop=True)
    return as_case_log(connection, deployment, cases, read_outcomes(connection, deployment.id, seen_by), seen_by)


def as_case_log(
    connection: Connection, deployment: DeploymentRecord, cases: pd.DataFrame, outcomes: pd.DataFrame, seen_by: int
) -> CaseLog:
    """Return studies, each once and in order, and truths as the log that is judged."""
    case_id = cases["case_id"].to_numpy(dtype=object)
    place = pd.Index(case_id).get_indexer(pd.Index(outcomes["case_id"].to_numpy(dtype=object)))
    # A truth of another version's study is that version's. One that names no study at all waits, and is told of by
    # `unmatched_truths`: here it would only look overdue.
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
