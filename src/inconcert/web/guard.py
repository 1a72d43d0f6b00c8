"""What stands before every page: who may ask, what a browser may do with what it gets.

The server listens on the machine's own address only. A page of somebody else's, open in the same
browser, must neither read a case nor change one: the name under which the server was called is
checked, and whatever is not a plain reading needs the token that only our own pages hold.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from inconcert.errors import BadInput
from inconcert.web.replies import problem

READING = frozenset({"GET", "HEAD"})
TOKEN_HEADER = "x-inconcert-token"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
"""Laid on every reply, errors included."""


def own_hosts(port: int) -> frozenset[str]:
    """Names under which a server on this machine may be called.

    Example:
        >>> sorted(own_hosts(8765))
        ['127.0.0.1:8765', '[::1]:8765', 'localhost:8765']
    """
    names = ("127.0.0.1", "localhost", "[::1]")
    with_port = {f"{name}:{port}" for name in names}
    return frozenset(with_port | set(names) if port == 80 else with_port)


class Guard:
    """Lets through what comes from this machine's own pages, and lays `HEADERS` on every reply.

    Args:
        app: what is guarded.
        hosts: names, with port, under which the server may be called.
        token: what a writing request must carry.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str], token: str) -> None:
        self.app, self.hosts, self.token = app, frozenset(hosts), token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message.setdefault("headers", []))
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        refusal = self._refusal(scope)
        if refusal is None:
            await self.app(scope, receive, with_headers)
        else:
            status, error = refusal
            reply = problem(scope["path"], error, status)
            await reply(scope, receive, with_headers)

    def _refusal(self, scope: Scope) -> tuple[int, BadInput] | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if host.lower() not in self.hosts:
            return 400, BadInput(
                "this server is not called by that name",
                where="Host",
                advice="Open the address that `inconcert serve` printed.",
            )
        if scope["method"] in READING:
            return None
        origin = urlsplit(headers.get("origin", ""))
        is_own = origin.scheme == "http" and origin.netloc.lower() in self.hosts
        given = headers.get(TOKEN_HEADER, "")
        if not is_own or not secrets.compare_digest(given.encode(), self.token.encode()):
            return 403, BadInput(
                "only a page of this workbench may change something",
                where=f"{scope['method']} {scope['path']}",
                advice="Reload the page and do it from there.",
            )
        return None
