"""What the truth worklist's page receives: nothing in it tells what the AI, or another reader, said of a study."""

from dataclasses import dataclass
from datetime import datetime

from surveillance.domain.truth_worklist import minutes


@dataclass(frozen=True, slots=True)
class StudyToRead:
    """One study to be read: its pseudonym, and where and when to find it."""

    case_id: str
    acquired_at: datetime
    site: str
    scanner: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two readers agreed on the studies that were handed in, in sentences."""

    percent: str
    kappa: str


@dataclass(frozen=True, slots=True)
class WorklistPage:
    """A week's worklist as one reader has it.

    Attributes
    ----------
    finding : what is asked of each study
    draw : whether the week's sample waits to be drawn
    note : why no sample can be drawn, or what a reading would not count for; empty where all is well
    studies : what waits for an answer of this person, in the order in which it comes to them
    seconds, pace : how long one takes, and on what that rests
    slip : what becomes of a wrong key
    listed, settled, waiting : studies on the list; of them settled; waiting for another person than this reader
    to_hand_in : settled truths of the deployment that were not handed in yet
    handed_in : truths handed in from worklists of this deployment so far
    brought : which answers somebody else brought as a file, under this reader's name or, for others, under anybody's
    agreement : of the two readers; only for the RC-AI, and only once truths were handed in
    """

    deployment_id: int
    title: str
    week: str
    week_words: str
    finding: str
    draw: bool
    note: str
    studies: tuple[StudyToRead, ...]
    seconds: float
    pace: str
    slip: str
    listed: int
    settled: int
    waiting: int
    to_hand_in: int
    handed_in: int
    brought: str
    agreement: Agreement | None

    def minutes(self, done: int = 0) -> int:
        """Return how many minutes the studies take that are left after some of them were read."""
        return minutes(len(self.studies) - done, self.seconds)

    def minutes_each(self) -> int:
        """Return how many minutes the studies that are not settled take one reader, at the pace shown."""
        return minutes(self.listed - self.settled, self.seconds)
