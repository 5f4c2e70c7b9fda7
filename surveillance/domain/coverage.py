"""How far the data reach, how complete the outcomes are, and what the worst case would be."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.maturity import Maturity
from surveillance.domain.study_frame import StudyFrame
from surveillance.domain.weeks import Week


@dataclass(frozen=True, slots=True)
class Coverage:
    """What there is: the newest study, the last complete week, and truths expected against truths here.

    `studies` and `failed` are those of the newest week; `expected` and `arrived` count truths over the
    weeks since the last complete one. `complete_to` is None before any week is complete.
    """

    data_to: int | None
    complete_to: Week | None
    complete_as_it_stands: bool
    studies: int
    failed: int
    expected: int
    arrived: int
    overdue: bool

    @property
    def missing(self) -> int:
        """Return how many expected truths have not arrived."""
        return self.expected - self.arrived


def coverage(frame: StudyFrame, maturity: Maturity, index: int, as_of: int, known: NDArray[np.int8]) -> Coverage:
    """Describe how far a deployment's data and outcomes reach at an `as_of`."""
    here = slice(0, int(frame.starts[index + 1])) if frame.weeks else slice(0, 0)
    acquired = frame.log.acquired_at[here]
    complete = min(maturity.complete_to(as_of), index)
    newest = slice(int(frame.starts[index]), int(frame.starts[index + 1])) if frame.weeks else slice(0, 0)
    open_weeks = slice(int(frame.starts[complete + 1]) if frame.weeks else 0, here.stop)
    expected = frame.expected[open_weeks]
    past_due = maturity.overdue_at[complete + 1 : index + 1] <= as_of
    return Coverage(
        data_to=int(acquired[-1]) if len(acquired) else None,
        complete_to=Week(frame.first_week + complete) if complete >= 0 and len(acquired) else None,
        complete_as_it_stands=bool(complete >= 0 and not maturity.complete[complete]),
        studies=newest.stop - newest.start,
        failed=int((~frame.processed[newest]).sum()),
        expected=int(expected.sum()),
        arrived=int((expected & (known[open_weeks] >= 0)).sum()),
        overdue=bool(past_due.any()) or bool(complete >= 0 and not maturity.complete[complete]),
    )
