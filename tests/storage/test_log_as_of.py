"""A deployment's log is what this store knew at a moment: two clocks, withdrawals, corrections, repeats."""

import pytest

from surveillance.errors import AlreadyDecided
from surveillance.storage import batches, changes, logs, orders, quarantine, register
from surveillance.storage.times import EVER, to_micros


def test_a_study_counts_from_the_moment_its_file_was_received(store, desk):
    version = desk.register_version(store)
    desk.load(store, "a", received_at=100, cases=desk.cases("p1", "p2"))
    desk.load(store, "b", received_at=200, cases=desk.cases("p3", start=desk.monday + 9 * desk.hour))

    with store.read() as connection:
        seen = [list(logs.read_cases(connection, version, at)["case_id"]) for at in (99, 100, 199, 200)]

    assert seen == [[], ["p1", "p2"], ["p1", "p2"], ["p1", "p2", "p3"]]


def test_a_withdrawn_file_stops_counting_from_then_on_and_not_before(store, desk):
    version = desk.register_version(store)
    batch = desk.load(store, "a", received_at=100, cases=desk.cases("p1"), outcomes=desk.outcomes(("p1", 1)))
    with desk.acting(store, "withdraw") as unit:
        batches.withdraw(unit.connection, batch, at=300, by="data_manager", reason="wrong month")

    with store.read() as connection:
        assert len(logs.read_cases(connection, version, 299)) == 1
        assert len(logs.read_outcomes(connection, version, 299)) == 1
        assert len(logs.read_cases(connection, version, 300)) == 0
        assert len(logs.read_outcomes(connection, version, 300)) == 0


def test_overlaps_survive_the_withdrawal_of_one_of_the_files(store, desk):
    version = desk.register_version(store)
    first = desk.load(store, "a", received_at=100, cases=desk.cases("p1", "p2"))
    desk.load(store, "b", received_at=200, cases=desk.cases("p1", "p2", "p3"))
    with desk.acting(store, "withdraw") as unit:
        batches.withdraw(unit.connection, first, at=300, by="data_manager", reason="sent twice")

    with store.read() as connection:
        assert list(logs.read_cases(connection, version, 400)["case_id"]) == ["p1", "p2", "p3"]


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_two_overlapping_files_give_the_log_of_their_union_in_any_order(store, desk, order):
    version = desk.register_version(store)
    files = {"a": desk.cases("p1", "p2", "p3"), "b": desk.cases("p1", "p2", "p3", "p4").iloc[1:]}
    for name in order:
        desk.load(store, name, cases=files[name])

    with store.read() as connection:
        log = logs.read_cases(connection, version, EVER)

    union = desk.cases("p1", "p2", "p3", "p4")
    assert list(log["case_id"]) == list(union["case_id"])
    assert log["score"].tolist() == union["score"].tolist()
    assert log.attrs["read_again"] == 0


def test_a_study_read_twice_counts_once_by_its_first_result_and_says_so(store, desk):
    version = desk.register_version(store)
    again = desk.cases("p1")
    again["result_at"] -= 30_000_000
    again["score"] = 0.875
    desk.load(store, "a", cases=desk.cases("p1", "p2"))
    desk.load(store, "b", cases=again)

    with store.read() as connection:
        log = logs.read_cases(connection, version, EVER)

    assert log["score"].tolist() == [0.875, 0.375]
    assert log.attrs["read_again"] == 1


def test_a_read_without_a_result_time_gives_way_to_one_with_it(store, desk):
    version = desk.register_version(store)
    failed = desk.cases("p1").assign(result_at=None, score=None, called=None, status="failed")
    desk.load(store, "a", cases=failed)
    desk.load(store, "b", cases=desk.cases("p1"))

    with store.read() as connection:
        assert logs.read_cases(connection, version, EVER)["status"].tolist() == ["processed"]


def test_a_correction_stands_beside_the_truth_it_corrects(store, desk):
    version = desk.register_version(store)
    early, late = desk.monday + 24 * desk.hour, desk.monday + 48 * desk.hour
    desk.load(store, "a", outcomes=desk.outcomes(("p1", 0), recorded_at=early))
    desk.load(store, "b", outcomes=desk.outcomes(("p1", 1), recorded_at=late))

    with store.read() as connection:
        told = logs.read_outcomes(connection, version, EVER)

    assert told[["truth", "recorded_at"]].values.tolist() == [[0, early], [1, late]]


def test_the_same_truth_in_two_files_counts_once(store, desk):
    version = desk.register_version(store)
    for name in ("a", "b"):
        desk.load(store, name, outcomes=desk.outcomes(("p1", 1), ("p2", 0)))

    with store.read() as connection:
        assert len(logs.read_outcomes(connection, version, EVER)) == 2
        assert len(logs.conflicts(connection, version, EVER)) == 0


def test_contradicting_truths_are_both_listed_and_neither_counts(store, desk):
    version = desk.register_version(store)
    desk.load(store, "a", outcomes=desk.outcomes(("p1", 1), ("p2", 0)))
    desk.load(store, "b", outcomes=desk.outcomes(("p1", 0)))

    with store.read() as connection:
        counted = logs.read_outcomes(connection, version, EVER)
        listed = logs.conflicts(connection, version, EVER)

    assert list(counted["case_id"]) == ["p2"]
    assert sorted(zip(listed["case_id"], listed["truth"], strict=True)) == [("p1", 0), ("p1", 1)]


def test_an_unregistered_version_is_kept_counted_and_released_by_registration(store, desk):
    desk.register_version(store)
    desk.load(store, "a", cases=desk.cases("p1", "p2", version="2.0"))
    with store.read() as connection:
        (waiting,) = quarantine.quarantine(connection)

    second = desk.register_version(store, "2.0")

    assert (waiting.model, waiting.version, waiting.site, waiting.cases) == ("BleedFinder", "2.0", "North", 2)
    assert (waiting.first_at, waiting.last_at) == (desk.monday, desk.monday + desk.hour)
    with store.read() as connection:
        assert quarantine.quarantine(connection) == ()
        assert len(logs.read_cases(connection, second, EVER)) == 2


def test_another_spelling_of_a_version_counts_from_when_it_was_declared(store, desk):
    version = desk.register_version(store)
    desk.load(store, "a", received_at=100, cases=desk.cases("p1", version="v1.0"))
    with desk.acting(store, "declare") as unit:
        register.add_alias(unit.connection, deployment_id=version, version="v1.0", at=desk.at, by="data_manager")
    declared = to_micros(desk.at)

    with store.read() as connection:
        assert len(logs.read_cases(connection, version, declared - 1)) == 0
        assert len(logs.read_cases(connection, version, declared)) == 1
        assert quarantine.quarantine(connection) == ()
        assert changes.changed_since(connection, version, declared - 1) == desk.monday


def test_a_new_threshold_takes_the_studies_from_its_date_on(store, desk):
    first = desk.register_version(store)
    desk.load(store, "a", cases=desk.cases("p1", "p2", "p3"))
    with store.read() as connection:
        model = register.deployment(connection, first).model_id
    new = {"model_id": model, "version": "1.0", "site": "North", "zone": "Europe/London", "title": "lower"}
    with desk.acting(store, "register") as unit:
        with pytest.raises(AlreadyDecided, match="say from when on"):
            register.add_deployment(unit.connection, **new, threshold=0.4, at=desk.at, by="rc_ai")
        start = desk.monday + desk.hour
        second = register.add_deployment(
            unit.connection, **new, threshold=0.4, at=desk.at, by="rc_ai", cases_from=start
        )

    with store.read() as connection:
        assert list(logs.read_cases(connection, first, EVER)["case_id"]) == ["p1"]
        assert list(logs.read_cases(connection, second, EVER)["case_id"]) == ["p2", "p3"]


def test_an_ordered_study_counts_once_at_its_site(store, desk):
    ordered = desk.cases("p1", "p2")[["line", "site", "case_id", "acquired_at"]].assign(pathway="ED")
    for name in ("a", "b"):
        desk.load(store, name, orders=ordered)
    desk.load(store, "c", orders=ordered.assign(site="South"))

    with store.read() as connection:
        kept = orders.read_orders(connection, "North", EVER)

    assert kept[["case_id", "pathway"]].values.tolist() == [["p1", "ED"], ["p2", "ED"]]
