"""Tables for other programs: the columns that were promised, and figures that anyone can count again from the log."""

import pandas as pd
import pytest

from surveillance.domain.roles import Role
from surveillance.services import exports
from surveillance.storage.logs import read_cases
from surveillance.storage.times import EVER

PROMISED = (
    "deployment", "week", "metric", "value", "low", "high", "n", "positives", "method", "truth_source", "verdict",
    "as_of",
)  # fmt: skip


@pytest.fixture(scope="module")
def points(read_only, words):
    """Return the exported points as a frame."""
    columns, rows = exports.points(words.actor(Role.PHYSICIST), read_only.store)
    return pd.DataFrame(rows, columns=columns)


@pytest.fixture(scope="module")
def counted(words):
    """Return the log with its truth and its week, counted from 0 by the calendar of the hospital."""
    results, outcomes = words.tables()
    log = results.merge(outcomes[["case_id", "truth", "truth_recorded_at"]], on="case_id", how="left")
    local = pd.to_datetime(log["acquired_at"]).dt.tz_convert("Europe/London").dt.tz_localize(None)
    log["week"] = (local - pd.Timestamp(words.FIRST_MONDAY)).dt.days // 7
    known = log["truth_recorded_at"] < words.monday(words.WEEKS - 1).strftime("%Y-%m-%dT")
    log["truth"] = log["truth"].where(known)
    return log


def label(week, words):
    day = pd.Timestamp(words.FIRST_MONDAY) + pd.Timedelta(weeks=week)
    return f"{day.isocalendar().year}-W{day.isocalendar().week:02d}"


def test_the_points_have_the_columns_promised_in_their_order(points):
    assert [name for name in points.columns if name in PROMISED] == list(PROMISED)


@pytest.mark.parametrize("week", [0, 6, 13, 20])
def test_weekly_points_are_the_counts_of_the_log(points, counted, words, week):
    own = points[(points["week"] == label(week, words)) & (points["window"] == 1)].set_index("metric")
    mine = counted[counted["week"] == week]
    done = mine[mine["status"] == "processed"]
    flagged, verified = done[done["called"] == "true"], done[done["truth"].isin(["0", "1"])]
    positives = verified[verified["truth"] == "1"]

    assert own.loc["eligible", "n"] == len(mine)
    assert own.loc["flag_rate", ["n", "value"]].tolist() == [
        len(done),
        pytest.approx(len(flagged) / len(done), abs=1e-12),
    ]
    assert own.loc["failed_share", "value"] == pytest.approx((mine["status"] == "failed").mean(), abs=1e-12)
    assert own.loc["sensitivity", "n"] == len(positives)
    assert own.loc["sensitivity", "value"] == pytest.approx((positives["called"] == "true").mean(), abs=1e-12)


def test_a_figure_without_a_value_gives_its_reason_and_no_number(points):
    empty = points[points["value"] == ""]
    assert len(empty)
    assert (empty["reason"] != "").all()
    assert (empty["low"] == "").all()


def test_every_exported_alarm_and_recommendation_carries_its_answer(read_only, actor):
    columns, rows = exports.alarms(actor(Role.GOVERNANCE), read_only.store)
    frame = pd.DataFrame(rows, columns=columns)
    assert {"deployment", "week", "headline", "state", "due_at", "reason"} <= set(columns)
    assert (frame["state"] == "raised").all()
    columns, rows = exports.recommendations(actor(Role.GOVERNANCE), read_only.store)
    assert dict(zip(columns, rows[0], strict=True))["decision"] == ""
    assert "**" not in str(rows)


def test_exported_cases_load_again_as_the_cases_they_were(read_only, ready, actor, words):
    columns, rows = exports.cases(actor(Role.PHYSICIST), read_only.store)
    exported = pd.DataFrame(rows, columns=columns)
    assert exported["acquired_at"].str.endswith("Z").all()

    receipt = ready.load(words.csv(exported.astype(str)), words.monday(words.WEEKS))

    assert receipt.rows_held == 0
    kept = []
    for ward in (read_only, ready):
        with ward.store.read() as connection:
            kept.append(read_cases(connection, 1, EVER).drop(columns=["batch_id", "line"]))
    pd.testing.assert_frame_equal(*kept)
    again = exports.cases(actor(Role.PHYSICIST), ready.store)
    assert again == (columns, rows)
