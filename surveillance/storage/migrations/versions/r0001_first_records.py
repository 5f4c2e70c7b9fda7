"""The first revision: every table, index and append-only trigger, as they were on that day.

The statements lie beside this file as SQL, one file an engine, so that later changes of the tables cannot change
what this revision made.
"""

from alembic import op

from surveillance.storage.migrations.freeze import run_frozen

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    run_frozen(op.get_bind(), revision)


def downgrade() -> None:
    """Refuse: records are never removed."""
    raise NotImplementedError("A store is never taken back to an older version; restore a backup instead")
