"""Loading a log: nothing before the decision, everything or nothing at it, and never the same thing twice."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from surveillance.domain.roles import Role
from surveillance.errors import FileRefused
from surveillance.services import intake
from surveillance.storage import audit_trail, batches
from surveillance.storage.logs import conflicts, read_cases, read_outcomes
from surveillance.storage.tables.data import BATCH, CASE, HELD_ROW, OUTCOME
from surveillance.storage.times import EVER

HEADER = b"case_id,model,version,site,acquired_at,status,score,called\n"
GOOD = b"a1,NeuroFlag,3.2.1,Millford,2025-03-04T10:00:00Z,processed,0.9,true\n"
TRUTHS = b"case_id,model,site,truth,truth_recorded_at,truth_source\n"


def row(case_id, *, score="0.5", version="3.2.1", day=4):
    return f"{case_id},NeuroFlag,{version},Millford,2025-03-{day:02d}T10:00:00Z,processed,{score},true\n".encode()


def truth(case_id, value, *, day=10, source="adjudication"):
    return f"{case_id},NeuroFlag,Millford,{value},2025-03-{day:02d}T10:00:00Z,{source}\n".encode()


def counts(store):
    with store.read() as connection:
        tables = {"batches": BATCH, "cases": CASE, "outcomes": OUTCOME, "held": HELD_ROW}
        found = {n: connection.execute(select(func.count()).select_from(t)).scalar_one() for n, t in tables.items()}
        return found | {"entries": audit_trail.head(connection).seq}


def test_a_preview_stores_nothing(ready, words):
    before = counts(ready.store)
    ready.preview(words.results(0), words.monday(0))
    assert counts(ready.store) == before


def test_a_commit_is_batch_rows_held_rows_and_one_entry_of_the_trail(ready, words):
    before = counts(ready.store)
    receipt = ready.load(HEADER + row("a1") + row("a2") + row("a3", score="7"), words.monday(0))

    after = counts(ready.store)
    grown = {name: after[name] - before[name] for name in after}
    assert grown == {"batches": 1, "cases": 2, "outcomes": 0, "held": 1, "entries": 1}
    assert (receipt.rows_accepted, receipt.rows_held) == (2, 1)
    with ready.store.read() as connection:
        (entry,) = audit_trail.events(connection, newest=1)
        (held,) = batches.held_rows(connection, receipt.batch_id)
    assert (entry.seq, entry.hash, entry.actor) == (receipt.seq, receipt.head, "data_manager")
    assert entry.payload["sha256"] == receipt.sha256
    assert (held.line, held.column, held.value) == (4, "score", "7")
    assert held.rule
    assert held.fix


@pytest.mark.parametrize("step", ["insert of held rows", "entry of the trail"])
def test_a_fault_in_the_middle_leaves_nothing(ready, words, monkeypatch, step):
    before = counts(ready.store)

    def fail(*_):
        raise RuntimeError("power cut")

    place = (batches, "_store_held") if step == "insert of held rows" else (audit_trail, "chain_hash")
    monkeypatch.setattr(*place, fail)
    with pytest.raises(RuntimeError, match="power cut"):
        ready.load(HEADER + row("a1") + row("a3", score="7"), words.monday(0))
    monkeypatch.undo()

    assert counts(ready.store) == before
    assert ready.load(HEADER + row("a1"), words.monday(0)).rows_accepted == 1


@pytest.mark.parametrize("name", ["week.csv", "renamed.csv"])
def test_the_same_bytes_again_add_nothing_and_say_so(ready, words, name):
    first = ready.load(HEADER + GOOD, words.monday(0), name="week.csv")
    before = counts(ready.store)

    again = ready.preview(HEADER + GOOD, words.monday(1), name)
    assert f"stored already as batch {first.batch_id}" in again.already_stored
    with pytest.raises(FileRefused, match="nothing would be added"):
        ready.load(HEADER + GOOD, words.monday(1), name=name)

    assert counts(ready.store) == before


def test_two_people_who_previewed_the_same_file_store_it_once(ready, words, actor):
    first, second = (ready.preview(HEADER + GOOD, words.monday(0)) for _ in range(2))
    intake.commit(actor(Role.DATA_MANAGER), ready.store, first, choice="keep", at=words.monday(0))

    with pytest.raises(FileRefused, match="stored already"):
        intake.commit(actor(Role.RADIOGRAPHER), ready.store, second, choice="keep", at=words.monday(0))

    assert counts(ready.store)["cases"] == 1


def test_overlapping_files_merge_and_say_what_is_new_held_already_or_contradicting(ready, words):
    ready.load(HEADER + row("a1") + row("a2") + row("a3"), words.monday(0))
    second = HEADER + row("a2") + row("a3", score="0.7") + row("a4") + row("a5")

    preview = ready.preview(second, words.monday(1))
    ready.load(second, words.monday(1))

    assert (preview.new, preview.identical, preview.conflicting) == (2, 1, 1)
    assert preview.conflicting_lines == (3,)
    with ready.store.read() as connection:
        cases = read_cases(connection, 1, EVER)
    assert cases["case_id"].tolist() == ["a1", "a2", "a3", "a4", "a5"]


def test_truths_may_come_in_a_later_file_and_before_their_studies(ready, words):
    ready.load(TRUTHS + truth("a1", 1) + truth("later", 0), words.monday(20))
    ready.load(HEADER + row("a1") + row("later", day=5), words.monday(21))

    with ready.store.read() as connection:
        known = read_outcomes(connection, 1, EVER).set_index("case_id")["truth"]
    assert known.to_dict() == {"a1": 1, "later": 0}


def test_new_truths_beside_studies_held_already_are_told_before_the_file_is_kept(ready, words):
    head = HEADER.rstrip() + b",truth,truth_recorded_at,truth_source\n"
    ready.load(HEADER + row("a1") + row("a2"), words.monday(0))
    told = head + b"".join(row(c).rstrip() + b",1,2025-03-10T10:00:00Z,adjudication\n" for c in ("a1", "a2"))

    preview = ready.preview(told, words.monday(1))

    assert (preview.new, preview.identical, preview.conflicting) == (0, 2, 0)
    assert dict(preview.understood)["Confirmed findings in it"].startswith("2 new, 0 already held")


def test_contradicting_truths_are_listed_and_count_for_neither(ready, words):
    ready.load(HEADER + row("a1") + row("a2"), words.monday(0))
    ready.load(TRUTHS + truth("a1", 1) + truth("a2", 0), words.monday(1))
    second = TRUTHS + truth("a1", 0)

    preview = ready.preview(second, words.monday(2))
    ready.load(second, words.monday(2))

    assert (preview.conflicting, preview.conflicting_lines) == (1, (2,))
    with ready.store.read() as connection:
        assert read_outcomes(connection, 1, EVER)["case_id"].tolist() == ["a2"]
        assert set(conflicts(connection, 1, EVER)["case_id"]) == {"a1"}


def test_truths_that_contradict_each_other_count_for_neither_however_they_are_split_into_files(beside, words):
    lines = [truth("a1", 1), truth("a1", 0), truth("a2", 0)]
    splits = [
        [lines],
        [lines, lines[:1]],
        [lines[1:], lines[:1]],
        [lines[:2], lines[1:], lines[:1]],
        [[one] for one in lines],
    ]
    for files in splits:
        ward = beside()
        ward.load(HEADER + row("a1") + row("a2"), words.monday(0))
        for number, file in enumerate(files):
            ward.load(TRUTHS + b"".join(file), words.monday(1) + timedelta(minutes=number), name=f"{number}.csv")
        with ward.store.read() as connection:
            assert read_outcomes(connection, 1, EVER)["case_id"].tolist() == ["a2"], files
            assert set(conflicts(connection, 1, EVER)["case_id"]) == {"a1"}, files
        ward.store.close()


def test_truths_that_contradict_each_other_in_one_file_are_told_before_it_is_kept(ready, words):
    preview = ready.preview(TRUTHS + truth("a1", 1) + truth("a2", 0) + truth("a1", 0), words.monday(1))

    assert (preview.held, preview.new, preview.conflicting, preview.conflicting_lines) == ((), 1, 2, (2, 4))
    assert any("contradict each other about a truth" in note and "2, 4" in note for note in preview.notes)


def test_a_file_held_whole_counts_nowhere_and_may_be_loaded_again(ready, words):
    data = HEADER + row("a1") + row("a2", score="7")
    held = ready.load(data, words.monday(0), choice="hold")
    assert (held.rows_accepted, held.rows_held, counts(ready.store)["cases"]) == (0, 2, 0)

    kept = ready.load(data, words.monday(1), choice="keep")

    assert (kept.rows_accepted, kept.rows_held, counts(ready.store)["cases"]) == (1, 1, 1)
    with pytest.raises(FileRefused):
        ready.load(data, words.monday(2), choice="keep")


def test_a_choice_that_nobody_offered_stores_nothing(ready, words):
    before = counts(ready.store)
    with pytest.raises(FileRefused, match="keep or hold"):
        ready.load(HEADER + GOOD, words.monday(0), choice="yes")
    assert counts(ready.store) == before
