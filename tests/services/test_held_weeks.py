"""Weeks with held rows: they say so until the rows come back, on This week and on the deployment's page."""

import pandas as pd
import pytest

from surveillance.domain.roles import Role
from surveillance.domain.row_state import RowState
from surveillance.services import corrected_files, held_rows, loaded_files, withdrawals
from surveillance.services.deployments import head
from surveillance.services.this_week import this_week


@pytest.fixture
def manager(actor):
    return actor(Role.DATA_MANAGER)


def spoilt(rows, count, **cells):
    """Return rows of which the first ones have a score that nobody can read."""
    return rows.assign(score=["x"] * count + rows["score"].tolist()[count:], **cells)


def awaiting(ward, deployment=1):
    with ward.store.read() as connection:
        return held_rows.awaiting_correction(connection).get(deployment)


def shown(ward, manager, at):
    page = this_week(manager, ward.store, at=at)
    return next(one for one in (*page.needy, *page.unsettled, *page.quiet) if one.head.deployment_id == 1)


def test_a_week_with_held_rows_reads_incomplete_until_they_come_back(ready, words, manager):
    at = words.monday(1)
    ready.load(words.results(0), words.monday(0), name="0.csv")
    number = ready.load(spoilt(words.results(1), 61), at, name="1.csv").batch_id
    ready.evaluate(at)
    week = "Week 11 is incomplete: 61 rows await correction."

    row = shown(ready, manager, at)
    assert (row.head.state, row.head.awaiting) == (RowState.INCOMPLETE, (week,))
    assert week in row.sentence
    assert row not in this_week(manager, ready.store, at=at).quiet
    assert head(manager, ready.store, 1, at=at).awaiting == (week,)

    download = loaded_files.held_download(manager, ready.store, number)
    mended = download.data.replace(b",x,", b",0.0123,")
    some = mended.split(b"\r\n")
    first = b"\r\n".join([*some[:41], b""])
    for place, (data, left) in enumerate(((first, 21), (mended, 0))):
        found = corrected_files.preview_corrected(manager, ready.store, data, download.name, at=words.monday(2 + place))
        corrected_files.commit_corrected(manager, ready.store, found, at=words.monday(2 + place))
        rows = {one.batch_id: one.waiting for one in loaded_files.loaded_files(manager, ready.store)}
        assert rows[number] == left
    assert head(manager, ready.store, 1, at=at).awaiting == ()
    assert loaded_files.held_download(manager, ready.store, number) is None


def test_held_rows_are_of_their_own_weeks_where_their_time_can_be_read_else_of_all_their_files(ready, words):
    rows = words.results(2).head(20)
    later = words.results(4).head(20)
    table = spoilt(rows, 3)
    table.iloc[5, table.columns.get_loc("acquired_at")] = "some day"
    ready.load(pd.concat([table, later]), words.monday(5), name="both.csv")

    found = awaiting(ready)

    assert found.rows == 4
    first = min(found.weeks)
    assert found.weeks == {first: 4, first + 1: 1, first + 2: 1}


def test_held_rows_of_another_site_or_product_touch_no_other(ready, words):
    other = ready.register(site="Alderton")
    rows = words.results(0).head(10)
    there = spoilt(rows.assign(site="Alderton"), 2)
    ready.load(there, words.monday(1), name="there.csv", choice="keep")

    assert awaiting(ready) is None
    assert awaiting(ready, other).rows == 2


def test_a_row_that_names_no_site_touches_every_deployment_of_its_file(ready, words):
    other, third = ready.register(site="Alderton"), ready.register(site="Thorpe")
    rows = words.results(0).head(20)
    half = rows.assign(site=["Millford"] * 10 + ["Alderton"] * 10)
    half.iloc[0, half.columns.get_loc("site")] = ""
    ready.load(half, words.monday(1), name="half.csv")

    assert (awaiting(ready).rows, awaiting(ready, other).rows, awaiting(ready, third)) == (1, 1, None)


def test_a_file_held_whole_makes_its_weeks_incomplete_until_it_is_loaded_or_withdrawn(ready, words, manager):
    rows = spoilt(words.results(0).head(30), 2)
    number = ready.load(rows, words.monday(0), name="0.csv", choice="hold").batch_id
    assert awaiting(ready).rows == 30
    assert set(awaiting(ready).weeks.values()) == {30}

    ready.load(rows, words.monday(1), name="0.csv", choice="keep")
    assert awaiting(ready).rows == 2
    files = {one.batch_id: one for one in loaded_files.loaded_files(manager, ready.store)}
    assert not files[number].counts
    kept = max(files)
    withdrawals.withdraw(manager, ready.store, kept, "It was another hospital's.", at=words.monday(2))
    assert awaiting(ready) is None


@pytest.mark.parametrize(("wrong", "proposed"), [(1, "keep"), (2, "hold")])
def test_above_the_profiles_share_holding_all_is_proposed(ready, words, wrong, proposed):
    """One of 50 is 2 %, the default share, and not above it; two are."""
    preview = ready.preview(spoilt(words.results(0).head(50), wrong), words.monday(0))
    assert (preview.parsed.held_share, preview.default_choice) == (wrong / 50, proposed)
