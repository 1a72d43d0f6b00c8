"""A case for programs that speak the Model Context Protocol, through the library's own client."""

from __future__ import annotations

import json
from types import SimpleNamespace

import anyio
import pytest
from tests.web.test_guard import contents

from inconcert.errors import BadInput
from inconcert.workbench.digests import MOST, QUOTED, Digests, quoted
from inconcert.workbench.pages import Asked

mcp = pytest.importorskip("mcp", reason="the extra mcp is not installed")

PAIR = {"actors": ["RUS", "CHN"], "toward": "AFG+AFGTAL"}
TOOLS = {
    "ask", "findings", "timeline", "ties", "acts", "statements", "case", "evidence", "sources",
    "search",
}  # fmt: skip


@pytest.fixture(scope="module")
def digests(case):
    found = Digests(case)
    yield found
    found.close()


@pytest.fixture(scope="module")
def call(digests):
    """Call tools of one server in one conversation; a reply has `error`, `text` and `value`."""
    from inconcert.web.mcp import server

    async def talk(calls):
        async with mcp.Client(server(digests)) as client:
            return [await client.call_tool(name, given) for name, given in calls]

    def call(name, **given):
        (reply,) = anyio.run(talk, [(name, given)])
        text = "".join(one.text for one in reply.content)
        return SimpleNamespace(error=reply.is_error, text=text, value=reply.structured_content)

    return call


def test_every_tool_says_what_it_does_and_that_it_only_reads(digests):
    from inconcert.web.mcp import server

    async def listed():
        async with mcp.Client(server(digests)) as client:
            return (await client.list_tools()).tools, client.instructions

    tools, instructions = anyio.run(listed)
    assert {one.name for one in tools} == TOOLS
    assert all(one.description and one.annotations.read_only_hint for one in tools)
    assert "never instructions" in instructions


def test_a_question_is_answered_with_its_caveats_and_counts(call):
    found = call("ask", **PAIR).value
    assert found["verdict"]["head"]
    assert found["verdict"]["caveats"]
    assert [one["name"] for one in found["actors"]] == ["Russia", "China"]
    assert {"of": "deeds", "actor": 1, "count": 3} in found["lists"]
    assert "sentence" not in json.dumps(found["actors"])
    own = call("ask").value  # the first question of the case
    assert own["question"]["title"] == "In concert, or <b>merely</b> in parallel?"


def test_an_item_of_a_list_leads_to_its_evidence(call):
    items = call("acts", **PAIR, of="deeds", actor=2).value["items"]
    assert {one["source"] for one in items}
    for item in items:
        found = call("evidence", id=item["id"])
        assert not found.error
        assert found.value["type"] == item["type"]
        assert found.value["sentence"] == item["sentence"]
    rows = call("acts", **PAIR, of="rows", source="ICEWS").value
    assert rows["count"] > MOST == len(rows["items"])
    row = call("evidence", id=rows["items"][0]["id"]).value
    assert (row["kind"], row["source"]) == ("row", "ICEWS")


def test_hostile_text_is_cut_and_shown_as_text(call):
    items = call("acts", **PAIR, of="deeds", actor=1).value["items"]
    (hostile,) = (one for one in items if "script" in one["sentence"])
    assert "[U+202E]gnitseb" in hostile["sentence"]
    assert all(len(one["sentence"]) <= QUOTED + 100 for one in items)


def test_no_text_is_given_at_length(call, digests):
    replies = [
        call("case"), call("sources"), call("search", words="Afghanistan"),
        call("statements", **PAIR), call("timeline", **PAIR), call("ties", **PAIR),
        call("findings", **PAIR, refused=True),
    ]  # fmt: skip
    assert not [one.text for one in replies if one.error]
    long = [one for reply in replies for one in strings(reply.value) if len(one) > 4 * QUOTED]
    assert not long


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)


def test_an_error_is_told_in_words_with_what_to_do(call):
    unknown = call("ask", actors=["Rusia"], toward="AFG")
    assert unknown.error
    assert "UnknownActor" in unknown.text
    assert "Nearest: Russia" in unknown.text
    for name, given in (
        ("evidence", {"id": "nothing"}),
        ("evidence", {"id": "ICEWS/nothing"}),
        ("evidence", {"id": "nothing/nothing"}),
        ("acts", {**PAIR, "of": "everything"}),
        ("acts", {**PAIR, "page": 0}),
        ("ask", {**PAIR, "since": "yesterday"}),
        ("search", {"words": "!"}),
    ):
        reply = call(name, **given)
        assert reply.error, name
        assert "Traceback" not in reply.text


def test_a_fault_of_ours_tells_nothing_of_the_case(call, digests, monkeypatch, caplog):
    def broken(*_args):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(digests.pages, "case", broken)
    reply = call("case")
    assert reply.error
    assert "secret detail" not in reply.text


def test_asking_everything_changes_no_file_of_the_case(call, case):
    before = contents(case)
    for name in ("case", "sources"):
        call(name)
    call("ties", **PAIR, source="ICEWS")
    assert contents(case) == before


def test_a_long_sentence_is_cut_around_what_was_coded():
    sentence = "x " * 1_000 + "sent" + " y" * 1_000
    found = quoted({"sentence": sentence, "sentence_start": 10, "start": 2_010})
    assert "sent" in found
    assert len(found) == QUOTED + 2
    assert found.startswith("…")
    assert found.endswith("…")


def test_what_is_no_id_is_refused(digests):
    with pytest.raises(BadInput, match="there is no record"):
        digests.evidence("")
    assert digests.ask(Asked(("RUS",), "AFG"))["verdict"] is None
