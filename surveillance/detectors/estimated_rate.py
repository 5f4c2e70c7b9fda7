"""How far a run length can be trusted when the in-control rate was itself estimated from a baseline."""

from collections.abc import Callable
from dataclasses import dataclass

from scipy.special import betaincinv

from surveillance.errors import NotEstimable
from surveillance.metrics.topic import Topic

TOPIC = Topic.LIMITS
TENTH = 0.1


@dataclass(frozen=True, slots=True)
class EstimatedRunLength:
    """The run length a chart was designed for, and the range its true one lies in with 80 % probability.

    Attributes
    ----------
    low, nominal, high : float
        10th percentile, the value at the estimate itself, and 90th percentile, in cases.
    """

    low: float
    nominal: float
    high: float


def true_rate_quantile(events: float, studies: float, share: float) -> float:
    """Return the rate that the true one stays below with a given probability, after a baseline.

    The quantile of Beta(x + 1/2, n - x + 1/2): what x events in n independent studies say of the true rate
    (Jeffreys). As an upper bound it holds in about the stated share of baselines.

    Parameters
    ----------
    events, studies : float
        Events of the baseline and the studies they were counted in; not whole where a larger baseline with
        the same rate is asked after.
    share : float
        Probability that the true rate is below the value returned.

    Raises
    ------
    NotEstimable
        If the baseline has no study, or more events than studies.

    Examples
    --------
    >>> round(true_rate_quantile(20, 200, 0.9), 3)
    0.13

    References
    ----------
    Brown, Cai & DasGupta (2001) Interval estimation for a binomial proportion. Statistical Science 16, 101-133.

    Notes
    -----
    Assumes: independent studies with one rate throughout the baseline.
    Not for: a baseline in which the rate moved; the checks of the baseline look for that.
    Departs from the published rule: in nothing.
    """
    if not 0 <= events <= studies or studies <= 0:
        raise NotEstimable(f"A rate from a baseline needs events among its studies, got {events:g} in {studies:g}")
    return float(betaincinv(events + 0.5, studies - events + 0.5, share))


def estimated_run_length(run_length: Callable[[float], float], events: float, studies: float) -> EstimatedRunLength:
    """Return what the run length of a finished design may truly be, its in-control rate being an estimate.

    A chart's run length falls as the true rate rises, so the run length at the 90th percentile of the true
    rate is the run length's own 10th percentile: nine baselines in ten give a chart that does better.

    Parameters
    ----------
    run_length : function of a rate
        Mean number of cases to a signal of the designed chart at a true rate.
    events, studies : float
        Events of the baseline, and the studies they were counted in.

    Raises
    ------
    NotEstimable
        If the baseline has no study, or more events than studies.

    Examples
    --------
    >>> from surveillance.detectors import BernoulliCusum
    >>> chart = BernoulliCusum.design(in_control=0.10, out_of_control=0.20, run_length=2264)
    >>> found = estimated_run_length(chart.run_length, 20, 200)
    >>> found.low < 500 < 2264 <= found.nominal < 15_000 < found.high
    True

    References
    ----------
    Gandy & Kvaloy (2013) Guaranteed conditional performance of control charts via bootstrap methods.
    Scandinavian Journal of Statistics 40, 647-668.

    Notes
    -----
    Assumes: a one-sided chart whose run length falls as the rate rises, with its limit fixed.
    Not for: a rate that the plan states as acceptable; a standard has no estimation error.
    Departs from the published rule: the percentile is printed and the limit is left as designed (Gandy and Kvaloy
    raise the limit until the percentile itself is as asked), because the budget of a plan is one of averages and a
    raised limit would hide in the delay what the reader should weigh: a longer baseline.
    """
    at = (events / studies, *(true_rate_quantile(events, studies, share) for share in (TENTH, 1 - TENTH)))
    nominal, high, low = (float(run_length(rate)) for rate in at)
    return EstimatedRunLength(low, nominal, high)
