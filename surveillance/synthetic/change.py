"""What a scenario plants from its onset: each field leaves one thing as it was unless it is set."""

from dataclasses import dataclass

from surveillance.synthetic.department import Scanner


@dataclass(frozen=True, slots=True)
class Change:
    """A hidden change of the AI, the patients, the scanners or the outcomes.

    Attributes
    ----------
    ramp_weeks : weeks over which the change comes in; 0 is a step
    miss_rate : share of positives not flagged when the change is complete
    prevalence_ratio : factor on the prevalence of every setting
    scanners : names of the scanners that the next two fields touch
    false_flag_odds : factor on the odds that a negative is flagged, on those scanners
    failed_share : share of studies not processed, on those scanners
    score_shift : shift of the printed score on the logit scale, the threshold moved alike
    delay_factor : factor on the time until a truth is recorded
    """

    ramp_weeks: int = 0
    miss_rate: float | None = None
    prevalence_ratio: float = 1.0
    scanners: tuple[str, ...] = ()
    false_flag_odds: float = 1.0
    failed_share: float | None = None
    score_shift: float = 0.0
    delay_factor: float = 1.0

    def share_of(self, scanners: tuple[Scanner, ...]) -> float:
        """Return the share of studies made on the touched scanners."""
        return sum(scanner.share for scanner in scanners if scanner.name in self.scanners)

    def false_flag_rate(self, before: float) -> float:
        """Return the share of negatives flagged on a touched scanner.

        >>> round(Change(false_flag_odds=7.0).false_flag_rate(0.05), 4)
        0.2692
        """
        odds = self.false_flag_odds * before / (1 - before)
        return odds / (1 + odds)
