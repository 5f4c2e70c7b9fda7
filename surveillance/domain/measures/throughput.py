"""What was eligible, processed, failed and how long it took, and which truths are missing or late."""

import numpy as np

from surveillance.domain.measures.cells import Cells
from surveillance.domain.measures.measure import Columns, Measure, Unit
from surveillance.domain.measures.operating_point import share
from surveillance.domain.measures.repeat_wording import SHARE_REPEATS
from surveillance.domain.plan import Plan
from surveillance.kernels import quantile_spans


def _count(name: str) -> "_Count":
    return _Count(name)


class _Count:
    """A plain count: it has no interval, since nothing is estimated."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, cells: Cells) -> Columns:
        """Return the count of each window."""
        total = cells.total(self.name)
        nothing = np.full(len(cells), np.nan)
        return Columns(total, nothing, nothing, cells.total("eligible").astype(np.int64), total.astype(np.int64))


def _processed(cells: Cells) -> Columns:
    return share(cells.total("processed"), cells.total("eligible"))


def _failed(cells: Cells) -> Columns:
    return share(cells.total("failed") + cells.total("not_sent"), cells.total("eligible"))


def _missing(cells: Cells) -> Columns:
    expected = cells.total("expected")
    return share(expected - cells.total("arrived"), expected)


def _late(cells: Cells) -> Columns:
    return share(cells.total("late"), cells.total("expected"))


class _Quantile:
    """A quantile of turnaround in minutes, with its order-statistic interval."""

    def __init__(self, level: float) -> None:
        self.level = level

    def __call__(self, cells: Cells) -> Columns:
        """Return the quantile of each window."""
        n = cells.turnaround_stop - cells.turnaround_start
        value, low, high = quantile_spans(cells.turnaround, cells.turnaround_start, cells.turnaround_stop, self.level)
        return Columns(value, low, high, n, np.full(len(cells), -1))


def _needs(what: str) -> "_Needs":
    return _Needs(what)


class _Needs:
    """The reason a throughput figure is missing."""

    def __init__(self, what: str) -> None:
        self.what = what

    def __call__(self, n: int, _events: int) -> str:
        """Return the sentence."""
        return f"needs {self.what}, got {n}" if n == 0 else f"{n} {self.what} are too few for an interval"


def _wilson(_plan: Plan) -> str:
    return "Wilson score interval"


def _by_patient(_plan: Plan) -> str:
    return "Wilson score interval" + SHARE_REPEATS


def _counted(_plan: Plan) -> str:
    return "count"


def _order_statistics(_plan: Plan) -> str:
    return "order-statistic interval"


def _counting(name: str, title: str) -> Measure:
    unit: Unit = "count"
    return Measure(
        name,
        title,
        unit,
        "throughput",
        "nothing",
        False,
        "none",
        False,
        _count(name),
        _needs("studies"),
        _counted,
    )


ELIGIBLE = _counting("eligible", "Eligible studies")
INDETERMINATE = _counting("indeterminate", "Indeterminate truths")
PROCESSED_SHARE = Measure(
    "processed_share", "Processed", "share", "throughput", "nothing", False, "none", True,
    _processed, _needs("eligible studies"), _by_patient,
)  # fmt: skip
FAILED_SHARE = Measure(
    "failed_share", "Studies not processed", "share", "throughput", "nothing", False, "none", True,
    _failed, _needs("eligible studies"), _by_patient,
)  # fmt: skip
TURNAROUND_MEDIAN = Measure(
    "turnaround_median", "Turnaround, median", "minutes", "throughput", "nothing", False, "none", True,
    _Quantile(0.5), _needs("results with a time"), _order_statistics,
)  # fmt: skip
TURNAROUND_P95 = Measure(
    "turnaround_p95", "Turnaround, 95th percentile", "minutes", "throughput", "nothing", False, "none", True,
    _Quantile(0.95), _needs("results with a time"), _order_statistics,
)  # fmt: skip
MISSING_TRUTHS = Measure(
    "missing_truths", "Expected truths still missing", "share", "throughput", "nothing", False, "none", False,
    _missing, _needs("expected truths"), _wilson,
)  # fmt: skip
LATE_TRUTHS = Measure(
    "late_truths", "Truths later than the plan expects", "share", "throughput", "nothing", False, "none", False,
    _late, _needs("expected truths"), _wilson,
)  # fmt: skip
