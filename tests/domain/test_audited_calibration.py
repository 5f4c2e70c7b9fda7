"""Under an audit a handful of positives carries a calibration figure: below eight it has no range."""

import numpy as np
import pytest

from surveillance.domain.calibration_figures import Verified, calibration_figures
from surveillance.errors import NotEstimable

WATCHED = ("calibration_intercept", "calibration_slope", "brier")


def window(found, weighted=True):
    """Return 150 flagged positives, so many found among audited studies, and enough negatives of both kinds."""
    rng = np.random.default_rng(found)
    truth = np.repeat([True, True, False, False], [150, found, 60, 900])
    flagged = np.repeat([True, False, True, False], [150, found, 60, 900])
    probability = np.where(flagged, rng.uniform(0.5, 0.99, len(truth)), rng.uniform(0.001, 0.3, len(truth)))
    weight = np.where(flagged, 1.0, 10.0) if weighted else None
    return Verified(truth, probability, flagged, weight)


def figures(seen):
    return {one.name: one for one in calibration_figures(seen, NotEstimable("not asked for"))}


@pytest.mark.parametrize("name", WATCHED)
@pytest.mark.parametrize("found", [0, 3, 7])
def test_few_positives_found_by_the_audit_give_a_value_without_a_range(name, found):
    figure = figures(window(found))[name]

    assert figure.value is not None
    assert figure.low is None
    assert f"needs 8 positives found by the audit for a range, got {found}" in figure.why


@pytest.mark.parametrize("name", WATCHED)
def test_from_eight_on_and_where_every_study_is_verified_the_range_stands(name):
    for seen in (window(8), window(2, weighted=False)):
        figure = figures(seen)[name]
        assert figure.low is not None
        assert figure.low < figure.value < figure.high
