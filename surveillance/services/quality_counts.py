"""The counts behind the Data quality page: read once for each state of the store, from its last weeks only."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from sqlalchemy import Connection, func, select

from surveillance.domain.case_log import CaseLog
from surveillance.domain.data_quality import ORDERED, OTHER_PATHWAY, Matched, WeekCounts, weekly_counts
from surveillance.domain.plan import Plan, load_plan
from surveillance.domain.weeks import Week, micros, week_numbers
from surveillance.services.case_logs import CASE_COLUMNS, as_case_log
from surveillance.storage import register
from surveillance.storage.first_reads import contradicting
from surveillance.storage.last_files import LastFile, last_files
from surveillance.storage.logs import conflicts, read_cases, read_outcomes, read_rows
from surveillance.storage.orders import (
    each_study_once,
    of_pathway,
    ordered_periods,
    ordered_since,
    unread_orders,
    with_unread,
)
from surveillance.storage.plans import plan_for
from surveillance.storage.populations import pathway_words
from surveillance.storage.register import DeploymentRecord
from surveillance.storage.scanners import scanners_seen
from surveillance.storage.standing import RETURNS, WITHDRAWALS
from surveillance.storage.store import Store
from surveillance.storage.tables.data import BATCH, BATCH_WITHDRAWAL
from surveillance.storage.tables.judgement import PLAN
from surveillance.storage.tables.register import DEPLOYMENT, USE_STATUS_EVENT, VERSION_ALIAS
from surveillance.storage.tables.truth_work import AUDIT_SAMPLE
from surveillance.storage.times import EVER

STATE = (
    BATCH,
    BATCH_WITHDRAWAL,
    DEPLOYMENT,
    VERSION_ALIAS,
    USE_STATUS_EVENT,
    PLAN,
    AUDIT_SAMPLE,
    *WITHDRAWALS,
    *RETURNS,
)
DAYS_APART = 28  # an order may give another day for its study than the result does
MARGIN = DAYS_APART * 86_400_000_000


@dataclass(frozen=True, slots=True)
class Counted:
    """One deployment's last weeks.

    `repeats` are rows that say again what another row says, `read_again` further reads of a study, `conflicting`
    studies whose results or truths contradict each other; `beyond` are orders past the newest result's week and
    `elsewhere` those of the plan's pathway that belong to another version, or to a time without this one.
    `never_named` says that the site's orders name pathways and never the plan's: then they select nothing.
    """

    weeks: tuple[Week, ...]
    since: int
    counts: tuple[WeekCounts, ...]
    repeats: int
    rows: int
    read_again: int
    conflicting: int
    beyond: int
    elsewhere: int
    pathways: tuple[tuple[str, int], ...]
    never_named: bool
    scanners: dict[str, tuple[int, int]]
    files: tuple[LastFile, ...]


def state_of(connection: Connection) -> tuple[int, ...]:
    """Return numbers that differ whenever anything that these counts rest on was added; nothing is ever changed."""
    return tuple(connection.execute(select(func.count()).select_from(table)).scalar_one() for table in STATE)


def files_of(deployment: DeploymentRecord, every: tuple[LastFile, ...]) -> tuple[LastFile, ...]:
    """Return the files about a deployment's product at its site, and the orders of the site."""
    return tuple(
        one for one in every if one.site == deployment.site and (one.model == deployment.model or one.kind == "orders")
    )


@lru_cache(maxsize=256)
def counted(store: Store, deployment_id: int, last_weeks: int, as_of: int, _state: tuple[int, ...]) -> Counted | None:
    """Count a deployment's last weeks as known at a moment (microseconds); None where no study came.

    Whoever asks has passed the guard.
    """
    with store.read() as connection:
        own = register.deployment(connection, deployment_id)
        record = plan_for(connection, own)
        plan = None if record is None else load_plan(record.toml)
        files = files_of(own, last_files(connection))
        newest = [one.last_at for one in files if one.kind == "results"]
        if not newest:
            return None
        zone = own.zone if plan is None else plan.zone
        last = Week(int(week_numbers(np.array([max(newest)]), zone)[0]))
        weeks = tuple(Week(last.number - back) for back in reversed(range(last_weeks)))
        since = micros(Week(weeks[0].number - 1).end(zone))
        return _counted(connection, own, plan, zone, weeks, since, as_of, files)


def _counted(
    connection: Connection,
    own: DeploymentRecord,
    plan: Plan | None,
    zone: str,
    weeks: tuple[Week, ...],
    since: int,
    as_of: int,
    files: tuple[LastFile, ...],
) -> Counted:
    pathway = "" if plan is None else plan.pathway
    rows = read_rows(connection, own.id, EVER, since=since)
    periods = np.maximum(ordered_periods(connection, own, EVER), since)
    unread = each_study_once(unread_orders(connection, own, EVER, periods[periods[:, 1] > periods[:, 0]]), pathway)
    cases = with_unread(read_cases(connection, own.id, EVER, CASE_COLUMNS, since=since), unread)
    log = as_case_log(connection, own, cases, read_outcomes(connection, own.id, EVER, since), EVER)
    orders = ordered_since(connection, own.site, EVER, since - MARGIN)
    named = pathway_words(connection, own.site, pathway, EVER) if pathway else ((), ())
    never_named = bool(named[1]) and not named[0]
    contradicted = rows.loc[contradicting(rows), "case_id"].nunique()
    contradicted += conflicts(connection, own.id, EVER, since)["case_id"].nunique()
    compared = rows.drop(columns=["batch_id", "line"]).duplicated()
    end = micros(weeks[-1].end(zone))
    recent = orders[orders["acquired_at"] >= since]
    eligible = recent[of_pathway(recent, pathway)] if pathway else recent
    mine = eligible["case_id"].isin(cases["case_id"])
    waiting = eligible["acquired_at"] >= end
    others = recent[~recent["case_id"].isin(eligible["case_id"])].drop_duplicates("case_id")["pathway"].value_counts()
    return Counted(
        weeks=weeks,
        since=since,
        counts=weekly_counts(
            plan,
            zone,
            log,
            _matched(log, orders.iloc[:0] if never_named else orders, unread, pathway, zone),
            weeks,
            as_of,
        ),
        repeats=int(compared.sum()),
        rows=len(rows),
        read_again=int(cases.attrs.get("read_again", 0)),
        conflicting=int(contradicted),
        beyond=int(eligible.loc[waiting & ~mine, "case_id"].nunique()),
        elsewhere=int(eligible.loc[~waiting & ~mine, "case_id"].nunique()),
        pathways=tuple((str(name), int(count)) for name, count in others.items()),
        never_named=never_named,
        scanners=scanners_seen(connection, own, EVER),
        files=files,
    )


def _matched(log: CaseLog, orders: pd.DataFrame, unread: pd.DataFrame, pathway: str, zone: str) -> Matched:
    eligible = orders[of_pathway(orders, pathway)] if pathway else orders
    studies = pd.Index(log.case_id)
    order = np.where(studies.isin(orders["case_id"]), OTHER_PATHWAY, 0).astype(np.int8)
    order[studies.isin(eligible["case_id"])] = ORDERED
    at = orders["acquired_at"].to_numpy(dtype=np.int64)
    weeks = np.unique(week_numbers(at, zone)) if len(at) else np.zeros(0, dtype=np.int64)
    return Matched(np.asarray(studies.isin(unread["case_id"]), dtype=bool), order, weeks)
