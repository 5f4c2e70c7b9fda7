"""Poisson CUSUM against spc 0.6.7 (pois.cusum.arl, pois.cusum.crit) after Lucas 1985 and White & Keats 1996."""

import pytest

from surveillance.detectors import PoissonCusum


def chart(reference, limit, per_event=1):
    """Return the chart of a known k and h, both in events; h strictly passed is one step more on the lattice."""
    return PoissonCusum(2.0, 4.0, per_event, round(reference * per_event), round(limit * per_event) + 1, 4.0)


def test_run_lengths_with_a_whole_reference_value(reference, agrees):
    expected = reference("spc_poisson_cusum").expected["arl_k3_h7"]

    assert agrees([chart(3, 7).run_length(mean) for mean in expected["mu"]], expected["arl"])


def test_run_lengths_with_half_a_reference_value(reference, agrees):
    expected = reference("spc_poisson_cusum").expected["arl_k2.5_h6_m2"]

    assert agrees([chart(2.5, 6, per_event=2).run_length(mean) for mean in expected["mu"]], expected["arl"])


def test_a_signal_is_strictly_above_the_limit(reference):
    """The reference says what `>=` would give: 894.0044 instead of 1927.3337."""
    strict, touching = chart(3, 7), chart(3, 6)

    assert strict.run_length(2.0) == pytest.approx(1927.3337, abs=1e-3)
    assert touching.run_length(2.0) == pytest.approx(894.0044, abs=1e-3)
    assert strict.run([10]).signals.size == 0
    assert strict.run([11]).signals.tolist() == [0]


def test_the_designed_limit_is_the_critical_one(reference):
    limit, randomised = reference("spc_poisson_cusum").expected["crit_mu2_k3_A370"]["value"]

    designed = PoissonCusum.design(in_control=2.0, out_of_control=4.2881, run_length=370)

    assert designed.reference == 3.0
    assert (designed.limit, randomised) == (limit, 0)
