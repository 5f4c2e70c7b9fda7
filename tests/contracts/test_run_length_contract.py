"""What every chart designed by its run length promises: run lengths, delays, chances and head starts in order."""

import numpy as np
import pytest

from surveillance.detectors import DETECTORS
from tests.contracts.tried_charts import CHARTS

every_designed_detector = pytest.mark.parametrize("name", [k for k, kind in DETECTORS.items() if kind.designed])


@every_designed_detector
def test_the_designed_run_length_is_at_least_the_one_asked(name):
    tried = CHARTS[name]

    assert tried.asked > 0
    assert tried.chart.run_length(**tried.in_control) >= tried.asked


@every_designed_detector
def test_the_change_worth_detecting_is_found_sooner_than_a_false_alarm(name):
    tried = CHARTS[name]

    assert tried.chart.run_length(**tried.changed) < tried.chart.run_length(**tried.in_control)
    for share in (0.5, 0.95):
        assert tried.chart.delay_quantile(share=share, **tried.changed) < tried.chart.delay_quantile(
            share=share, **tried.in_control
        )


@every_designed_detector
def test_a_signal_is_the_likelier_the_longer_one_waits(name):
    tried = CHARTS[name]
    waits = [0, 1, 10, 50, 100, 200, 400, 2000]
    chances = [tried.chart.run_length_distribution(events=wait, **tried.in_control) for wait in waits]

    assert chances[0] == 0.0
    assert chances == sorted(chances)
    assert 0.5 < chances[-1] <= 1.0


@every_designed_detector
def test_the_median_run_lies_below_the_mean_and_is_where_half_have_signalled(name):
    tried = CHARTS[name]
    median = tried.chart.delay_quantile(share=0.5, **tried.in_control)

    assert median < tried.chart.run_length(**tried.in_control)
    assert tried.chart.run_length_distribution(events=int(np.ceil(median)), **tried.in_control) >= 0.5 - 1e-9
    assert tried.chart.run_length_distribution(events=int(np.ceil(median)) - 1, **tried.in_control) < 0.5 + 1e-9


@every_designed_detector
def test_a_head_start_shortens_the_delay_and_begins_half_way(name):
    tried = CHARTS[name]
    start = tried.chart.start(head_start=True)
    ahead, plain = (tried.chart.run_length(**tried.changed, head_start=level) for level in (start.level, 0))

    assert start.cases == 0
    assert not start.signal
    assert ahead < plain
    assert tried.chart.run_length_distribution(
        events=5, head_start=start.level, **tried.changed
    ) >= tried.chart.run_length_distribution(events=5, **tried.changed)


@every_designed_detector
def test_a_chart_with_a_head_start_is_never_later_on_the_same_cases(name):
    tried = CHARTS[name]
    plain = tried.chart.run(*tried.columns)
    ahead = tried.chart.run(*tried.columns, state=tried.chart.start(head_start=True))

    assert not tried.monotone or ahead.signals[0] <= plain.signals[0]
