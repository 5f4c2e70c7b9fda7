"""A wheel, built once, and an installation of it that cannot see the checkout."""

import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Python tells this hook of every address that a socket is bound or connected to and of every name that is looked up,
# in each process that is started with it; the program cannot switch it off.
WATCH = '''"""Writes down every address that this process connects to, sends to, listens on or looks up."""

import os
import sys

WATCHED = {"socket.connect": 1, "socket.sendto": 1, "socket.bind": 1, "socket.getaddrinfo": 0,
           "socket.gethostbyname": 0, "socket.gethostbyaddr": 0}


def _write_down(event, arguments):
    if event in WATCHED:
        address = arguments[WATCHED[event]]
        if WATCHED[event] and not isinstance(address, tuple):
            return  # a socket file between processes of this machine
        host = address[0] if isinstance(address, tuple) else address
        with open(os.environ["WATCHED_SOCKETS"], "a", encoding="utf-8") as report:
            report.write(f"{event} {host!r}\\n")


sys.addaudithook(_write_down)
'''


@dataclass(frozen=True)
class Installation:
    """A fresh environment in which only the wheel is installed, and the folder of the socket watch."""

    programs: Path
    watch: Path


@pytest.fixture(scope="session")
def wheel(tmp_path_factory) -> Path:
    """Build the wheel as it would be published."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="session")
def installation(wheel, tmp_path_factory) -> Installation:
    """Install the wheel alone; its dependencies are the ones of these tests, so nothing is downloaded.

    The folder of the dependencies is named in a .pth file: Python then reads no .pth file in it, so that an editable
    installation of the checkout there stays out of sight.
    """
    folder = tmp_path_factory.mktemp("installation")
    venv.create(folder / "venv", with_pip=False)
    python = folder / "venv" / "bin" / "python"
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-index", "--no-deps"]
    subprocess.run([*command, str(wheel)], check=True)
    (packages,) = (folder / "venv" / "lib").glob("python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    watch = folder / "watch"
    watch.mkdir()
    (watch / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    return Installation(python.parent, watch)
