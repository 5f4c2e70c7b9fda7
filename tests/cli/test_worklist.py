"""The truth worklist at the command line: out to a file, back with answers, handed in; by who may."""

import importlib.util
from pathlib import Path

import pytest

from surveillance.services import stores
from surveillance.storage import people


@pytest.fixture
def small():
    """Return the small log of the tests of the truth worklist."""
    place = Path(__file__).parents[1] / "services" / "audit_ward.py"
    spec = importlib.util.spec_from_file_location("audit_ward_of_commands", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def audited(run, ready, home, words, small):
    """Return the installation under a plan that audits three in ten, a week loaded, with a deputy among its people."""
    store = stores.open_store(f"sqlite:///{home}/live.sqlite")
    at = words.MADE_AT
    with store.write(actor="rc_ai", role="administrator", action="manage people and roles", at=at) as unit:
        people.add_person(unit.connection, person_id="deputy", name="The deputy", at=at)
        people.grant(unit.connection, person_id="deputy", role="deputy", at=at, by="rc_ai")
        unit.record({"people": 1})
    store.close()
    plan, log = home / "plan2.toml", home / "log.csv"
    plan.write_text(words.plan_toml(version=2, truth=small.TRUTH), encoding="utf-8")
    log.write_bytes(words.csv(small.results(0, 60)))
    assert run("plan", "add", plan, "--user", "rc_ai").code == 0
    assert run("ingest", log, "--profile", "canonical").code == 0
    return home


def test_a_list_goes_out_comes_back_from_two_readers_and_is_handed_in(run, audited, small):
    for reader in ("rc_ai", "deputy"):
        path = audited / f"{reader}.csv"
        out = run("worklist", "export", 1, "2025-W14", path, "--user", reader)
        assert (out.code, "studies written to" in out.out) == (0, True)
        head, *rows = path.read_text().splitlines()
        path.write_text("\n".join([head, *(f"{row[:-1]}{reader},absent" for row in rows)]))
        back = run("worklist", "import", 1, "2025-W14", path, "--user", reader)
        assert (back.code, f"{len(rows)} answers taken." in back.out) == (0, True)

    handed = run("worklist", "hand-in", 1, "--user", "deputy")
    assert (handed.code, f"{len(rows)} truths are handed in as batch 2" in handed.out) == (0, True)
    assert "Nothing is settled" in run("worklist", "hand-in", 1, "--user", "deputy").out


def test_held_lines_are_told_and_a_file_that_exists_is_not_written_over(run, audited):
    path = audited / "list.csv"
    assert run("worklist", "export", 1, "2025-W14", path, "--user", "rc_ai").code == 0
    before = path.read_bytes()
    assert run("worklist", "export", 1, "2025-W14", path, "--user", "rc_ai").code != 0
    assert path.read_bytes() == before

    path.write_text("case_id,week,reader,answer\nS999,2025-W14,rc_ai,present\n")
    back = run("worklist", "import", 1, "2025-W14", path, "--user", "rc_ai")
    assert (back.code, "line 2, case_id: a study of this deployment's log." in back.err) == (1, True)


def test_who_may_not_is_told_who_may(run, audited):
    refused = run("worklist", "export", 1, "2025-W14", audited / "no.csv", "--user", "radiographer")

    assert refused.code == 3
    assert "may not draw, exchange or hand in a truth worklist" in refused.err
    assert not (audited / "no.csv").exists()
