"""`surveillance demo`: the demonstration, from nothing to a page in a browser."""

from typing import Annotated

import typer

from surveillance.cli.options import Port
from surveillance.cli.progress import progress_bar
from surveillance.cli.serve import serve_store
from surveillance.services import demo as demonstrations
from surveillance.services.clock import now
from surveillance.services.settings import sqlite_url


def demo(
    port: Port = 8501,
    serve: Annotated[bool, typer.Option(help="Serve the pages when the store is ready.")] = True,
    scenario: Annotated[list[str] | None, typer.Option(help="Load only this scenario; may be repeated.")] = None,
) -> None:
    """Make the demonstration store, load the synthetic logs, evaluate them, and serve the pages on 127.0.0.1.

    A second call finds the store as it was left; one that was interrupted is taken up where it stopped.
    """
    url = sqlite_url("demo")
    with progress_bar() as report:
        demonstrations.make_demo(url, at=now(), report=report, scenarios=tuple(scenario or ())).close()
    if serve:
        serve_store(url, port)
