"""The one state a deployment shows in a list: what most needs a person, first."""

from enum import StrEnum


class RowState(StrEnum):
    """States in order of need; each has a word, and on screen a colour and a shape beside it."""

    STOP_USE = "stop_use"
    STOPPED = "stopped"
    CONCERN = "concern"
    BREACH = "breach"
    WATCH = "watch"
    INCOMPLETE = "incomplete"
    TOO_FEW = "too_few"
    EMPTY = "empty"
    QUIET = "quiet"

    @property
    def words(self) -> str:
        """Return what the screen says."""
        return {
            "stop_use": "Stop-use recommended",
            "stopped": "Stopped",
            "concern": "Concern",
            "breach": "Breach",
            "watch": "Watch",
            "incomplete": "Not complete",
            "too_few": "Too few to say",
            "empty": "No log yet",
            "quiet": "Common cause",
        }[self.value]


NEEDS_ANSWER = frozenset({RowState.STOP_USE, RowState.CONCERN, RowState.WATCH})
