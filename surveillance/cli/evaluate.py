"""`surveillance evaluate`: judge every week that is due."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from surveillance.cli.acting import acting
from surveillance.cli.options import ActingRole, AsJson, StoreUrl, User
from surveillance.cli.progress import progress_bar
from surveillance.cli.tables import show
from surveillance.services import evaluation
from surveillance.services.clock import now


def evaluate(
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="Weeks over by this day.")
    ] = None,
    as_json: AsJson = False,
    store: StoreUrl = None,
    user: User = None,
    role: ActingRole = None,
) -> None:
    """Judge every week that is over and not judged yet, or that new data touch; exit code 0 even with alarms,
    1 where a deployment could not be judged.
    """
    actor, opened = acting(store, user, role)
    moment = None if as_of is None else as_of.replace(tzinfo=UTC)
    with progress_bar() as report:
        run = evaluation.run_all(actor, opened, at=now(), as_of=moment, progress=report)
    if as_json:
        columns = ("deployments", "weeks", "alarms", "recommendations", "not_judged")
        row = (run.deployments, run.weeks, run.alarms, run.recommendations, len(run.not_judged))
        show(columns, [row], as_json=True, as_csv=False)
    else:
        typer.echo(run.sentence)
    if run.not_judged:
        raise typer.Exit(1)
