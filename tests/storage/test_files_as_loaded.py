"""A file is stored whole or not at all, comes back as it was, and adds nothing when it comes twice."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from surveillance.errors import AlreadyDecided, FileRefused
from surveillance.storage import batches, logs
from surveillance.storage.batch_records import HeldRecord
from surveillance.storage.batch_rows import stored_digest
from surveillance.storage.store import create_store
from surveillance.storage.tables import APPEND_ONLY
from surveillance.storage.times import EVER


def counts(store):
    with store.read() as connection:
        return {t.name: connection.execute(select(func.count()).select_from(t)).scalar_one() for t in APPEND_ONLY}


def test_every_column_comes_back_as_it_was_and_missing_stays_missing(store, desk):
    version = desk.register_version(store)
    given_rows = desk.cases("p1", "p2", "p3").assign(
        score=[0.1 + 0.2, np.nan, 1.0],
        called=pd.array([1, None, 0], dtype="Int64"),
        result_at=[desk.monday + 1, None, desk.monday + 3],
        status=["processed", "failed", "not_sent"],
        scanner=["CT 1", None, ""],
        kernel=pd.Series(["hard", None, "soft"], dtype="category"),
        setting='a "quoted", text\nwith a second line',
        age_band=["80–89", None, "Größe"],
        sex=None,
        patient=["a", np.nan, "c"],
        audit_selected=[True, False, True],
        sampling_fraction=[0.1, np.nan, None],
        reader_finding=["1", None, "0"],
        reader_agrees=pd.array([True, None, False], dtype="boolean"),
        groups=['{"protocol":"x"}', None, None],
    )
    desk.load(store, "a", cases=given_rows)

    with store.read() as connection:
        log = logs.read_cases(connection, version, EVER)

    for column in set(given_rows.columns) - {"model", "version", "site", "line"}:
        wanted = [None if pd.isna(value) else value for value in given_rows[column]]
        assert [None if pd.isna(value) else value for value in log[column]] == wanted, column


texts = st.none() | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=6)
studies = st.lists(
    st.tuples(
        st.integers(-(2**40), 2**60),
        st.none() | st.floats(0, 1),
        st.sampled_from([None, 0, 1]),
        texts,
        st.sampled_from(["1.0", "2.0"]),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(studies)
def test_what_is_read_back_has_the_digest_of_what_was_given(shared_store, desk, rows):
    times, scores, called, scanners, versions = (list(column) for column in zip(*rows, strict=True))
    frame = desk.cases(*[f"p{number}" for number in range(len(rows))]).assign(
        acquired_at=times, score=scores, called=called, scanner=scanners, version=versions
    )
    frame["score"] = frame["score"].astype("float64")

    with shared_store._writer.connect() as connection, connection.begin() as transaction:
        stored = batches.add_batch(connection, desk.new_batch("any"), cases=frame)
        assert stored_digest(connection, stored.id) == stored.digest
        transaction.rollback()


def test_the_digest_does_not_depend_on_the_order_in_which_rows_are_given(shared_store, desk):
    frame = pd.concat([desk.cases("p1", "p2"), desk.cases("p3", version="2.0").assign(line=9)])
    digests = set()
    for order in (frame, frame.iloc[::-1]):
        with shared_store._writer.connect() as connection, connection.begin() as transaction:
            digests.add(batches.add_batch(connection, desk.new_batch("any"), cases=order).digest)
            transaction.rollback()

    assert len(digests) == 1


def test_the_same_file_twice_adds_nothing_and_names_the_batch(store, desk):
    first = desk.load(store, "a", cases=desk.cases("p1"))
    before = counts(store)

    with store.read() as connection:
        found = batches.find_by_sha256(connection, desk.new_batch("a").file_sha256)
    with pytest.raises(FileRefused, match=f"stored already as batch {first}"):
        desk.load(store, "a", cases=desk.cases("p1"))

    assert found is not None
    assert found.id == first
    assert counts(store) == before


def test_a_withdrawn_file_may_be_loaded_again_and_withdrawn_once(store, desk):
    first = desk.load(store, "a", cases=desk.cases("p1"))
    with desk.acting(store) as unit:
        batches.withdraw(unit.connection, first, at=1, by="data_manager", reason="wrong month")
    with pytest.raises(AlreadyDecided), desk.acting(store) as unit:
        batches.withdraw(unit.connection, first, at=2, by="rc_ai", reason="again")

    second = desk.load(store, "a", cases=desk.cases("p1"))

    with store.read() as connection:
        listed = batches.batches(connection)
    assert [(kept.id, kept.generation, kept.withdrawn_at) for kept in listed] == [(second, 2, None), (first, 1, 1)]


def test_an_error_half_way_leaves_nothing(store, desk):
    before = counts(store)

    def interrupted():
        with desk.acting(store) as unit:
            batches.add_batch(unit.connection, desk.new_batch("a"), cases=desk.cases("p1"))
            unit.record({"batch": 1})
            raise RuntimeError("power")

    with pytest.raises(RuntimeError, match="power"):
        interrupted()

    assert counts(store) == before


@pytest.mark.parametrize(
    ("column", "value"),
    [("score", 1.0000001), ("score", -0.1), ("score", np.inf), ("status", "done"), ("called", 2)],
)
def test_a_value_that_cannot_be_true_is_refused_with_the_whole_file(store, desk, column, value):
    before = counts(store)
    frame = desk.cases("p1", "p2")
    frame[column] = [frame[column][0], value]

    with pytest.raises(FileRefused, match="does not keep"):
        desk.load(store, "a", cases=frame)

    assert counts(store) == before


@pytest.mark.parametrize(("change", "words"), [({"colour": "red"}, "colour"), ({"site": None}, "site")])
def test_a_frame_with_other_columns_is_refused_by_name(sqlite_store, desk, change, words):
    with pytest.raises(ValueError, match=words):
        desk.load(sqlite_store, "a", cases=desk.cases("p1").assign(**change))


def test_held_rows_are_kept_with_their_reason(store, desk):
    held = [
        HeldRecord(7, "score", "a share", "70", "divide by 100", "p7,70"),
        HeldRecord(3, "", "columns", "", "", "x"),
    ]
    with desk.acting(store) as unit:
        batch = batches.add_batch(unit.connection, desk.new_batch("a"), cases=desk.cases("p1"), held=held)

    with store.read() as connection:
        assert batches.held_rows(connection, batch.id) == (held[1], held[0])


def test_a_live_store_takes_no_synthetic_studies(store_url, desk):
    store = create_store(store_url, name="Live", kind="live", at=desk.at)

    with pytest.raises(FileRefused, match="synthetic"), desk.acting(store) as unit:
        batches.add_batch(unit.connection, desk.new_batch("a", synthetic=True), cases=desk.cases("p1"))

    assert counts(store)["batch"] == 0
    store.close()
