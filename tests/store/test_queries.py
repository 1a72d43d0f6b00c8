from __future__ import annotations

import re
from importlib.resources import files

import pytest

NAMES = sorted(
    path.name for path in files("inconcert.store").joinpath("sql").iterdir() if path.name[0] != "."
)


@pytest.mark.parametrize("name", NAMES)
def test_a_query_says_what_it_asks_and_what_goes_in_and_out(name):
    first, second, *_ = (
        files("inconcert.store").joinpath("sql", name).read_text("utf-8").split("\n")
    )
    assert re.fullmatch(r"-- \w.*\?.*", first)
    assert re.fullmatch(r"-- In: .+  Out: .+\.", second)


@pytest.mark.parametrize("name", NAMES)
def test_every_query_is_used(name):
    code = "".join(
        path.read_text("utf-8")
        for path in files("inconcert.store").iterdir()
        if path.name[-3:] == ".py"
    )
    assert f'"{name.removesuffix(".sql")}"' in code
