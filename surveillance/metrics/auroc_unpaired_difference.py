"""The difference between the AUROCs of two sets of cases that share none."""

from math import sqrt
from typing import Literal

from scipy.special import ndtr, stdtr, stdtrit

from surveillance.metrics.arrays import Flags, Scores, as_flags, as_scores, require_same_length
from surveillance.metrics.auroc_difference import compared_placements
from surveillance.metrics.comparison import Comparison
from surveillance.metrics.estimate import Interval, normal_quantile
from surveillance.metrics.topic import Topic

TOPIC = Topic.COMPARISON

METHOD = "difference of two independent AUROCs with DeLong's variances; two-sided "


def auroc_unpaired_difference(
    truth_a: Flags,
    score_a: Scores,
    truth_b: Flags,
    score_b: Scores,
    *,
    confidence: float = 0.95,
    reference: Literal["normal", "t"] = "normal",
) -> Comparison:
    """Compare how well the AI tells disease from health in two separate sets of cases.

    A - B with Var = VarA + VarB, each DeLong's. The reference is the normal of DeLong's own paired test, or
    pROC's t with Satterthwaite's degrees of freedom from the two variances.

    Parameters
    ----------
    truth_a, score_a : arrays of shape (n,)
        The first set: a baseline, a site.
    truth_b, score_b : arrays of shape (k,)
        The second set: a later window, another site. No case may stand in both.
    reference : {"normal", "t"}
        What the standardised difference is held against.

    Raises
    ------
    NotEstimable
        If a class has fewer than two cases in a set, or a set is separated perfectly or has one score.

    Examples
    --------
    >>> before = [0, 0, 0, 1, 1, 1], [1, 2, 4, 3, 5, 6]
    >>> after = [0, 0, 0, 1, 1, 1], [1, 3, 5, 2, 4, 6]
    >>> result = auroc_unpaired_difference(*before, *after)
    >>> round(result.difference, 3), round(result.p_value, 2)
    (0.222, 0.48)

    References
    ----------
    DeLong, DeLong & Clarke-Pearson (1988) Biometrics 44, 837-845.
    Robin et al. (2011) pROC: an open-source package for R and S+ to analyze and compare ROC curves.
    BMC Bioinformatics 12, 77.

    Notes
    -----
    Assumes: independent cases, and no case in both sets. Measured at AUROC .86 and 10 % prevalence, 5 % nominal:
    size .04 to .06 for two sets alike, but against a baseline of 200 positives .19 with 5 positives, .12 with 10,
    .08 with 20 and .05 with 50 and more.
    Not for: fewer than 50 positives in either set; overlapping windows, whose shared cases it would count twice; a
    week against its own baseline again and again (a chart does that).
    Departs from the published rule: no result where a set is separated perfectly, because its variance is then
    estimated as 0; the normal reference by default, where pROC takes the t.
    """
    if reference not in ("normal", "t"):
        raise ValueError(f"reference must be normal or t, got {reference}")
    sets = [
        (as_flags(truth_a, "truth_a"), as_scores(score_a, "score_a"), "the first set"),
        (as_flags(truth_b, "truth_b"), as_scores(score_b, "score_b"), "the second set"),
    ]
    areas, variances, sizes = [], [], []
    for flags, scores, which in sets:
        require_same_length(flags, scores)
        v10, v01 = compared_placements(flags, scores, which)
        areas.append(float(v10.mean()))
        variances.append(float(v10.var(ddof=1) / len(v10) + v01.var(ddof=1) / len(v01)))
        sizes.append(len(flags))
    quantile = normal_quantile(confidence)  # refuses a confidence outside 0 to 1
    difference, variance = areas[0] - areas[1], sum(variances)
    standard_error = sqrt(variance)
    statistic = -abs(difference) / standard_error
    if reference == "t":
        freedom = variance**2 / sum(one**2 / (size - 1) for one, size in zip(variances, sizes, strict=True))
        half, tail = float(stdtrit(freedom, 0.5 + confidence / 2.0)), float(stdtr(freedom, statistic))
        words = f"t with {freedom:.1f} degrees of freedom (Satterthwaite)"
    else:
        half, tail, words = quantile, float(ndtr(statistic)), "normal"
    low, high = difference - half * standard_error, difference + half * standard_error
    interval = Interval(max(-1.0, low), min(1.0, high), confidence)
    return Comparison(difference, interval, standard_error, min(1.0, 2.0 * tail), sum(sizes), METHOD + words)
