"""What a version's studies say without any truth: how many it flags and fails, and how its scores lie."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.case_log import NOT_SENT, PROCESSED
from surveillance.domain.numbers import number, percent, span
from surveillance.errors import NotEstimable
from surveillance.metrics import flag_rate
from surveillance.metrics.estimate import Estimate
from surveillance.metrics.kolmogorov_smirnov import kolmogorov_smirnov
from surveillance.metrics.population_stability_index import population_stability_index
from surveillance.metrics.proportion import proportion_estimate

CHANCE = 0.01  # of each mark, where nothing has changed
FEWEST, FEWEST_BINNED = 20, 250  # studies: for the largest gap, and for the bins of the score shift
SHUFFLED = 2000  # scores that are dealt out anew where they are tied; beyond, the limiting law stands in


@dataclass(frozen=True, slots=True)
class Unlabelled:
    """Some studies of one version, in order of acquisition.

    Attributes
    ----------
    status : int8 array of shape (n,); index into `STATUSES`
    called : int8 array of shape (n,); 1 flagged, 0 not flagged, -1 no flag
    score : float array of shape (n,); nan where there is none
    """

    status: NDArray[np.int8]
    called: NDArray[np.int8]
    score: NDArray[np.float64]

    @property
    def scores(self) -> NDArray[np.float64]:
        """Return the scores of the processed studies that have one."""
        kept = (self.status == PROCESSED) & np.isfinite(self.score)
        return np.asarray(self.score[kept], dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Finding:
    """One check in words; `differs` where chance alone would hardly give it."""

    name: str
    differs: bool
    words: str


def flags(studies: Unlabelled) -> Estimate:
    """Return the share of processed studies that were flagged, with Wilson's interval.

    Raises
    ------
    NotEstimable
        If no processed study has a flag.

    Examples
    --------
    >>> flags(Unlabelled(np.zeros(4, np.int8), np.array([1, 0, 0, -1], np.int8), np.full(4, np.nan)))
    Estimate(value=0.33, low=0.06, high=0.79, n=3, positives=1)
    """
    known = (studies.status == PROCESSED) & (studies.called >= 0)
    return flag_rate(studies.called[known] == 1)


def failures(studies: Unlabelled) -> Estimate:
    """Return the share of studies sent to the AI that it did not process, with Wilson's interval.

    Raises
    ------
    NotEstimable
        If no study was sent.

    Examples
    --------
    >>> failures(Unlabelled(np.array([0, 1, 2], np.int8), np.full(3, -1, np.int8), np.full(3, np.nan)))
    Estimate(value=0.50, low=0.09, high=0.91, n=2, positives=1)
    """
    sent = studies.status != NOT_SENT
    failed = int((sent & (studies.status != PROCESSED)).sum())
    return proportion_estimate(failed, int(sent.sum()), positives=failed)


def share_words(share: Estimate, verb: str) -> str:
    """Return a share in words.

    >>> share_words(proportion_estimate(5, 30, positives=5), "flagged").replace(chr(0xa0), " ").replace(chr(0x2060), "")
    '5 of 30 flagged, 17 % (7.3–34)'
    """
    interval = span(share.low, share.high, "share")
    return f"{share.positives:,} of {share.n:,} {verb}, {percent(share.value)} ({interval})"


def compare_shares(name: str, verb: str, now: Estimate, before: Estimate | None, whose: str) -> Finding:
    """Set a share beside the reference's; Fisher's exact test says whether chance would hardly part them so.

    Notes
    -----
    Assumes: independent studies; one look, not one each week.
    Not for: an alarm, nor a sign that the AI is worse: a flag rate also moves with who is scanned.
    Departs from the published rule: in nothing.

    References
    ----------
    Fisher (1922) On the interpretation of chi-squared from contingency tables. JRSS 85, 87-94.
    """
    words = share_words(now, verb)
    if before is None:
        return Finding(name, False, f"{words}.")
    from scipy.stats import fisher_exact

    table = np.array([[one.positives, one.n - one.positives] for one in (now, before)])
    p = float(fisher_exact(table).pvalue)
    return Finding(name, p < CHANCE, f"{words}; {whose}: {share_words(before, verb)}: {_chance(p < CHANCE)}.")


def scores_apart(now: Unlabelled, before: Unlabelled, whose: str, rng: np.random.Generator) -> tuple[Finding, ...]:
    """Say whether scores lie otherwise than the reference's, by limits that know how many there are."""
    current, reference = now.scores, before.scores
    if not len(current) and not len(reference):
        return ()
    if min(len(current), len(reference)) < FEWEST:
        words = (
            f"Too few to say: {len(current):,} scores here and {len(reference):,} of {whose}; {FEWEST} of each needed."
        )
        return (Finding("Scores", False, words),)
    few = len(current) + len(reference) <= SHUFFLED
    gap = kolmogorov_smirnov(reference, current, rng=rng if few else None)
    assert not isinstance(gap.p_value, NotEstimable)
    found = [
        Finding(
            "Scores",
            gap.p_value < CHANCE,
            f"The widest gap to the scores of {whose} is {100 * gap.value:.0f} points of 100:"
            f" {_chance(gap.p_value < CHANCE)} ({len(current):,} scores against {len(reference):,}).",
        )
    ]
    if len(current) >= FEWEST_BINNED and len(reference) >= FEWEST_BINNED:
        try:
            shift = population_stability_index(reference, current, confidence=1 - CHANCE)
        except NotEstimable as error:
            return (*found, Finding("Score shift", False, f"{error}."))
        beyond = shift.value > shift.limit
        words = f"{number(shift.value)}; chance alone stays below {number(shift.limit)}."
        found.append(Finding("Score shift", beyond, words))
    return tuple(found)


def _chance(beyond: bool) -> str:
    return "beyond chance" if beyond else "within chance"
