"""An installed wheel serves from any folder, listens on this machine only, and asks no other host."""

import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest
from websockets.sync.client import connect

PROC = Path("/proc")
LISTEN = "0A"
LOOPBACK = "0100007F"
LOOPBACK_NAMES = {"'127.0.0.1'", "'localhost'", "'::1'", "None", "''"}
linux = pytest.mark.skipif(not (PROC / "net" / "tcp").exists(), reason="needs /proc/net/tcp to see who is listening")


def test_the_wheel_carries_what_the_program_reads(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for needed in (
        "surveillance/installed/.streamlit/config.toml",
        "surveillance/installed/data/synthetic/ich-stable.card.toml",
        "surveillance/domain/plan_templates/ich-triage.toml",
        "surveillance/storage/outcome_log/profiles/cardiac-surgery.toml",
        "surveillance/storage/migrations/versions/r0001_sqlite.sql",
        "dashboard/server.py",
        "dashboard/views/this_week.py",
    ):
        assert needed in names
    assert [name for name in names if name.startswith(("tests/", "benchmarks/", "docs/"))] == []


def test_the_wheel_carries_the_measured_tables_that_the_checkout_has(wheel):
    package = "surveillance/services/measured"
    shipped = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith(f"{package}/")}
    present = {f"{package}/{path.name}" for path in (Path(__file__).parents[2] / package).iterdir() if path.is_file()}

    assert f"{package}/__init__.py" in shipped
    assert present == shipped


def test_the_program_of_the_wheel_does_not_see_the_checkout(installation, tmp_path):
    code = "import surveillance, dashboard; print(surveillance.__file__, dashboard.__file__)"
    run = [installation.programs / "python", "-c", code]
    said = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=True, env=plain(tmp_path))
    assert all(str(installation.programs.parent) in file for file in said.stdout.split())


def plain(home: Path, **more: str) -> dict[str, str]:
    """Return the environment of a person who has set nothing."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SURVEILLANCE_", "STREAMLIT_", "PYTHON"))}
    return {**kept, "HOME": str(home), "SURVEILLANCE_HOME": str(home / "state"), **more}


def free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return int(place.getsockname()[1])


def family(pid: int) -> set[int]:
    """Return a process and all that it started."""
    parents = {}
    for entry in PROC.glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parents[int(entry.parent.name)] = int(entry.read_text().rpartition(")")[2].split()[1])
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def sockets(pid: int) -> list[tuple[str, str, str]]:
    """Return local address, other address and state of each TCP socket of a process family, as the kernel writes."""
    inodes = set()
    for member in family(pid):
        for handle in (PROC / str(member) / "fd").glob("*"):
            with contextlib.suppress(OSError):
                inodes.add(str(handle.readlink()))
    rows = [line.split() for table in ("tcp", "tcp6") for line in (PROC / "net" / table).read_text().splitlines()[1:]]
    return [(row[1], row[2], row[3]) for row in rows if f"socket:[{row[9]}]" in inodes]


def wait_for(url: str, server: subprocess.Popen[bytes], log: Path, seconds: float = 480.0) -> None:
    for _ in range(int(seconds * 2)):
        if server.poll() is not None:
            pytest.fail(f"The server ended with {server.returncode}.\n{log.read_text()}")
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=5) as answer:
            if answer.status == 200:
                return
        time.sleep(0.5)
    pytest.fail(f"No answer at {url}.\n{log.read_text()}")


def headings_of_first_page(port: int) -> list[str]:
    """Ask for the first page as a browser does, follow it until it is drawn, and return its headings and its errors."""
    from streamlit.proto.BackMsg_pb2 import BackMsg
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    ask = BackMsg()
    ask.rerun_script.query_string = ""
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    shown = []
    with connect(address, origin=f"http://127.0.0.1:{port}", subprotocols=["streamlit"], max_size=None) as page:
        page.send(ask.SerializeToString())
        while True:
            said = ForwardMsg.FromString(page.recv(timeout=120))
            if (
                said.WhichOneof("type") == "script_finished"
                and said.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
            ):
                return shown
            element = said.delta.new_element
            if element.WhichOneof("type") in {"heading", "exception"}:
                shown.append(element.heading.body or f"Error: {element.exception.message}")


@linux
def test_a_wheel_serves_the_demo_from_an_empty_folder_to_this_machine_only(installation, tmp_path):
    empty, home, log, watched = (tmp_path / name for name in ("empty", "home", "log.txt", "watched.txt"))
    empty.mkdir()
    home.mkdir()
    watched.touch()
    port = free_port()
    env = plain(home, PYTHONPATH=str(installation.watch), WATCHED_SOCKETS=str(watched))
    with log.open("wb") as output:
        command = [installation.programs / "surveillance", "demo", "--port", str(port), "--scenario", "ich-stable"]
        server = subprocess.Popen(command, cwd=empty, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health", server, log)
        assert headings_of_first_page(port)[0] == "This week"
        seen = sockets(server.pid)
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            code = server.wait(timeout=30)
        finally:
            server.kill()

    listening = [local for local, _, state in seen if state == LISTEN]
    assert listening == [f"{LOOPBACK}:{port:04X}"]
    assert {other.split(":")[0] for _, other, state in seen if state != LISTEN} <= {LOOPBACK}
    asked = {line.split(" ", 1)[1] for line in watched.read_text().splitlines()}
    assert asked, "the watch wrote nothing, so it proves nothing"
    assert asked - LOOPBACK_NAMES == set()
    assert code in (0, -signal.SIGTERM)
    assert f"http://127.0.0.1:{port}" in log.read_text()
    assert list(empty.iterdir()) == []
    assert any((home / "state").iterdir())
