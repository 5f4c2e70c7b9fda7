"""A log read from some moment on says what the whole log says, in a week that the moment cuts in two as well."""

from datetime import timedelta

import pandas as pd
import pytest

from surveillance.domain.roles import Role
from surveillance.services.audit_samples import draw_sample
from surveillance.storage.logs import read_cases
from surveillance.storage.times import EVER, to_micros


@pytest.fixture
def told(ready, words, small):
    """Return the ward after the store's own draw, when a file has said which study of the same week was selected."""
    ward = small.audit(ready, words)
    draw_sample(words.actor(Role.RC_AI), ward.store, 1, "2025-W14", at=small.monday(0) + timedelta(hours=1))
    own = small.results(0, 1).assign(case_id="L1", called=0, score=0.02, audit_selected=1, sampling_fraction=0.02)
    ward.load(own, small.monday(0) + timedelta(hours=2), name="told.csv")
    return ward


@pytest.mark.parametrize("hours", [0, 1, 60, 100])
def test_a_drawn_week_is_never_cut_in_two(told, small, hours):
    since = to_micros(small.FIRST + timedelta(hours=hours))
    with told.store.read() as connection:
        whole = read_cases(connection, 1, EVER)
        later = read_cases(connection, 1, EVER, since=since)

    expected = whole[whole["acquired_at"] >= since].reset_index(drop=True)
    pd.testing.assert_frame_equal(later, expected)
    assert "L1" not in set(whole.loc[whole["audit_selected"] == 1, "case_id"])  # the draw stands
