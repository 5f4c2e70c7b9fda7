"""Classic mistakes are made on purpose, in a copy of the tree, and the test that is there to catch each must fail."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = shutil.ignore_patterns("__pycache__", "browser", "scenarios", "storage", "services", "dashboard")


@dataclass(frozen=True)
class Mistake:
    """One mistake: the file, the right text, the wrong text, and the test that must notice."""

    name: str
    file: str
    right: str
    wrong: str
    caught_by: str

    def __str__(self) -> str:
        return self.name


MISTAKES = (
    Mistake(
        "the normal table's limit for an average of skewed batches",
        "surveillance/domain/drawn_chart.py",
        "return drawn_ewma_limit(-z, self.weight, run_length)",
        "return Ewma.design(weight=self.weight, run_length=run_length).width",
        "tests/domain/test_auroc_average_design.py::test_run_length_is_that_of_simulated_streams[10-0.1-1600000]",
    ),
    Mistake(
        "above the limit instead of at or above it, on a lattice",
        "surveillance/detectors/base.py",
        "signal = level > limit if strict else level >= limit",
        "signal = level > limit",
        "tests/simulation/test_run_lengths.py::test_the_running_chart_signals_where_the_published_rule_does[0.1-0.2-1040]",
    ),
    Mistake(
        "above the alarm limit instead of at or above it",
        "surveillance/detectors/two_limits.py",
        "statistic >= alarm_limit, zeros",
        "statistic > alarm_limit, zeros",
        "tests/detectors/test_two_limits.py::test_without_decisions_to_wait_for_it_is_the_chart_itself",
    ),
    Mistake(
        "above the action limit instead of at or above it",
        "surveillance/detectors/two_limits.py",
        "statistic >= action_limit, zeros",
        "statistic > action_limit, zeros",
        "tests/detectors/test_two_limits.py::test_agrees_with_a_plain_walk_over_many_blocks[60]",
    ),
    Mistake(
        "ddof 0 instead of 1 in DeLong's variance",
        "surveillance/metrics/auroc.py",
        "sqrt(v10.var(ddof=1) / m + v01.var(ddof=1) / n)",
        "sqrt(v10.var(ddof=0) / m + v01.var(ddof=0) / n)",
        "tests/metrics/test_auroc.py::test_variance_is_delongs_by_brute_force",
    ),
    Mistake(
        "ordinal ranks instead of mid-ranks",
        "surveillance/metrics/placements.py",
        "beaten = (negatives_upto - negatives / 2.0) / negatives_upto[-1]",
        "beaten = negatives_upto / negatives_upto[-1]",
        "tests/metrics/test_auroc.py::test_agrees_with_scikit_learn_on_tied_scores",
    ),
    Mistake(
        "the intercept of the slope model instead of the offset model",
        "surveillance/metrics/calibration_intercept.py",
        "from surveillance.metrics.recalibration import fit_intercept",
        "from surveillance.metrics.recalibration import fit_slope\n\n\n"
        "def fit_intercept(truth, covariate, weight=None):\n"
        "    return fit_slope(truth, covariate, weight)[::2]",
        "tests/metrics/test_calibration.py::test_intercept_agrees_with_statsmodels",
    ),
    Mistake(
        "the naive share of positives not flagged instead of that of the verified stream",
        "surveillance/domain/verification.py",
        "low, high = (verified_miss_rate(rate, fraction) for rate in rates)",
        "low, high = rates",
        "tests/domain/test_verification_rates.py"
        "::test_at_a_tenth_audited_a_tenth_missed_is_one_in_ninety_of_the_verified",
    ),
    Mistake(
        "the naive false-flag rate instead of that of the verified stream",
        "surveillance/domain/verification.py",
        "low, high = (verified_false_flag_rate(rate, fraction) for rate in rates)",
        "low, high = rates",
        "tests/domain/test_verification_rates.py::test_rates_and_volumes_are_those_of_simulated_studies[0.25]",
    ),
)


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """Copy the package, and the tests that need nothing else, to a folder that may be spoilt."""
    copy = tmp_path_factory.mktemp("tree")
    shutil.copy(ROOT / "pyproject.toml", copy)
    shutil.copytree(ROOT / "surveillance", copy / "surveillance", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "tests", copy / "tests", ignore=LEFT_OUT)
    (copy / "tests" / "conftest.py").unlink()  # its stores cost a second of imports in every run, and none is asked for
    return copy


def ask(tree, *nodes):
    """Run tests of the copy on the copy; 0 is all passed, 1 is some failed, anything else is no verdict."""
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "--no-header", "-p", "no:cacheprovider", *nodes],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree), "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return run.returncode, run.stdout + run.stderr


def test_without_a_mistake_the_same_tests_pass(tree):
    code, said = ask(tree, *sorted({mistake.caught_by for mistake in MISTAKES}))

    assert code == 0, said


@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_a_mistake_is_caught_by_its_test(mistake, tree):
    file = tree / mistake.file
    before = file.read_text(encoding="utf-8")
    assert before.count(mistake.right) == 1, f"{mistake.file} no longer says once: {mistake.right}"
    file.write_text(before.replace(mistake.right, mistake.wrong), encoding="utf-8")
    try:
        code, said = ask(tree, mistake.caught_by)
    finally:
        file.write_text(before, encoding="utf-8")

    assert code == 1, said
    assert f"FAILED {mistake.caught_by}" in said
