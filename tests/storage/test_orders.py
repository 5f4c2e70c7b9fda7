"""An order without a result belongs to the version in use when the study was acquired, and to no other."""

import pandas as pd
import pytest

from surveillance.storage import batches, changes, orders, register
from surveillance.storage.times import EVER, from_micros


def ordered(desk, *ids, hours=None, pathway="ED", site="North"):
    """Orders an hour apart, on lines 2, 3, ..., or at the hours given."""
    at = range(len(ids)) if hours is None else hours
    return pd.DataFrame(
        {
            "line": range(2, len(ids) + 2),
            "site": site,
            "case_id": list(ids),
            "acquired_at": [desk.monday + hour * desk.hour for hour in at],
            "pathway": pathway,
        }
    )


def unread(store, number, seen_by=EVER):
    """Return the pseudonyms of a deployment's orders without a result."""
    with store.read() as connection:
        rows = orders.unread_orders(connection, register.deployment(connection, number), seen_by)
    return orders.each_study_once(rows)["case_id"].tolist()


def status(store, desk, number, word, hour):
    """Give a deployment a use status from an hour on."""
    at = from_micros(desk.monday + hour * desk.hour)
    with desk.acting(store, "set status") as unit:
        register.set_status(unit.connection, deployment_id=number, status=word, at=at, by="rc_ai", reason="test")


def at_hours(desk, *hours, version="1.0", prefix="r"):
    """Studies read by a version at given hours."""
    frame = desk.cases(*(f"{prefix}{hour}" for hour in hours), version=version)
    frame["acquired_at"] = [desk.monday + hour * desk.hour for hour in hours]
    return frame.assign(result_at=frame["acquired_at"] + 60_000_000)


def test_what_was_ordered_and_never_read_is_found_and_what_was_read_is_not(store, desk):
    version = desk.register_version(store)
    desk.load(store, "results", received_at=100, cases=desk.cases("p1", "p3"))
    desk.load(store, "orders", received_at=200, orders=ordered(desk, "p1", "p2", "p3"))

    assert unread(store, version) == ["p2"]
    assert unread(store, version, 199) == []


def test_a_result_that_comes_later_takes_its_order_away_from_then_on(store, desk):
    version = desk.register_version(store)
    desk.load(store, "results", received_at=100, cases=desk.cases("p1"))
    desk.load(store, "orders", received_at=200, orders=ordered(desk, "p1", "p2"))
    late = desk.cases("p2", start=desk.monday + desk.hour)
    desk.load(store, "late", received_at=300, cases=late)

    assert (unread(store, version, 299), unread(store, version, 300)) == (["p2"], [])
    with store.read() as connection:
        assert changes.changed_since(connection, version, 100) == desk.monday + desk.hour
        assert changes.changed_since(connection, version, 200) == desk.monday + desk.hour


def test_an_order_without_a_result_touches_the_week_it_was_acquired_in(store, desk):
    version = desk.register_version(store)
    desk.load(store, "results", received_at=100, cases=at_hours(desk, 0, 12))
    desk.load(store, "orders", received_at=200, orders=ordered(desk, "a5", hours=[5]))

    with store.read() as connection:
        assert changes.changed_since(connection, version, 100) == desk.monday + 5 * desk.hour


def test_orders_of_studies_that_were_all_read_change_nothing(store, desk):
    version = desk.register_version(store)
    desk.load(store, "results", received_at=100, cases=desk.cases("p1", "p2"))
    desk.load(store, "orders", received_at=200, orders=ordered(desk, "p1", "p2"))

    with store.read() as connection:
        assert changes.changed_since(connection, version, 100) is None


def test_a_withdrawn_file_of_orders_takes_them_away_from_then_on(store, desk):
    version = desk.register_version(store)
    desk.load(store, "results", received_at=100, cases=desk.cases("p1"))
    batch = desk.load(store, "orders", received_at=200, orders=ordered(desk, "p1", "p2"))
    with desk.acting(store, "withdraw") as unit:
        batches.withdraw(unit.connection, batch, at=300, by="data_manager", reason="another site's")

    assert (unread(store, version, 299), unread(store, version, 300)) == (["p2"], [])


def test_an_order_belongs_to_the_version_that_read_around_it(store, desk):
    first, second = desk.register_version(store), desk.register_version(store, "2.0", minutes=1)
    desk.load(store, "old", cases=at_hours(desk, 0, 5, 10))
    desk.load(store, "new", cases=at_hours(desk, 10, 12, 20, version="2.0", prefix="s"))
    asked = ordered(desk, "a3", "a9", "a11", "a15", "r5", "s12", "a20", hours=[3, 9, 11, 15, 5, 12, 20])
    desk.load(store, "orders", orders=asked)

    assert unread(store, first) == ["a3", "a9"]
    assert unread(store, second) == ["a11", "a15", "a20"]


def test_two_versions_said_to_be_in_use_are_told_apart_by_what_they_read(store, desk):
    first, second = desk.register_version(store), desk.register_version(store, "2.0", minutes=1)
    for number in (first, second):
        status(store, desk, number, "in_use", 0)
    desk.load(store, "old", cases=at_hours(desk, 1, 5))
    desk.load(store, "new", cases=at_hours(desk, 10, 20, version="2.0", prefix="s"))
    desk.load(store, "orders", orders=ordered(desk, "a3", "a7", "a15", hours=[3, 7, 15]))

    assert (unread(store, first), unread(store, second)) == (["a3", "a7"], ["a15"])


def test_before_a_version_began_an_order_is_nobodys(store, desk):
    version = desk.register_version(store)
    desk.load(store, "results", cases=at_hours(desk, 5))
    desk.load(store, "orders", orders=ordered(desk, "a1", "a6", hours=[1, 6]))

    assert unread(store, version) == ["a6"]


def test_a_version_said_to_be_in_use_takes_orders_before_its_first_result(store, desk):
    version = desk.register_version(store)
    status(store, desk, version, "in_use", 2)
    desk.load(store, "results", cases=at_hours(desk, 5))
    desk.load(store, "orders", orders=ordered(desk, "a1", "a3", hours=[1, 3]))

    assert unread(store, version) == ["a3"]


@pytest.mark.parametrize("word", ["stopped", "revalidating", "retired", "commissioning"])
def test_out_of_use_no_order_is_waited_for(store, desk, word):
    version = desk.register_version(store)
    status(store, desk, version, word, 4)
    status(store, desk, version, "under_watch", 8)
    desk.load(store, "results", cases=at_hours(desk, 0, 12))
    desk.load(store, "orders", orders=ordered(desk, "a3", "a5", "a9", hours=[3, 5, 9]))

    assert unread(store, version) == ["a3", "a9"]


def test_a_study_read_by_an_unregistered_version_did_not_fail(store, desk):
    version = desk.register_version(store)
    desk.load(store, "old", cases=at_hours(desk, 0, 4))
    desk.load(store, "new", cases=at_hours(desk, 6, 12, version="9.9", prefix="u"))
    desk.load(store, "orders", orders=ordered(desk, "a2", "u6", "a8", hours=[2, 6, 8]))

    assert unread(store, version) == ["a2"]  # a8 falls to the version that nobody registered


def test_a_second_threshold_takes_the_orders_of_its_period(store, desk):
    first = desk.register_version(store)
    with desk.acting(store, "register") as unit:
        model = register.deployment(unit.connection, first).model_id
        second = register.add_deployment(
            unit.connection, model_id=model, version="1.0", site="North", zone="Europe/London", title="lower",
            threshold=0.4, at=desk.at, by="rc_ai", cases_from=desk.monday + 6 * desk.hour,
        )  # fmt: skip
    desk.load(store, "results", cases=at_hours(desk, 0, 12))
    desk.load(store, "orders", orders=ordered(desk, "a5", "a6", "r12", hours=[5, 6, 12]))

    assert (unread(store, first), unread(store, second)) == (["a5"], ["a6"])


def test_orders_past_the_week_of_the_newest_result_wait_for_the_log(store, desk):
    version = desk.register_version(store)
    sunday, next_monday = 6 * 24 + 12, 7 * 24 + 3
    desk.load(store, "results", received_at=100, cases=at_hours(desk, 0))
    desk.load(store, "orders", received_at=200, orders=ordered(desk, "a1", "a2", hours=[sunday, next_monday]))
    desk.load(store, "more", received_at=300, cases=at_hours(desk, 14 * 24))

    assert (unread(store, version, 200), unread(store, version)) == (["a1"], ["a1", "a2"])


def test_an_order_counts_at_its_own_site_only(store, desk):
    version = desk.register_version(store)
    desk.load(store, "results", cases=at_hours(desk, 0, 12))
    desk.load(store, "orders", orders=ordered(desk, "a1", hours=[1], site="South"))

    assert unread(store, version) == []
