"""Writes the SQL that makes today's tables, for a revision to keep.

Run `python -m surveillance.storage.migrations.freeze r0001`, only before the revision is released.
"""

import sys
from pathlib import Path

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from surveillance.storage.append_only import statements
from surveillance.storage.tables import APPEND_ONLY, METADATA

DIALECTS = {"sqlite": sqlite.dialect, "postgresql": postgresql.dialect}


def frozen_sql(dialect: str) -> str:
    """Return every statement that makes the tables on an engine, with a line --; between two."""
    compiler = DIALECTS[dialect]()
    made = []
    for table in METADATA.sorted_tables:
        made.append(str(CreateTable(table).compile(dialect=compiler)).strip())
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        made += [str(CreateIndex(index).compile(dialect=compiler)).strip() for index in indexes]
    made += statements(APPEND_ONLY, dialect)
    return "\n--;\n".join(line.replace("\t", "    ").replace(" \n", "\n") for line in made) + "\n"


def main(revision: str) -> None:
    """Write one file an engine beside the revisions."""
    for dialect in DIALECTS:
        target = Path(__file__).parent / "versions" / f"{revision}_{dialect}.sql"
        target.write_text(frozen_sql(dialect), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
