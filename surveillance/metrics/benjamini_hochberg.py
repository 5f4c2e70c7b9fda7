"""Many tests of one period at once: which findings stand when one in twenty of them may be false."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import BoolArray, FloatArray, as_probabilities
from surveillance.metrics.topic import Topic

TOPIC = Topic.COMPARISON

METHOD = "Benjamini & Hochberg adjustment, false discovery rate"
METHOD_DEPENDENT = "Benjamini & Yekutieli adjustment for any dependence, false discovery rate"


@dataclass(frozen=True, slots=True)
class FalseDiscovery:
    """The tests of one family after their number was allowed for.

    Attributes
    ----------
    adjusted : float array of shape (n,)
        In the order given: the smallest rate at which the test would count as a finding.
    found : bool array of shape (n,)
        Whether the test counts as a finding at `rate`.
    rate : float
        The share of findings that may be false, on average.
    method : str
    """

    adjusted: FloatArray
    found: BoolArray
    rate: float
    method: str

    @property
    def n(self) -> int:
        """Return how many tests the family holds."""
        return len(self.adjusted)


def benjamini_hochberg(p_values: ArrayLike, *, rate: float = 0.05, any_dependence: bool = False) -> FalseDiscovery:
    """Say which of many tests of one period are findings, so that on average few of the findings are false.

    With the p-values in order, the k-th smallest counts where p(k) <= k/n * rate, and so do all smaller ones.
    The adjusted value is the least n/k * p(k) over it and all larger ones.

    Parameters
    ----------
    p_values : float array of shape (n,)
        Every test of the family, also the dull ones: leaving them out undoes the allowance.
    rate : float
        Above 0 and below 1.
    any_dependence : bool
        Divide the rate by 1 + 1/2 + ... + 1/n (Benjamini & Yekutieli), where tests may pull against each other.

    Raises
    ------
    NotEstimable
        If there is no test.
    ValueError
        If a p-value is missing or lies outside 0 to 1, or the rate does.

    Examples
    --------
    >>> benjamini_hochberg([0.01, 0.04, 0.03, 0.5]).adjusted.round(3).tolist()
    [0.04, 0.053, 0.053, 0.5]

    References
    ----------
    Benjamini & Hochberg (1995) Controlling the false discovery rate. JRSS B 57, 289-300.
    Benjamini & Yekutieli (2001) The control of the false discovery rate in multiple testing under
    dependency. Annals of Statistics 29, 1165-1188.

    Notes
    -----
    Assumes: p-values that are independent or rise together; one family, fixed before the data were seen.
    Not for: one test repeated every week on growing data; repeated weekly, most years without any change
    would show a finding. Use a chart there.
    Departs from the published rule: in nothing.
    """
    from scipy.stats import false_discovery_control

    values = as_probabilities(p_values, "p_values")
    if not 0.0 < rate < 1.0:
        raise ValueError(f"rate must lie between 0 and 1, got {rate:g}")
    if len(values) == 0:
        raise NotEstimable("The false discovery rate needs tests, got 0")
    adjusted = np.asarray(false_discovery_control(values, method="by" if any_dependence else "bh"), dtype=np.float64)
    method = METHOD_DEPENDENT if any_dependence else METHOD
    return FalseDiscovery(adjusted, adjusted <= rate, rate, f"{method} {rate:g}")
