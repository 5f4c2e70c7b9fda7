"""What the synthetic AI does on stable logs, against closed forms and scikit-learn."""

import numpy as np
import pytest
from scipy.stats import norm
from sklearn.metrics import roc_auc_score

from surveillance.synthetic import SCENARIOS

CUT = norm.ppf(0.95)
SENSITIVITY = 0.92 * norm.cdf(3.58 - CUT) + 0.08 * norm.cdf(-CUT)
AUROC = 0.92 * norm.cdf(3.58 / np.sqrt(2)) + 0.08 * 0.5


def test_the_closed_forms_give_the_published_operating_point():
    assert pytest.approx(0.90, abs=5e-4) == SENSITIVITY
    assert pytest.approx(0.955, abs=5e-4) == AUROC


def test_bleed_triage_flags_as_the_binormal_mixture_says(stable, near):
    positive, negative = stable.truth & (stable.status == 0), ~stable.truth & (stable.status == 0)

    assert stable.called[positive].mean() == near(SENSITIVITY, positive.sum())
    assert 1 - stable.called[negative].mean() == near(0.95, negative.sum())


def test_bleed_triage_has_the_auroc_of_the_binormal_mixture(stable):
    rows = np.flatnonzero(stable.status == 0)[:400_000]

    assert roc_auc_score(stable.truth[rows], stable.score[rows]) == pytest.approx(AUROC, abs=0.005)


def test_scores_are_calibrated_in_every_tenth_of_the_studies(stable):
    rows = np.flatnonzero(stable.status == 0)
    order = rows[np.argsort(stable.score[rows], kind="stable")]
    for tenth in np.array_split(order, 10):
        expected = stable.score[tenth].mean()
        error = np.sqrt(np.mean(stable.score[tenth] * (1 - stable.score[tenth])) / len(tenth))

        assert stable.truth[tenth].mean() == pytest.approx(expected, abs=4.5 * error + 1e-4)


def test_occlusion_triage_finds_m2_less_often(occlusions, near):
    processed = occlusions.status == 0
    names = [component.name for component in SCENARIOS["lvo-stable"].department.reading.components]
    of = {name: processed & (occlusions.kind == names.index(name)) for name in names}
    both = processed & occlusions.truth

    assert occlusions.called[of["M2"]].mean() == near(0.75, of["M2"].sum())
    assert occlusions.called[of["M1"]].mean() == near(0.91, of["M1"].sum())
    assert occlusions.called[of["ICA-T"]].mean() == near(0.91, of["ICA-T"].sum())
    assert occlusions.called[both].mean() == near(0.88, both.sum())
    assert 1 - occlusions.called[processed & ~occlusions.truth].mean() == near(0.93, processed.sum())


def test_occlusion_triage_has_the_auroc_of_its_mixture(occlusions):
    rows = np.flatnonzero(occlusions.status == 0)
    easier, m2 = norm.ppf(0.93) + norm.ppf(0.91), norm.ppf(0.93) + norm.ppf(0.75)
    expected = 0.8125 * norm.cdf(easier / np.sqrt(2)) + 0.1875 * norm.cdf(m2 / np.sqrt(2))

    assert roc_auc_score(occlusions.truth[rows], occlusions.score[rows]) == pytest.approx(expected, abs=0.004)


def test_a_study_is_flagged_exactly_when_its_printed_score_reaches_the_threshold(stable):
    processed = stable.status == 0
    threshold = SCENARIOS["ich-stable-full"].department.reading.threshold

    assert np.array_equal(stable.called[processed] == 1, stable.score[processed] >= threshold)


def test_failed_studies_have_neither_score_nor_flag(stable, near):
    failed = stable.status == 1

    assert failed.mean() == near(0.03, len(stable))
    assert np.isnan(stable.score[failed]).all()
    assert (stable.called[failed] == -1).all()
    assert not np.isnan(stable.score[~failed]).any()
