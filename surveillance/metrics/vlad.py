"""VLAD: how many findings fewer, or more, than the risks promised, case after case."""

from dataclasses import dataclass

import numpy as np

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import Flags, FloatArray, Scores, as_flags, as_probabilities, require_same_length
from surveillance.metrics.topic import Topic

TOPIC = Topic.CALIBRATION


@dataclass(frozen=True, slots=True, eq=False)
class Vlad:
    """The running difference between what was expected and what was observed.

    Attributes
    ----------
    path : float array of shape (n,)
        Expected less observed findings after each case; it falls where there are more than promised.
    observed : int
        Findings in all.
    expected : float
        Findings promised by the risks in all.
    """

    path: FloatArray
    observed: int
    expected: float


def vlad(truth: Flags, probability: Scores) -> Vlad:
    """Add up, case after case, how many findings fewer than expected there have been.

    The variable life-adjusted display: every case adds its risk, every finding takes one off. It shows in
    findings what the risk-adjusted CUSUM beside it tests, and is for the eye only: it has no valid alarm limit, since
    the path of a process without change wanders ever further from zero.

    Parameters
    ----------
    truth : bool array of shape (n,)
    probability : float array of shape (n,)
        Risk of each case.

    Raises
    ------
    NotEstimable
        If there is no case.

    Examples
    --------
    >>> vlad([0, 1, 0], [0.2, 0.5, 0.3]).path.round(1).tolist()
    [0.2, -0.3, 0.0]

    References
    ----------
    Lovegrove et al. (1997) Monitoring the results of cardiac surgery by variable life-adjusted display. Lancet
    350, 1128-1130.

    Notes
    -----
    Assumes: cases in their order of time, and risks that are right while nothing is wrong.
    Not for: an alarm. No horizontal limit and no funnel around it holds a false-alarm rate.
    Departs from the published rule: in nothing.
    """
    flags, risks = as_flags(truth, "truth"), as_probabilities(probability)
    require_same_length(flags, risks)
    if len(flags) == 0:
        raise NotEstimable("A VLAD needs cases with a confirmed truth, got 0")
    return Vlad(np.cumsum(risks - flags), int(flags.sum()), float(risks.sum()))
