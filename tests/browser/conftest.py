"""A running server on a fresh store, and Debian's Chromium to look at it."""

import importlib.util
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from urllib.error import URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parents[2]
CHROMIUM = os.environ.get("SURVEILLANCE_CHROMIUM", "/usr/bin/chromium")
PATIENCE = 90


@pytest.fixture(scope="session")
def small_store() -> ModuleType:
    """Return the maker of the small store that the tests of the pages use too."""
    path = ROOT / "tests" / "dashboard" / "small_store.py"
    spec = importlib.util.spec_from_file_location("small_store", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the browser, or skip by name; in CI its absence is a failure."""
    if not Path(CHROMIUM).exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"In CI the browser test needs Chromium at {CHROMIUM}")
        pytest.skip(f"Chromium is not at {CHROMIUM}: install Debian's chromium or set SURVEILLANCE_CHROMIUM")
    return CHROMIUM


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where pictures are saved: docs/screenshots when asked for, else a folder of the test."""
    if os.environ.get("SURVEILLANCE_SCREENSHOTS") == "1":
        folder = ROOT / "docs" / "screenshots"
        folder.mkdir(parents=True, exist_ok=True)
        return folder
    return tmp_path_factory.mktemp("pictures")


@pytest.fixture(scope="module")
def server(chromium: str, small_store: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a store whose first product has no log yet, beside three quiet neighbours, on a free loopback port."""
    home = tmp_path_factory.mktemp("served")
    store = small_store.make_store(home)
    small_store.register(store)
    small_store.add_neighbours(store)
    store.close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "SURVEILLANCE_HOME": str(home), "SURVEILLANCE_PORT": str(port)}
    environment.pop("SURVEILLANCE_STORE", None)
    log = (home / "server.log").open("w", encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-c", "from dashboard.server import main; main()"],
        cwd=home,
        env=environment | {"PYTHONPATH": str(ROOT)},
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        wait_until_alive(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)
        log.close()


def wait_until_alive(address: str, process: "subprocess.Popen[bytes]") -> None:
    """Wait until the server answers, or fail with what it said."""
    for _ in range(PATIENCE * 2):
        assert process.poll() is None, "the server ended before it answered"
        try:
            with urlopen(f"{address}/live", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.5)
    pytest.fail(f"the server did not answer at {address} within {PATIENCE} s")
