"""Which revision of the tables a store has, and how it is brought to the newest."""

from functools import cache
from importlib.resources import files

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from surveillance.errors import NotFound, StoreUnusable


def revision(connection: Connection) -> str | None:
    """Return the revision of the tables in a database, or None where there is no store."""
    return MigrationContext.configure(connection).get_current_revision()


def newest() -> str:
    """Return the revision that this version of the program writes."""
    head = _scripts().get_current_head()
    assert head is not None, "the migrations lie in the package"
    return head


def is_older(found: str) -> bool:
    """Say whether a revision is one that this version of the program can bring to the newest."""
    return found != newest() and found in {script.revision for script in _scripts().walk_revisions()}


def require_newest(connection: Connection) -> None:
    """Refuse a store whose tables are not those of this version of the program.

    Raises
    ------
    NotFound
        If the database holds no store.
    StoreUnusable
        If its tables are older or newer.
    """
    found = revision(connection)
    if found is None:
        raise NotFound("There is no store at this address. Make one first: surveillance init.")
    if found == newest():
        return
    if is_older(found):
        raise StoreUnusable(
            "This store was made by an older version of this program and must be upgraded first: surveillance upgrade."
        )
    raise StoreUnusable(
        "This store was made by a newer version of this program. Install that version; nothing was changed."
    )


def upgrade(connection: Connection) -> None:
    """Run the missing migrations inside the caller's transaction.

    Raises
    ------
    StoreUnusable
        If the store's tables are newer than this version of the program.
    """
    found = revision(connection)
    if found is not None and found != newest() and not is_older(found):
        require_newest(connection)
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _config() -> Config:
    config = Config()
    # The folder is found beside this module, in a checkout and in a wheel alike; % is alembic's own sign.
    folder = str(files("surveillance.storage") / "migrations").replace("%", "%%")
    config.set_main_option("script_location", folder)
    config.set_main_option("path_separator", "os")
    return config


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())
