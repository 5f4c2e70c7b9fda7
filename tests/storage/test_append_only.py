"""What was stored can be added to and never changed: every record table, on both engines, by every way round."""

import sqlite3

import pytest
from sqlalchemy import insert, make_url, text
from sqlalchemy.exc import DBAPIError

from surveillance.storage import (
    alarms,
    batches,
    evaluations,
    notices,
    people,
    plans,
    profiles,
    recommendations,
    register,
    reviews,
)
from surveillance.storage.append_only import LOADED_IN_BULK
from surveillance.storage.batch_records import HeldRecord
from surveillance.storage.quoting import quoted
from surveillance.storage.tables import APPEND_ONLY, METADATA
from surveillance.storage.verification import verify

REFUSAL = r"append-only|does not continue the chain"
every_record_table = pytest.mark.parametrize("table", APPEND_ONLY, ids=lambda table: table.name)


@pytest.fixture(scope="module")
def full_store(shared_store, desk):
    """A store with at least one row in every table of records."""
    at, version = desk.at, desk.register_version(shared_store)
    with desk.acting(shared_store, "fill") as unit:
        c = unit.connection
        by = {"at": at, "by": "rc_ai"}
        register.add_alias(c, deployment_id=version, version="v1", **by)
        register.set_status(c, deployment_id=version, status="in_use", reason="accepted", **by)
        profiles.save_profile(c, name="north", toml="a = 1", **by)
        plan = plans.add_plan(
            c,
            name="ich",
            version=1,
            model="BleedFinder",
            model_version=None,
            sites=(),
            toml="x",
            effective_from=at,
            **by,
        )
        frames = {"cases": desk.cases("p1", "p2"), "outcomes": desk.outcomes(("p1", 1))}
        orders = desk.cases("p1")[["line", "site", "case_id", "acquired_at"]]
        held = [HeldRecord(9, "score", "a share", "7", "divide by 10", "p9,7")]
        batches.add_batch(c, desk.new_batch("a"), **frames, orders=orders, held=held)
        second = batches.add_batch(c, desk.new_batch("b"), cases=desk.cases("p3"))
        batches.withdraw(c, second.id, at=1, by="data_manager", reason="wrong")
        new = evaluations.NewEvaluation(version, plan.id, at, 5, at, "2026-W09", {"n": 3}, b"p", b"c")
        evaluations.add_evaluations(c, [new])
        episode = alarms.open_episode(c, deployment_id=version, opened_at=at, onset="2026-W01", signal="2026-W09")
        alarm = alarms.NewAlarm(
            version,
            episode,
            "k",
            "chart",
            "missed",
            "alarm",
            "2026-W09",
            at,
            None,
            None,
            None,
            "h",
            {},
            at,
            at,
            "rc_ai",
        )
        alarms.raise_alarm(c, alarm, by="installation", role="system")
        made = [
            recommendations.NewRecommendation(
                version, episode, key, "missed", at, "2026-W09", "stop", ["why"], {"n": 1}, at, at
            )
            for key in ("one", "two")
        ]
        first, other = (recommendations.add_recommendation(c, new) for new in made)
        signed = {"by": "rc_ai", "role": "rc_ai", "at": at}
        notices.sign_notice(c, recommendation_id=first, deployment_id=version, notice={"text": "stop"}, **signed)
        recommendations.decline(c, recommendation_id=other, reason="chance", **signed)
        reviews.add_review(c, deployment_id=version, week="2026-W09", as_of=at, statement="seen", **signed)
        people.revoke(c, person_id="faculty", role="faculty", at=at, by="administrator")
        _fill_the_tables_of_intake(c, version, at)
    return shared_store


def _fill_the_tables_of_intake(c, version, at):
    """Write a row into each table of the second revision."""
    by, where = {"at": at, "by": "data_manager"}, {"site": "", "model": "", "scanner": ""}
    rows = {
        "profile_header": {"profile_id": 1, "header": ["a", "b"], **by},
        "held_return": {"batch_id": 1, "line": 9, "returned_in": 2},
        "audit_sample": {
            "deployment_id": version, "week": "2026-W09", "seed": "s", "eligible": 10, "drawn": 1, "fraction": 0.1,
            "seen_by": 1, "drawn_at": 1, "drawn_by": "rc_ai",
        },
        "audit_sample_case": {"sample_id": 1, "place": 1, "case_id": "p1"},
        "reading": {
            "deployment_id": version, "case_id": "p1", "kind": "reading", "reader": "rc_ai", "role": "rc_ai",
            "answer": "1", "at": 1, "brought_by": "rc_ai", "nonce": "n",
        },
        "known_event": {"kind": "scanner", "on_date": "2026-03-01", "words": "new scanner", **where, **by},
        "known_event_withdrawal": {"event_id": 1, "reason": "wrong date", **by},
        "version_alias_withdrawal": {"alias_id": 1, "reason": "another version", "at": 1, "by": "rc_ai"},
        "version_alias_return": {"withdrawal_id": 1, "at": 2, "by": "rc_ai"},
        "deployment_withdrawal": {"deployment_id": version, "reason": "wrong clock", "at": 1, "by": "rc_ai"},
        "deployment_return": {"withdrawal_id": 1, "zone": "UTC", "title": "t", "at": 2, "by": "rc_ai"},
    }  # fmt: skip
    for table, row in rows.items():
        c.execute(insert(METADATA.tables[table]).values(**row))


def attack(store, statement):
    """Run a statement as the program's own writing connection would."""
    with store._writer.begin() as connection:
        connection.execute(text(statement))


def as_file_owner(store, statement):
    """Run a statement on the file itself, with none of the program's settings."""
    connection = sqlite3.connect(make_url(store.url).database)
    try:
        with connection:
            connection.execute(statement)
    finally:
        connection.close()


@every_record_table
def test_a_record_cannot_be_changed_removed_or_emptied_out(full_store, table):
    name, column = quoted(table), quoted(list(table.columns)[-1].name)
    with full_store.read() as connection:
        assert connection.execute(text(f"SELECT COUNT(*) FROM {name}")).scalar_one() > 0
    statements = {"UPDATE": f"UPDATE {name} SET {column} = {column}", "DELETE": f"DELETE FROM {name}"}
    if full_store.url.startswith("postgresql"):
        statements["TRUNCATE"] = f"TRUNCATE {name} CASCADE"

    for change, statement in statements.items():
        with pytest.raises(DBAPIError, match=f"is append-only: {change} rejected"):
            attack(full_store, statement)


@every_record_table
@pytest.mark.parametrize("shared_store", ["sqlite"], indirect=True)
def test_a_record_cannot_be_replaced_by_an_insert(full_store, table):
    statement = f"INSERT OR REPLACE INTO {quoted(table)} SELECT * FROM {quoted(table)} LIMIT 1"

    with pytest.raises(DBAPIError, match=REFUSAL):
        attack(full_store, statement)
    if table.name not in LOADED_IN_BULK:
        with pytest.raises(sqlite3.IntegrityError, match=REFUSAL):
            as_file_owner(full_store, statement)


EVENT = "INSERT INTO audit_event VALUES"
FIELDS = "'2026', 'a', 'r', 'x', '{}'"
ZEROS, HEAD = "'" + "0" * 64 + "'", "(SELECT hash FROM audit_event ORDER BY seq DESC LIMIT 1)"
NEXT = "(SELECT MAX(seq) + 1 FROM audit_event)"
ON_BOTH = {
    "update": "UPDATE audit_event SET actor = 'x' WHERE seq = 1",
    "delete one": "DELETE FROM audit_event WHERE seq = 1",
    "delete all": "DELETE FROM audit_event",
    "gap": f"{EVENT} ((SELECT MAX(seq) + 2 FROM audit_event), {FIELDS}, {HEAD}, 'h')",
    "wrong link": f"{EVENT} ({NEXT}, {FIELDS}, {ZEROS}, 'h')",
    "negative number": f"{EVENT} (-1, {FIELDS}, {HEAD}, 'h')",
    "upsert": f"{EVENT} (1, {FIELDS}, {ZEROS}, 'h') ON CONFLICT (seq) DO UPDATE SET actor = 'x'",
}
ON_SQLITE = {
    "insert or replace": f"INSERT OR REPLACE INTO audit_event VALUES (1, {FIELDS}, {ZEROS}, 'h')",
    "update or replace": "UPDATE OR REPLACE audit_event SET seq = 1 WHERE seq = 2",
}
ON_POSTGRESQL = {
    "truncate": "TRUNCATE audit_event",
    "as a replica": "SET session_replication_role = replica; UPDATE audit_event SET actor = 'x'",
}


def refused(run, store, statement):
    with store.read() as connection:
        before = verify(connection)
    with pytest.raises((DBAPIError, sqlite3.IntegrityError), match=REFUSAL):
        run(store, statement)
    with store.read() as connection:
        assert verify(connection) == before


SQLITE = [("sqlite", way) for way in ON_BOTH | ON_SQLITE]
POSTGRESQL = [pytest.param("postgresql", way, marks=pytest.mark.postgresql) for way in ON_BOTH | ON_POSTGRESQL]


@pytest.mark.parametrize(("shared_store", "way"), [*SQLITE, *POSTGRESQL], indirect=["shared_store"])
def test_no_statement_gets_round_the_audit_trail(full_store, way):
    refused(attack, full_store, (ON_BOTH | ON_SQLITE | ON_POSTGRESQL)[way])


@pytest.mark.parametrize("way", [*ON_BOTH, *ON_SQLITE])
def test_not_even_on_a_plain_connection_to_the_file(sqlite_store, desk, way):
    desk.register_version(sqlite_store)

    refused(as_file_owner, sqlite_store, (ON_BOTH | ON_SQLITE)[way])
