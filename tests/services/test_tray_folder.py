"""Which files of an in-tray are taken: ordinary, finished and settled ones, the oldest first."""

import os
from pathlib import Path

import pytest

from surveillance.errors import NotFound
from surveillance.services import tray_folder
from surveillance.services.tray_folder import read_settled, settled, waiting


@pytest.fixture
def tray(tmp_path):
    folder = tmp_path / "tray"
    folder.mkdir()
    return folder


def put(tray: Path, name: str, data: bytes) -> Path:
    file = tray / name
    file.write_bytes(data)
    return file


def test_links_hidden_and_unfinished_files_are_passed_over_and_the_oldest_comes_first(tray, tmp_path):
    for age, name in enumerate(["new.csv", "old.csv", ".hidden.csv", "~$open.csv", "a.csv.part", "b.CRDOWNLOAD"]):
        os.utime(put(tray, name, b"x"), (1_000_000 - age, 1_000_000 - age))
    (tray / "link.csv").symlink_to(put(tmp_path, "outside.csv", b"secret"))
    (tray / "folder.csv").mkdir()

    assert [one.file.name for one in waiting(tray)] == ["old.csv", "new.csv"]


def test_a_file_that_grows_or_is_written_anew_has_not_settled(tray):
    put(tray, "a.csv", b"x")
    put(tray, "b.csv", b"x")
    first = waiting(tray)
    put(tray, "a.csv", b"xy")

    assert [one.file.name for one in settled(first, waiting(tray))] == ["b.csv"]


@pytest.mark.parametrize("change", ["it grows", "it is written over", "part of it is read"])
def test_a_file_that_changes_while_it_is_read_is_not_taken(tray, monkeypatch, change):
    file = put(tray, "a.csv", b"first\n")
    opened = os.fdopen

    class WhileRead:
        """The file as it is opened; while it is read, something happens to it."""

        def __init__(self, descriptor, mode):
            self.own = opened(descriptor, mode)

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self.own.close()

        def read(self):
            if change == "it grows":
                with file.open("ab") as other:
                    other.write(b"second\n")
                return self.own.read()
            data = self.own.read()
            if change == "it is written over":
                file.write_bytes(b"other\n")
                os.utime(file, ns=(1, 1))
                return data
            return data[:-1]

    monkeypatch.setattr(tray_folder.os, "fdopen", WhileRead)
    with pytest.raises(NotFound, match=r"a\.csv is still being written; it waits for the next look"):
        read_settled(file)


def test_a_file_is_known_by_its_size_its_time_and_its_place_on_the_disk(tray):
    file = put(tray, "a.csv", b"first\n")
    reading = read_settled(file)
    assert (reading.data, reading.is_still(file)) == (b"first\n", True)

    beside = put(tray, "b.csv", b"other\n")
    os.utime(beside, ns=(reading.changed, reading.changed))
    beside.replace(file)
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (reading.size, reading.changed)
    assert not reading.is_still(file)

    file.unlink()
    assert not reading.is_still(file)


def test_a_file_that_goes_while_the_folder_is_looked_at_is_passed_over(tray, monkeypatch):
    put(tray, "a.csv", b"x")
    put(tray, "b.csv", b"x")
    scan = os.scandir

    class Scan:
        def __enter__(self):
            self.entries = list(scan(tray))
            (tray / "a.csv").unlink()
            return iter(self.entries)

        def __exit__(self, *_):
            return None

    monkeypatch.setattr(tray_folder.os, "scandir", lambda _: Scan())
    assert [one.file.name for one in waiting(tray)] == ["b.csv"]
