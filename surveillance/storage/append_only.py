"""Triggers that refuse to change or remove a record, and that let the audit trail grow only at its end."""

from sqlalchemy import Table, UniqueConstraint

from surveillance.storage.engine import WRITER_LOCK
from surveillance.storage.quoting import quoted

GENESIS = "0" * 64
BROKEN_LINK = "audit_event: sequence or previous_hash does not continue the chain"
# Rows of a log are loaded by the million and lie under the digest of their batch, so an overwritten one is
# seen; a look-up before each insert would add much to the time of loading.
LOADED_IN_BULK = frozenset({"case", "outcome", "study_order"})


def refusal(table: str, change: str) -> str:
    """Return the sentence with which a table refuses a change.

    >>> refusal("outcome", "delete")
    'outcome is append-only: DELETE rejected'
    """
    return f"{table} is append-only: {change.upper()} rejected"


def triggers(table: Table, dialect: str) -> dict[str, str]:
    """Return the triggers of a record table on an engine, name by name, each with the SQL that makes it."""
    return sqlite_triggers(table) if dialect == "sqlite" else postgresql_triggers(table)


def sqlite_triggers(table: Table) -> dict[str, str]:
    """Write the triggers for SQLite.

    INSERT OR REPLACE removes a row without asking the DELETE trigger unless the connection says otherwise,
    so a third trigger looks before each insert; the chain trigger does the same for the audit trail.
    """
    name, place = table.name, quoted(table)

    def trigger(kind: str, when: str, change: str, message: str, condition: str = "") -> str:
        return (
            f"CREATE TRIGGER {name}_{kind} {when} {change} ON {place} {condition}"
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )

    made = {
        f"{name}_no_{change}": trigger(f"no_{change}", "BEFORE", change.upper(), refusal(name, change))
        for change in ("update", "delete")
    }
    if name == "audit_event":
        made["audit_event_chain"] = trigger("chain", "BEFORE", "INSERT", BROKEN_LINK, SQLITE_LINK)
    elif name not in LOADED_IN_BULK:
        kept = f"FROM {place} AS kept WHERE {_same_key(table)}"
        condition = f"WHEN EXISTS (SELECT 1 {kept}) "
        made[f"{name}_no_replace"] = trigger("no_replace", "BEFORE", "INSERT", refusal(name, "replace"), condition)
    return made


SQLITE_LINK = (
    # Only constants are put into these statements.
    "WHEN NEW.seq IS NOT (SELECT COALESCE(MAX(seq), 0) + 1 FROM audit_event) "  # noqa: S608
    "OR NEW.previous_hash IS NOT COALESCE("
    f"(SELECT hash FROM audit_event ORDER BY seq DESC LIMIT 1), '{GENESIS}') "
)


def postgresql_triggers(table: Table) -> dict[str, str]:
    """Write the triggers for PostgreSQL, where TRUNCATE is a way round of its own."""
    name, place = table.name, quoted(table)
    refuse = "EXECUTE FUNCTION surveillance_refuse_change()"
    made = {
        f"{name}_no_{change}": f"CREATE TRIGGER {name}_no_{change} BEFORE {change.upper()} ON {place} "
        f"FOR EACH {scope} {refuse}"
        for change, scope in (("update", "ROW"), ("delete", "ROW"), ("truncate", "STATEMENT"))
    }
    if name == "audit_event":
        made["audit_event_chain"] = (
            "CREATE TRIGGER audit_event_chain BEFORE INSERT ON audit_event "
            "FOR EACH ROW EXECUTE FUNCTION surveillance_continue_chain()"
        )
    return made


POSTGRESQL_BODIES = {
    "surveillance_refuse_change": (
        "BEGIN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', "
        "MESSAGE = TG_TABLE_NAME || ' is append-only: ' || TG_OP || ' rejected'; END"
    ),
    "surveillance_continue_chain": (
        f"BEGIN PERFORM pg_advisory_xact_lock({WRITER_LOCK}); "  # noqa: S608
        "IF NEW.seq IS DISTINCT FROM (SELECT COALESCE(MAX(seq), 0) + 1 FROM audit_event) "
        "OR NEW.previous_hash IS DISTINCT FROM COALESCE("
        f"(SELECT hash FROM audit_event ORDER BY seq DESC LIMIT 1), '{GENESIS}') "
        "THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', "
        f"MESSAGE = '{BROKEN_LINK}'; END IF; RETURN NEW; END"
    ),
}


def postgresql_functions() -> list[str]:
    """Return the statements that make the functions behind PostgreSQL's triggers."""
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body${body}$body$"
        for name, body in POSTGRESQL_BODIES.items()
    ]


def statements(tables: tuple[Table, ...], dialect: str) -> list[str]:
    """Return every statement that makes the tables append-only on an engine, in order.

    ENABLE ALWAYS keeps PostgreSQL's triggers on in a session that calls itself a replica.
    """
    written = [] if dialect == "sqlite" else postgresql_functions()
    for table in tables:
        for name, sql in triggers(table, dialect).items():
            written.append(sql)
            if dialect != "sqlite":
                written.append(f"ALTER TABLE {quoted(table)} ENABLE ALWAYS TRIGGER {name}")
    return written


def _same_key(table: Table) -> str:
    keys = [tuple(table.primary_key.columns)]
    keys += [tuple(c.columns) for c in table.constraints if isinstance(c, UniqueConstraint)]
    return " OR ".join("(" + " AND ".join(f'kept."{c.name}" = NEW."{c.name}"' for c in key) + ")" for key in keys)
