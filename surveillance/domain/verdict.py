"""What a figure means against the plan: within, watch, breach, or too few to say."""

from enum import StrEnum


class Verdict(StrEnum):
    """The four answers; grey is not green, so "too few to say" is an answer of its own."""

    WITHIN = "within"
    WATCH = "watch"
    BREACH = "breach"
    NOT_ESTIMABLE = "not_estimable"

    @property
    def words(self) -> str:
        """Return what the screen says."""
        return {"within": "Within", "watch": "Watch", "breach": "Breach", "not_estimable": "Too few to say"}[self.value]


SEVERITY = (Verdict.WITHIN, Verdict.NOT_ESTIMABLE, Verdict.WATCH, Verdict.BREACH)


def worst(verdicts: tuple[Verdict, ...]) -> Verdict:
    """Return the verdict that most needs a person; "too few to say" outranks "within".

    >>> worst((Verdict.WITHIN, Verdict.NOT_ESTIMABLE)).words
    'Too few to say'
    """
    return max(verdicts, key=SEVERITY.index, default=Verdict.NOT_ESTIMABLE)
