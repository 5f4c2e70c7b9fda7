"""What a file adds: from when the picture changes, and how its rows stand to what is held."""

from surveillance.storage import batches, changes, overlap


def test_changes_start_where_new_rows_do(store, desk):
    version = desk.register_version(store)
    desk.load(store, "a", received_at=100, cases=desk.cases("p1", "p2"))
    desk.load(store, "b", received_at=200, cases=desk.cases("p1", "p2", "p3"))
    late = desk.monday + 500 * desk.hour
    desk.load(store, "c", received_at=300, outcomes=desk.outcomes(("p1", 1), recorded_at=late))

    with store.read() as connection:
        since = [changes.changed_since(connection, version, at) for at in (50, 100, 200, 300)]

    assert since == [desk.monday, desk.monday + 2 * desk.hour, late, None]


def test_a_file_that_only_repeats_changes_nothing(store, desk):
    version = desk.register_version(store)
    desk.load(store, "a", received_at=100, cases=desk.cases("p1", "p2"), outcomes=desk.outcomes(("p1", 1)))
    desk.load(store, "b", received_at=200, cases=desk.cases("p1", "p2"), outcomes=desk.outcomes(("p1", 1)))

    with store.read() as connection:
        assert changes.changed_since(connection, version, 100) is None


def test_a_withdrawal_changes_what_its_file_had_added(store, desk):
    version = desk.register_version(store)
    batch = desk.load(store, "a", received_at=100, cases=desk.cases("p1", "p2"))
    with desk.acting(store, "withdraw") as unit:
        batches.withdraw(unit.connection, batch, at=300, by="data_manager", reason="wrong month")

    with store.read() as connection:
        assert changes.changed_since(connection, version, 200) == desk.monday


def test_a_receipt_counts_new_identical_and_contradicting_rows(store, desk):
    desk.load(store, "a", cases=desk.cases("p1", "p2"), outcomes=desk.outcomes(("p1", 1), ("p2", 0)))
    given = desk.cases("p1", "p2", "p3")
    given.loc[1, "score"] = 0.99

    with store.read() as connection:
        studies = overlap.overlap(connection, given)
        truths = overlap.overlap(connection, desk.outcomes(("p1", 1), ("p2", 1), ("p9", 1)))

    assert studies == overlap.Overlap(new=1, identical=1, conflicting=1, conflicting_lines=(3,))
    assert truths == overlap.Overlap(new=1, identical=1, conflicting=1, conflicting_lines=(3,))
