"""Known events at the command line: add, list, withdraw, export, by who may."""

import json


def test_an_event_is_added_listed_withdrawn_and_exported(run, ready):
    added = run("event", "add", "scanner", "2025-06-10", "CT2 replaced", "--site", "Millford", "--scanner", "CT2")
    assert (added.code, "as event 1: scanner, 2025-06-10, CT2 replaced." in added.out) == (0, True)

    (row,) = json.loads(run("event", "list", "--json").out)
    assert (row["event"], row["on"], row["concerns"], row["withdrawn"]) == (
        1, "2025-06-10", "Millford · scanner CT2", "",
    )  # fmt: skip

    gone = run("event", "withdraw", 1, "--reason", "it was CT3", "--user", "rc_ai")
    assert (gone.code, "It is drawn no more" in gone.out) == (0, True)

    (exported,) = json.loads(run("export", "events", "--json").out)
    assert (exported["withdrawn_by"], exported["withdrawal_reason"]) == ("rc_ai", "it was CT3")


def test_who_may_not_and_what_cannot_be_is_refused(run, ready):
    refused = run("event", "add", "rota", "2025-06-10", "new rota", "--user", "trainee")
    assert refused.code == 3
    assert "may not log or withdraw a known event" in refused.err

    assert run("event", "add", "weather", "2025-06-10", "rain").code == 2
    assert run("event", "add", "rota", "10/06/2025", "new rota").code == 2
    assert run("event", "withdraw", 7, "--reason", "none").code == 4


def test_status_names_an_unknown_version_with_its_clock(run, ready, words, home):
    path = home / "new.csv"
    path.write_bytes(words.csv(words.results(0).assign(version="3.3.0")))
    assert run("ingest", path, "--profile", "canonical").code == 0

    first = json.loads(run("status", "--json").out)[0]

    assert (first["state"], first["product"]) == ("Unknown version", "NeuroFlag 3.3.0")
    assert first["due"]
    assert "which is not registered" in first["what"]
