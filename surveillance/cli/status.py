"""`surveillance status`: This week, in a terminal."""

from surveillance.cli.acting import acting
from surveillance.cli.options import ActingRole, AsCsv, AsJson, StoreUrl, User
from surveillance.cli.tables import show
from surveillance.services.clock import now
from surveillance.services.this_week import this_week


def status(
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    store: StoreUrl = None,
    user: User = None,
    role: ActingRole = None,
) -> None:
    """Show versions that are not registered, then one row a deployment, those that need an answer first."""
    actor, opened = acting(store, user, role)
    page = this_week(actor, opened, at=now())
    columns = ("deployment", "product", "state", "in use", "data to", "outcomes complete to", "due", "what")
    rows: list[tuple[object, ...]] = [
        (
            f"{one.model} · {one.site}",
            f"{one.model} {one.version}",
            "Unknown version",
            "not registered",
            one.last,
            "",
            one.due_at.isoformat(timespec="minutes"),
            one.sentence,
        )
        for one in page.quarantined
    ]
    rows += [
        (
            row.head.title,
            row.head.product,
            row.head.state.words,
            row.head.use_status,
            row.data_to or "",
            row.complete_to,
            row.due_at.isoformat(timespec="minutes") if row.due_at else "",
            row.sentence.replace("**", ""),
        )
        for row in (*page.needy, *page.unsettled, *page.quiet, *page.stopped)
    ]
    show(columns, rows, as_json=as_json, as_csv=as_csv)
