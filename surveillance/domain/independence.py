"""What the weeks of a baseline said of independence, which an exact run length takes for granted."""

from dataclasses import dataclass

from surveillance.detectors.weekly_dependence import CUT_OFF


@dataclass(frozen=True, slots=True)
class Independence:
    """Whether the weeks of a baseline behave independently; `why` is the reason where they could not be asked."""

    weeks: int = 0
    events: int = 0
    dispersion: float = 0.0
    dispersion_p: float = 1.0
    autocorrelation: float = 0.0
    autocorrelation_p: float = 1.0
    why: str = ""

    @property
    def spread(self) -> bool:
        """Return whether weeks differ by more than chance."""
        return self.dispersion_p < CUT_OFF

    @property
    def follows(self) -> bool:
        """Return whether weeks are like the week before by more than chance."""
        return self.autocorrelation_p < CUT_OFF

    @property
    def found(self) -> bool:
        """Return whether the run length of independent studies must not be claimed."""
        return not self.why and (self.spread or self.follows)
