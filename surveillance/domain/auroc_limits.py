"""The limits of the AUROC chart, by simulation from the baseline's own scores."""

from dataclasses import dataclass

import numpy as np

from surveillance.domain.auroc_batches import BATCH_POSITIVES
from surveillance.domain.auroc_chart import AurocChartDesign, AurocLimit
from surveillance.domain.baseline_error import guaranteed_run_length, redrawn_baselines
from surveillance.domain.drawn_batches import draw_batches, unchanged_z, worsened
from surveillance.domain.drawn_chart import DrawnChart, DrawnCusum, DrawnEwma
from surveillance.metrics.arrays import Flags, FloatArray, Scores, as_flags, as_scores
from surveillance.metrics.auroc_baseline import baseline_auroc

PARTS = 20
SMALLEST = 1e-3  # standard errors: the least change that an estimate of the onset can weigh


def auroc_chart_design(
    truth: Flags,
    score: Scores,
    *,
    alarm_run_length: float,
    action_run_length: float | None,
    rng: np.random.Generator,
    batch_positives: int = BATCH_POSITIVES,
    positive_share: float | None = None,
    reference: float = 0.5,
    weight: float | None = None,
    drop: float = 0.05,
    larger_baseline: int = 300,
    within: tuple[int, ...] = (),
) -> AurocChartDesign:
    """Design the chart that finds a lasting fall of the AUROC, batch by batch: a CUSUM, or an EWMA.

    Batches are drawn with replacement from the baseline's own scores at the counts that the plan expects, and
    standardised as the chart will do it. A mean-preserving Markov chain over these values gives the run length of
    any limit, and the limit of any run length. A few positives give a skewed AUROC: the limit of the normal
    table (4.10 for 370) would be passed about every 218 batches of 10 positives.

    Parameters
    ----------
    truth : bool array of shape (n,)
        Of the baseline.
    score : float array of shape (n,)
    alarm_run_length, action_run_length : float
        Mean number of batches between false alarms and between false recommendations; the second None where the
        chart may not recommend.
    rng : numpy Generator
    batch_positives : int
    positive_share : float, optional
        Share of positives among the cases that come to the chart; the baseline's where not given.
    reference : float
        k of a CUSUM, in standard errors of a batch.
    weight : float, optional
        lambda of an EWMA, which the chart then is.
    drop : float
        Fall of the AUROC for which delays are given; the baseline's positives are moved down for it
        (see `worsened`).
    larger_baseline : int
        How many positives to price beside the actual number.
    within : tuple of int
        Numbers of batches for which the chance of a false alarm is given.

    Returns
    -------
    AurocChartDesign

    Raises
    ------
    NotEstimable
        If the baseline has no AUROC with an interval, or the drop would end at one half.
    ValueError
        If a run length is too short for a chart with memory.

    Examples
    --------
    >>> rng = np.random.default_rng(4)
    >>> truth = np.arange(3000) < 300
    >>> design = auroc_chart_design(
    ...     truth, rng.normal(1.5 * truth), alarm_run_length=100, action_run_length=1000, rng=rng
    ... )
    >>> design.alarm.limit < design.action.limit, design.alarm.run_length_p10 < design.alarm.run_length
    (True, True)

    References
    ----------
    Page (1954) Biometrika 41, 100-115. Roberts (1959) Technometrics 1, 239-250. Brook & Evans (1972) Biometrika 59,
    539-549.
    Jones, Champ & Rigdon (2004) The run length distribution of the CUSUM with estimated parameters. Journal of
    Quality Technology 36, 95-108 (why the 10th percentile is printed).

    Notes
    -----
    Assumes: independent cases; batches of the same mix as the baseline while nothing is wrong.

    Not for: a baseline under some 200 positives; a product whose case mix narrows (its AUROC falls though it
    reads as before); weighted cases of a partly verified stream.

    Departs from the published rule: the normal run length is replaced by one from drawn batches; the 10th percentile
    counts the error of the baseline's AUROC and of its variance, and not that of its shape.
    """
    flags, scores = as_flags(truth, "truth"), as_scores(score, "score")
    baseline = baseline_auroc(flags, scores)
    positive, negative = scores[flags], scores[~flags]
    share = len(positive) / len(scores) if positive_share is None else positive_share
    if not 0.0 < share < 1.0 or batch_positives < 2 or reference <= 0.0:
        raise ValueError("positive_share must lie between 0 and 1, batch_positives be 2 or more, reference positive")
    if weight is not None and not 0.0 < weight <= 1.0:
        raise ValueError(f"weight must be above 0 and at most 1, got {weight:g}")
    batches = draw_batches(len(positive), len(negative), batch_positives, share, rng)
    z = unchanged_z(baseline, batches, batches.auroc(positive, negative))
    some = batches.first(max(len(z) // 4, 1))
    fallen = baseline.standardise(some.auroc(*worsened(positive, negative, drop)), some.positives, some.negatives)
    larger = max(larger_baseline, len(positive))
    counts = (float(batches.positives.mean()), float(batches.negatives.mean()))
    own = redrawn_baselines(positive, negative, counts, rng)
    # Errors fall with the root of the baseline's size; the same draws make the two figures comparable.
    other = own[0] * (len(positive) / larger) ** 0.5, own[1] * (len(positive) / larger) ** 0.5
    chart = DrawnCusum(reference) if weight is None else DrawnEwma(weight, max(float(-fallen.mean()), SMALLEST))
    costs = _Costs(z, fallen, chart, own, other, within)
    return AurocChartDesign(
        baseline=baseline,
        batch_positives=batch_positives,
        positive_share=share,
        chart=chart,
        drop=drop,
        larger_baseline=larger,
        batches=len(z),
        alarm=costs.limit(alarm_run_length),
        action=None if action_run_length is None else costs.limit(action_run_length),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Costs:
    z: FloatArray
    fallen: FloatArray
    chart: DrawnChart
    own: tuple[FloatArray, FloatArray]
    larger: tuple[FloatArray, FloatArray]
    within: tuple[int, ...]

    def limit(self, run_length: float) -> AurocLimit:
        """Return the limit of a run length, with what it costs."""
        chart = self.chart
        limit = chart.limit(self.z, run_length)
        parts = [chart.run_length((part - part.mean()) / part.std(), limit) for part in np.array_split(self.z, PARTS)]
        delay = chart.chain(self.fallen, limit)

        def run_length_of(z: FloatArray) -> float:
            return chart.run_length(z, limit)

        return AurocLimit(
            limit=limit,
            run_length=run_length_of(self.z),
            run_length_error=float(np.std(parts, ddof=1)) / PARTS**0.5,
            run_length_p10=guaranteed_run_length(self.z, run_length_of, *self.own),
            run_length_p10_larger=guaranteed_run_length(self.z, run_length_of, *self.larger),
            delay_median=delay.quantile(0.5),
            delay_p95=delay.quantile(0.95),
            chances=self._chances(limit),
        )

    def _chances(self, limit: float) -> tuple[float, ...]:
        """Return the chance of a false alarm within each number of batches asked for."""
        asked = np.array(self.within, dtype=np.int64)
        return tuple(self.chart.chain(self.z, limit).signal_probability(asked).tolist()) if self.within else ()
