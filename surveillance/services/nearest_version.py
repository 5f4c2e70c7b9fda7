"""The registered version that studies of an unknown one are set beside, and the studies that speak for it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from surveillance.domain.case_log import STATUSES
from surveillance.domain.label_free import FEWEST, Unlabelled
from surveillance.domain.plan import load_plan
from surveillance.storage import register
from surveillance.storage.logs import read_cases
from surveillance.storage.plans import plan_for
from surveillance.storage.quarantine import Quarantined
from surveillance.storage.register import DeploymentRecord
from surveillance.storage.spans import span_of_cases
from surveillance.storage.times import from_micros, to_micros

WEEKS = 13
COLUMNS = ("status", "called", "score")


@dataclass(frozen=True, slots=True)
class NearestVersion:
    """A registered version of the product at the site, its studies, and in words which they are."""

    deployment: DeploymentRecord
    studies: Unlabelled
    period: str

    @property
    def words(self) -> str:
        """Return what the comparison is with."""
        return f"version {self.deployment.version}, {self.period}"


def registered_beside(connection: Connection, apart: Quarantined) -> tuple[DeploymentRecord, ...]:
    """Return the registered versions of a product at a site, in order of registration."""
    known = register.deployments(connection)
    return tuple(one for one in known if one.model == apart.model and one.site == apart.site)


def nearest_version(connection: Connection, apart: Quarantined, seen_by: int) -> NearestVersion | None:
    """Return the version whose studies lie nearest in time, by its baseline, else by its last 13 weeks.

    Among versions equally near the one registered last is taken; None where none with studies is registered.
    """
    near = []
    for one in registered_beside(connection, apart):
        ends = span_of_cases(connection, one.id, seen_by)
        if ends is not None:
            gap = max(0, apart.first_at - int(ends[1]), int(ends[0]) - apart.last_at)
            near.append((gap, -one.id, one))
    for _, _, deployment in sorted(near, key=lambda pair: pair[:2]):
        cases = read_cases(connection, deployment.id, seen_by, COLUMNS)
        if len(cases):  # a span is also that of orders: they name no version
            return _speaking(connection, deployment, cases)
    return None


def _speaking(connection: Connection, deployment: DeploymentRecord, cases: pd.DataFrame) -> NearestVersion:
    """Return a version with the studies that speak for it: its baseline's, else its last ones."""
    moments = cases["acquired_at"].to_numpy(dtype=np.int64)
    record = plan_for(connection, deployment)
    if record is not None:
        plan = load_plan(record.toml)
        begin, end = (_midnight(day, plan.zone) for day in (plan.baseline.start, plan.baseline.end + timedelta(days=1)))
        within = (moments >= begin) & (moments < end)
        if moments[-1] >= end and within.sum() >= FEWEST:
            spell = f"{_day(plan.baseline.start)} to {_day(plan.baseline.end)}"
            return NearestVersion(deployment, unlabelled(cases[within]), f"its baseline, {spell}")
    last = moments >= moments[-1] - timedelta(weeks=WEEKS) // timedelta(microseconds=1)
    return NearestVersion(deployment, unlabelled(cases[last]), f"its last {WEEKS} weeks")


def unlabelled(cases: pd.DataFrame) -> Unlabelled:
    """Turn stored studies into what is compared."""
    order = {word: place for place, word in enumerate(STATUSES)}
    return Unlabelled(
        status=np.asarray(cases["status"].map(order), dtype=np.int8),
        called=cases["called"].fillna(-1).to_numpy(dtype=np.int8),
        score=cases["score"].to_numpy(dtype=np.float64, na_value=np.nan),
    )


def local_day(moment: int, zone: str) -> date:
    """Return the day of a moment by a site's clock."""
    return from_micros(moment).astimezone(ZoneInfo(zone)).date()


def _midnight(day: date, zone: str) -> int:
    return to_micros(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)))


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
