"""Figures as verified stand beside the corrected ones where a part is audited, and are never judged."""

from surveillance.domain.evaluation import evaluate_weeks
from surveillance.domain.measures import MEASURES
from surveillance.domain.points import NO_VERDICT, ROW
from tests.domain.small_log import Study, log, plan, week

NAIVE = ("sensitivity_naive", "specificity_naive", "auroc_naive")


def studies():
    """Return 10 flagged positives, 10 false flags, and an audit of a tenth that finds 2 positives in 40."""
    flagged = [Study(i * 0.1, 1, [(i * 0.1 + 1, int(i < 10), "report")], 0.9 - i * 0.01) for i in range(20)]
    audited = [Study(2 + i * 0.1, 0, [(3 + i * 0.1, int(i < 2), "audit")], 0.3 - i * 0.005) for i in range(40)]
    return flagged + audited


def evaluation(fraction):
    made = plan(truth={"audit_fraction_unflagged": fraction})
    (found,) = evaluate_weeks(made, log(studies()), [week(1)])
    return found.points


def test_the_uncorrected_figures_are_the_plain_shares_by_hand():
    points = evaluation(0.1)

    assert points.at("sensitivity_naive", 4, 1).value == 10 / 12
    assert points.at("sensitivity", 4, 1).value == 10 / 30
    assert points.at("specificity_naive", 4, 1).value == 38 / 48
    assert points.at("specificity", 4, 1).value == 380 / 390


def test_a_product_verified_throughout_has_none():
    made = plan()
    assert not any(MEASURES[name].available(made) for name in NAIVE)
    assert evaluation(1.0).at("sensitivity_naive", 4, 1).n == 0


def test_an_uncorrected_figure_never_has_a_verdict():
    points = evaluation(0.1)
    assert all((points.verdict[ROW[name]] == NO_VERDICT).all() for name in NAIVE)
    assert (points.verdict[ROW["sensitivity"]] != NO_VERDICT).any()


def test_the_method_says_that_it_is_not_corrected():
    for name in NAIVE:
        assert MEASURES[name].method(plan()).startswith("as verified, not corrected")


def test_a_window_without_one_audited_truth_has_no_prevalence_and_no_range_of_the_auroc():
    made = plan(truth={"audit_fraction_unflagged": 0.1})
    (found,) = evaluate_weeks(made, log([s for s in studies() if s.called]), [week(1)])

    assert "needs audited unflagged studies" in str(found.points.at("prevalence", 4, 1).estimate)
    assert found.points.at("auroc", 4, 1).low is None
