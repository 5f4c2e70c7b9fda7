"""Are the sites of a pooled baseline alike? Each figure that the baseline gives is tested over its sites."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.plan import Plan
from surveillance.errors import NotEstimable
from surveillance.metrics import (
    Estimate,
    auroc,
    benjamini_hochberg,
    site_auroc_effects,
    site_effects,
    site_effects_power,
)
from surveillance.metrics.test_result import TestResult

LEVEL = 0.05
FEWEST = 20  # positives and negatives of a site, below which its AUROC's error is not to be trusted
TABLES_SEED = 20_26  # the drawn tables are the same for the same counts, so that a past week stays as it was


@dataclass(frozen=True, slots=True)
class SiteCounts:
    """What one site brings to a pooled baseline; its AUROC is None where it has none."""

    flagged_positives: int
    positives: int
    unflagged_negatives: int
    negatives: int
    area: Estimate | None

    @classmethod
    def of(
        cls,
        flagged: NDArray[np.bool_],
        positive: NDArray[np.bool_],
        negative: NDArray[np.bool_],
        score: NDArray[np.float64],
    ) -> "SiteCounts":
        """Count the verified studies of one site."""
        usable = (positive | negative) & ~np.isnan(score)
        truth = positive[usable]
        enough = min(truth.sum(), (~truth).sum()) >= FEWEST
        return cls(
            int((flagged & positive).sum()),
            int(positive.sum()),
            int((~flagged & negative).sum()),
            int(negative.sum()),
            auroc(truth, score[usable]) if enough else None,
        )


def site_differences(sites: Sequence[SiteCounts], plan: Plan) -> str:
    """Say in words whether the sites differ in sensitivity, specificity or AUROC, as far as they can be told apart.

    Three tests on one baseline are one family: their p-values are adjusted (Benjamini & Hochberg). Studies are
    compared as verified; with one audit fraction for all sites that is a test of the rates themselves.
    """
    tested: list[tuple[str, float]] = []
    tries: list[tuple[str, Callable[[], TestResult]]] = []
    if plan.gives_flag:
        tries += [
            ("sensitivity", lambda: _rates(tuple((s.flagged_positives, s.positives) for s in sites))),
            ("specificity", lambda: _rates(tuple((s.unflagged_negatives, s.negatives) for s in sites))),
        ]
    if plan.score != "none":
        tries.append(("AUROC", lambda: site_auroc_effects([s.area for s in sites if s.area is not None])))
    for figure, test in tries:
        try:
            tested.append((figure, test().p_value))
        except NotEstimable:
            continue
    if not tested:
        return "site effects: too few studies to tell"
    adjusted = benjamini_hochberg([p for _, p in tested], rate=LEVEL)
    differ = [figure for (figure, _), found in zip(tested, adjusted.found, strict=True) if found]
    smallest = f"p = {_p_words(float(adjusted.adjusted.min()))}"
    if differ:
        return f"sites differ in {' and '.join(differ)}, {smallest}: judge each site by its own baseline"
    seen = f"site effects: no difference seen in {', '.join(figure for figure, _ in tested)}, {smallest}"
    return seen + (_would_show(sites) if plan.gives_flag else "")


def _would_show(sites: Sequence[SiteCounts]) -> str:
    """Say how often the test would find a doubled miss rate at the site with the fewest positives."""
    n = np.array([site.positives for site in sites])
    missed = int(n.sum()) - sum(site.flagged_positives for site in sites)
    miss = missed / max(1, int(n.sum()))
    if not 0.0 < miss < 0.5 or (n > 0).sum() < 2:
        return ""
    smallest = int(np.argmin(np.where(n > 0, n, n.max() + 1)))
    rates = np.where(np.arange(len(n)) == smallest, 1.0 - 2.0 * miss, 1.0 - miss)
    power = site_effects_power(n, rates).power
    return f"; a doubled miss rate at the smallest would show in {100.0 * power:.0f} of 100"


@lru_cache(maxsize=4096)
def _rates(sites: tuple[tuple[int, int], ...]) -> TestResult:
    """Test one rate over sites; kept, since a baseline that is over is judged again every week."""
    successes, n = zip(*sites, strict=True)
    return site_effects(successes, n, rng=np.random.default_rng(TABLES_SEED))


def _p_words(p_value: float) -> str:
    """Write a p-value as a reader wants it.

    >>> _p_words(0.434), _p_words(0.0031), _p_words(1e-9)
    ('.43', '.003', 'under .001')
    """
    if p_value < 0.001:
        return "under .001"
    digits = 2 if p_value >= 0.095 else 3
    return f"{p_value:.{digits}f}".removeprefix("0")
