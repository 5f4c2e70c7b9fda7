"""A site too small for a draw each week audits the plan's share all the same: its weeks are drawn together."""

from datetime import timedelta
from math import sqrt

import pytest

from surveillance.domain.roles import Role
from surveillance.domain.truth_sample import enough, sample_size
from surveillance.errors import NotFound
from surveillance.services.audit_samples import draw_sample
from surveillance.services.truth_worklist import export_csv, worklist
from surveillance.storage import audit_samples
from surveillance.storage.times import EVER

A_WEEK = 10  # of which the AI flags one, so that nine may be drawn


@pytest.fixture
def few(ready, words, small):
    """Return the ward under a plan that audits a tenth, with ten studies in each of four weeks."""
    ready.plan(words.plan_toml(version=2, truth=small.TRUTH | {"audit_fraction_unflagged": 0.1}))
    for week in range(4):
        first = week * small.A_WEEK
        ready.load(small.results(first, first + A_WEEK), small.monday(week), name=f"week {week}.csv")
    return ready


def draw(ward, words, small, week):
    at = small.monday(week) + timedelta(hours=1)
    said = draw_sample(words.actor(Role.RC_AI), ward.store, 1, f"2025-W{14 + week}", at=at)
    with ward.store.read() as connection:
        return said, audit_samples.samples(connection, 1, EVER)


def test_a_first_draw_goes_back_until_the_plans_share_is_one_study(few, words, small):
    said, (sample,) = draw(few, words, small, 1)

    assert "The sample of 2025-W15 is drawn" in said
    assert (sample.week, sample.eligible) == ("2025-W15", 18)
    assert sample.drawn in (1, 2)  # a tenth of 18 is 1.8
    assert sample.fraction == sample.drawn / 18


def test_a_week_too_small_waits_for_the_next_and_says_so(few, words, small):
    draw(few, words, small, 1)

    said, samples = draw(few, words, small, 2)
    assert "less than one study" in said
    assert len(samples) == 1
    page = worklist(words.actor(Role.RC_AI), few.store, 1, "2025-W16", at=small.monday(2) + timedelta(hours=1))
    assert (page.draw, page.studies, page.note) == (False, (), said)
    with pytest.raises(NotFound, match="less than one study"):
        export_csv(words.actor(Role.RC_AI), few.store, 1, "2025-W16", at=small.monday(2) + timedelta(hours=1))

    said, samples = draw(few, words, small, 3)
    assert "The sample of 2025-W17 is drawn" in said
    assert [(one.week, one.eligible) for one in samples] == [("2025-W15", 18), ("2025-W17", 18)]
    said, _ = draw(few, words, small, 2)
    assert "drawn with those of 2025-W17" in said


def test_a_single_week_with_nothing_before_it_is_too_small(few, words, small):
    said, samples = draw(few, words, small, 0)

    assert "less than one study" in said
    assert samples == ()


@pytest.mark.parametrize(("fraction", "a_week"), [(0.1, 3), (0.1, 7), (0.3, 2), (0.02, 11)])
def test_over_many_weeks_a_small_site_audits_the_plans_share(fraction, a_week):
    """Of N studies that went into draws N x fraction are drawn on average; each draw's rounding varies by p (1 - p)."""
    waiting, drawn, into, variance = 0, 0, 0, 0.0
    for week in range(4_000):
        waiting += a_week
        if enough(fraction, waiting):
            drawn += sample_size(fraction, waiting, f"plan 1, AI at small, week {week}")
            part = fraction * waiting % 1
            into, variance, waiting = into + waiting, variance + part * (1 - part), 0

    assert abs(drawn - into * fraction) <= 3 * sqrt(variance) + 1e-6
    assert into > 0.98 * 4_000 * a_week
