"""The truth worklist: what readers said of a study, when that settles its truth, and in which order studies come."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import ceil
from statistics import median

from surveillance.domain.plan_parts import Truth

READERS = 2
SECONDS_A_STUDY = 90.0  # until a reader's own pace is known
OWN_PACE_FROM = 20
BREAK = 1_800.0  # seconds: a longer gap is a break, not a study


class Answer(StrEnum):
    """What a reader may say of a study; each is one key."""

    PRESENT = "1"
    ABSENT = "0"
    CANNOT_TELL = "indeterminate"

    @property
    def words(self) -> str:
        """Return what the screen says."""
        return {"1": "present", "0": "absent", "indeterminate": "cannot tell"}[self.value]

    @property
    def key(self) -> str:
        """Return the key on which it is given."""
        return {"1": "1", "0": "2", "indeterminate": "3"}[self.value]

    @property
    def code(self) -> int:
        """Return the truth as the log keeps it: 1, 0, or 2 for indeterminate."""
        return {"1": 1, "0": 0, "indeterminate": 2}[self.value]


@dataclass(frozen=True, slots=True)
class Reading:
    """One answer of one person to one study; it stands for good. `at` in microseconds."""

    case_id: str
    kind: str
    reader: str
    answer: Answer
    at: int


@dataclass(frozen=True, slots=True)
class Settled:
    """A truth that the readings settle, and the moment (microseconds) of the reading that settled it."""

    answer: Answer
    at: int


class Wants(StrEnum):
    """What a study still waits for."""

    READING = "reading"
    ADJUDICATION = "adjudication"


def standing(readings: Sequence[Reading], readers: int = READERS, *, void_to: int = -1) -> Settled | Wants:
    """Return the truth that a study's readings settle, or what it waits for.

    Readers who all agree settle it, with the last of them; where two differ, a third person does. An answer once
    given stands: who pressed the wrong key differs from the other reader, and the third person puts it right. A later
    adjudication supersedes an earlier one.

    Parameters
    ----------
    readings : of one study
    readers : how many must read it
    void_to : a moment (microseconds); truths settled up to then were withdrawn, and a third person decides anew

    >>> both = [Reading("S1", "reading", "ann", Answer.PRESENT, 5), Reading("S1", "reading", "bob", Answer.PRESENT, 9)]
    >>> standing(both), standing(both[:1]), standing(both, void_to=9)
    (Settled(answer=<Answer.PRESENT: '1'>, at=9), <Wants.READING: 'reading'>, <Wants.ADJUDICATION: 'adjudication'>)
    """
    first = [one for one in readings if one.kind == Wants.READING]
    decided = max((one for one in readings if one.kind == Wants.ADJUDICATION), key=lambda one: one.at, default=None)
    if decided is None and len(first) < readers:
        return Wants.READING
    if decided is not None:
        settled = Settled(decided.answer, decided.at)
    elif len({one.answer for one in first}) > 1:
        return Wants.ADJUDICATION
    else:
        settled = Settled(first[0].answer, max(one.at for one in first))
    return settled if settled.at > void_to else Wants.ADJUDICATION


def may_answer(person: str, readings: Sequence[Reading]) -> bool:
    """Say whether a person may still answer a study: nobody does so twice, nor adjudicates their own reading."""
    return all(one.reader != person for one in readings)


def source_for(truth: Truth, *, flagged: bool) -> str | None:
    """Return the source under which a settled truth counts by the plan; None where the plan takes no reading there.

    A flagged study's is an adjudication, an unflagged one's an audit; where the plan names only the other of the two
    for that stratum, it is that.

    >>> source_for(Truth(flagged=("adjudication",), unflagged=("audit",)), flagged=False)
    'audit'
    >>> source_for(Truth(flagged=("follow_up",), unflagged=("follow_up",)), flagged=True) is None
    True
    """
    named = truth.flagged if flagged else truth.unflagged
    wanted = ("adjudication", "audit") if flagged else ("audit", "adjudication")
    return next((source for source in wanted if source in named), None)


def mixed(case_ids: Iterable[str], salt: str) -> tuple[str, ...]:
    """Return studies in an order that tells nothing of why they are listed: that of a digest of their pseudonyms.

    Each reader has another order, and each keeps theirs: `salt` names week and reader.

    >>> sorted(mixed(["S1", "S2", "S3"], "2026-W47 ann"))
    ['S1', 'S2', 'S3']
    """
    return tuple(sorted(case_ids, key=lambda case: hashlib.sha256(f"{salt}\n{case}".encode()).digest()))


def pace(own: Sequence[int], default: float = SECONDS_A_STUDY) -> float:
    """Return the seconds a study takes a reader: the median gap between their answers, once there are 20 of them.

    Parameters
    ----------
    own : moments (microseconds) of the reader's answers
    default : seconds, until then

    >>> pace([0, 60_000_000]), pace([60_000_000 * step for step in range(20)])
    (90.0, 60.0)
    """
    if len(own) < OWN_PACE_FROM:
        return default
    ordered = sorted(own)
    gaps = [(later - sooner) / 1e6 for sooner, later in pairwise(ordered)]
    worked = [gap for gap in gaps if 0.0 < gap <= BREAK]
    return median(worked) if worked else default


def minutes(studies: int, seconds: float) -> int:
    """Return how many whole minutes a number of studies takes, rounded up.

    >>> minutes(0, 90.0), minutes(10, 90.0), minutes(1, 20.0)
    (0, 15, 1)
    """
    return ceil(studies * seconds / 60.0)
