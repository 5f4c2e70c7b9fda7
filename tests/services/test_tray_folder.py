"""Which files of an in-tray are taken: ordinary, finished and settled ones, the oldest first."""

import os
from pathlib import Path

import pytest

from surveillance.services.tray_folder import settled, waiting


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
