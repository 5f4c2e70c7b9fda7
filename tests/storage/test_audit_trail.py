"""Every act leaves an entry; entries form a chain that anybody can check."""

import hashlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from surveillance.errors import StoreUnusable, TrailBroken
from surveillance.storage.anchors import anchor, read_anchors
from surveillance.storage.audit_trail import chain_hash, events, head
from surveillance.storage.verification import verify


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


@settings(max_examples=200)
@given(st.tuples(st.integers(1), *[words] * 6), st.tuples(st.integers(1), *[words] * 6))
def test_two_entries_share_a_hash_only_if_every_field_is_the_same(one, other):
    assert (chain_hash(*one) == chain_hash(*other)) == (one == other)
