"""`surveillance audit`: verify the trail."""

from pathlib import Path
from typing import Annotated

import typer

from surveillance.cli.acting import acting
from surveillance.cli.options import ActingRole, AsCsv, AsJson, StoreUrl, User
from surveillance.cli.tables import show
from surveillance.errors import TrailBroken
from surveillance.services import trail

audit = typer.Typer(help="The audit trail.", no_args_is_help=True)


@audit.command()
def verify(
    anchor: Annotated[
        Path | None, typer.Option("--anchor", help="A file of anchors kept outside the store.", exists=True)
    ] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    store: StoreUrl = None,
    user: User = None,
    role: ActingRole = None,
) -> None:
    """Check the whole chain, the triggers, the stored batches and every anchor; exit code 6 if anything is wrong."""
    actor, opened = acting(store, user, role)
    found = trail.verify(actor, opened, anchor=anchor)
    if as_json or as_csv:
        row = (found.ok, found.events, found.head.hash, " ".join(found.problems))
        show(("ok", "events", "head", "problems"), [row], as_json=as_json, as_csv=as_csv)
    elif found.ok:
        typer.echo(f"{found.events:,} records verified, head {found.head.hash[:16]}.")
    if not found.ok:
        raise TrailBroken("The audit trail does not verify: " + " ".join(found.problems))
