"""What a site brings to a baseline that it shares, and from when on it brought something else."""

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from surveillance.storage.changes import anything_new, earliest_difference, moved_by_pathway
from surveillance.storage.logs import read_cases, read_outcomes
from surveillance.storage.orders import ordered_periods, unread_orders
from surveillance.storage.register import DeploymentRecord
from surveillance.storage.spans import span_of_cases


def brought_changed(
    connection: Connection,
    site: DeploymentRecord,
    seen_by: int,
    until: int,
    over: int,
    *,
    sharing: tuple[bool, bool],
    pathway: str = "",
) -> int | None:
    """Return the earliest moment (microseconds) from which a site brings another baseline to those it shares it with.

    It brings its studies acquired before the baseline is `over`, its orders of that time without a result, the truths
    about those studies, and the day of its first study: where that comes past the baseline, nobody waits for the
    site. What it reads later concerns itself alone.

    Parameters
    ----------
    seen_by, until : the two moments of the store that are compared
    sharing : whether the site was one of those that share the baseline, at each of them
    pathway : the plan's, by which orders put a study into its population or out of it
    """
    if not anything_new(connection, seen_by, until):
        return None
    pictures = [
        _brought(connection, site, moment, over) if shares else None
        for moment, shares in zip((seen_by, until), sharing, strict=True)
    ]
    if pictures[0] is None and pictures[1] is None:
        return None
    before, after = (one or _nothing(two) for one, two in (pictures, pictures[::-1]))
    names = ("acquired_at", "recorded_at", "acquired_at")
    found = [
        moment
        for one, other, time in zip(before[0], after[0], names, strict=True)
        for moment in earliest_difference(one, other, time)
    ]
    if before[1] != after[1]:
        found.append(over)
    found += moved_by_pathway(connection, site.site, pathway, (seen_by, until), after[0][0])
    return min(found, default=None)


_Brought = tuple[tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame], bool]


def _brought(connection: Connection, site: DeploymentRecord, moment: int, over: int) -> _Brought:
    """Return studies, truths and orders of a baseline, and whether the site had begun before it was over."""
    cases = read_cases(connection, site.id, moment)
    cases = cases[cases["acquired_at"] < over]
    truths = read_outcomes(connection, site.id, moment)
    periods = np.minimum(ordered_periods(connection, site, moment), over)
    orders = unread_orders(connection, site, moment, periods[periods[:, 1] > periods[:, 0]])
    begun = len(cases) > 0 or len(orders) > 0
    late = not begun and span_of_cases(connection, site.id, moment) is not None
    about = pd.concat([cases["case_id"], orders["case_id"]])
    return (cases, truths[truths["case_id"].isin(about)], orders), late


def _nothing(other: _Brought | None) -> _Brought:
    assert other is not None
    cases, truths, orders = other[0]
    return (cases.iloc[:0], truths.iloc[:0], orders.iloc[:0]), False
