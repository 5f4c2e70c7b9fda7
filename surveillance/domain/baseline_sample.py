"""What the charts would have seen of the baseline, frozen on the day it was met and its last week complete."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.baseline import BATCH, inside
from surveillance.domain.case_log import NEGATIVE, NEVER, POSITIVE, PROCESSED, UNKNOWN
from surveillance.domain.chart_stream import every_study, verified_stream
from surveillance.domain.maturity import Maturity
from surveillance.domain.plan import Plan
from surveillance.domain.study_frame import StudyFrame
from surveillance.domain.weeks import Week


@dataclass(frozen=True, slots=True)
class Sample:
    """Studies of the baseline that a chart counts, in the order it would have taken them.

    Attributes
    ----------
    week : int64, shape (n,); the week each is drawn in, never decreasing
    event : bool, shape (n,)
    risk : float64, shape (n,); predicted risk, nan where the product gave none
    """

    week: NDArray[np.int64]
    event: NDArray[np.bool_]
    risk: NDArray[np.float64]


class FrozenBaseline:
    """The baseline of one deployment, its own site first, then those it is pooled with.

    It is frozen at the first weekly `as_of` at which it is met and its last week is charted at every site: a
    correction that comes later changes no design. Positives usually arrive first, so a rate taken any earlier
    would be of outcomes that are not complete.
    """

    def __init__(self, plan: Plan, frames: tuple[StudyFrame, ...], maturities: tuple[Maturity, ...]) -> None:
        self._plan, self._frames, self._maturities = plan, frames, maturities
        self._counts: dict[str, tuple[int, int]] = {}

    @cached_property
    def at(self) -> int:
        """Return the weekly `as_of` at which the baseline was frozen; `NEVER` where it is not yet."""
        plan, own = self._plan, self._frames[0]
        last = Week.of(plan.baseline.end)
        moments, gains = self._positives()
        place = np.searchsorted(moments, own.ends, side="left")  # an `as_of` is exclusive
        known = np.concatenate(([0], np.cumsum(gains)))[place]
        met = known >= max(plan.baseline.minimum_positives, plan.baseline.minimum_batches * BATCH)
        met &= np.arange(own.weeks) >= own.index(last)
        for frame, maturity in zip(self._frames, self._maturities, strict=True):
            week = frame.index(last)
            if week >= frame.weeks:
                return NEVER
            if week >= 0:
                met &= own.ends >= maturity.charted_at[week]
        first = np.flatnonzero(met)
        return int(own.ends[first[0]]) if len(first) else NEVER

    def _positives(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the moments at which the number of known positives of the baseline changed, and by how much."""
        moments, gains = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
        for frame in self._frames:
            counts = np.zeros(len(frame.week), dtype=bool)
            rows = inside(self._plan, frame)
            counts[rows] = frame.expected[rows]
            mine = np.flatnonzero(counts[frame.truth.case]) if len(counts) else np.zeros(0, dtype=np.int64)
            order = mine[np.lexsort((mine, frame.truth.case[mine]))]  # by study, in time
            case, value = frame.truth.case[order], frame.truth.value[order]
            again = np.concatenate(([False], case[1:] == case[:-1])) if len(case) else np.zeros(0, dtype=bool)
            before = np.where(again, np.roll(value, 1), UNKNOWN)
            moments.append(frame.truth.at[order])
            gains.append((value == POSITIVE).astype(np.int64) - (before == POSITIVE))
        at, gain = np.concatenate(moments), np.concatenate(gains)
        order = np.argsort(at, kind="stable")
        return at[order], gain[order]

    def counts(self, watches: str) -> tuple[int, int]:
        """Return the events and the studies of a rate chart in the frozen baseline, over all its sites."""
        if watches not in self._counts:
            events = [self._sample(watches, place).event for place in range(len(self._frames))]
            self._counts[watches] = sum(int(one.sum()) for one in events), sum(len(one) for one in events)
        return self._counts[watches]

    def own(self, watches: str) -> Sample:
        """Return the frozen baseline of the deployment's own site as a chart would have taken it."""
        return self._sample(watches, 0)

    def scored(self) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
        """Return truth and score of the frozen baseline over all its sites, as the AUROC chart takes them."""
        samples = [self._sample("batch_auroc", place) for place in range(len(self._frames))]
        return np.concatenate([one.event for one in samples]), np.concatenate([one.risk for one in samples])

    def _sample(self, watches: str, place: int) -> Sample:
        frame, log = self._frames[place], self._frames[place].log
        if watches == "technical_failures":
            stream = every_study(frame, 0)
        else:
            stream = verified_stream(frame, self._maturities[place], 0)
        rows = inside(self._plan, frame)
        used = (stream.charted_at <= self.at) & (stream.row >= rows.start) & (stream.row < rows.stop)
        row, week = stream.row[used], stream.week[used]
        truth = frame.truth.known_at(self.at)[row]
        if watches == "technical_failures":
            counted, event = np.ones(len(row), dtype=bool), log.status[row] != PROCESSED
        elif watches == "missed_positives":
            counted, event = (truth == POSITIVE) & (log.called[row] >= 0), log.called[row] == 0
        elif watches == "false_flags":
            counted, event = (truth == NEGATIVE) & (log.called[row] >= 0), log.called[row] == 1
        else:
            counted, event = ((truth == POSITIVE) | (truth == NEGATIVE)) & ~np.isnan(log.score[row]), truth == POSITIVE
        return Sample(week[counted], event[counted], log.score[row][counted])
