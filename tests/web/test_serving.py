"""The server begins on this machine alone, and says plainly where it cannot."""

from __future__ import annotations

import asyncio
import socket

import pytest
import uvicorn

from inconcert.errors import BadInput, NoCase
from inconcert.web.serving import HOST, _listening, _Server, serve


def never(address):
    raise AssertionError(f"the server began at {address}")


def test_a_port_that_is_taken_is_told(tmp_path):
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(BadInput, match=f"port {port} cannot be used"):
            serve(tmp_path, port=port, open_browser=False, ready=never)


def test_a_folder_without_a_case_is_not_served(tmp_path):
    with pytest.raises(NoCase):
        serve(tmp_path, port=0, open_browser=False, ready=never)


def test_who_waits_for_an_answer_is_told_before_the_server_waits_for_them(monkeypatch):
    order = []

    async def end(_server, _sockets):
        order.append("ended")

    monkeypatch.setattr(uvicorn.Server, "shutdown", end)
    server = _Server(uvicorn.Config(never), lambda: None, lambda: order.append("told"))
    asyncio.run(server.shutdown())
    assert order == ["told", "ended"]


def test_only_this_machine_can_reach_it():
    with _listening(0) as found:
        assert found.getsockname()[0] == "127.0.0.1"
