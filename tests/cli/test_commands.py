"""Each command does what it says, and ends with the code that a scheduled job can act on."""

import csv
import io
import json
import sqlite3

import pytest

EXPORTS = ("points", "cases", "alarms", "recommendations")


def test_init_makes_a_live_store_and_a_second_one_is_refused(run, home):
    first = run("init", "--name", "Northgate")
    assert (first.code, (home / "live.sqlite").is_file()) == (0, True)
    assert "live store of Northgate" in first.out

    second = run("init", "--name", "Northgate")
    assert (second.code, second.out) == (1, "")
    assert "There is a store at this address already" in second.err


def test_without_a_store_every_command_says_how_to_make_one(run, home):
    for command in (("status",), ("evaluate",), ("audit", "verify"), *(("export", name) for name in EXPORTS)):
        answer = run(*command)
        assert (command, answer.code, answer.out) == (command, 4, "")
        assert "surveillance init" in answer.err


def test_a_person_whom_the_store_does_not_know_is_told_so(run, live):
    answer = run("status", "--user", "stranger")
    assert answer.code == 4
    assert "Nobody is known as stranger" in answer.err


def test_a_role_that_may_not_is_refused_with_who_may(run, ready, week_file):
    answer = run("ingest", week_file(0), "--profile", "canonical", "--user", "trainee")
    assert answer.code == 3
    assert "data manager" in answer.err


def test_a_role_that_the_person_does_not_hold_is_not_replaced_by_another(run, live):
    answer = run("status", "--user", "radiographer", "--role", "rc_ai")
    assert answer.code == 3
    assert "does not hold the role rc_ai" in answer.err


def test_an_invalid_plan_is_refused_with_its_field_named(run, live, home, words):
    plan = home / "plan.toml"
    plan.write_text(words.plan_toml(windows={"weeks": [4, 1]}), encoding="utf-8")

    answer = run("plan", "add", plan)

    assert answer.code == 1
    assert "windows" in answer.err
    assert "ascending" in answer.err


@pytest.mark.parametrize("content", [b"\xff\xfe\x00p", b"plan = ", b""], ids=["not text", "not TOML", "empty"])
def test_a_plan_that_is_none_is_refused_in_a_sentence(run, live, home, content):
    (home / "plan.toml").write_bytes(content)
    answer = run("plan", "add", home / "plan.toml")
    assert answer.code in (1, 5)
    assert answer.err.strip().endswith(".")


def test_every_template_is_a_plan_that_can_be_added(run, live, home):
    names = run("plan", "template").out.split()
    assert names
    for name in names:
        (home / "plan.toml").write_text(run("plan", "template", name).out, encoding="utf-8")
        assert run("plan", "add", home / "plan.toml").code == 0, name


def test_a_good_file_ends_with_0_and_its_receipt(run, ready, week_file, words):
    answer = run("ingest", week_file(0), "--profile", "canonical", "--json")
    assert answer.code == 0
    (receipt,) = json.loads(answer.out)
    assert receipt["rows_accepted"] == len(words.results(0))
    assert receipt["rows_held"] == 0
    assert len(receipt["head"]) == 64


def test_the_same_file_again_ends_with_5_and_adds_nothing(run, ready, week_file):
    run("ingest", week_file(0), "--profile", "canonical")
    again = run("ingest", week_file(0), "--profile", "canonical")
    assert (again.code, again.out) == (5, "")
    assert "stored already as batch 1" in again.err


def test_held_rows_end_with_1_are_listed_and_written_to_a_file_to_correct(run, ready, week_file, home):
    file = week_file(0)
    lines = file.read_text(encoding="utf-8").splitlines()
    lines[2] = lines[2].replace("processed", "lost").replace("failed", "lost")
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")

    answer = run("ingest", file, "--profile", "canonical", "--held-to", home / "held.csv")

    assert answer.code == 1
    assert "line 3, status" in answer.err
    assert "1 held" in answer.out
    assert "lost" in (home / "held.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(("choice", "code", "cases"), [("keep", 1, 1), ("hold", 1, 0), ("perhaps", 2, 0)])
def test_what_happens_to_a_file_with_held_rows_is_chosen_by_name(run, ready, home, words, choice, code, cases):
    table = words.results(0).head(2).copy()
    table.loc[table.index[0], "score"] = "9"
    (home / "a.csv").write_bytes(words.csv(table))

    answer = run("ingest", home / "a.csv", "--profile", "canonical", "--on-held", choice)

    assert answer.code == code
    assert len(json.loads(run("export", "cases", "--json").out)) == cases


def test_a_profile_from_a_file_is_kept_and_used(run, ready, home, words):
    profile = home / "ours.toml"
    profile.write_text(
        'profile = "ours"\nversion = 1\nfile = "results"\noptional = ["score"]\n'
        '[constants]\nmodel = "NeuroFlag"\nversion = "3.2.1"\nsite = "Millford"\n'
        '[columns]\ncase_id = "Study"\nacquired_at = "When"\nscore = "P"\n[dates]\nacquired_at = { format = "iso" }\n',
        encoding="utf-8",
    )
    (home / "a.csv").write_text("Study;When;P\nx1;2025-03-04T10:00:00Z;0,5\n", encoding="utf-8")

    assert run("ingest", home / "a.csv", "--profile", profile).code == 0
    assert run("ingest", home / "a.csv", "--profile", home / "none.toml").code == 4

    (case,) = json.loads(run("export", "cases", "--json").out)
    assert (case["case_id"], case["score"], case["acquired_at"]) == ("x1", 0.5, "2025-03-04T10:00:00Z")


def test_evaluate_says_what_it_did_and_ends_with_0(run, ready, week_file):
    for week in range(3):
        run("ingest", week_file(week), "--profile", "canonical")

    first = run("evaluate", "--as-of", "2025-03-18")
    second = run("evaluate", "--as-of", "2025-03-25", "--json")

    assert (first.code, second.code) == (0, 0)
    assert "2 weeks of 1 deployment evaluated" in first.out
    assert json.loads(second.out)[0]["weeks"] == 1


def test_status_is_a_table_json_or_csv(run, ready):
    table, as_json, as_csv = run("status"), run("status", "--json"), run("status", "--csv")
    assert "No log yet" in table.out
    (row,) = json.loads(as_json.out)
    (same,) = csv.DictReader(io.StringIO(as_csv.out))
    assert row == same
    assert row["state"] == "No log yet"


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_of_a_store_without_a_log_is_a_header(run, ready, name):
    answer = run("export", name)
    assert answer.code == 0
    assert len(answer.out.splitlines()) == 1
    assert run("export", name, "--json").out == "[]\n"


def test_a_sound_trail_ends_with_0_and_a_tampered_copy_with_6(run, ready, home, week_file):
    run("ingest", week_file(0), "--profile", "canonical")
    assert run("audit", "verify").code == 0
    copy = home / "copy.sqlite"
    with sqlite3.connect(ready) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    target.execute("DROP TRIGGER case_no_update")
    target.execute('UPDATE "case" SET called = 1 - called WHERE line = 2')
    target.commit()
    target.close()

    answer = run("audit", "verify", "--store", f"sqlite:///{copy}")

    assert answer.code == 6
    assert "Rows of batch 1 were changed" in answer.err
    assert "case_no_update" in answer.err


def test_names_in_square_brackets_are_printed_as_they_are(run, ready):
    assert (
        run("register", "--model", "[/x]", "--version", "1", "--site", "[red]ED", "--title", "[/x] at [red]ED").code
        == 0
    )
    answer = run("status")
    assert answer.code == 0
    assert "[/x] at [red]ED" in answer.out
    assert run("evaluate").code == 0


def test_the_password_of_a_server_is_never_printed(run, home):
    answer = run("init", "--name", "X", "--store", "postgresql+psycopg://ward:hunter2@127.0.0.1:9/none")
    assert answer.code == 1
    assert "hunter2" not in answer.out + answer.err
