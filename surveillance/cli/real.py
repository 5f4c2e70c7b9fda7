"""`surveillance real`: the published cardiac surgery log, in a store of its own."""

from pathlib import Path
from typing import Annotated

import typer

from surveillance.cli.options import Port
from surveillance.cli.progress import progress_bar
from surveillance.cli.serve import serve_store
from surveillance.services import real_data
from surveillance.services.clock import now
from surveillance.services.settings import sqlite_url


def real(
    file: Annotated[Path, typer.Argument(help="cardiac_surgery_log.csv", exists=True, dir_okay=False)],
    port: Port = 8501,
    serve: Annotated[bool, typer.Option(help="Serve the pages when the store is ready.")] = True,
) -> None:
    """Load a real outcome log unedited, judge each surgeon on predicted mortality, and show it."""
    url = sqlite_url("real_data_check")
    with progress_bar() as report:
        real_data.make_real(url, file.read_bytes(), file.name, at=now(), report=report).close()
    if serve:
        serve_store(url, port)
