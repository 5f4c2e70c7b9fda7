"""Every act leaves an entry, and the chain of entries shows any that was changed, cut off or written anew."""

import hashlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from surveillance.errors import StoreUnusable, TrailBroken
from surveillance.storage.anchors import anchor, read_anchors
from surveillance.storage.append_only import triggers
from surveillance.storage.audit_trail import chain_hash, events, head
from surveillance.storage.quoting import quoted
from surveillance.storage.tables import APPEND_ONLY
from surveillance.storage.tables.data import BATCH, CASE, OUTCOME
from surveillance.storage.tables.trail import AUDIT_EVENT
from surveillance.storage.verification import verify

FIELDS = ("seq", "at", "actor", "role", "action", "payload", "previous_hash", "hash")


def problems_after(store, *statements, anchors=()):
    """Change rows as whoever owns the database could, with the triggers off meanwhile; look, and undo it all."""
    sqlite = store.url.startswith("sqlite")
    made = [
        (quoted(table), name, sql)
        for table in APPEND_ONLY
        for name, sql in triggers(table, "sqlite" if sqlite else "postgresql").items()
    ]
    with store._writer.connect() as connection, connection.begin() as transaction:
        for table, name, _ in made:
            connection.exec_driver_sql(
                f"DROP TRIGGER {name}" if sqlite else f"ALTER TABLE {table} DISABLE TRIGGER {name}"
            )
        for statement in statements:
            connection.execute(text(statement))
        for table, name, sql in made:
            connection.exec_driver_sql(sql if sqlite else f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
        problems = verify(connection, anchors).problems
        transaction.rollback()
    return problems


@pytest.fixture(scope="module")
def used_store(shared_store, desk):
    """A store with a registration, a file and six entries in its trail; every test leaves it so."""
    desk.register_version(shared_store)
    desk.load(shared_store, "a", cases=desk.cases("p1", "p2", "p3"), outcomes=desk.outcomes(("p1", 1), ("p2", 0)))
    for number in range(2):
        with desk.acting(shared_store, f"act {number}"):
            pass
    return shared_store


@pytest.fixture
def anchor_file(tmp_path):
    """A file outside the folder of any store."""
    return tmp_path / "anchors.txt"


def test_an_untouched_store_verifies(used_store):
    with used_store.read() as connection:
        result = verify(connection)

    assert (result.ok, result.problems, result.events) == (True, (), 6)


def test_an_independent_reader_with_nothing_but_the_standard_library_agrees(used_store):
    with used_store.read() as connection:
        rows = connection.execute(text("SELECT * FROM audit_event ORDER BY seq")).all()

    previous = "0" * 64
    for seq, at, actor, role, action, payload, link, own in rows:
        record = json.dumps(["v1", seq, at, actor, role, action, payload, previous], separators=(",", ":"))
        assert (link, own) == (previous, hashlib.sha256(record.encode()).hexdigest())
        previous = own


@pytest.mark.parametrize("field", FIELDS)
def test_a_change_of_any_field_of_an_entry_is_seen(used_store, field):
    value = "seq + 100" if field == "seq" else f"{field} || 'x'"

    problems = problems_after(used_store, f"UPDATE audit_event SET {field} = {value} WHERE seq = 4")

    assert any("Audit entry" in problem for problem in problems)


@pytest.mark.parametrize("column", [c.name for c in CASE.c if c.name not in ("stream_id", "batch_id")])
def test_a_change_of_any_column_of_a_study_is_seen(used_store, column):
    new = {"score": "0.5", "called": "0", "status": "'failed'", "sampling_fraction": "0.5", "line": "line + 90"}
    text_columns = {c.name for c in CASE.c if str(c.type) == "TEXT"} - {"status"}
    value = new.get(column, "'x'" if column in text_columns else "1")

    problems = problems_after(used_store, f'UPDATE "case" SET {quoted(column)} = {value} WHERE line = 3')

    assert any("batch 1" in problem for problem in problems)


@pytest.mark.parametrize("column", [c.name for c in (*OUTCOME.c,) if c.name not in ("stream_id", "batch_id")])
def test_a_change_of_any_column_of_a_truth_is_seen(used_store, column):
    new = {"truth": "2", "line": "line + 90", "recorded_at": "1", "truth_source": "'audit'"}

    problems = problems_after(
        used_store, f"UPDATE outcome SET {quoted(column)} = {new.get(column, chr(39) + 'x' + chr(39))}"
    )

    assert problems == ("Rows of batch 1 were changed, removed or added after they were stored.",)


@pytest.mark.parametrize("column", [c.name for c in BATCH.c if c.name not in ("id", "understood")])
def test_a_change_of_any_column_of_a_file_is_seen(used_store, column):
    new = {"kind": "'orders'", "synthetic": "1"}
    value = new.get(column, "'x'" if str(BATCH.c[column].type) == "TEXT" else "77")

    problems = problems_after(used_store, f"UPDATE batch SET {column} = {value}")

    assert any("atch 1" in problem for problem in problems)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM \"case\" WHERE case_id = 'p3'",
        "UPDATE stream SET site = 'South'",
        "DELETE FROM outcome",
        "INSERT INTO outcome SELECT stream_id, batch_id, 99, 'p3', 1, recorded_at, truth_source, subtype "
        "FROM outcome WHERE case_id = 'p1'",
    ],
)
def test_a_removed_added_or_moved_row_is_seen(used_store, statement):
    problems = problems_after(used_store, statement)

    assert problems == ("Rows of batch 1 were changed, removed or added after they were stored.",)


def test_a_removed_entry_in_the_middle_is_seen(used_store):
    problems = problems_after(used_store, "DELETE FROM audit_event WHERE seq = 4")

    assert any("Audit entry 4 is missing" in problem for problem in problems)


def test_a_cut_off_end_is_seen_with_an_anchor_and_only_with_one(used_store, desk, anchor_file):
    seen = anchor(used_store, anchor_file, at=desk.at)
    cut = "DELETE FROM audit_event WHERE seq = 6"

    assert problems_after(used_store, cut) == ()
    assert "The trail ends before entry 6" in problems_after(used_store, cut, anchors=[seen])[0]


def test_a_trail_written_anew_is_seen_with_an_anchor(used_store, desk, anchor_file):
    seen = anchor(used_store, anchor_file, at=desk.at)
    with used_store.read() as connection:
        kept = connection.execute(AUDIT_EVENT.select().order_by(AUDIT_EVENT.c.seq)).all()
    previous, rewrite = "0" * 64, []
    for row in kept:
        own = chain_hash(row.seq, row.at, "nobody", row.role, row.action, row.payload, previous)
        values = f"actor = 'nobody', previous_hash = '{previous}', hash = '{own}'"
        rewrite.append(f"UPDATE audit_event SET {values} WHERE seq = {row.seq}")
        previous = own

    assert problems_after(used_store, *rewrite) == ()
    assert "Entry 6 is not the one an anchor saw" in problems_after(used_store, *rewrite, anchors=[seen])[0]


def test_an_emptied_trail_is_seen_by_the_files_it_no_longer_tells_of(used_store):
    problems = problems_after(used_store, "DELETE FROM audit_event")

    assert problems == ("Batch 1 is not the one that the trail tells of.",)


@pytest.mark.parametrize("table", ["audit_event", "outcome", "stop_use_notice"])
def test_a_missing_trigger_is_seen(used_store, table):
    drop = f"DROP TRIGGER {table}_no_update"
    with used_store._writer.connect() as connection, connection.begin() as transaction:
        connection.exec_driver_sql(drop if used_store.url.startswith("sqlite") else f"{drop} ON {table}")
        problems = verify(connection).problems
        transaction.rollback()

    missing = f"The trigger {table}_no_update is missing: records could have been changed unseen."
    assert problems == (missing,)


def test_anchors_are_read_back_and_refused_beside_the_database(sqlite_store, desk, tmp_path):
    elsewhere = tmp_path.parent / f"{tmp_path.name}-anchors.txt"
    written = [anchor(sqlite_store, elsewhere, at=desk.at) for _ in range(2)]

    assert list(read_anchors(elsewhere)) == written
    with pytest.raises(StoreUnusable, match="outside the folder"):
        anchor(sqlite_store, tmp_path / "anchors.txt", at=desk.at)


def test_the_trail_tells_who_did_what_and_names_the_file_with_its_digest(used_store, desk):
    with used_store.read() as connection:
        loaded = events(connection)[2]

    assert (loaded.actor, loaded.action, loaded.at) == ("data_manager", "load a log", desk.at)
    assert [batch["batch"] for batch in loaded.payload["stored_batches"]] == [1]


def test_a_write_without_an_entry_is_refused_and_leaves_nothing(store, desk):
    with (
        pytest.raises(TrailBroken, match="left no entry"),
        store.write(actor="rc_ai", role="rc_ai", action="quietly", at=desk.at) as unit,
    ):
        unit.connection.execute(text("INSERT INTO person VALUES ('ghost', 'Ghost', NULL, '2026')"))

    with store.read() as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM person WHERE id = 'ghost'")).scalar_one() == 0


def test_a_receipt_exists_only_after_everything_is_saved(store, desk):
    with store.write(actor="rc_ai", role="rc_ai", action="act", at=desk.at) as unit:
        unit.record({"n": 1})
        with pytest.raises(TrailBroken, match="Nothing is stored yet"):
            _ = unit.receipt

    with store.read() as connection:
        assert (unit.receipt.seq, unit.receipt.head) == (head(connection).seq, head(connection).hash)


words = st.text(max_size=8)


@settings(max_examples=200, deadline=None)
@given(st.tuples(st.integers(1), *[words] * 6), st.tuples(st.integers(1), *[words] * 6))
def test_two_entries_share_a_hash_only_if_every_field_is_the_same(one, other):
    assert (chain_hash(*one) == chain_hash(*other)) == (one == other)
