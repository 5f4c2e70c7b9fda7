"""`surveillance plan`: templates, and adding a plan."""

from pathlib import Path
from typing import Annotated

import typer

from surveillance.cli.acting import acting
from surveillance.cli.options import ActingRole, StoreUrl, User
from surveillance.cli.texts import read_text
from surveillance.domain.plan import plan_template, plan_templates
from surveillance.services import plans
from surveillance.services.clock import now

plan = typer.Typer(help="Surveillance plans.", no_args_is_help=True)


@plan.command()
def add(
    file: Annotated[Path, typer.Argument(help="The plan, a TOML file.", exists=True, dir_okay=False)],
    store: StoreUrl = None,
    user: User = None,
    role: ActingRole = None,
) -> None:
    """Check a plan and keep it; an invalid one is refused with the field named."""
    actor, opened = acting(store, user, role)
    kept = plans.add_plan(actor, opened, read_text(file), at=now())
    typer.echo(f"Kept plan {kept.plan}, version {kept.version}, for {kept.model} {kept.version_of_model}.")


@plan.command()
def template(name: Annotated[str | None, typer.Argument(help="Which; none lists them.")] = None) -> None:
    """Print a plan template to fill in."""
    typer.echo(plan_template(name) if name else "\n".join(plan_templates()))
