"""What a log tells of the plan it needs: volume, how often the finding is there, which truths come, and since when."""

from dataclasses import dataclass
from datetime import date
from math import ceil

from surveillance.domain.numbers import percent
from surveillance.domain.weeks import Week
from surveillance.errors import NotEstimable

ENOUGH_KNOWN = 0.8  # a share of studies with a truth below this says nothing of the rest, unless they were drawn
ROUND_WEEKS, FEWEST_WEEKS = 12, 4


@dataclass(frozen=True, slots=True)
class Verified:
    """Studies of one stratum: how many there are, how many have a truth of yes or no, how many of those are yes."""

    studies: int
    known: int
    positives: int


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What is known of one version of a product that has no plan yet, over the sites where it is registered.

    Attributes
    ----------
    sites : in order of registration; `weekly` gives the studies a week of those with a whole week
    first, last : local days of the first and the last study
    whole_weeks : weeks between, of which every day lies inside the log
    flagged, unflagged : processed studies by what the AI said; of a product without flags all are `unflagged`
    sources_flagged, sources_unflagged : which reference standards spoke, by stratum
    audit_fraction : the share in which unflagged studies were drawn for an audit; None where the log does not say
    """

    model: str
    version: str
    sites: tuple[str, ...]
    zone: str
    finding: str
    pathway: str
    studies: int
    first: date
    last: date
    whole_weeks: int
    weekly: dict[str, float]
    gives_score: bool
    gives_flag: bool
    flagged: Verified
    unflagged: Verified
    sources_flagged: tuple[str, ...] = ()
    sources_unflagged: tuple[str, ...] = ()
    audit_fraction: float | None = None


def prevalence_told(facts: PlanFacts) -> float:
    """Return how often the finding is there, by what the AI said and what turned out to be true.

    The share of positives among studies with a truth, taken apart for flagged and unflagged studies and weighted by
    how many there are (Begg & Greenes 1983): truths of flagged studies alone would make it far too high.

    Raises
    ------
    NotEstimable
        If a stratum has no truth, or too few have one and none was drawn at random, or no study is positive.

    Examples
    --------
    >>> from datetime import date
    >>> facts = PlanFacts("AI", "1", ("A",), "Europe/London", "bleed", "", 1000, date(2026, 1, 5), date(2026, 3, 1), 6,
    ...     {"A": 125.0}, True, True, Verified(100, 100, 60), Verified(900, 90, 1), audit_fraction=0.1)
    >>> round(prevalence_told(facts), 3)
    0.07

    References
    ----------
    Begg CB, Greenes RA (1983) Assessment of diagnostic tests when disease verification is subject to selection bias.
    Biometrics 39, 207-215.
    """
    strata = [stratum for stratum in (facts.flagged, facts.unflagged) if stratum.studies]
    studies, known = sum(one.studies for one in strata), sum(one.known for one in strata)
    if not studies or any(one.known == 0 for one in strata):
        raise NotEstimable("Prevalence needs truths of flagged and of unflagged studies, got none of one kind")
    if known / studies < ENOUGH_KNOWN and facts.audit_fraction is None:
        raise NotEstimable(
            f"Prevalence needs truths of {percent(ENOUGH_KNOWN)} of the studies or of a drawn sample,"
            f" got {percent(known / studies)}"
        )
    share = sum(one.studies * one.positives / one.known for one in strata) / studies
    if not 0 < share < 1:
        raise NotEstimable("Prevalence needs positives and negatives, got one kind only")
    return share


def baseline_proposed(facts: PlanFacts, positives_wanted: int) -> tuple[date, date]:
    """Return a first and a last day for the accepted reference period; a radiologist decides.

    Whole weeks from the first one on, twelve or as many as the wanted positives take, but no more than half of the log.

    Examples
    --------
    >>> from datetime import date
    >>> facts = PlanFacts("AI", "1", ("A",), "Europe/London", "bleed", "", 1000, date(2026, 1, 5), date(2026, 7, 5), 26,
    ...     {"A": 125.0}, True, True, Verified(100, 100, 60), Verified(900, 900, 10))
    >>> [day.isoformat() for day in baseline_proposed(facts, 100)]
    ['2026-01-05', '2026-03-29']
    """
    weeks = ROUND_WEEKS
    try:
        smallest = min(facts.weekly.values(), default=0.0) * prevalence_told(facts)
        weeks = max(weeks, ceil(positives_wanted / smallest)) if smallest > 0 else weeks
    except NotEstimable:  # then twelve stand, and the page says that nobody knows how many positives they hold
        pass
    start = first_whole_week(facts.first)
    last = Week(start.number + max(FEWEST_WEEKS, min(weeks, facts.whole_weeks // 2)) - 1)
    return start.monday, last.sunday


def first_whole_week(first: date) -> Week:
    """Return the first week of which every day lies on or after a day.

    >>> first_whole_week(date(2026, 1, 7)).monday.isoformat()
    '2026-01-12'
    """
    week = Week.of(first)
    return week if first == week.monday else Week(week.number + 1)
