"""The weekly reading of the throughput tab against NHSRplotthedots 0.2.2, where the whole series is the baseline."""

import numpy as np
import pytest

from surveillance.domain.process_limits import Basis, read_weeks

SERIES = ["common", "astro_high", "shift_down", "trend_up", "two_of_three", "two_opposite", "auroc_weekly"]
WORDS = {
    "common_cause": "common cause",
    "special_cause_improvement": "improvement",
    "special_cause_concern": "concern",
    "special_cause_neutral_high": "special cause, high",
    "special_cause_neutral_low": "special cause, low",
}


@pytest.mark.parametrize("name", SERIES)
def test_limits_and_words_are_those_of_the_reference(reference, agrees, name):
    whole = reference("xmr_nhs_share")
    values, expected = whole.numbers("value")[whole.columns["series"] == name], whole.expected[name]
    n = len(values)

    read = read_weeks(
        values,
        np.ones(n, dtype=bool),
        (0, n),
        improvement_direction=expected["improvement_direction"],
        least=-np.inf,
    )

    assert read.basis is Basis.PLAN
    for ours, theirs in ((read.mean, "mean"), (read.lower, "lpl"), (read.upper, "upl")):
        assert agrees(np.full(n, ours), expected[theirs])
    assert [week.word.value for week in read.weeks] == [WORDS[kind] for kind in expected["point_type"]]
