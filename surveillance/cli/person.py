"""`surveillance person`: who may do what in a store."""

from typing import Annotated

import typer

from surveillance.cli.acting import acting
from surveillance.cli.options import ActingRole, StoreUrl, User
from surveillance.domain.roles import Role
from surveillance.services import people
from surveillance.services.clock import now

person = typer.Typer(help="People and their roles.", no_args_is_help=True)


@person.command()
def add(
    identity: Annotated[str, typer.Argument(help="Who signs in: the identity your sign-in provider gives.")],
    name: Annotated[str, typer.Option("--name", help="The name printed on what they sign.")],
    as_role: Annotated[list[Role], typer.Option("--as", help="A role they hold; may be repeated.")],
    store: StoreUrl = None,
    user: User = None,
    role: ActingRole = None,
) -> None:
    """Make a person known in the store, with their roles; an administrator does so."""
    actor, opened = acting(store, user, role)
    people.add_person(actor, opened, identity, name, tuple(as_role), at=now())
    typer.echo(f"{name} is known as {identity}: {', '.join(held.words for held in as_role)}.")
