"""The server says where it listens, wears its headers, and loads no statistics stack for a page."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard import server
from surveillance.services.installed_files import installed

HEAVY = ["sklearn", "statsmodels", "scipy.stats", "numba", "pandera"]


def test_the_app_is_made_by_a_call_that_streamlit_can_find_in_the_source() -> None:
    tree = ast.parse(Path(server.__file__).read_text(encoding="utf-8"))
    calls = [node.value for node in tree.body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)]

    assert "st.App" in {ast.unparse(call.func) for call in calls}


def test_every_option_of_the_installed_file_is_passed_with_the_port_asked_for() -> None:
    options = server.options(8633)
    written = tomllib.loads(installed(".streamlit/config.toml").read_text(encoding="utf-8"))

    assert options["server.address"] == "127.0.0.1"
    assert options["server.port"] == options["browser.serverPort"] == 8633
    assert options["theme.dark.sidebar.backgroundColor"] == written["theme"]["dark"]["sidebar"]["backgroundColor"]
    assert options["browser.gatherUsageStats"] is False
    assert options["client.showErrorDetails"] == "none"


def test_every_answer_wears_the_security_headers_once() -> None:
    async def careless(_request: object) -> PlainTextResponse:
        return PlainTextResponse("x", headers={"X-Frame-Options": "ALLOWALL"})

    wrapped = Starlette(routes=[Route("/", careless)], middleware=[Middleware(server.SecurityHeaders)])
    answer = TestClient(wrapped).get("/")

    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers.get_list("x-frame-options") == ["DENY"]


def test_the_policy_names_no_other_host_and_no_unsafe_script() -> None:
    script = next(part for part in server.POLICY.split("; ") if part.startswith("script-src"))

    assert "http" not in server.POLICY
    assert "*" not in server.POLICY
    assert "unsafe" not in script


def test_the_live_route_tells_only_that_the_process_answers() -> None:
    answer = TestClient(Starlette(routes=[Route("/live", server.live)])).get("/live")

    assert (answer.status_code, answer.text) == (200, "alive")


@pytest.mark.parametrize("module", ["dashboard.app", "dashboard.server", "dashboard.components.deployment_tabs"])
def test_a_page_imports_no_statistics_stack(module: str) -> None:
    check = f"import sys, {module}; print([name for name in {HEAVY!r} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "[]"
