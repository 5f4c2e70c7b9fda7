"""Whoever changes records behind the program's back is seen: every field, every row, the end, the whole."""

import pytest
from sqlalchemy import text

from surveillance.storage.anchors import anchor
from surveillance.storage.append_only import triggers
from surveillance.storage.audit_trail import chain_hash
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


@pytest.fixture
def anchor_file(tmp_path):
    """A file outside the folder of any store."""
    return tmp_path / "anchors.txt"


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
