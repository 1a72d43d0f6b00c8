"""The names that pages show are those of the register."""

from __future__ import annotations

from inconcert.resolve.register import Register
from inconcert.workbench.pages_names import Names


def test_every_code_is_called_as_the_register_calls_it():
    register = Register.load()
    names = Names.of(register)
    codes = [*register.actors, "SYRREB", "RUSMIL", "no code", ""]
    assert {code: names.name_of(code) for code in codes} == {
        code: register.name_of(code) for code in codes
    }
    assert names.spread(["RUS", "CHN"]) == register.merged.spread(["RUS", "CHN"])
