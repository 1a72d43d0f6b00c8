from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def made_up(monkeypatch) -> ModuleType:
    """The module of made-up documents and codings."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    return sys.modules.get("made_up_case") or import_module("made_up_case")


@pytest.fixture
def store(tmp_path):
    """An empty case, open for writing."""
    from inconcert.store.store import Store

    with Store.create(tmp_path / "case") as opened:
        yield opened
