"""A worklist brought back: each answer is taken once under its reader, or its line is held with rule and fix."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest

from surveillance.domain.roles import Role
from surveillance.errors import FileRefused
from surveillance.services.truth_hand_in import hand_in
from surveillance.services.truth_import import import_answers
from surveillance.services.truth_worklist import export_csv
from surveillance.storage.readings import readings

WEEK = "2025-W14"


@pytest.fixture
def audited(ready, words, small):
    """Return the ward under a plan that audits three in ten, its first week loaded."""
    return small.audit(ready, words)


@pytest.fixture
def at(small):
    """Return an hour after the week was loaded."""
    return small.monday(0) + timedelta(hours=1)


def exported(ward, actor, at):
    data = export_csv(actor(Role.DATA_MANAGER), ward.store, 1, WEEK, at=at)
    return list(csv.DictReader(io.StringIO(data.decode())))


def as_csv(rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def bring(ward, actor, data, at, role=Role.DATA_MANAGER, name="back.csv"):
    return import_answers(actor(role), ward.store, 1, WEEK, data, name, at=at)


def kept(ward):
    with ward.store.read() as connection:
        return {case: {one.reader: one.answer.words for one in said} for case, said in readings(connection, 1).items()}


def filled(rows, reader, small):
    return [row | {"reader": reader, "answer": "present" if small.truth(row["case_id"]) else "absent"} for row in rows]


def test_two_files_of_two_readers_settle_the_list(audited, actor, at, small):
    rows = exported(audited, actor, at)

    first = bring(audited, actor, as_csv(filled(rows, "rc_ai", small)), at)
    second = bring(audited, actor, as_csv(filled(rows, "The deputy radiologist (RC-AI)", small)), at)

    assert (first.taken, second.taken, first.held, second.held) == (len(rows), len(rows), (), ())
    assert set(kept(audited)) == {row["case_id"] for row in rows}
    assert hand_in(actor(Role.DATA_MANAGER), audited.store, 1, at=at).truths == len(rows)


def test_bringing_it_again_adds_nothing(audited, actor, at, small):
    data = as_csv(filled(exported(audited, actor, at), "rc_ai", small))
    first = bring(audited, actor, data, at)
    before = kept(audited)

    second = bring(audited, actor, data, at + timedelta(hours=1))

    assert (second.taken, second.here_already, second.held) == (0, first.taken, ())
    assert kept(audited) == before


@pytest.mark.parametrize(
    ("change", "column", "fix"),
    [
        ({"case_id": "S999"}, "case_id", "export the worklist"),
        ({"week": "2025-W13"}, "week", "export the worklist"),
        ({"site": "Elsewhere"}, "site", "export the worklist"),
        ({"answer": "2"}, "answer", "write present, absent or cannot tell"),
        ({"answer": "maybe"}, "answer", "write present, absent or cannot tell"),
        ({"reader": "radiographer"}, "reader", "write one of: deputy, rc_ai"),
        ({"reader": ""}, "reader", "write one of: deputy, rc_ai"),
    ],
)
def test_a_line_that_cannot_be_taken_is_held_and_the_others_are_not(audited, actor, at, small, change, column, fix):
    rows = filled(exported(audited, actor, at), "rc_ai", small)
    rows[3] |= change

    done = bring(audited, actor, as_csv(rows), at)

    (fault,) = done.held
    assert (fault.line, fault.column) == (5, column)
    assert fault.fix.startswith(fix)
    assert done.taken == len(rows) - 1
    assert done.held_file.decode().splitlines()[1].startswith(f"5,{column},")


def test_the_held_lines_come_back_once_they_are_right(audited, actor, at, small):
    rows = filled(exported(audited, actor, at), "rc_ai", small)
    right = rows[0]["answer"]
    rows[0]["answer"] = "?"
    held = bring(audited, actor, as_csv(rows), at).held_file

    again = bring(audited, actor, held.replace(b",?", b"," + right.encode()), at)

    assert (again.taken, again.held) == (1, ())


def test_another_answer_of_the_same_reader_is_held(audited, actor, at, small):
    rows = filled(exported(audited, actor, at), "rc_ai", small)
    bring(audited, actor, as_csv(rows), at)
    rows[0]["answer"] = "cannot tell"

    (fault,) = bring(audited, actor, as_csv(rows), at).held

    assert "an answer once given stands" in fault.rule


def test_a_reader_brings_their_own_answers_only(audited, actor, at, small):
    data = as_csv(filled(exported(audited, actor, at), "deputy", small))

    done = bring(audited, actor, data, at, Role.RC_AI)

    assert done.taken == 0
    assert {fault.column for fault in done.held} == {"reader"}


def test_lines_without_an_answer_wait_and_a_line_too_short_is_held(audited, actor, at, small):
    rows = exported(audited, actor, at)
    data = as_csv(rows) + b"S001,Millford\n"

    done = bring(audited, actor, data, at)

    assert (done.taken, done.empty) == (0, len(rows))
    assert [fault.line for fault in done.held] == [len(rows) + 2]
    assert "lines have no answer yet" in done.sentence


def test_a_workbook_is_read_as_well(audited, actor, at, small):
    rows = filled(exported(audited, actor, at), "rc_ai", small)
    book = openpyxl.Workbook()
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append([1 if cell == "present" else 0 if cell == "absent" else cell for cell in row.values()])
    out = io.BytesIO()
    book.save(out)

    done = bring(audited, actor, out.getvalue(), at, name="back.xlsx")

    assert (done.taken, done.held) == (len(rows), ())
    assert kept(audited)["S010"] == {"rc_ai": "present"}


def test_a_file_that_is_no_worklist_is_refused_whole(audited, actor, at, small):
    with pytest.raises(FileRefused, match="This is no worklist of this program"):
        bring(audited, actor, b"a,b\n1,2\n", at)
    with pytest.raises(FileRefused, match="named like a patient identifier"):
        bring(audited, actor, b"case_id,week,reader,answer,Surname\nS1,2025-W14,rc_ai,1,\n", at)
    assert kept(audited) == {}
