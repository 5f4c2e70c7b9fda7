"""The options that several commands share."""

from typing import Annotated

import typer

StoreUrl = Annotated[
    str | None,
    typer.Option(
        "--store", metavar="URL", help="The store, such as sqlite:///C:/data/live.sqlite.", envvar="SURVEILLANCE_STORE"
    ),
]
User = Annotated[
    str | None,
    typer.Option("--user", metavar="PERSON", help="The person acting; default the account of the operating system."),
]
ActingRole = Annotated[str | None, typer.Option("--role", help="The role acted in, where a person holds several.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
Port = Annotated[int, typer.Option("--port", help="The port on 127.0.0.1.")]
