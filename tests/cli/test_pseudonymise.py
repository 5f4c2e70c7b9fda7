"""`surveillance pseudonymise`: the key stays private, nothing is overwritten, and mistyped pseudonyms are told."""

import csv
import os
import stat

import pytest

EXPORT = "Accession,Patient ID,Flag\nRX001,7,Y\nRX002,8,N\n"


@pytest.fixture
def desk(home, monkeypatch):
    """The PACS manager's folder with an export; the home of the installation is elsewhere."""
    folder = home / "desk"
    folder.mkdir()
    monkeypatch.setenv("SURVEILLANCE_HOME", str(home / "stores"))
    (folder / "ai.csv").write_text(EXPORT, encoding="utf-8")
    return folder


@pytest.fixture
def key(desk, run):
    assert run("pseudonymise", "--make-key", desk / "site.key").code == 0
    return desk / "site.key"


def links(key):
    return list(csv.reader(key.with_name("site.key.links.csv").open(encoding="utf-8", newline="")))


def test_a_key_is_32_bytes_that_only_its_owner_reads_and_is_never_replaced(run, key):
    before = key.read_bytes()
    again = run("pseudonymise", "--make-key", key)
    assert (again.code, key.read_bytes(), len(before)) == (5, before, 32)
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_two_keys_differ(run, desk, key):
    run("pseudonymise", "--make-key", desk / "other.key")
    assert (desk / "other.key").read_bytes() != key.read_bytes()


def test_a_key_in_a_stores_folder_is_refused_made_or_used_by_any_path(run, home, desk, monkeypatch):
    (home / "stores").mkdir()
    (desk / "way").symlink_to(home / "stores")
    for place in (home / "stores" / "k", desk / "way" / "k"):
        answer = run("pseudonymise", "--make-key", place)
        assert (answer.code, place.exists()) == (5, False)
        assert "a store must never hold" in answer.err
    monkeypatch.setenv("SURVEILLANCE_STORE", f"sqlite:///{desk}/own.sqlite")
    assert run("pseudonymise", "--make-key", desk / "k").code == 5


@pytest.mark.parametrize(("length", "mode", "said"), [(15, 0o600, "at least 16"), (32, 0o640, "Others can read")])
def test_a_weak_or_open_key_is_refused(run, desk, length, mode, said):
    (desk / "k").write_bytes(os.urandom(length))
    (desk / "k").chmod(mode)
    answer = run("pseudonymise", desk / "ai.csv", "--key", desk / "k")
    assert answer.code == 5
    assert said in answer.err


def test_without_a_key_the_command_says_how_to_make_one(run, desk):
    answer = run("pseudonymise", desk / "ai.csv", "--key", desk / "none")
    assert (answer.code, "--make-key" in answer.err) == (4, True)
    assert run("pseudonymise", desk / "ai.csv").code == 2


def test_links_are_kept_once_beside_the_key_and_nobody_else_reads_them(run, desk, key):
    assert run("pseudonymise", desk / "ai.csv", "--key", key).code == 0
    first = links(key)
    assert run("pseudonymise", desk / "ai.csv", "--key", key, "--force").code == 0

    assert links(key) == first
    assert [row[:2] for row in first[1:]] == [
        ["study", "RX001"],
        ["patient", "7"],
        ["study", "RX002"],
        ["patient", "8"],
    ]
    assert stat.S_IMODE(key.with_name("site.key.links.csv").stat().st_mode) == 0o600


def test_a_file_written_before_is_replaced_only_when_told(run, desk, key):
    run("pseudonymise", desk / "ai.csv", "--key", key)
    (desk / "ai.pseudonymised.csv").write_text("mine", encoding="utf-8")
    again = run("pseudonymise", desk / "ai.csv", "--key", key)
    assert (again.code, (desk / "ai.pseudonymised.csv").read_text(encoding="utf-8")) == (5, "mine")
    assert "--force" in again.err


def test_a_dry_run_writes_nothing(run, desk, key):
    answer = run("pseudonymise", desk / "ai.csv", "--key", key, "--dry-run")
    assert (answer.code, "Would write" in answer.out) == (0, True)
    assert sorted(path.name for path in desk.iterdir()) == ["ai.csv", "site.key"]


def test_a_file_with_identifiers_is_not_written_and_the_others_are(run, desk, key):
    (desk / "ris.csv").write_text(
        EXPORT.replace("Flag", "Note").replace("N\n", "seen with Mrs Bloggs\n"), encoding="utf-8"
    )
    answer = run("pseudonymise", desk / "ris.csv", desk / "ai.csv", "--key", key)

    assert answer.code == 5
    assert "line 3, column 'Note': s***s looks like a patient name" in answer.err
    assert "--drop" in answer.err
    assert (desk / "ai.pseudonymised.csv").exists()
    assert not (desk / "ris.pseudonymised.csv").exists()
    assert run("pseudonymise", desk / "ris.csv", "--key", key, "--drop", "Note").code == 0


def test_a_workbook_and_a_parquet_file_become_csv_with_the_same_pseudonyms(run, desk, key):
    import pyarrow as pa
    import xlsxwriter
    from pyarrow import parquet

    assert run("pseudonymise", desk / "ai.csv", "--key", key).code == 0
    expected = (desk / "ai.pseudonymised.csv").read_text(encoding="utf-8").splitlines()
    rows = [line.split(",") for line in EXPORT.splitlines()]
    with xlsxwriter.Workbook(desk / "book.xlsx") as book:
        sheet = book.add_worksheet("May")
        for row, cells in enumerate(rows):
            sheet.write_row(row, 0, cells)
    columns = {name: [row[place] for row in rows[1:]] for place, name in enumerate(rows[0])}
    parquet.write_table(pa.table(columns), desk / "table.parquet")

    for name in ("book.xlsx", "table.parquet"):
        answer = run("pseudonymise", desk / name, "--key", key)
        assert answer.code == 0, answer.err
        assert "is written as CSV in UTF-8" in answer.out
        made = (desk / name).with_suffix(".pseudonymised.csv").read_bytes().decode()
        assert made.split("\r\n")[:-1] == expected
    assert len(links(key)) == 5


def test_a_worklist_comes_back_and_what_cannot_is_told_with_its_line(run, desk, key):
    run("pseudonymise", desk / "ai.csv", "--key", key)
    study, other = (row[2] for row in links(key)[1:] if row[0] == "study")
    wrong = other[:-1] + ("0" if other[-1] != "0" else "1")
    run("pseudonymise", "--make-key", desk / "other.key")
    run("pseudonymise", desk / "ai.csv", "--key", desk / "other.key", "--force")
    stranger = (desk / "ai.pseudonymised.csv").read_text(encoding="utf-8").splitlines()[1].split(",")[0]
    rows = [
        "case_id;why",
        f"{study.lower()};x",
        f'"{other.replace("-", "")}";y',
        f"{wrong};z",
        f"{stranger};",
        f"{study[:-2]};",
    ]
    (desk / "list.csv").write_text("\r\n".join([*rows, ""]), encoding="utf-8", newline="")

    answer = run("pseudonymise", "--reverse", desk / "list.csv", "--key", key)

    assert answer.code == 1
    expected = "\r\n".join(["case_id;why", "RX001;x", '"RX002";y', f"{wrong};z", f"{stranger};", f"{study[:-2]};", ""])
    assert (desk / "list.accession-numbers.csv").read_bytes().decode() == expected
    assert f"line 4: {wrong}: it is mistyped" in answer.err
    assert f"line 5: {stranger}: the link file does not know it" in answer.err
    assert f"line 6: {study[:-2]}: it is no pseudonym" in answer.err
    assert run("pseudonymise", "--reverse", desk / "list.csv", "--links", f"{key}.links.csv", "--force").code == 1


def test_links_of_another_key_are_never_mixed(run, desk, key):
    run("pseudonymise", desk / "ai.csv", "--key", key)
    run("pseudonymise", "--make-key", desk / "other.key")
    answer = run("pseudonymise", desk / "ai.csv", "--key", desk / "other.key", "--links", f"{key}.links.csv", "--force")
    assert (answer.code, "another key" in answer.err) == (5, True)


def test_a_link_line_that_a_power_cut_left_half_written_is_written_again(run, desk, key):
    run("pseudonymise", desk / "ai.csv", "--key", key)
    whole, file = links(key), key.with_name("site.key.links.csv")
    file.write_bytes(file.read_bytes()[:-9])
    assert run("pseudonymise", desk / "ai.csv", "--key", key, "--force").code == 0
    assert links(key) == whole


def test_it_needs_no_store_and_makes_none(run, home, desk, key):
    run("pseudonymise", desk / "ai.csv", "--key", key)
    assert not (home / "stores").exists()
