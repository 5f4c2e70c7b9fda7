"""`surveillance inbox --watch` goes on whatever becomes of one file, and one file keeps no other waiting."""

import os

import pytest

from surveillance.cli import inbox
from surveillance.errors import StoreUnusable
from surveillance.services import in_tray


@pytest.fixture
def tray(home, words):
    folder = home / "tray"
    folder.mkdir()
    for week in (0, 1):
        file = folder / f"week-{week}.csv"
        file.write_bytes(words.csv(words.results(week)))
        os.utime(file, (1_000_000 + week, 1_000_000 + week))
    return folder


@pytest.fixture
def watch(run, tray, monkeypatch):
    """Watch the folder for some looks, then stop it as a person does."""

    def looks(number, between=lambda look: None):
        passed = []

        def sleep(_):
            between(len(passed))
            passed.append(1)
            if len(passed) > number:
                raise KeyboardInterrupt

        monkeypatch.setattr(inbox.time, "sleep", sleep)
        return run("inbox", tray, "--profile", "canonical", "--watch")

    return looks


FAULTS = {
    "the store is busy": StoreUnusable("Another upload is saving."),
    "the disk": OSError(28, "No space left on device"),
    "a text that cannot be stored": UnicodeEncodeError("utf-8", "\udcdc", 0, 1, "surrogates not allowed"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_one_file_that_cannot_be_taken_is_told_once_and_the_next_is_taken(ready, tray, watch, monkeypatch, fault):
    take = in_tray.take_file

    def taken(actor, store, file, **more):
        if file.name == "week-0.csv":
            raise FAULTS[fault]
        return take(actor, store, file, **more)

    monkeypatch.setattr(in_tray, "take_file", taken)
    answer = watch(3)

    assert [path.name[11:] for path in (tray / "processed").iterdir()] == ["week-1.csv"]
    assert (tray / "week-0.csv").exists()
    assert answer.err.count("week-0.csv: ") == 1
    assert "It waits for the next look." in answer.err


def test_a_file_that_waited_is_taken_at_a_later_look(ready, tray, watch, monkeypatch):
    take, tries = in_tray.take_file, []

    def taken(actor, store, file, **more):
        tries.append(file.name)
        if len(tries) == 1:
            raise FAULTS["the store is busy"]
        return take(actor, store, file, **more)

    monkeypatch.setattr(in_tray, "take_file", taken)
    watch(2)

    assert tries == ["week-0.csv", "week-1.csv", "week-0.csv"]
    assert len(list((tray / "processed").iterdir())) == 2


def test_a_stored_file_that_cannot_be_moved_is_told_once_and_left_alone(ready, tray, watch, monkeypatch):
    loads, commit = [], in_tray.intake.commit

    def counted(*given, **more):
        loads.append(1)
        return commit(*given, **more)

    def locked(file, target, reading):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(in_tray.intake, "commit", counted)
    monkeypatch.setattr(in_tray, "file_away", locked)
    answer = watch(3)

    assert len(loads) == 2
    assert answer.err.count("cannot be moved to processed") == 2
    assert sorted(path.name for path in tray.iterdir() if path.is_file()) == ["week-0.csv", "week-1.csv"]


def test_a_folder_that_cannot_be_reached_for_a_while_is_looked_at_again(ready, tray, watch):
    away = tray.with_name("away")

    def between(look):
        if look == 0:
            tray.rename(away)
        if look == 2:
            away.rename(tray)

    answer = watch(5, between)

    assert "There is no folder" in answer.err
    assert len(list((tray / "processed").iterdir())) == 2


def test_once_a_file_that_cannot_be_taken_ends_with_1_and_the_others_are_loaded(run, ready, tray, monkeypatch):
    take = in_tray.take_file

    def taken(actor, store, file, **more):
        if file.name == "week-0.csv":
            raise FAULTS["the store is busy"]
        return take(actor, store, file, **more)

    monkeypatch.setattr(in_tray, "take_file", taken)
    answer = run("inbox", tray, "--profile", "canonical", "--once")

    assert (answer.code, "week-0.csv: Another upload is saving." in answer.err) == (1, True)
    assert [path.name[11:] for path in (tray / "processed").iterdir()] == ["week-1.csv"]
