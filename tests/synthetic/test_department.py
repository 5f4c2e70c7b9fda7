"""Volume, mix, repeat patients and turnaround of the synthetic departments."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from surveillance.domain.weeks import week_numbers
from surveillance.synthetic import SCENARIOS, generate

DAY = 86_400_000_000


def test_a_department_makes_280_heads_a_week(stable):
    weeks = 20 * 260

    assert len(stable) / weeks == pytest.approx(280, abs=4 * np.sqrt(280 / weeks))


def test_each_site_makes_45_angiographies_a_week(occlusions):
    weeks = 10 * 260
    for site in range(3):
        volume = np.sum(occlusions.site == site) / weeks

        assert volume == pytest.approx(45, abs=4 * np.sqrt(45 / weeks))


def test_volume_varies_by_about_a_tenth_with_weekday_and_season(stable):
    local = pd.DatetimeIndex(stable.acquired_at.astype("datetime64[us]")).tz_localize("UTC")
    local = local.tz_convert("Europe/London")
    weekday = np.bincount(local.day_of_week, minlength=7) / len(stable) * 7
    month = pd.Series(local.month).value_counts()

    assert weekday == pytest.approx([1.10, 1.06, 1.02, 1.00, 1.00, 0.92, 0.90], abs=0.015)
    assert month[1] / month[7] == pytest.approx(1.1 / 0.9, abs=0.04)


def test_prevalence_is_eight_per_cent_as_six_fifteen_and_five(stable, near):
    assert stable.truth.mean() == near(0.08, len(stable) / 1.1)
    for setting, prevalence in enumerate((0.06, 0.15, 0.05)):
        mine = stable.setting == setting

        assert stable.truth[mine].mean() == near(prevalence, mine.sum() / 1.1)


def test_prevalence_of_occlusions_is_six_per_cent(occlusions, near):
    assert occlusions.truth.mean() == near(0.06, len(occlusions) / 1.1)


def test_a_few_patients_come_twice_within_thirty_days_with_related_truths():
    log = generate(SCENARIOS["ich-stable"], seed=3, weeks=260, start=date(2025, 3, 3)).studies
    repeat = log.patient != log.number
    first = log.patient[repeat] - 1
    gap = (log.acquired_at[repeat] - log.acquired_at[first]) / DAY

    assert 0.03 < repeat.mean() < 0.05
    assert gap.min() > 0
    assert gap.max() <= 30
    assert np.array_equal(log.age_band[repeat], log.age_band[first])
    # correlation one half by construction; with some 3,000 pairs at 8 % its standard error is about .035
    assert np.corrcoef(log.truth[repeat], log.truth[first])[0, 1] == pytest.approx(0.5, abs=0.14)


def test_turnaround_has_median_four_and_95th_percentile_twelve_minutes(stable):
    processed = stable.status == 0
    minutes = (stable.result_at - stable.acquired_at)[processed] / 60_000_000

    assert np.median(minutes) == pytest.approx(4, rel=0.01)
    assert np.quantile(minutes, 0.95) == pytest.approx(12, rel=0.01)
    assert np.std(np.log(minutes)) == pytest.approx(np.log(3) / norm.ppf(0.95), rel=0.02)


def test_weeks_run_monday_to_sunday_in_local_time_when_the_clocks_change(stable):
    number = week_numbers(stable.acquired_at, "Europe/London")

    assert np.array_equal(number - number[0], stable.week)


def test_a_log_starts_on_a_monday():
    with pytest.raises(ValueError, match="2025-03-04 is none"):
        generate(SCENARIOS["ich-stable"], seed=1, weeks=2, start=date(2025, 3, 4))
