"""Alembic's way in: runs the migrations on the connection, and in the transaction, of the caller."""

from alembic import context

from surveillance.storage.tables import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA, transactional_ddl=True)
context.run_migrations()
