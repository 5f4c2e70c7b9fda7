"""The server: the app behind security headers, a live route, and every option of the installed config file."""

import base64
import gc
import hashlib
import os
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from surveillance.services.installed_files import installed

INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def inline_hashes() -> str:
    """Return the hashes of the inline scripts of Streamlit's own page, so that no other inline script runs."""
    page = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    digests = (hashlib.sha256(script.encode()).digest() for script in INLINE.findall(page))
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


POLICY = (
    f"default-src 'self'; script-src 'self' {inline_hashes()}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss:; worker-src 'self' blob:; "
    "frame-src 'self'; frame-ancestors 'none'; object-src 'none'; base-uri 'self'; form-action 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class SecurityHeaders:
    """Put the security headers on every HTTP answer: nothing is fetched from, or framed by, another host."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; on the way back replace what the app may have said itself."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = {name.lower().encode() for name in HEADERS}
                kept = [pair for pair in message.get("headers", []) if pair[0].lower() not in ours]
                message["headers"] = kept + [(name.encode(), value.encode()) for name, value in HEADERS.items()]
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


async def live(_request: Request) -> PlainTextResponse:
    """Say that the process answers; it tells nothing of any store."""
    return PlainTextResponse("alive", headers={"Cache-Control": "no-store"})


app = st.App(
    str(Path(__file__).parent / "app.py"),
    routes=[Route("/live", live)],
    middleware=[Middleware(SecurityHeaders)],
)


def options(port: int) -> dict[str, Any]:
    """Return every option of the installed config file by its dotted name, with the port asked for."""

    def flat(table: dict[str, Any], above: str = "") -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, value in table.items():
            found |= flat(value, f"{above}{name}.") if isinstance(value, dict) else {f"{above}{name}": value}
        return found

    config = flat(tomllib.loads(installed(".streamlit/config.toml").read_text(encoding="utf-8")))
    return {**config, "server.port": port, "browser.serverPort": port}


def main(port: int | None = None) -> None:
    """Serve on loopback until stopped; the port is the argument, else SURVEILLANCE_PORT, else 8501.

    A department that puts the server behind its own proxy leaves the address as it is: the proxy listens,
    the dashboard stays on loopback.
    """
    asked = port if port is not None else int(os.environ.get("SURVEILLANCE_PORT", "8501"))
    sys.stdout.write(f"AI surveillance dashboard: http://127.0.0.1:{asked}\nStop with Ctrl+C.\n")
    sys.stdout.flush()
    gc.collect()
    gc.freeze()
    app.run(config=options(asked))


if __name__ == "__main__":
    main()
