"""Writes the SQL that makes the tables of a revision, for the revision to keep, and runs what was kept.

Run `python -m surveillance.storage.migrations.freeze 0002`, only before the revision is released.
"""

import sys
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from surveillance.storage.append_only import statements
from surveillance.storage.tables import APPEND_ONLY, METADATA

VERSIONS = Path(__file__).parent / "versions"
BETWEEN = "\n--;\n"
DIALECTS = {"sqlite": sqlite.dialect, "postgresql": postgresql.dialect}


def frozen_sql(dialect: str, revision: str) -> str:
    """Return every statement that makes a revision's tables on an engine, with a line --; between two."""
    compiler = DIALECTS[dialect]()
    made = []
    own = [table for table in METADATA.sorted_tables if table.info.get("since", "0001") == revision]
    for table in own:
        made.append(str(CreateTable(table).compile(dialect=compiler)).strip())
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        made += [str(CreateIndex(index).compile(dialect=compiler)).strip() for index in indexes]
    guards = statements(tuple(table for table in APPEND_ONLY if table in own), dialect)
    first = revision == "0001"  # whose functions later triggers call too
    made += [line for line in guards if first or not line.startswith("CREATE FUNCTION")]
    return BETWEEN.join(line.replace("\t", "    ").replace(" \n", "\n") for line in made) + "\n"


def main(revision: str) -> None:
    """Write one file an engine beside the revisions."""
    for dialect in DIALECTS:
        target = VERSIONS / f"r{revision}_{dialect}.sql"
        target.write_text(frozen_sql(dialect, revision), encoding="utf-8")


def run_frozen(connection: Connection, revision: str) -> None:
    """Make the tables of a revision as they were on its day."""
    dialect = connection.dialect.name
    kept = (VERSIONS / f"r{revision}_{dialect}.sql").read_text(encoding="utf-8").split(BETWEEN)
    # One journey to the server instead of two hundred.
    for statement in [";\n".join(kept)] if dialect == "postgresql" else kept:
        connection.exec_driver_sql(statement, execution_options={"no_parameters": True})


if __name__ == "__main__":
    main(sys.argv[1])
