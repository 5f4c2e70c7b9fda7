"""The demonstration and the real-data check: made once, whole, and left alone by a second call."""

import json
import os
from pathlib import Path

import pytest

from surveillance.domain.roles import Action, may
from surveillance.services import demo
from surveillance.services.installed_files import installed

CARDIAC = "cardiac_surgery_log.csv"


def test_a_second_demo_changes_nothing(run, home):
    first = run("demo", "--no-serve", "--scenario", "lvo-stable")
    assert first.code == 0
    store = home / "demo.sqlite"
    before = store.read_bytes()

    assert run("demo", "--no-serve", "--scenario", "lvo-stable").code == 0

    assert store.read_bytes() == before
    rows = json.loads(run("status", "--json", "--user", "demo.marsh").out)
    assert {row["product"] for row in rows} == {"VesselAI 2.0.4"}
    assert len(rows) == 3
    assert all("rovisional" in row["what"] for row in rows)


def test_a_demo_of_an_earlier_version_of_the_product_keeps_its_own_logs(run, home, monkeypatch, tmp_path):
    run("demo", "--no-serve", "--scenario", "lvo-stable")
    before = run("export", "cases", "--user", "demo.marsh").out
    newer = tmp_path / "newer"
    newer.mkdir()
    for file in installed("data/synthetic").glob("lvo-stable.*"):
        content = file.read_text(encoding="utf-8")
        changed = content.replace(",1,", ",0,") if file.name.endswith("outcomes.csv") else content
        (newer / file.name).write_text(changed, encoding="utf-8")
    monkeypatch.setattr(demo, "installed", lambda _: newer)

    assert run("demo", "--no-serve", "--scenario", "lvo-stable").code == 0

    assert run("export", "cases", "--user", "demo.marsh").out == before


def test_a_demo_that_was_stopped_half_way_is_taken_up_where_it_stopped(run, home, monkeypatch):
    def stop(*_, **__):
        raise RuntimeError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr(demo.evaluation, "run_all", stop)
        with pytest.raises(RuntimeError, match="power cut"):
            run("demo", "--no-serve", "--scenario", "lvo-stable")
    assert json.loads(run("export", "points", "--json", "--user", "demo.marsh").out) == []

    assert run("demo", "--no-serve", "--scenario", "lvo-stable").code == 0

    assert json.loads(run("export", "points", "--json", "--user", "demo.marsh").out)


def test_the_demo_names_its_people_for_every_role(run, home):
    run("demo", "--no-serve", "--scenario", "lvo-stable")
    for person, _, _ in demo.PEOPLE:
        answer = run("audit", "verify", "--user", person)
        assert answer.code == (3 if person in ("demo.adeyemi", "demo.novak") else 0), person


def test_a_demo_made_before_a_person_was_added_gets_that_person_and_keeps_the_others(run, home, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(demo, "PEOPLE", tuple(one for one in demo.PEOPLE if one[0] != "demo.walsh"))
        run("demo", "--no-serve", "--scenario", "lvo-stable")
    assert run("audit", "verify", "--user", "demo.walsh").code != 0

    assert run("demo", "--no-serve", "--scenario", "lvo-stable").code == 0

    assert run("audit", "verify", "--user", "demo.walsh").code == 0
    assert run("audit", "verify", "--user", "demo.lowe").code == 0


def test_the_demo_has_two_readers_and_a_third_who_may_decide_where_they_differ():
    readers = [person for person, _, roles in demo.PEOPLE if any(may(role, Action.READ_FOR_TRUTH) for role in roles)]
    assert len(readers) >= 3


def cardiac_log():
    shared = Path(os.environ.get("SURVEILLANCE_SHARED") or installed("pyproject.toml").parents[1] / "shared")
    file = shared / "data" / CARDIAC
    if not file.exists():
        pytest.skip(f"{CARDIAC} is not here: set SURVEILLANCE_SHARED")
    return file


def test_the_cardiac_log_is_loaded_unedited_and_each_surgeon_judged(run, home):
    assert run("real", cardiac_log(), "--no-serve").code == 0
    before = (home / "real_data_check.sqlite").read_bytes()
    assert run("real", cardiac_log(), "--no-serve").code == 0
    assert (home / "real_data_check.sqlite").read_bytes() == before
    reader = ("--store", f"sqlite:///{home}/real_data_check.sqlite", "--user", "demo.marsh")

    cases = json.loads(run("export", "cases", "--json", *reader).out)
    rows = {row["deployment"][-1]: row for row in json.loads(run("status", "--json", *reader).out)}

    assert len(cases) == 5595
    assert sum(case["truth"] == "1" for case in cases) == 361
    assert sorted(rows) == list("1234567")
    for surgeon, deaths in (("4", 0), ("5", 4)):
        assert f"Provisional: the baseline has {deaths} positives, 10 are needed" in rows[surgeon]["what"], surgeon
    assert not any("rovisional" in rows[surgeon]["what"] for surgeon in "12367")
