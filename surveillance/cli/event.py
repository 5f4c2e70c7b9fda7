"""`surveillance event`: log, list and withdraw known events."""

from datetime import datetime
from typing import Annotated

import typer

from surveillance.cli.acting import acting
from surveillance.cli.options import ActingRole, AsCsv, AsJson, StoreUrl, User
from surveillance.cli.tables import show
from surveillance.domain.known_event import EventKind
from surveillance.services import known_events
from surveillance.services.clock import now

event = typer.Typer(
    help="Known events: changes in the department, drawn on every time axis that they concern.", no_args_is_help=True
)


@event.command()
def add(
    kind: Annotated[EventKind, typer.Argument(help="What changed.")],
    on: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="The day it took effect, at the site.")],
    words: Annotated[str, typer.Argument(help="What happened, in a few words, as it shall stand on the charts.")],
    site: Annotated[str, typer.Option("--site", help="Only this site, as its logs name it.")] = "",
    model: Annotated[str, typer.Option("--model", help="Only this product, as its logs name it.")] = "",
    scanner: Annotated[str, typer.Option("--scanner", help="Only this scanner of the site.")] = "",
    store: StoreUrl = None,
    user: User = None,
    role: ActingRole = None,
) -> None:
    """Log an event; it stands on the charts from now on, past weeks among them."""
    actor, opened = acting(store, user, role)
    draft = known_events.EventDraft(kind, on.date(), words, site=site, model=model, scanner=scanner)
    typer.echo(known_events.log_event(actor, opened, draft, at=now()))


@event.command("list")
def list_events(
    as_json: AsJson = False, as_csv: AsCsv = False, store: StoreUrl = None, user: User = None, role: ActingRole = None
) -> None:
    """List every event, the newest day first, withdrawn ones among them."""
    actor, opened = acting(store, user, role)
    columns = ("event", "on", "kind", "concerns", "what", "logged at", "logged by", "withdrawn")
    rows = [
        (
            one.event_id,
            one.on,
            one.kind,
            one.scope,
            one.words,
            one.logged_at.isoformat(timespec="minutes"),
            one.logged_by,
            one.withdrawn,
        )
        for one in known_events.known_events(actor, opened, at=now())
    ]
    show(columns, rows, as_json=as_json, as_csv=as_csv)


@event.command()
def withdraw(
    number: Annotated[int, typer.Argument(help="The event, by its number in the list.")],
    reason: Annotated[str, typer.Option("--reason", help="Why it does not hold.")],
    store: StoreUrl = None,
    user: User = None,
    role: ActingRole = None,
) -> None:
    """Withdraw an event with a reason; it is drawn no more and stays on record."""
    actor, opened = acting(store, user, role)
    typer.echo(known_events.withdraw_event(actor, opened, number, reason=reason, at=now()))
