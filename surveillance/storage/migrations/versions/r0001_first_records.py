"""The first revision: every table, index and append-only trigger, as they were on that day.

The statements lie beside this file as SQL, one file an engine, so that later changes of the tables cannot change
what this revision made.
"""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    connection = op.get_bind()
    sql = Path(__file__).with_name(f"r0001_{connection.dialect.name}.sql").read_text(encoding="utf-8")
    statements = sql.split("\n--;\n")
    if connection.dialect.name == "postgresql":
        # One journey to the server instead of two hundred.
        statements = [";\n".join(statements)]
    for statement in statements:
        connection.exec_driver_sql(statement, execution_options={"no_parameters": True})


def downgrade() -> None:
    """Refuse: records are never removed."""
    raise NotImplementedError("A store is never taken back to an older version; restore a backup instead")
