from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def made_up() -> ModuleType:
    """The module of made-up events."""
    sys.path.insert(0, str(Path(__file__).parent))
    try:
        return sys.modules.get("made_up_events") or import_module("made_up_events")
    finally:
        sys.path.pop(0)


@pytest.fixture(scope="session")
def events(made_up):
    """800 events of two sources."""
    return made_up.make()


@pytest.fixture(scope="session")
def query(made_up, events):
    """Answers SQL on them."""
    with made_up.lake(events) as base:
        yield lambda sql, parameters: base.sql(sql, params=parameters)
