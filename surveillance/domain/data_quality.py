"""Orders against results against truths, week by week: what there is of each, and what is missing of it."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.case_log import FAILED, INDETERMINATE, NOT_SENT, PROCESSED, SOURCES, UNKNOWN, CaseLog
from surveillance.domain.plan import Plan
from surveillance.domain.study_frame import DAY, frame
from surveillance.domain.weeks import Week, week_numbers

NO_ORDER, ORDERED, OTHER_PATHWAY = 0, 1, 2


@dataclass(frozen=True, slots=True)
class WeekCounts:
    """The counts of one week, or of several added up.

    Of the studies that orders say were eligible (`ordered`), each was `processed`, `failed`, was said by the log not
    to have been sent (`not_sent`), or has no result at all (`never_arrived`). The results that belong to none of them
    have no order (`without_order`, eligible) or an order of another pathway (`other_pathway`, not of the plan's
    population: of them no truth is counted); where no order was loaded
    (`orders_loaded` False) every result is `without_order` and says nothing.

    Of the truths that the plan expects (`expected`), each is here (`arrived`; `late` of them later than the plan
    expects, `indeterminate` of them neither finding), `not_due` yet, or `overdue`. `by_source` counts studies with a
    truth of each source, in the order of `SOURCES`.
    """

    weeks: int
    orders_loaded: bool
    results: int
    ordered: int
    processed: int
    failed: int
    not_sent: int
    never_arrived: int
    without_order: int
    other_pathway: int
    expected: int
    arrived: int
    late: int
    indeterminate: int
    not_due: int
    overdue: int
    by_source: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """How each study of a log stands to the orders.

    Attributes
    ----------
    never_arrived : bool array of shape (n,); True where the row is an order without any result
    order : int8 array of shape (n,); `NO_ORDER`, `ORDERED` or `OTHER_PATHWAY`
    weeks : int64 array; numbers of the weeks in which any order of the site was loaded
    """

    never_arrived: NDArray[np.bool_]
    order: NDArray[np.int8]
    weeks: NDArray[np.int64]


def weekly_counts(
    plan: Plan | None, zone: str, log: CaseLog, matched: Matched, weeks: Sequence[Week], as_of: int
) -> tuple[WeekCounts, ...]:
    """Count each of several weeks as known at a moment (microseconds); without a plan no truth is expected."""
    if not weeks:
        return ()
    week = week_numbers(log.acquired_at, zone) if len(log) else np.zeros(0, dtype=np.int64)
    of_plan = matched.order != OTHER_PATHWAY
    truths = {name: which & of_plan for name, which in _truths(plan, log, weeks[-1], as_of).items()}
    counted = {**_orders(log, matched), **truths}
    sources = [which & of_plan for which in _sources(log, as_of)]
    place = week - weeks[0].number
    here = (place >= 0) & (place < len(weeks))

    def by_week(which: NDArray[np.bool_]) -> list[int]:
        return [int(count) for count in np.bincount(place[here & which], minlength=len(weeks))]

    columns = {name: by_week(which) for name, which in counted.items()}
    by_source = list(zip(*(by_week(which) for which in sources), strict=True))
    loaded = set(matched.weeks.tolist())
    return tuple(
        WeekCounts(
            weeks=1,
            orders_loaded=one.number in loaded,
            by_source=by_source[number],
            **{name: column[number] for name, column in columns.items()},
        )
        for number, one in enumerate(weeks)
    )


def added(counts: Sequence[WeekCounts]) -> WeekCounts:
    """Add weeks up.

    >>> week = WeekCounts(1, False, 9, 0, 0, 0, 0, 0, 9, 0, 4, 3, 1, 0, 1, 0, (3, 0, 0, 0))
    >>> both = added([week, week])
    >>> both.weeks, both.results, both.late, both.by_source
    (2, 18, 2, (6, 0, 0, 0))
    """
    own = [one.name for one in fields(WeekCounts) if one.name not in ("orders_loaded", "by_source")]
    total = {name: sum(getattr(one, name) for one in counts) for name in own}
    return WeekCounts(
        **total,
        orders_loaded=any(one.orders_loaded for one in counts),
        by_source=tuple(sum(one.by_source[place] for one in counts) for place in range(len(SOURCES))),
    )


def _orders(log: CaseLog, matched: Matched) -> dict[str, NDArray[np.bool_]]:
    read, ordered = ~matched.never_arrived, matched.order == ORDERED
    return {
        "results": read,
        "ordered": ordered | matched.never_arrived,
        "processed": ordered & (log.status == PROCESSED),
        "failed": ordered & (log.status == FAILED),
        "not_sent": ordered & read & (log.status == NOT_SENT),
        "never_arrived": matched.never_arrived,
        "without_order": read & (matched.order == NO_ORDER),
        "other_pathway": read & (matched.order == OTHER_PATHWAY),
    }


def _truths(plan: Plan | None, log: CaseLog, last: Week, as_of: int) -> dict[str, NDArray[np.bool_]]:
    if plan is None or not len(log):
        names = ("expected", "arrived", "late", "indeterminate", "not_due", "overdue")
        return {name: np.zeros(len(log), dtype=bool) for name in names}
    studies = frame(plan, log, last)
    known = studies.truth.known_at(as_of)
    delay = plan.truth.expected_delay_days
    allowed = np.where(studies.flagged, delay.flagged, delay.audited) * DAY
    arrived = studies.expected & (known != UNKNOWN)
    due = as_of - log.acquired_at > allowed
    return {
        "expected": studies.expected,
        "arrived": arrived,
        "late": arrived & (studies.truth.first_at - log.acquired_at > allowed),
        "indeterminate": arrived & (known == INDETERMINATE),
        "not_due": studies.expected & ~arrived & ~due,
        "overdue": studies.expected & ~arrived & due,
    }


def _sources(log: CaseLog, as_of: int) -> list[NDArray[np.bool_]]:
    """Return for each source which studies have a truth of it."""
    found = np.zeros((len(SOURCES), len(log)), dtype=bool)
    known = log.outcome_recorded_at < as_of
    found[log.outcome_source[known], log.outcome_case[known]] = True
    return list(found)
