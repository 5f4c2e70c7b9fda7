"""`surveillance upgrade`: an older store is brought to this version of the program."""

from typing import Annotated

import typer

from surveillance.cli.options import StoreUrl
from surveillance.services import stores
from surveillance.services.clock import now


def upgrade(
    store: StoreUrl = None,
    yes: Annotated[bool, typer.Option("--yes", help="PostgreSQL: there is a dump of this database.")] = False,
) -> None:
    """Bring a store made by an older version to this one, wholly or not at all; a SQLite store is copied first."""
    done = stores.upgrade_store(store, at=now(), dumped=yes)
    if done.before == done.after:
        typer.echo(f"Nothing to do: the store has the newest tables, revision {done.after}.")
        return
    typer.echo(f"Upgraded the store from revision {done.before} to {done.after}.")
    if done.copy is not None:
        typer.echo(f"Its copy from before is {done.copy}. Keep it until you have seen the store at work.")
