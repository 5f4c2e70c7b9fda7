"""The week's random sample of the studies that the AI did not flag: who could be drawn, and who is."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from math import floor

import numpy as np
from numpy.typing import NDArray

EXACT = 1e-9  # 0.29 x 100 is a hair under 29 in the machine, and 29 studies are to be drawn
HOW_MANY = "how many"  # no pseudonym has a blank in it


@dataclass(frozen=True, slots=True)
class Studies:
    """A deployment's studies as the store saw them at a moment.

    Attributes
    ----------
    case_id : array of str, shape (n,)
    acquired_at : int64, shape (n,); microseconds since 1970 UTC
    week : int64, shape (n,); number of the week a study was acquired in
    unflagged : bool, shape (n,); processed, and not flagged by the AI
    told : bool, shape (n,); the department's own file says whether the study was selected for audit
    """

    case_id: NDArray[np.object_]
    acquired_at: NDArray[np.int64]
    week: NDArray[np.int64]
    unflagged: NDArray[np.bool_]
    told: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sample: `case_id` in the order drawn, of how many, and the share that was drawn, which is exact."""

    seed: str
    eligible: int
    case_id: tuple[str, ...]

    @property
    def fraction(self) -> float:
        """Return each eligible study's chance of being drawn."""
        return len(self.case_id) / self.eligible


def told_weeks(studies: Studies) -> NDArray[np.int64]:
    """Return the weeks in which a file of the department says which studies were selected: none is drawn there.

    One study that says so is enough: the blanks beside it mean "not selected", and a second sample on top of the
    department's own would count the week twice.
    """
    return np.unique(studies.week[studies.told])


def frame(studies: Studies, *, start: int, end: int, offered: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the studies that a draw may take, by pseudonym: each of them has its one chance in it.

    They were processed and not flagged, were acquired from `start` up to `end` (microseconds, exclusive), and stood
    in no earlier draw. `start` is the first week that was ever drawn: a study of a drawn week that came late is
    offered in the next draw. Left out for good it would bias sensitivity upwards, since its flagged neighbours that
    came late count; in the next draw its chance is known and its weight is right.
    """
    inside = (studies.acquired_at >= start) & (studies.acquired_at < end)
    rows = studies.unflagged & inside & ~np.isin(studies.week, told_weeks(studies))
    before = frozenset(offered)
    return tuple(sorted({str(case) for case in studies.case_id[rows]} - before))


def sample_size(fraction: float, eligible: int, seed: str) -> int:
    """Return how many studies are drawn: the plan's fraction of those eligible, rounded up or down at random.

    At random, by the seed, so that over the weeks the plan's share is drawn and no more: rounded up always, 45
    eligible studies at 10 % would give 5 and the chart of positives the AI did not flag, whose limits are designed for
    10 %, would see 11 %. Never to none where a study is eligible: a draw of nobody would count as one without such
    positives, and what is weighted by eligible / drawn would fall short. Given how many are drawn, and that does not
    depend on what the studies show, drawn / eligible is each study's chance exactly. A share of less than one study
    would thus be rounded up always: such studies wait for the next draw, see `enough`.

    >>> sample_size(0.1, 30, "any"), sample_size(0.1, 0, "any"), sample_size(0.1, 1, "any")
    (3, 0, 1)
    >>> sorted({sample_size(0.1, 45, f"week {week}") for week in range(20)})
    [4, 5]
    """
    whole = floor(fraction * eligible + EXACT)
    part = max(0.0, fraction * eligible - whole)
    lot = int.from_bytes(_digest(seed, HOW_MANY)[:6], "big") / 2**48
    return min(eligible, max(1, whole + (lot < part)))


def enough(fraction: float, eligible: int) -> bool:
    """Say whether the plan's share of the eligible is at least one study; fewer wait for the next week's draw.

    Rounded up to one, a tenth of five studies would be a fifth: a chart designed for a tenth would see twice the
    positives that the AI did not flag. The rule looks at how many there are, never at what they show.

    >>> enough(0.1, 9), enough(0.1, 10)
    (False, True)
    """
    return fraction * eligible >= 1.0 - EXACT


def draw(seed: str, eligible: Iterable[str], fraction: float) -> Drawn:
    """Draw a simple random sample without replacement.

    Studies are put in the order of the SHA-256 digest of seed and pseudonym, and the first are taken. Whoever has the
    seed and the pseudonyms can draw again, in any language and in ten years; the order in which files came does not
    matter, and no study's chance depends on another's.

    Parameters
    ----------
    seed : a text kept with the sample
    eligible : pseudonyms, from `frame`
    fraction : the plan's share of unflagged studies to be audited, above 0 and at most 1

    Raises
    ------
    ValueError
        If the fraction is not above 0 and at most 1.

    >>> drawn = draw("a plan, week 40", ["S1", "S2", "S3", "S4"], 0.25)
    >>> len(drawn.case_id), drawn.fraction
    (1, 0.25)

    References
    ----------
    Horvitz & Thompson (1952) A generalization of sampling without replacement from a finite universe. JASA 47, 663-685.
    """
    if not 0.0 < fraction <= 1.0:
        raise ValueError(f"fraction must lie above 0 and be at most 1, got {fraction:g}")
    known = sorted(set(eligible))
    order = sorted(known, key=lambda case: (_digest(seed, case), case))
    return Drawn(seed, len(known), tuple(order[: sample_size(fraction, len(known), seed)]))


def seed_of(plan: str, version: int, deployment: str, week: str) -> str:
    """Return the seed of a week's draw, in words: it is fixed before any study of the week is known.

    >>> seed_of("ich-triage", 2, "NeuroFlag 3.2.1 at Millford", "2026-W47")
    'ich-triage 2, NeuroFlag 3.2.1 at Millford, 2026-W47'
    """
    return f"{plan} {version}, {deployment}, {week}"


def _digest(seed: str, case: str) -> bytes:
    return hashlib.sha256(f"{seed}\n{case}".encode()).digest()
