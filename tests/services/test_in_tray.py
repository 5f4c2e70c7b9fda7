"""The in-tray loads each file once, whatever happens between storing and moving, and never overwrites one."""

import csv
from pathlib import Path

import pytest

from surveillance.domain.roles import Role
from surveillance.errors import NotFound, StoreUnusable
from surveillance.services import in_tray, intake
from surveillance.storage import batches, profile_headers, profiles
from surveillance.storage.outcome_log.ready_profiles import ready_profile


@pytest.fixture
def tray(tmp_path):
    folder = tmp_path / "tray"
    folder.mkdir()
    return folder


@pytest.fixture
def take(ready, actor, words):
    """Take one file as the data manager, on a Monday."""

    def one(file, profile="canonical", week=3):
        who = actor(Role.DATA_MANAGER)
        return in_tray.take_file(who, ready.store, file, profile=profile, at=words.monday(week))

    return one


def put(tray: Path, name: str, data: bytes) -> Path:
    file = tray / name
    file.write_bytes(data)
    return file


def stored(ward) -> list[tuple[str, int, int, bool]]:
    with ward.store.read() as connection:
        kept = batches.batches(connection)
    return [(one.file_name, one.rows_accepted, one.rows_held, one.withdrawn_at is None) for one in reversed(kept)]


def everything(tray: Path) -> list[str]:
    return sorted(str(path.relative_to(tray)) for path in tray.rglob("*") if path.is_file())


def spoilt(data: bytes, rows: int) -> bytes:
    """Give the first rows an impossible score."""
    lines = data.decode().split("\n")
    place = lines[0].split(",").index("score")
    for number in range(1, rows + 1):
        cells = lines[number].split(",")
        lines[number] = ",".join([*cells[:place], "9", *cells[place + 1 :]])
    return "\n".join(lines).encode()


def test_a_good_file_is_stored_and_moved(ready, take, tray, words):
    data = words.csv(words.results(0))
    taken = take(put(tray, "week.csv", data))

    assert (taken.state, taken.moved_to.read_bytes()) == ("processed", data)
    assert everything(tray) == ["processed/2025-03-31_week.csv"]
    assert stored(ready) == [("week.csv", len(words.results(0)), 0, True)]


def test_a_few_bad_rows_are_held_beside_the_good_ones_with_their_reasons(ready, take, tray, words):
    taken = take(put(tray, "week.csv", spoilt(words.csv(words.results(0)), 1)))

    assert taken.state == "held"
    name = "processed/2025-03-31_week.csv"
    assert everything(tray) == [name, f"{name}.held.csv", f"{name}.reasons.csv"]
    (reason,) = csv.DictReader((tray / f"{name}.reasons.csv").read_text("utf-8-sig").splitlines())
    assert (reason["line"], reason["column"], reason["value"]) == ("2", "score", "9")
    assert reason["rule"]
    assert reason["fix"]
    assert stored(ready) == [("week.csv", len(words.results(0)) - 1, 1, True)]


def test_above_the_profiles_share_the_whole_file_is_held_once(ready, take, tray, words):
    data = spoilt(words.csv(words.results(0)), 10)
    assert take(put(tray, "week.csv", data)).state == "held"
    assert take(put(tray, "week.csv", data)).sentence == "This file is held already; nothing was added."

    assert stored(ready) == [("week.csv", 0, len(words.results(0)), True)]
    moved = [name for name in everything(tray) if name.endswith("week.csv")]
    assert moved == ["refused/2025-03-31-2_week.csv", "refused/2025-03-31_week.csv"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no workbook", b"case_id,Patient Name\nA1,Jo\n", b"\xff\xfeA"])
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(ready, take, tray, data):
    taken = take(put(tray, "week.csv", data))

    assert (taken.state, stored(ready)) == ("refused", [])
    assert everything(tray) == ["refused/2025-03-31_week.csv", "refused/2025-03-31_week.csv.reasons.csv"]
    (reason,) = csv.DictReader(
        (taken.moved_to.parent / f"{taken.moved_to.name}.reasons.csv").open(encoding="utf-8-sig")
    )
    assert reason["rule"] == taken.sentence


def test_the_same_file_again_is_moved_with_a_note_and_adds_nothing(ready, take, tray, words):
    data = words.csv(words.results(0))
    take(put(tray, "week.csv", data))
    again = take(put(tray, "week.csv", data))

    assert again.state == "processed"
    assert "stored already as batch" in again.sentence
    assert everything(tray) == [
        "processed/2025-03-31-2_week.csv", "processed/2025-03-31-2_week.csv.note.txt", "processed/2025-03-31_week.csv",
    ]  # fmt: skip
    assert len(stored(ready)) == 1


@pytest.mark.parametrize("rows", [0, 1, 10])
def test_a_stop_between_storing_and_moving_loads_nothing_twice_and_loses_nothing(
    ready, take, tray, words, monkeypatch, rows
):
    def stop(*_):
        raise KeyboardInterrupt

    file = put(tray, "week.csv", spoilt(words.csv(words.results(0)), rows))
    with monkeypatch.context() as patch:
        patch.setattr(in_tray, "file_away", stop)
        with pytest.raises(KeyboardInterrupt):
            take(file)
    before = stored(ready)

    taken = take(file)

    assert stored(ready) == before
    assert len(before) == 1
    assert taken.state == ("held" if rows else "processed")
    assert taken.moved_to.exists()
    assert not file.exists()


def test_two_looks_at_one_folder_store_a_file_once(ready, take, tray, words, monkeypatch, actor):
    """Another process stores the file between this one's preview and its commit."""
    data = words.csv(words.results(0))
    file = put(tray, "week.csv", data)
    commit = intake.commit

    def late(who, store, preview, **more):
        monkeypatch.setattr(intake, "commit", commit)
        ready.load(data, words.monday(2), name="other.csv")
        return commit(who, store, preview, **more)

    monkeypatch.setattr(intake, "commit", late)
    taken = take(file)

    assert taken.state == "processed"
    assert [name for name, *_ in stored(ready)] == ["other.csv"]


def test_a_file_is_known_by_its_header_and_a_changed_one_waits_for_a_person(ready, take, tray, words):
    data = words.csv(words.results(0))
    header = tuple(data.decode().split("\n", 1)[0].split(","))
    toml = ready_profile("canonical").replace('profile = "canonical"', 'profile = "ours"')
    with ready.store.write(actor="data_manager", role="data_manager", action="keep", at=words.MADE_AT) as unit:
        kept = profiles.save_profile(unit.connection, name="ours", toml=toml, at=words.MADE_AT, by="data_manager")
        profile_headers.add_header(
            unit.connection, profile_id=kept.id, header=header, at=words.MADE_AT, by="data_manager"
        )
        unit.record({"profile": "ours"})

    assert take(put(tray, "known.csv", data), profile=None).state == "processed"
    changed = take(put(tray, "changed.csv", data.replace(b"score", b"AI score", 1)), profile=None)
    unknown = take(put(tray, "unknown.csv", b"a,b,c,d\n1,2,3,4\n"), profile=None)

    assert (changed.state, unknown.state) == ("refused", "refused")
    assert "AI score" in changed.sentence
    assert [name for name, *_ in stored(ready)] == ["known.csv"]


def test_a_link_that_was_put_in_a_files_place_is_not_followed(ready, take, tray, tmp_path):
    (tray / "week.csv").symlink_to(put(tmp_path, "outside.csv", b"case_id\n"))
    with pytest.raises(NotFound, match="link"):
        take(tray / "week.csv")
    assert stored(ready) == []


def test_a_folder_that_is_a_link_is_refused_before_anything_is_stored(ready, take, tray, tmp_path, words):
    (tray / "processed").symlink_to(tmp_path)
    with pytest.raises(StoreUnusable, match="is a link"):
        take(put(tray, "week.csv", words.csv(words.results(0))))
    assert stored(ready) == []
