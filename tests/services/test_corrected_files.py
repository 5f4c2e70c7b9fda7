"""Held rows that come back: the line that waited is answered once, by the file as it was downloaded and mended."""

import csv
import io

import pytest

from surveillance.domain.roles import Role
from surveillance.errors import FileRefused
from surveillance.services import corrected_files, intake, withdrawals
from surveillance.storage import batches, held_returns
from surveillance.storage.logs import read_cases
from surveillance.storage.times import EVER

HEADER = b"case_id,model,version,site,acquired_at,status,score,called\n"


def row(case_id, *, score="0.5", called="true", day=4):
    return f"{case_id},NeuroFlag,3.2.1,Millford,2025-03-{day:02d}T10:00:00Z,processed,{score},{called}\n".encode()


TWICE_WRONG = row("a3", score="=1+1", called="perhaps")
WEEK = HEADER + row("a1") + row("a2", score="7") + TWICE_WRONG + row("a4") + row("a5", score="8")


@pytest.fixture
def held(ready, words):
    """A ward with one file of which three lines are held, one of them for two reasons; and the download."""
    preview = ready.preview(WEEK, words.monday(0), "week.csv")
    receipt = ready.load(WEEK, words.monday(0), name="week.csv")
    assert (receipt.rows_accepted, receipt.rows_held) == (2, 3)
    return ready, receipt.batch_id, intake.held_file(preview)


def mended(download, **cells):
    """Return a download with cells changed, line_column -> text, as a person would in a spreadsheet."""
    reader = csv.DictReader(io.StringIO(download.decode("utf-8-sig")))
    out = io.StringIO()
    writer = csv.DictWriter(out, reader.fieldnames)
    writer.writeheader()
    for one in reader:
        for name, text in cells.items():
            line, column = name.removeprefix("at").split("_", 1)
            if one["line"] == line:
                one[column] = text
        writer.writerow(one)
    return out.getvalue().encode()


def waiting(ward):
    with ward.store.read() as connection:
        return {one.batch_id: one.rows for one in held_returns.waiting_files(connection)}


def known(ward):
    with ward.store.read() as connection:
        return read_cases(connection, 1, EVER).set_index("case_id")["score"].to_dict()


def give_back(ward, data, actor, at, name="held-week.csv"):
    found = corrected_files.preview_corrected(actor(Role.RADIOGRAPHER), ward.store, data, name, at=at)
    return corrected_files.commit_corrected(actor(Role.RADIOGRAPHER), ward.store, found, at=at)


def test_a_corrected_row_returns_to_its_file_and_a_wrong_one_stays_held(held, words, actor):
    ward, batch, download = held
    receipt = give_back(ward, mended(download, at3_score="0.7", at6_score="9"), actor, words.monday(1))

    assert (receipt.rows_accepted, receipt.rows_held) == (1, 2)
    assert waiting(ward) == {batch: 2}
    assert known(ward) == {"a1": 0.5, "a4": 0.5, "a2": 0.7}
    with ward.store.read() as connection:
        kept = batches.batch_of(connection, receipt.batch_id)
    assert kept.understood["Corrected rows of"] == f"batch {batch} (week.csv)"


def test_a_line_with_two_faults_counts_once_and_only_if_mended_alike(held, words, actor):
    ward, batch, download = held
    lines = mended(download, at4_score="0.2").decode().splitlines(keepends=True)
    first = next(n for n, line in enumerate(lines) if line.startswith("4,"))
    differently = "".join([*lines[:first], lines[first].replace("perhaps", "false"), *lines[first + 1 :]])
    found = corrected_files.preview_corrected(
        actor(Role.RADIOGRAPHER), ward.store, differently.encode(), "held-week.csv", at=words.monday(1)
    )
    assert (found.right, found.differing) == ((), (4,))
    with pytest.raises(FileRefused, match="No row of this file is right yet"):
        corrected_files.commit_corrected(actor(Role.RADIOGRAPHER), ward.store, found, at=words.monday(1))

    give_back(ward, mended(download, at4_score="0.2", at4_called="false"), actor, words.monday(1))
    assert known(ward)["a3"] == 0.2
    assert waiting(ward) == {batch: 2}


def test_correcting_twice_is_harmless(held, words, actor):
    ward, batch, download = held
    once = mended(download, at3_score="0.7")
    give_back(ward, once, actor, words.monday(1))
    with pytest.raises(FileRefused, match=r"came back before|stored already"):
        give_back(ward, once, actor, words.monday(2))

    again = mended(download, at3_score="0.9", at6_score="0.8")
    found = corrected_files.preview_corrected(
        actor(Role.RADIOGRAPHER), ward.store, again, "held-week.csv", at=words.monday(2)
    )
    assert (found.right, found.before) == ((6,), (3,))
    corrected_files.commit_corrected(actor(Role.RADIOGRAPHER), ward.store, found, at=words.monday(2))
    with pytest.raises(FileRefused, match="meanwhile"):
        corrected_files.commit_corrected(actor(Role.RADIOGRAPHER), ward.store, found, at=words.monday(2))

    assert known(ward) == {"a1": 0.5, "a4": 0.5, "a2": 0.7, "a5": 0.8}
    assert waiting(ward) == {batch: 1}


@pytest.mark.parametrize("line", [2, 77])
def test_a_line_that_was_never_held_is_refused(held, words, actor, line):
    ward, batch, download = held
    strange = download + f"{line},score,r,7,f,".encode() + row("zz")
    with pytest.raises(FileRefused, match=rf"Line {line} was never held in batch {batch} \(week.csv\)"):
        give_back(ward, strange, actor, words.monday(1))
    assert set(known(ward)) == {"a1", "a4"}


def test_rows_of_no_file_of_this_store_are_refused(held, words, actor):
    ward, _, download = held
    other = download.replace(b"score", b"other")
    with pytest.raises(FileRefused, match="not held by any file"):
        give_back(ward, other.replace(b"called", b"y"), actor, words.monday(1))


def test_identifiers_in_a_corrected_file_are_refused_whole(held, words, actor):
    ward, batch, download = held
    with pytest.raises(FileRefused, match="pseudonymise"):
        give_back(ward, mended(download, at3_case_id="9990000018"), actor, words.monday(1))
    with pytest.raises(FileRefused, match="named like a patient identifier"):
        give_back(ward, download.replace(b"called\r\n", b"patient_name\r\n"), actor, words.monday(1))
    assert waiting(ward) == {batch: 3}


def test_the_download_is_not_taken_for_a_log_of_its_own(held, words):
    ward, _, download = held
    with pytest.raises(FileRefused, match="gives held rows back"):
        ward.preview(download.replace(b"acquired_at", b"acquired_at"), words.monday(1))


def test_a_correction_that_is_withdrawn_leaves_its_lines_waiting_again(held, words, actor):
    ward, batch, download = held
    receipt = give_back(ward, mended(download, at3_score="0.7"), actor, words.monday(1))
    manager = actor(Role.DATA_MANAGER)
    told = withdrawals.preview_withdrawal(manager, ward.store, batch)
    assert told.corrected == (receipt.batch_id,)

    withdrawals.withdraw(manager, ward.store, receipt.batch_id, "It was the wrong week.", at=words.monday(2))

    assert waiting(ward) == {batch: 3}
    assert set(known(ward)) == {"a1", "a4"}


def test_a_file_withdrawn_and_loaded_again_need_not_be_corrected_again(held, words, actor):
    ward, batch, download = held
    give_back(ward, mended(download, at3_score="0.7"), actor, words.monday(1))
    withdrawals.withdraw(actor(Role.DATA_MANAGER), ward.store, batch, "It was the wrong week.", at=words.monday(2))
    assert waiting(ward) == {}
    assert set(known(ward)) == {"a2"}

    again = ward.load(WEEK, words.monday(3), name="week.csv")

    assert waiting(ward) == {again.batch_id: 2}
    assert set(known(ward)) == {"a1", "a2", "a4"}


def test_two_files_that_held_the_same_lines_are_told_apart_by_their_rows(held, words, actor):
    ward, batch, download = held
    second = ward.load(WEEK.replace(b"a", b"b").replace(b"bcquired_bt", b"acquired_at").replace(b"cbse_id", b"case_id")
                       .replace(b"stbtus", b"status").replace(b"cblled", b"called").replace(b"NeuroFlbg", b"NeuroFlag")
                       .replace(b"perhbps", b"perhaps"), words.monday(1), name="next.csv")  # fmt: skip

    give_back(ward, mended(download, at3_score="0.7"), actor, words.monday(2), name="x.csv")

    assert waiting(ward) == {batch: 2, second.batch_id: 3}
