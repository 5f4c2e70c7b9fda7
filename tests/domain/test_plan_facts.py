"""What a log tells of the plan it needs: worked by hand, and against Begg and Greenes."""

from dataclasses import replace
from datetime import date

import pytest

from surveillance.domain.plan_facts import PlanFacts, Verified, baseline_proposed, first_whole_week, prevalence_told
from surveillance.errors import NotEstimable

FACTS = PlanFacts(
    model="AI",
    version="1",
    sites=("A", "B"),
    zone="Europe/London",
    finding="bleed",
    pathway="",
    studies=1000,
    first=date(2026, 1, 7),
    last=date(2026, 12, 30),
    whole_weeks=50,
    weekly={"A": 100.0, "B": 40.0},
    gives_score=True,
    gives_flag=True,
    flagged=Verified(200, 200, 120),
    unflagged=Verified(800, 80, 4),
    audit_fraction=0.1,
)


def test_prevalence_weights_an_audited_sample_by_what_it_stands_for() -> None:
    # By hand: 120 of 200 flagged, and 4 of 80 audited stand for 40 of 800: 160 of 1,000.
    assert prevalence_told(FACTS) == pytest.approx(0.16)


def test_prevalence_of_a_log_verified_whole_is_the_plain_share() -> None:
    facts = replace(FACTS, unflagged=Verified(800, 800, 40), audit_fraction=1.0)

    assert prevalence_told(facts) == pytest.approx(160 / 1000)


def test_prevalence_is_not_told_by_findings_of_flagged_studies_alone() -> None:
    with pytest.raises(NotEstimable, match="needs truths of flagged and of unflagged"):
        prevalence_told(replace(FACTS, unflagged=Verified(800, 0, 0), audit_fraction=None))


def test_prevalence_is_not_told_by_few_findings_that_nobody_drew() -> None:
    with pytest.raises(NotEstimable, match="of the studies or of a drawn sample, got 28"):
        prevalence_told(replace(FACTS, audit_fraction=None))


def test_prevalence_of_a_product_without_flags_needs_one_stratum_only() -> None:
    facts = replace(FACTS, flagged=Verified(0, 0, 0), unflagged=Verified(500, 450, 45), gives_flag=False)

    assert prevalence_told(facts) == pytest.approx(0.1)


def test_a_reference_period_is_whole_weeks_long_enough_for_the_positives_at_the_smallest_site() -> None:
    # 40 a week at 16 % are 6.4 positives: 100 take 15.6 weeks, so 16, from Monday 12 January on.
    assert baseline_proposed(FACTS, 100) == (date(2026, 1, 12), date(2026, 5, 3))


def test_a_reference_period_takes_no_more_than_half_of_the_log() -> None:
    start, end = baseline_proposed(FACTS, 100_000)

    assert (end - start).days + 1 == 25 * 7


def test_a_week_is_whole_from_a_monday_on() -> None:
    assert first_whole_week(date(2026, 1, 12)).monday == date(2026, 1, 12)
    assert first_whole_week(date(2026, 1, 13)).monday == date(2026, 1, 19)
