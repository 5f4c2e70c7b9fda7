"""How often each test calls a difference where there is none, beside the size that it promises."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from math import sqrt
from pathlib import Path
from zlib import crc32

import numpy as np
from scipy.special import expit

from surveillance.detectors.weekly_dependence import rate_dependence
from surveillance.errors import NotEstimable
from surveillance.metrics import auroc, spiegelhalter
from surveillance.metrics.auroc_difference import auroc_difference
from surveillance.metrics.auroc_unpaired_difference import auroc_unpaired_difference
from surveillance.metrics.calibration_likelihood_ratio import calibration_likelihood_ratio
from surveillance.metrics.kolmogorov_smirnov import kolmogorov_smirnov
from surveillance.metrics.overdispersion import overdispersion
from surveillance.metrics.population_stability_index import population_stability_index
from surveillance.metrics.site_effects import site_auroc_effects, site_effects
from surveillance.metrics.wasserstein import wasserstein

SEED = 20_264
RUNS, FEW = 2_000, 250
NOMINAL = 0.05
SIZES = (50, 200, 1000)
PREVALENCE = 0.20
BAND = (0.035, 0.065)
TOLERANCES = Path(__file__).with_name("size_tolerances.csv")
Generator = np.random.Generator


@dataclass(frozen=True)
class Test:
    """A test under no change: `p_value` draws one set of data of about n cases and asks."""

    __test__ = False  # the name is the field's; pytest would take it for a test class

    test: str
    setting: str
    n: int
    p_value: Callable[[Generator, int], float]
    runs_share: float = 1.0


@dataclass(frozen=True)
class Size:
    """How often a test was below its nominal level; `runs` are those that gave a p-value."""

    test: Test
    runs: int
    called: int

    @property
    def measured(self) -> float:
        """Return the share of runs that called a difference."""
        return self.called / self.runs

    @property
    def standard_error(self) -> float:
        """Return the Monte Carlo error at the nominal level."""
        return sqrt(NOMINAL * (1.0 - NOMINAL) / self.runs)


def measure(test: Test, runs: int) -> Size:
    """Simulate one test; a set of data that it refuses is drawn but not counted."""
    rng = np.random.default_rng([SEED, crc32(f"{test.test} / {test.setting} / {test.n}".encode())])
    given = called = 0
    for _ in range(max(2, round(runs * test.runs_share))):
        try:
            p_value = test.p_value(rng, test.n)
        except NotEstimable:
            continue
        given += 1
        called += p_value < NOMINAL
    return Size(test, given, called)


def _calibrated(rng: Generator, n: int):
    probability = expit(-1.9 + 1.5 * rng.standard_normal(n))
    return rng.random(n) < probability, probability


def _classes(rng: Generator, n: int):
    truth = np.arange(n) < round(PREVALENCE * n)
    return truth, rng.standard_normal(n) + 1.5 * truth


def _paired(rng: Generator, n: int) -> float:
    truth, own = _classes(rng, n)
    one, other = (np.sqrt(0.5) * (own - 1.5 * truth + rng.standard_normal(n)) + 1.5 * truth for _ in range(2))
    return auroc_difference(truth, one, other).p_value


def _unpaired(rng: Generator, n: int) -> float:
    return auroc_unpaired_difference(*_classes(rng, n), *_classes(rng, n)).p_value


def _unpaired_t(rng: Generator, n: int) -> float:
    return auroc_unpaired_difference(*_classes(rng, n), *_classes(rng, n), reference="t").p_value


def _two_samples(rng: Generator, n: int):
    return rng.beta(0.5, 5.0, 1000), rng.beta(0.5, 5.0, n)


def _tied(rng: Generator, n: int):
    return tuple(np.round(rng.beta(0.5, 5.0, size), 1) for size in (200, n))


def _sites(rng: Generator, n: int) -> float:
    cases = np.array([n // 2, n // 4, n // 4])
    return site_effects(rng.binomial(cases, 0.10), cases, rng=rng).p_value


def _site_areas(rng: Generator, n: int) -> float:
    return site_auroc_effects([auroc(*_classes(rng, n)) for _ in range(3)]).p_value


def _spread(rng: Generator, n: int) -> float:
    cases = np.full(n // 10, 100)
    return overdispersion(rng.binomial(cases, 0.10), cases, 0.10).p_value


def _weeks(part: str):
    def p_value(rng: Generator, n: int) -> float:
        studies = np.full(n // 5, 20)
        return getattr(rate_dependence(rng.binomial(studies, 0.10), studies, rng), f"{part}_p")

    return p_value


TABLE: tuple[tuple[str, str, Callable[[Generator, int], float], tuple[int, ...], float], ...] = (
    ("spiegelhalter", "calibrated, prevalence about .20", lambda rng, n: spiegelhalter(*_calibrated(rng, n)).p_value,
     SIZES, 1.0),
    ("calibration_likelihood_ratio", "joint, calibrated, prevalence about .20",
     lambda rng, n: calibration_likelihood_ratio(*_calibrated(rng, n)).joint.p_value, SIZES, 1.0),
    ("calibration_likelihood_ratio", "intercept, calibrated, prevalence about .20",
     lambda rng, n: calibration_likelihood_ratio(*_calibrated(rng, n)).intercept.p_value, SIZES, 1.0),
    ("calibration_likelihood_ratio", "slope, calibrated, prevalence about .20",
     lambda rng, n: calibration_likelihood_ratio(*_calibrated(rng, n)).slope.p_value, SIZES, 1.0),
    ("auroc_difference", "AUROC .856 twice, correlation .50, prevalence .20", _paired, SIZES, 1.0),
    ("auroc_unpaired_difference", "AUROC .856 twice, prevalence .20, normal", _unpaired, SIZES, 1.0),
    ("auroc_unpaired_difference", "AUROC .856 twice, prevalence .20, t", _unpaired_t, SIZES, 1.0),
    ("kolmogorov_smirnov", "reference of 1000 scores, no ties",
     lambda rng, n: kolmogorov_smirnov(*_two_samples(rng, n)).p_value, SIZES, 1.0),
    ("kolmogorov_smirnov", "reference of 200 scores, rounded to tenths, shuffled",
     lambda rng, n: kolmogorov_smirnov(*_tied(rng, n), rng=rng).p_value, (50, 200), 0.25),
    ("wasserstein", "reference of 200 scores, rounded to tenths, shuffled",
     lambda rng, n: wasserstein(*_tied(rng, n), rng=rng).p_value, (50, 200), 0.25),
    ("population_stability_index", "reference of 1000 scores, 10 bins",
     lambda rng, n: population_stability_index(*_two_samples(rng, n)).p_value, SIZES, 1.0),
    ("site_effects", "three sites of n/2, n/4 and n/4, rate .10", _sites, SIZES, 0.5),
    ("site_auroc_effects", "three sites of n, AUROC .856, prevalence .20", _site_areas, SIZES, 0.5),
    ("overdispersion", "n/10 sites of 100 studies, rate .10", _spread, SIZES, 1.0),
    ("rate_dependence", "overdispersion of n/5 weeks of 20 studies, rate .10", _weeks("dispersion"), (200, 1000), 0.25),
    ("rate_dependence", "autocorrelation of n/5 weeks of 20 studies, rate .10", _weeks("autocorrelation"), (200, 1000),
     0.25),
)  # fmt: skip


def every_size() -> tuple[Test, ...]:
    """Return every test at every number of cases."""
    return tuple(
        Test(name, setting, n, p_value, share) for name, setting, p_value, sizes, share in TABLE for n in sizes
    )


@cache
def listed() -> dict[tuple[str, str, str], tuple[float, float]]:
    """Return the tests that are known to miss their size, with the range that is accepted of each."""
    with TOLERANCES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(row["test"], row["setting"], row["n"]): (float(row["lowest"]), float(row["highest"])) for row in rows}


def accepted(test: Test) -> tuple[float, float]:
    """Return the range of sizes that is accepted of a test."""
    return listed().get((test.test, test.setting, str(test.n)), BAND)
