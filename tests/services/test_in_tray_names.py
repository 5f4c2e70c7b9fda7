"""The in-tray moves away only what it loaded, and no name or locked folder makes it load a file twice."""

import os
from pathlib import Path

import pytest

from surveillance.domain.roles import Role
from surveillance.errors import NotFound
from surveillance.services import filing_away, in_tray, intake
from surveillance.storage import batches


@pytest.fixture
def tray(tmp_path):
    folder = tmp_path / "tray"
    folder.mkdir()
    return folder


@pytest.fixture
def take(ready, actor, words):
    """Take one file as the data manager, on a Monday."""

    def one(file):
        return in_tray.take_file(actor(Role.DATA_MANAGER), ready.store, file, profile="canonical", at=words.monday(3))

    return one


def stored(ward) -> list[tuple[str, int, int]]:
    with ward.store.read() as connection:
        kept = batches.batches(connection)
    return [(one.file_name, one.rows_accepted, one.rows_held) for one in reversed(kept)]


def everything(tray: Path) -> list[str]:
    return sorted(str(path.relative_to(tray)) for path in tray.rglob("*") if path.is_file())


@pytest.mark.parametrize("way", ["written over", "put in its place"])
@pytest.mark.parametrize("spoilt", [False, True])
def test_an_export_that_lands_while_another_is_loaded_is_not_moved_and_is_loaded_next(
    ready, take, tray, words, monkeypatch, way, spoilt
):
    """The review's case: the second export lay in `processed` under the first one's batch and was never loaded."""
    first, second = words.csv(words.results(0)), words.csv(words.results(1))
    if spoilt:
        first = first.replace(b",processed,", b",lost,", 1)
    file = tray / "weekly.csv"
    file.write_bytes(first)
    commit = intake.commit

    def slow(*given, **more):
        receipt = commit(*given, **more)
        if way == "written over":
            file.write_bytes(second)
        else:
            (tray / "next").write_bytes(second)
            os.utime(tray / "next", ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns))
            (tray / "next").replace(file)
        return receipt

    with monkeypatch.context() as patch:
        patch.setattr(intake, "commit", slow)
        taken = take(file)

    assert (taken.state, taken.moved_to) == ("left", file)
    assert "Stored as batch 1" in taken.sentence
    assert "changed while it was loaded" in taken.sentence
    assert everything(tray) == ["weekly.csv"]
    assert file.read_bytes() == second

    assert take(file).state == "processed"
    assert [rows + held for _, rows, held in stored(ready)] == [len(words.results(0)), len(words.results(1))]


def test_a_file_refused_and_then_replaced_is_not_filed_away_as_refused(ready, take, tray, words, monkeypatch):
    file = tray / "weekly.csv"
    file.write_bytes(b"no log\n")
    read = in_tray.read_settled

    def then_replaced(path):
        reading = read(path)
        path.write_bytes(words.csv(words.results(0)))
        return reading

    with monkeypatch.context() as patch:
        patch.setattr(in_tray, "read_settled", then_replaced)
        assert take(file).state == "left"
    assert take(file).state == "processed"
    assert len(stored(ready)) == 1


@pytest.mark.skipif(os.name == "nt", reason="there a file's name is text")
def test_a_name_that_is_no_text_is_stored_as_it_can_be_read_and_moved_as_it_is(ready, take, tray, words):
    name = "Überweisung.csv".encode("latin-1")
    file = tray / os.fsdecode(name)
    file.write_bytes(words.csv(words.results(0)))

    assert take(file).state == "processed"
    assert [one[0] for one in stored(ready)] == ["\ufffdberweisung.csv"]
    assert [os.fsencode(path.name) for path in (tray / "processed").iterdir()] == [b"2025-03-31_" + name]


@pytest.mark.parametrize("name", ["w" * 246 + ".csv", "ü" * 123 + ".csv", "w" * 250])
@pytest.mark.parametrize("held", [False, True])
def test_a_name_as_long_as_a_folder_takes_is_shortened_where_it_is_moved(ready, take, tray, words, name, held):
    data = words.csv(words.results(0))
    (tray / name).write_bytes(data.replace(b",processed,", b",lost,", 1) if held else data)
    taken = take(tray / name)

    assert taken.state == ("held" if held else "processed")
    assert not (tray / name).exists()
    assert taken.moved_to.suffix == Path(name).suffix
    assert len(everything(tray)) == (3 if held else 1)
    assert len(stored(ready)) == 1


def test_a_stored_file_that_cannot_be_moved_is_left_with_its_reason_and_not_loaded_twice(
    ready, take, tray, words, monkeypatch
):
    file = tray / "week.csv"
    file.write_bytes(words.csv(words.results(0)))

    def locked(self, target):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", locked)
        first, second = take(file), take(file)

    assert (first.state, second.state) == ("left", "left")
    assert "cannot be moved to processed (Permission denied)" in first.sentence
    assert everything(tray) == ["week.csv"]
    assert len(stored(ready)) == 1
    assert take(file).state == "processed"


def test_a_file_that_another_look_has_moved_is_told_so(ready, take, tray, words, monkeypatch):
    file = tray / "week.csv"
    file.write_bytes(words.csv(words.results(0)))
    free = filing_away.free_name

    def gone(*given):
        file.unlink(missing_ok=True)
        return free(*given)

    monkeypatch.setattr(in_tray, "free_name", gone)
    with pytest.raises(NotFound, match="taken by another look"):
        take(file)
