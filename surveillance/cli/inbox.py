"""`surveillance inbox`: the files of a folder, loaded and moved away one after the other."""

import time
from pathlib import Path
from typing import Annotated

import typer

from surveillance.cli.acting import acting
from surveillance.cli.options import ActingRole, StoreUrl, User
from surveillance.domain.roles import Actor
from surveillance.errors import NotFound
from surveillance.services import in_tray, mapping_profiles
from surveillance.services.clock import now
from surveillance.services.stores import Store
from surveillance.services.tray_folder import Waiting, settled, waiting

SHORTEST_WAIT = 0.2


def inbox(
    folder: Annotated[Path, typer.Argument(help="The folder that exports fall into.", exists=True, file_okay=False)],
    profile: Annotated[
        str | None, typer.Option("--profile", help="Read every file through this profile; else by its header.")
    ] = None,
    settle: Annotated[float, typer.Option("--settle", min=0, help="Seconds a file must stay unchanged.")] = 10,
    once: Annotated[bool, typer.Option("--once", help="Take what lies there now, without waiting.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Go on looking until stopped.")] = False,
    store: StoreUrl = None,
    user: User = None,
    role: ActingRole = None,
) -> None:
    """Load every settled file of a folder, oldest first, and move it to `processed` or `refused` in it.

    Exit code 0 where every file was processed, 1 where some were held or refused: the reasons lie beside them.
    """
    if once and watch:
        raise typer.BadParameter("--once and --watch exclude each other.")
    actor, opened = acting(store, user, role)
    if profile is not None:
        mapping_profiles.profile_named(opened, profile)
    states: set[str] = set()
    seen = waiting(folder)
    while True:
        if not once and (seen or watch):
            time.sleep(max(settle, SHORTEST_WAIT))
        found = waiting(folder)
        for one in found if once else settled(seen, found):
            states.add(_take(actor, opened, one, profile))
        seen = waiting(folder)
        if not watch:
            break
    if states - {"processed"}:
        raise typer.Exit(1)


def _take(actor: Actor, store: Store, one: Waiting, profile: str | None) -> str:
    """Take one file and say what became of it; one that is gone or still being written waits."""
    try:
        taken = in_tray.take_file(actor, store, one.file, profile=profile, at=now())
    except NotFound as error:
        typer.echo(str(error), err=True)
        return "waiting"
    where = f"{taken.moved_to.parent.name}/{taken.moved_to.name}"
    typer.echo(f"{taken.name}: {taken.state}, now {where}. {taken.sentence}", err=taken.state != "processed")
    return taken.state
