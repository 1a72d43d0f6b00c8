"""Records with merged actors under the code that counts."""

from __future__ import annotations

import pytest

from inconcert.resolve.decisions import Merged
from inconcert.workbench.decided import with_merged


@pytest.fixture
def coded(bench):
    bench.code(processes=1)
    return bench


def test_records_of_merged_actors_have_the_code_that_counts(coded):
    merged = Merged({"AFGTAL": "AFGNRF"}, {"AFGTAL": "AFGNRF"}, {})
    before = coded.events()
    after = with_merged(before, merged)
    named = {one.code for item in before for one in item.event.recipients + item.event.actors}
    codes = {one.code for item in after for one in item.event.recipients + item.event.actors}
    assert "AFGTAL" in named
    assert codes == (named - {"AFGTAL"}) | {"AFGNRF"}
    assert [one.event.id for one in after] == [one.event.id for one in before]


def test_without_decisions_records_are_the_same(coded):
    assert with_merged(coded.events(), Merged()) == coded.events()
    assert with_merged(coded.statements(), Merged()) == coded.statements()
