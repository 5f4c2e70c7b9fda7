"""The second revision: headers of profiles, held rows that come back, the truth worklist and known events."""

from alembic import op

from surveillance.storage.migrations.freeze import run_frozen

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    run_frozen(op.get_bind(), revision)


def downgrade() -> None:
    """Refuse: records are never removed."""
    raise NotImplementedError("A store is never taken back to an older version; restore a backup instead")
