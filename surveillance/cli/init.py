"""`surveillance init`: make an empty store."""

from typing import Annotated

import typer

from surveillance.cli.options import StoreUrl
from surveillance.services import stores
from surveillance.services.clock import now
from surveillance.services.settings import sqlite_url


def init(
    name: Annotated[str, typer.Option("--name", help="The department, as pages show it.")],
    kind: Annotated[str, typer.Option("--kind", help="live, real_data_check or exercise.")] = "live",
    store: StoreUrl = None,
) -> None:
    """Make an empty store; its maker becomes its administrator."""
    url = store or sqlite_url("live" if kind == "live" else kind)
    made = stores.create_store(url, name=name, kind=kind, at=now())
    typer.echo(f"Made the {stores.describe(made).kind_words.lower()} of {name} at {made.place}.")
