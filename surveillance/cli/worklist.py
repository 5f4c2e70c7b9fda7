"""`surveillance worklist`: a week's truth worklist out to a file, back with answers, and handed in."""

from pathlib import Path
from typing import Annotated

import typer

from surveillance.cli.acting import acting
from surveillance.cli.options import ActingRole, StoreUrl, User
from surveillance.errors import FileRefused
from surveillance.services import truth_hand_in, truth_import, truth_worklist
from surveillance.services.clock import now

worklist = typer.Typer(
    help="The truth worklist of a week: studies to be read by two people who do not see the AI's answer.",
    no_args_is_help=True,
)
Deployment = Annotated[int, typer.Argument(help="The AI version at a site, by its number.")]
WeekName = Annotated[str, typer.Argument(metavar="WEEK", help="The week, such as 2026-W47; it must be over.")]


@worklist.command()
def export(
    deployment: Deployment,
    week: WeekName,
    file: Annotated[Path, typer.Argument(help="The file to write; it must not exist.")],
    store: StoreUrl = None,
    user: User = None,
    role: ActingRole = None,
) -> None:
    """Write the list as CSV, drawing the week's sample first where that was not done.

    Fill `reader` and `answer` (present, absent, cannot tell), one file for each reader, and bring it back with import.
    """
    if file.exists():
        raise FileRefused(f"There is a file {file} already, and nothing is written over it. Name another.")
    actor, opened = acting(store, user, role)
    data = truth_worklist.export_csv(actor, opened, deployment, week, at=now())
    with file.open("xb") as out:
        out.write(data)
    typer.echo(f"{len(data.splitlines()) - 1:,} studies written to {file}.")


@worklist.command("import")
def bring_back(
    deployment: Deployment,
    week: WeekName,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The list with its answers.")],
    store: StoreUrl = None,
    user: User = None,
    role: ActingRole = None,
) -> None:
    """Take the answers of a list that came back; lines that are held are printed with their reason."""
    actor, opened = acting(store, user, role)
    done = truth_import.import_answers(actor, opened, deployment, week, file.read_bytes(), file.name, at=now())
    for fault in done.held:
        typer.echo(f"line {fault.line}, {fault.column or 'the line'}: {fault.rule}. {fault.fix}.", err=True)
    typer.echo(done.sentence)
    if done.held:
        raise typer.Exit(1)


@worklist.command("hand-in")
def hand_in(deployment: Deployment, store: StoreUrl = None, user: User = None, role: ActingRole = None) -> None:
    """Hand in every truth that the readings settle, as one batch; asked again, nothing is added."""
    actor, opened = acting(store, user, role)
    typer.echo(truth_hand_in.hand_in(actor, opened, deployment, at=now()).sentence)
