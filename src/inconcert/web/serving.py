"""Runs the workbench on this machine alone, and opens a browser at it."""

from __future__ import annotations

import logging
import socket
import threading
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import uvicorn

from inconcert.errors import BadInput
from inconcert.web.answering import Answering
from inconcert.web.app import application
from inconcert.web.guard import own_hosts
from inconcert.web.openapi import document

HOST = "127.0.0.1"
PORT = 8765
KEPT = 75
"""Seconds for which a connection without a request is kept: a busy reader may be slow to ask."""


def serve(
    case: Path,
    *,
    port: int = PORT,
    open_browser: bool = True,
    ready: Callable[[str], None],
) -> None:
    """Serve the pages of a case until it is stopped.

    Args:
        case: its folder.
        port: 0 for any that is free.
        open_browser: open the first page in the browser of this machine.
        ready: told the address once pages can be had.

    Raises:
        NoCase: the folder is no case.
        BadInput: the port is taken.
    """
    listening = _listening(port)
    port = int(listening.getsockname()[1])
    address = f"http://{HOST}:{port}/"
    logging.getLogger("inconcert.web").addHandler(logging.StreamHandler())
    with listening:
        elsewhere = Answering(case)
        app = application(case, hosts=own_hosts(port), warm=True, elsewhere=elsewhere)
        config = uvicorn.Config(
            app, log_level="critical", access_log=False, server_header=False, lifespan="on",
            ws="none", timeout_graceful_shutdown=2, timeout_keep_alive=KEPT, limit_concurrency=512,
        )  # fmt: skip
        told = partial(_told, address, ready, open_browser=open_browser)
        server = _Server(config, told, elsewhere.close)
        with suppress(KeyboardInterrupt):  # it is how one stops
            server.run(sockets=[listening])


def described() -> dict[str, Any]:
    """What the server answers, as OpenAPI 3.1."""
    return document()


class _Server(uvicorn.Server):
    """A server that says when it has begun, and when it is about to end."""

    def __init__(
        self, config: uvicorn.Config, begun: Callable[[], None], ending: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._begun, self._ending = begun, ending

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, and say so."""
        await super().startup(sockets)
        if self.started:
            self._begun()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Say so first, so that who waits for an answer is told; then end."""
        self._ending()
        await super().shutdown(sockets)


def _told(address: str, ready: Callable[[str], None], *, open_browser: bool) -> None:
    ready(address)
    if open_browser:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _listening(port: int) -> socket.socket:
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((HOST, port))
    except OSError as error:
        found.close()
        raise BadInput(
            f"port {port} cannot be used: {error.strerror or error}",
            where="--port",
            advice="Is the workbench open already? Choose another port, or 0 for any that is free.",
        ) from error
    return found
