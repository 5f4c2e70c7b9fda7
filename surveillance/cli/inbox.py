"""`surveillance inbox`: the files of a folder, loaded and moved away one after the other."""

import time
from pathlib import Path
from typing import Annotated

import typer

from surveillance.cli.acting import acting
from surveillance.cli.options import ActingRole, StoreUrl, User
from surveillance.domain.roles import Actor
from surveillance.errors import NotAllowed, NotFound, SurveillanceError
from surveillance.services import in_tray, mapping_profiles
from surveillance.services.clock import now
from surveillance.services.stores import Store
from surveillance.services.tray_folder import Waiting, readable, settled, waiting

SHORTEST_WAIT = 0.2
LEFT = "left where it is"


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

    Exit code 0 where every file was processed, 1 where some were held or refused (the reasons lie beside them) or
    could not be taken. One file that cannot be taken keeps no other waiting.
    """
    if once and watch:
        raise typer.BadParameter("--once and --watch exclude each other.")
    actor, opened = acting(store, user, role)
    if profile is not None:
        mapping_profiles.profile_named(opened, profile)
    states: set[str] = set()
    told: dict[Waiting, str] = {}
    seen = _look(folder, watch)
    while True:
        if not once and (seen or watch):
            time.sleep(max(settle, SHORTEST_WAIT))
        found = _look(folder, watch)
        told = {one: said for one, said in told.items() if one in found}
        for one in found if once else settled(seen, found):
            if told.get(one) != LEFT:
                states.add(_take(actor, opened, one, profile, told))
        seen = _look(folder, watch)
        if not watch:
            break
    if states - {"processed"}:
        raise typer.Exit(1)


def _look(folder: Path, watch: bool) -> tuple[Waiting, ...]:
    """Return the files that wait; a folder that cannot be reached for a while does not end the watch."""
    try:
        return waiting(folder)
    except NotFound as error:
        if not watch:
            raise
        typer.echo(str(error), err=True)
        return ()


def _take(actor: Actor, store: Store, one: Waiting, profile: str | None, told: dict[Waiting, str]) -> str:
    """Take one file and say what became of it; what cannot be taken now waits, and the next file is looked at.

    `told` keeps what was said of the files that still lie there: nothing is said twice, and one that was dealt with
    and could not be moved is left alone while it stays as it is.
    """
    name = readable(one.file.name)
    try:
        taken = in_tray.take_file(actor, store, one.file, profile=profile, at=now())
    except NotAllowed:
        raise  # what this person may not do, no other file changes
    except (SurveillanceError, OSError, UnicodeError) as error:
        said = str(error) if isinstance(error, SurveillanceError) else f"It cannot be taken: {error}."
        if told.get(one) != said:
            typer.echo(readable(f"{name}: {said} It waits for the next look."), err=True)
        told[one] = said
        return "waiting"
    if taken.state == "left":
        told[one] = LEFT
        typer.echo(f"{taken.name}: {taken.sentence}", err=True)
        return taken.state
    where = readable(f"{taken.moved_to.parent.name}/{taken.moved_to.name}")
    typer.echo(f"{taken.name}: {taken.state}, now {where}. {taken.sentence}", err=taken.state != "processed")
    return taken.state
