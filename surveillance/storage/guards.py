"""Checks that the triggers that keep records unchanged are there, switched on and as they were made."""

from collections.abc import Iterator

from sqlalchemy import Connection, text

from surveillance.storage.append_only import POSTGRESQL_BODIES, triggers
from surveillance.storage.tables import APPEND_ONLY

POSTGRESQL_TRIGGERS = text(
    "SELECT t.tgname, c.relname, t.tgenabled, p.proname, t.tgtype FROM pg_trigger t "
    "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
    "WHERE NOT t.tgisinternal AND c.relnamespace = to_regnamespace(current_schema())"
)
POSTGRESQL_FUNCTIONS = text(
    "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = to_regnamespace(current_schema())"
)
# PostgreSQL's own code of a trigger: 1 for each row, 2 before, then 4 insert, 8 delete, 16 update, 32 truncate.
POSTGRESQL_TYPES = {"no_update": 19, "no_delete": 11, "no_truncate": 34, "chain": 7}


def missing_guards(connection: Connection) -> Iterator[str]:
    """Say which record tables have lost a trigger, or have one that was weakened or put in."""
    found = _sqlite(connection) if connection.dialect.name == "sqlite" else _postgresql(connection)
    expected = _expected(connection.dialect.name)
    for name in sorted(set(expected) - set(found)):
        yield f"The trigger {name} is missing: records could have been changed unseen."
    for name in sorted(set(expected) & set(found)):
        if expected[name] != found[name]:
            yield f"The trigger {name} is switched off or not the one that was installed."
    for name in sorted(set(found) - set(expected)):
        yield f"There is a trigger {name} that this program did not install."


def _expected(dialect: str) -> dict[str, str]:
    made = {}
    for table in APPEND_ONLY:
        for name, sql in triggers(table, dialect).items():
            kind = name.removeprefix(f"{table.name}_")
            body = "surveillance_continue_chain" if kind == "chain" else "surveillance_refuse_change"
            on = f"{table.name} A {body} {POSTGRESQL_TYPES.get(kind)} {POSTGRESQL_BODIES[body]}"
            made[name] = sql if dialect == "sqlite" else on
    return made


def _sqlite(connection: Connection) -> dict[str, str]:
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    return {row.name: row.sql for row in rows}


def _postgresql(connection: Connection) -> dict[str, str]:
    source = {row.proname: row.prosrc for row in connection.execute(POSTGRESQL_FUNCTIONS)}
    return {
        row.tgname: f"{row.relname} {row.tgenabled} {row.proname} {row.tgtype} {source.get(row.proname)}"
        for row in connection.execute(POSTGRESQL_TRIGGERS)
    }
