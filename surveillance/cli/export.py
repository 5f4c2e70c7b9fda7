"""`surveillance export`: what the store keeps, as tables for other programs."""

import typer

from surveillance.cli.acting import acting
from surveillance.cli.options import ActingRole, AsCsv, AsJson, StoreUrl, User
from surveillance.cli.tables import show
from surveillance.services import exports

export = typer.Typer(
    help="Export points, cases, alarms, recommendations or known events (CSV, or --json).", no_args_is_help=True
)


@export.command()
def points(
    as_json: AsJson = False, as_csv: AsCsv = False, store: StoreUrl = None, user: User = None, role: ActingRole = None
) -> None:
    """Every figure of every week and window, with its range, counts, method and verdict."""
    actor, opened = acting(store, user, role)
    show(*exports.points(actor, opened), as_json=as_json, as_csv=as_csv or not as_json)


@export.command()
def cases(
    as_json: AsJson = False, as_csv: AsCsv = False, store: StoreUrl = None, user: User = None, role: ActingRole = None
) -> None:
    """Every study with its truth, in the canonical columns, times in UTC."""
    actor, opened = acting(store, user, role)
    show(*exports.cases(actor, opened), as_json=as_json, as_csv=as_csv or not as_json)


@export.command()
def alarms(
    as_json: AsJson = False, as_csv: AsCsv = False, store: StoreUrl = None, user: User = None, role: ActingRole = None
) -> None:
    """Every alarm with its answers."""
    actor, opened = acting(store, user, role)
    show(*exports.alarms(actor, opened), as_json=as_json, as_csv=as_csv or not as_json)


@export.command()
def recommendations(
    as_json: AsJson = False, as_csv: AsCsv = False, store: StoreUrl = None, user: User = None, role: ActingRole = None
) -> None:
    """Every stop-use recommendation and what was decided."""
    actor, opened = acting(store, user, role)
    show(*exports.recommendations(actor, opened), as_json=as_json, as_csv=as_csv or not as_json)


@export.command()
def events(
    as_json: AsJson = False, as_csv: AsCsv = False, store: StoreUrl = None, user: User = None, role: ActingRole = None
) -> None:
    """Every known event, with its scope, who logged it when, and withdrawals with their reasons."""
    actor, opened = acting(store, user, role)
    show(*exports.events(actor, opened), as_json=as_json, as_csv=as_csv or not as_json)
