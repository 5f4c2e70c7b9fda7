"""Figures and weekly series of the tabs of a deployment."""

from dataclasses import dataclass
from datetime import date

from surveillance.domain.reliability import Reliability
from surveillance.services.page_models.axis_event import AxisEvent
from surveillance.services.page_models.process_chart import ProcessChart


@dataclass(frozen=True, slots=True)
class Series:
    """One metric week by week on one window; None where there is no value, with the reason in `why`.

    `naive` is the same figure as verified, not corrected, where the plan audits a part; else empty.
    """

    metric: str
    title: str
    unit: str
    window: int
    week_end: tuple[date, ...]
    week: tuple[str, ...]
    value: tuple[float | None, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    n: tuple[int, ...]
    events: tuple[int, ...]
    mature: tuple[bool, ...]
    restated: tuple[bool, ...]
    verdict: tuple[str, ...]
    why: tuple[str, ...]
    threshold: float | None
    better: str
    method: str
    naive: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure in a card: value with its range, counts, plan and verdict, all as text.

    `verdict` is the domain's, where `not_estimable` says that there are too few to say; "absent" where there is no
    answer for another reason, which `why` gives; "" where nothing is judged.
    """

    metric: str
    title: str
    value: str
    range: str
    counts: str
    verdict: str
    why: str
    method: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One reference standard by itself, as text; `outside` where the plan takes no truth from it."""

    source: str
    outside: bool
    counts_for: str
    seen: str
    counts: str
    deciding: str
    sensitivity: str
    specificity: str


@dataclass(frozen=True, slots=True)
class Performance:
    """The performance tab: a sentence, four figures, aligned series, and events for the time axis.

    `working` are the figures, each as verified beside the corrected one, for the working only; `sources` what each
    reference standard says alone, on the window that `sources_window` names; `truth_error` what the truth's stated
    error alone would give.
    """

    sentence: str
    windows: tuple[int, ...]
    window: int
    figures: tuple[Figure, ...]
    series: tuple[Series, ...]
    complete_to: date | None
    events: tuple[AxisEvent, ...]
    working: tuple[Figure, ...] = ()
    sources: tuple[SourceRow, ...] = ()
    sources_window: str = ""
    truth_error: str = ""


@dataclass(frozen=True, slots=True)
class CalibrationPage:
    """The calibration tab: a sentence, the diagram, the figures; `absent` says why there is none.

    `notes` are what a reader must know before the figures: calibrated scores, weights, a missing curve.
    """

    sentence: str
    diagram: Reliability | None
    figures: tuple[Figure, ...]
    series: tuple[Series, ...]
    complete_to: date | None
    absent: str
    finding: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ThroughputPage:
    """The throughput tab: what came, what failed, how long it took, and which truths are still out.

    `process` are the figures read against process limits; `chance` is how often a stable year shows a mark.
    """

    sentence: str
    figures: tuple[Figure, ...]
    series: tuple[Series, ...]
    versions: tuple[str, ...]
    process: tuple[ProcessChart, ...] = ()
    chance: str = ""
    events: tuple[AxisEvent, ...] = ()
