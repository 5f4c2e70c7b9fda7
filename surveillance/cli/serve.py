"""`surveillance serve`: the pages, on this machine only."""

import os
from importlib.metadata import entry_points

from surveillance.cli.options import Port, StoreUrl
from surveillance.errors import NotFound
from surveillance.services import stores
from surveillance.services.settings import STORE, default_url


def serve(store: StoreUrl = None, port: Port = 8501) -> None:
    """Serve the pages of a store on 127.0.0.1 until stopped."""
    serve_store(store or default_url(), port)


def serve_store(url: str, port: int) -> None:
    """Serve one store in this process, so that it stops when the process is told to.

    Raises
    ------
    NotFound
        If there is no such store, or the pages are not installed.
    """
    stores.open_store(url).close()
    found = tuple(entry_points(group="surveillance.screen", name="serve"))
    if not found:
        raise NotFound("The pages are not installed. Install the product again.")
    os.environ[STORE] = url
    os.environ["SURVEILLANCE_PORT"] = str(port)
    found[0].load()()
