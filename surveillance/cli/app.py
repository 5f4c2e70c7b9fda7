"""The commands, each registered by one line."""

import typer

from surveillance.cli.audit import audit
from surveillance.cli.demo import demo
from surveillance.cli.evaluate import evaluate
from surveillance.cli.event import event
from surveillance.cli.export import export
from surveillance.cli.inbox import inbox
from surveillance.cli.ingest import ingest
from surveillance.cli.init import init
from surveillance.cli.person import person
from surveillance.cli.plan import plan
from surveillance.cli.pseudonymise import pseudonymise
from surveillance.cli.real import real
from surveillance.cli.register import register
from surveillance.cli.serve import serve
from surveillance.cli.status import status
from surveillance.cli.upgrade import upgrade
from surveillance.cli.worklist import worklist

app = typer.Typer(
    name="surveillance",
    help="Post-market surveillance of clinical imaging AI. The software recommends, a person decides.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(init)
app.command()(demo)
app.command()(upgrade)
app.command()(register)
app.add_typer(person, name="person")
app.add_typer(plan, name="plan")
app.command()(pseudonymise)
app.command()(ingest)
app.command()(inbox)
app.command()(evaluate)
app.command()(status)
app.add_typer(event, name="event")
app.add_typer(worklist, name="worklist")
app.add_typer(export, name="export")
app.add_typer(audit, name="audit")
app.command()(real)
app.command()(serve)
