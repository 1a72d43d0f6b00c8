"""What the chain adds when it joins the parts: days, standing as of the day, what is long past."""

from __future__ import annotations

from datetime import date

from inconcert.core.coding import Coding
from inconcert.core.document import Document
from inconcert.core.event import EventMention
from inconcert.core.evidence import EventRecord, Located
from inconcert.core.span import TimeSpan
from inconcert.workbench.chain import chain, provenance_of


def coded(text: str, *, published: str = "2021-08-20", speaker: str | None = None) -> Coding:
    span = TimeSpan.parse(published)
    return chain().code(Document.of(text, published=span, speaker=speaker, language="en"))


def record(event: EventMention, *, published: str) -> EventRecord:
    document = Document.of("", published=TimeSpan.parse(published))
    at = Located("d", document.source, None, document.published, None, "memory", "", 0)
    return EventRecord(event, at)


def test_a_group_stands_as_it_stood_on_the_day_of_the_act() -> None:
    found = coded(
        "On 14 August the Taliban attacked Afghan troops. "
        "On 18 August the Taliban met Chinese diplomats."
    )
    standing = [event.actors[0].sectors for event in found.events]
    assert standing == [("REB",), ("GOV",)]


def test_what_happened_years_ago_is_set_aside() -> None:
    (event,) = coded("Russia attacked Georgia in August 2008.").events
    assert event.auxiliary == ("historical",)


def test_what_went_on_for_decades_is_background() -> None:
    found = coded("Over the last two decades the United States gave aid to Afghanistan.")
    assert all(event.auxiliary for event in found.events)


def test_a_promise_is_made_when_it_is_reported_not_on_the_day_it_speaks_of() -> None:
    (event,) = coded("Russia will send aid to Syria on 1 June 2030.").events
    assert (event.type, event.auxiliary) == ("AGREE", ())
    assert record(event, published="2021-08-20").day == date(2021, 8, 20)


def test_the_words_of_a_speech_are_said_when_it_is_given() -> None:
    found = coded("On 1 May 2020 the Taliban promised peace.", speaker="UZB")
    speech = [statement for statement in found.statements if statement.cue == "speech"]
    assert all(statement.when.span is None for statement in speech)


def test_the_provenance_names_the_coder_and_is_the_same_twice() -> None:
    assert provenance_of(None, None) == provenance_of(None, None)
    assert provenance_of(None, None).coder == "rules and model"
