"""`surveillance register`: name a version of a product at a site."""

from typing import Annotated

import typer

from surveillance.cli.acting import acting
from surveillance.cli.options import ActingRole, StoreUrl, User
from surveillance.services import products
from surveillance.services.clock import now


def register(
    model: Annotated[str, typer.Option("--model", help="The product, as its logs name it.")],
    version: Annotated[str, typer.Option("--version", help="The exact version.")],
    site: Annotated[str, typer.Option("--site", help="The site, as its logs name it.")],
    finding: Annotated[str, typer.Option("--finding", help="What it looks for, in one word.")] = "positive",
    title: Annotated[str, typer.Option("--title", help="How pages call it.")] = "",
    threshold: Annotated[float | None, typer.Option("--threshold", help="The operating threshold, 0 to 1.")] = None,
    vendor: Annotated[str, typer.Option("--vendor")] = "",
    store: StoreUrl = None,
    user: User = None,
    role: ActingRole = None,
) -> None:
    """Register a version of a product at a site; its studies leave quarantine at the next evaluation."""
    actor, opened = acting(store, user, role)
    given = products.Registration(
        model=model, version=version, site=site, finding=finding, title=title, threshold=threshold, vendor=vendor
    )
    number = products.register_deployment(actor, opened, given, at=now())
    typer.echo(f"Registered as deployment {number}.")
