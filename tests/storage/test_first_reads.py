"""Which row of a study counts does not depend on which file came first."""

from itertools import permutations

import pandas as pd
import pytest

from surveillance.storage import logs
from surveillance.storage.first_reads import COMPARED, contradicting, first_reads
from surveillance.storage.tables.data import CASE
from surveillance.storage.times import EVER

READ = ["case_id", "status", "called", "score", "scanner"]


def variants(desk):
    """One study, told three ways with one result time."""
    plain = desk.cases("p1").assign(scanner=None, called=1, score=0.25)
    return [plain, plain.assign(scanner="CT1"), plain.assign(score=0.75)]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_of_rows_with_one_result_time_the_same_counts_in_any_order_of_files(store, desk, order):
    version = desk.register_version(store)
    for place in order:
        desk.load(store, f"file{place}", cases=variants(desk)[place])

    with store.read() as connection:
        whole = logs.read_cases(connection, version, EVER)
        part = logs.read_cases(connection, version, EVER, ["status", "called", "score"])

    assert whole[READ[:4]].values.tolist() == [["p1", "processed", 1, 0.75]]
    assert part[READ[:4]].values.tolist() == whole[READ[:4]].values.tolist()


def rows(*told):
    """Rows of one study and one result time: (status, called, score, scanner), on lines 2, 3, ..."""
    frame = pd.DataFrame(told, columns=["status", "called", "score", "scanner"]).astype({"called": "Int64"})
    fixed = {"case_id": "p1", "acquired_at": 5, "result_at": 9, "batch_id": 1}
    return frame.assign(**fixed, line=range(2, len(told) + 2)).astype({"result_at": "Int64"})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("processed", 0, 0.1, None), ("failed", None, None, "CT1")),
        (("failed", None, None, None), ("not_sent", None, None, None)),
        (("processed", 1, 0.9, None), ("processed", 1, 0.1, None)),
        (("processed", 1, 0.1, None), ("processed", 1, None, "CT1")),
        (("processed", 1, 0.1, "CT1"), ("processed", 1, 0.1, None)),
        (("processed", 1, 0.1, "CT1"), ("processed", 1, 0.1, "CT2")),
    ],
)
def test_the_first_of_each_pair_counts(one, other):
    for told in ((one, other), (other, one)):
        (kept,) = first_reads(rows(*told))[["status", "called", "score", "scanner"]].astype(object).values.tolist()
        assert [None if pd.isna(value) else value for value in kept] == list(one)


def answers(*told):
    (kept,) = first_reads(rows(*told))[["status", "called", "score"]].astype(object).values.tolist()
    return [None if pd.isna(value) else value for value in kept]


def test_of_flagged_and_not_flagged_at_one_time_neither_counts():
    flagged, unflagged = ("processed", 1, 0.9, None), ("processed", 0, 0.1, None)
    for told in permutations((flagged, unflagged, ("processed", None, None, "CT1"))):
        assert answers(*told) == ["processed", None, None]


def test_a_later_result_disputes_nothing():
    told = rows(("processed", 1, 0.9, None), ("processed", 0, 0.1, None))
    told.loc[1, "result_at"] = 10
    assert first_reads(told)[["called", "score"]].values.tolist() == [[1, 0.9]]


def test_the_columns_asked_for_do_not_choose_the_row(store, desk):
    version = desk.register_version(store)
    plain = desk.cases("p1").assign(called=1)
    desk.load(store, "a", cases=plain.assign(score=0.25, audit_selected=1))
    desk.load(store, "b", cases=plain.assign(score=0.75, audit_selected=0))
    with store.read() as connection:
        whole = logs.read_cases(connection, version, EVER, as_filed=True)
        part = logs.read_cases(connection, version, EVER, ["audit_selected"], as_filed=True)
    assert part["audit_selected"].tolist() == whole["audit_selected"].tolist() == [0]


def test_a_study_dated_anew_is_not_cut_from_its_first_row(store, desk):
    version = desk.register_version(store)
    early = desk.cases("p1")
    first = int(early["acquired_at"].iloc[0])
    week = 7 * 86_400_000_000
    desk.load(store, "a", cases=early)
    desk.load(store, "b", cases=early.assign(acquired_at=first + week, result_at=early["result_at"] + week))
    with store.read() as connection:
        assert logs.read_cases(connection, version, EVER, since=first + week).empty


def test_every_column_of_a_study_is_compared():
    fixed = {"stream_id", "batch_id", "line", "case_id", "result_at"}
    assert set(COMPARED) == {column.name for column in CASE.c} - fixed


def test_rows_that_say_the_same_contradict_nothing():
    same = rows(("processed", 1, 0.1, "CT1"), ("processed", 1, 0.1, "CT1"))
    assert not contradicting(same).any()
    assert contradicting(rows(("processed", 1, 0.1, "CT1"), ("processed", 1, 0.2, "CT1"))).all()
