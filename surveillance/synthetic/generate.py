"""Make a log from a scenario and a seed."""

from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from surveillance.domain.case_log import FAILED, NEVER, PROCESSED
from surveillance.synthetic.arrivals import SECOND, arrivals
from surveillance.synthetic.log import SyntheticLog
from surveillance.synthetic.patients import AGE_SHARES, SEX_SHARES, draw, first_study, truths
from surveillance.synthetic.reading import printed
from surveillance.synthetic.scenario import Scenario
from surveillance.synthetic.studies import Studies
from surveillance.synthetic.verification import verify

TURNAROUND_MEDIAN, TURNAROUND_95TH = 4.0, 12.0  # minutes; lognormal


def generate(scenario: Scenario, *, seed: int, weeks: int, start: date) -> SyntheticLog:
    """Make the log of a scenario: the same seed gives the same log, another seed another.

    Parameters
    ----------
    weeks : how many weeks from `start`, a Monday

    Raises
    ------
    ValueError
        If `start` is not a Monday.
    """
    rng = np.random.default_rng(seed)
    parts = [_one_site(scenario, site, rng, weeks, start) for site in range(len(scenario.sites))]
    return SyntheticLog(scenario, seed, start, weeks, Studies.joined(parts))


def _one_site(scenario: Scenario, site: int, rng: np.random.Generator, weeks: int, start: date) -> Studies:
    """Draw one site's studies; each column is one vectorised draw."""
    department = scenario.department
    acquired_at, week = arrivals(rng, department.studies_per_week, start, weeks, department.zone)
    size = len(week)
    first = first_study(rng, acquired_at)
    scanner = draw(rng, tuple(s.share for s in department.scanners), size)
    setting = draw(rng, tuple(s.share for s in department.settings), size)[first]
    prevalence = np.array([s.prevalence for s in department.settings])[setting]
    ratio = 1 + (scenario.change.prevalence_ratio - 1) * scenario.progress(week)
    truth = truths(rng, prevalence * ratio, first)
    kind = _kinds(rng, scenario, week, truth)
    touched = _touched(scenario, scanner)
    latent = _latent(rng, scenario, kind, touched, week)
    reading = department.reading
    called = printed(reading.probability(latent)) >= reading.threshold
    shift = scenario.change.score_shift * scenario.progress(week)
    score = printed(1 / (1 + np.exp(-reading.log_odds(latent) - shift)))
    after = department.failed_share if scenario.change.failed_share is None else scenario.change.failed_share
    failing = department.failed_share + (after - department.failed_share) * touched * scenario.progress(week)
    failed = rng.random(size) < failing
    minutes = TURNAROUND_MEDIAN * np.exp(
        np.log(TURNAROUND_95TH / TURNAROUND_MEDIAN) / ndtri(0.95) * rng.standard_normal(size)
    )
    ready = acquired_at + np.maximum(1, (60 * minutes).astype(np.int64)) * SECOND
    verified = verify(
        rng,
        scenario,
        truth=truth,
        processed=~failed,
        flagged=called & ~failed,
        known_from=ready,
        acquired_at=acquired_at,
        week=week,
    )
    return Studies(
        number=np.arange(1, size + 1),
        site=np.full(size, site, dtype=np.int8),
        scanner=scanner.astype(np.int8),
        setting=setting.astype(np.int8),
        age_band=draw(rng, AGE_SHARES, size)[first].astype(np.int8),
        sex=draw(rng, SEX_SHARES, size)[first].astype(np.int8),
        acquired_at=acquired_at,
        result_at=np.where(failed, NEVER, ready),
        recorded_at=verified.recorded_at,
        week=week,
        status=np.where(failed, np.int8(FAILED), np.int8(PROCESSED)),
        score=np.where(failed, np.nan, score),
        called=np.where(failed, np.int8(-1), called.astype(np.int8)),
        truth=truth,
        kind=kind.astype(np.int8),
        recorded_truth=verified.truth,
        source=verified.source,
        audit_selected=verified.audit_selected,
        sampling_fraction=verified.sampling_fraction,
        patient=first + 1 + site * 10_000_000,
    )


def _touched(scenario: Scenario, scanner: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Mark the studies made on a scanner that the change touches."""
    names = [s.name in scenario.change.scanners for s in scenario.department.scanners]
    return np.array(names)[scanner]


def _kinds(
    rng: np.random.Generator, scenario: Scenario, week: NDArray[np.int64], truth: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Draw which kind of positive each positive is; -1 for negatives. The hardest kind may grow."""
    shares = scenario.department.reading.shares
    hardest = scenario.hardest_share(week)
    uniform = rng.random(len(week))
    edges = np.cumsum(shares[:-1] / shares[:-1].sum())[:-1]
    easier = np.searchsorted(edges, (uniform - hardest) / (1 - hardest), side="right")
    return np.where(truth, np.where(uniform < hardest, len(shares) - 1, easier), -1)


def _latent(
    rng: np.random.Generator,
    scenario: Scenario,
    kind: NDArray[np.int64],
    touched: NDArray[np.bool_],
    week: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Draw the latent suspicion; on a touched scanner negatives move up to the planted false-flag rate."""
    reading = scenario.department.reading
    flagged_after = scenario.change.false_flag_rate(1 - reading.specificity)
    lifted = (reading.cut + ndtri(flagged_after)) * touched * scenario.progress(week)
    centre = np.where(kind >= 0, reading.distances[kind], lifted)
    return np.asarray(rng.standard_normal(len(kind)) + centre)
