"""What one limit of a chart costs: how often it alarms with nothing wrong, and how late with something."""

from dataclasses import dataclass, replace

from surveillance.domain.budget import WEEKS_A_YEAR
from surveillance.domain.chart_limits import TierLimit


@dataclass(frozen=True, slots=True)
class Tier:
    """One limit of a chart in the words of its budget; years are at the plan's expected volume.

    Attributes
    ----------
    share, per_year : float
        The chart's part of the tier's budget, and the budget in false signals a year.
    asked_studies, studies : float
        Run length that the budget asks for, and that the limit achieves, in studies of the chart.
    years : float
        The achieved one in years, exact for independent studies.
    chance_one_year, chance_two_years : float
        Chance of at least one false signal within a year, and within two, from a chart at zero; exact for
        independent studies.
    delay_median, delay_p95 : float
        Weeks to the limit at the unacceptable level, from a chart at zero.
    low_years, larger_low_years : float or None
        Where the in-control value was estimated: the 10th percentile of the true run length, and what it would
        be with 1.5 times the baseline; shortened as the run length is where weeks are not independent.
    simulated_years : float or None
        Where the baseline's weeks are not independent: the run length on those weeks as they were.
    error_years : float or None
        Where the run length comes from drawn batches: its standard error.
    """

    share: float
    per_year: float
    asked_studies: float
    studies: float
    years: float
    chance_one_year: float
    chance_two_years: float
    delay_median: float
    delay_p95: float
    low_years: float | None = None
    larger_low_years: float | None = None
    simulated_years: float | None = None
    error_years: float | None = None

    @property
    def asked_years(self) -> float:
        """Return the run length that the budget asks for, in years."""
        return self.years * self.asked_studies / self.studies

    @property
    def stated_years(self) -> float:
        """Return the average time between false signals that may be claimed: the simulated one where there is one."""
        return self.years if self.simulated_years is None else self.simulated_years

    @property
    def stated_chance_one_year(self) -> float:
        """Return the chance of at least one false signal within a year that goes with the stated years."""
        return self._stated(self.chance_one_year)

    @property
    def stated_chance_two_years(self) -> float:
        """Return the chance of at least one false signal within two years that goes with the stated years."""
        return self._stated(self.chance_two_years)

    def _stated(self, chance: float) -> float:
        return float(1.0 - (1.0 - chance) ** (self.years / self.stated_years))

    def simulated(self, factor: float) -> "Tier":
        """Return the tier whose run length is known to be so many times the one of independent studies.

        Its percentiles are shortened with it: what dependent weeks take from the run length they take from each.
        """
        shorter = min(1.0, factor)
        low, larger = self.low_years, self.larger_low_years
        return replace(
            self,
            simulated_years=self.years * shorter,
            low_years=None if low is None else low * shorter,
            larger_low_years=None if larger is None else larger * shorter,
        )


def tier(found: TierLimit, share: float, per_year: float, events_per_week: float) -> Tier:
    """Return what a limit costs, from the chart's own studies to years and weeks."""
    year = events_per_week * WEEKS_A_YEAR
    median, p95 = found.delay
    return Tier(
        share=share,
        per_year=per_year,
        asked_studies=found.asked,
        studies=found.run,
        years=found.run / year,
        chance_one_year=found.chances[0],
        chance_two_years=found.chances[1],
        delay_median=median / events_per_week,
        delay_p95=p95 / events_per_week,
        low_years=None if found.low is None else found.low / year,
        larger_low_years=None if found.larger_low is None else found.larger_low / year,
    )
