"""Dates: from the words of a sentence to days, as wide as the words are vague."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.core.document import Document
from inconcert.core.event import When
from inconcert.core.parsed import Paragraph, ParsedDocument, Sentence, Token
from inconcert.core.span import TimeSpan
from inconcert.parse.pipeline import Parser
from inconcert.resolve.dates import DateResolver, is_long_past
from inconcert.resolve.times import time_finder

PUBLISHED = "2021-09-10"  # a Friday
Ask = Callable[..., When]


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser()


def when(parsed: ParsedDocument, word: str, resolver: DateResolver | None = None) -> When:
    start = parsed.document.text.index(word)
    sentence = next(s for s in parsed.sentences if s.start <= start < s.end)
    return (resolver or DateResolver()).when(parsed, start, start + len(word), sentence.index)


@pytest.fixture(scope="module")
def ask(parser: Parser) -> Ask:
    def asking(text: str, word: str, *, published: str | None = PUBLISHED) -> When:
        span = None if published is None else TimeSpan.parse(published)
        (parsed,) = parser.parse([Document.of(text, published=span)])
        return when(parsed, word)

    return asking


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("on 15 August 2021", "2021-08-15"),
        ("on Aug. 15, 2021", "2021-08-15"),
        ("on the 15th of August 2021", "2021-08-15"),
        ("on 2021-08-15", "2021-08-15"),
        ("on August 15–17, 2021", "2021-08-15..2021-08-17"),
        ("from 31 July to 2 August 2021", "2021-07-31..2021-08-02"),
        ("between January and May 2021", "2021-01-01..2021-05-31"),
        ("in August 2021", "2021-08"),
        ("in late August 2021", "2021-08-20..2021-08-31"),
        ("in 2018", "2018"),
        ("in the 1990s", "1990-01-01..1999-12-31"),
        ("in the summer of 2019", "2019-06-01..2019-08-31"),
        ("between 2014 and 2016", "2014-01-01..2016-12-31"),
    ],
)
def test_an_absolute_date_needs_no_date_of_publication(ask: Ask, words: str, span: str) -> None:
    for published in (PUBLISHED, None):
        found = ask(f"The two ministers met {words}.", "met", published=published)
        assert (found.span, found.basis) == (TimeSpan.parse(span), "absolute")


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("yesterday", "2021-09-09"),
        ("today", "2021-09-10"),
        ("on Wednesday", "2021-09-08"),
        ("on Friday", "2021-09-10"),
        ("last Thursday", "2021-09-02..2021-09-09"),
        ("last week", "2021-08-30..2021-09-05"),
        ("last month", "2021-08"),
        ("last year", "2020"),
        ("this week", "2021-09-06..2021-09-10"),
        ("earlier this month", "2021-09-01..2021-09-10"),
        ("three days ago", "2021-09-07"),
        ("two weeks ago", "2021-08-24..2021-08-30"),
        ("just weeks ago", "2021-07-02..2021-09-03"),
        ("in recent weeks", "2021-07-16..2021-09-10"),
        ("over the past few days", "2021-09-04..2021-09-10"),
        ("on 15 August", "2021-08-15"),
        ("on 15 November", "2020-11-15"),
        ("in March", "2021-03"),
        ("in October", "2020-10"),
        ("in March of this year", "2021-03"),
        ("over the weekend", "2021-09-04..2021-09-05"),
        ("since August", "2021-08-01..2021-09-10"),
    ],
)
def test_a_relative_date_counts_from_publication(ask: Ask, words: str, span: str) -> None:
    found = ask(f"The two ministers met {words}.", "met")
    assert found.span == TimeSpan.parse(span)
    assert found.basis == "relative to document date"
    assert words.removeprefix("on ") in found.text


@pytest.mark.parametrize("words", ["yesterday", "last month", "on Wednesday", "two weeks ago"])
def test_in_an_undated_document_a_relative_date_stays_relative(ask: Ask, words: str) -> None:
    found = ask(f"The two ministers met {words}.", "met", published=None)
    assert (found.span, found.basis) == (None, "relative, document undated")
    assert found.text


def test_a_vague_publication_makes_a_weekday_vague(ask: Ask) -> None:
    found = ask("The envoys met on Wednesday.", "met", published="2021-09-01..2021-09-12")
    assert found.span == TimeSpan.parse("2021-09-01..2021-09-12")


def test_a_weekday_ahead_is_the_next_one(ask: Ask) -> None:
    assert ask("The envoys will meet on Tuesday.", "meet").span == TimeSpan.parse("2021-09-14")
    assert ask("The envoys met on Tuesday.", "met").span == TimeSpan.parse("2021-09-07")


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("In the wake of the fall of Kabul", "2021-08-15..2021-09-10"),
        ("Since the fall of Kabul", "2021-08-15..2021-09-10"),
        ("After the annexation of Crimea", "2014-03-18..2014-06-16"),
        ("Before the invasion of Iraq", "2002-03-20..2003-03-19"),
        ("During the Korean War", "1950-06-25..1953-07-27"),
        ("After 9/11", "2001-09-11..2001-12-10"),
    ],
)
def test_an_event_of_known_date_dates_what_is_told_by_it(ask: Ask, words: str, span: str) -> None:
    found = ask(f"{words}, the two ministers met.", "met")
    assert (found.span, found.basis) == (TimeSpan.parse(span), "anchor event")
    assert found.text == words


def test_an_event_named_without_a_word_of_time_dates_only_itself(ask: Ask) -> None:
    text = "The minister discussed the annexation of Crimea."
    assert ask(text, "discussed") == When()
    assert ask(text, "annexation").span == TimeSpan.parse("2014-03-18")


def test_an_event_later_than_the_document_is_another_one(ask: Ask) -> None:
    text = "After the invasion of Ukraine, they met."
    assert ask(text, "met", published="2014-09-01") == When()


def test_the_nearest_clause_dates_its_own_predicate(ask: Ask) -> None:
    text = "Moscow staged drills in July 2021 and Beijing hosted talks in August 2021."
    assert ask(text, "staged").span == TimeSpan.parse("2021-07")
    assert ask(text, "hosted").span == TimeSpan.parse("2021-08")


def test_a_date_of_saying_does_not_date_what_had_happened_before(ask: Ask) -> None:
    text = "The spokesman said on Thursday that troops had crossed the river."
    assert ask(text, "said").span == TimeSpan.parse("2021-09-09")
    assert ask(text, "crossed") == When()


def test_a_relative_clause_does_not_date_the_main_one(ask: Ask) -> None:
    text = "The fighters who crossed the river in 2018 surrendered."
    assert ask(text, "crossed").span == TimeSpan.parse("2018")
    assert ask(text, "surrendered") == When()


def test_a_date_inside_quotation_marks_stays_inside(ask: Ask) -> None:
    text = "“We met them last year,” the minister said."
    assert ask(text, "said") == When()
    assert ask(text, "met").span == TimeSpan.parse("2020")


def test_last_week_dates_the_pledge_not_its_welcome(ask: Ask) -> None:
    text = (
        "The minister was cordial, welcoming the president’s pledge last week that the war is over."
    )
    assert ask(text, "pledge").span == TimeSpan.parse("2021-08-30..2021-09-05")
    assert ask(text, "welcoming") == When()


def test_since_then_carries_the_day_told_before(ask: Ask) -> None:
    text = "The two presidents spoke after the fall of Kabul. Since then, troops have held drills."
    found = ask(text, "held")
    assert found.span == TimeSpan.parse("2021-08-15..2021-09-10")
    assert found.basis == "carried from an earlier sentence"


def test_at_the_same_time_carries_the_days_told_before(ask: Ask) -> None:
    text = "Last month, guards left their posts. At the same time, diplomats shut their consulates."
    assert ask(text, "shut").span == TimeSpan.parse("2021-08")


def test_history_is_not_carried(ask: Ask) -> None:
    text = "Two decades ago, warlords sent fighters. Since then, troops have held drills."
    assert ask(text, "held").span is None


def test_two_days_later_counts_from_the_day_told_before(ask: Ask) -> None:
    text = "The ministers met on 20 August 2021. Two days later, they signed a treaty."
    assert ask(text, "signed").span == TimeSpan.parse("2021-08-22")


@pytest.mark.parametrize(
    "text",
    [
        "He told The Sunday Telegraph that guards met envoys.",
        "The guards met as soon as possible.",
        "The guards met 2000 soldiers.",
        "The envoys met on the 2030 Agenda.",
        "They may march; the guards met them.",
        "The guards met China, meanwhile a large power.",
    ],
)
def test_what_only_looks_like_a_date_is_none(ask: Ask, text: str) -> None:
    assert ask(text, "met") == When()


def test_a_line_end_inside_an_expression_is_a_space(ask: Ask) -> None:
    found = ask("The two ministers met on 15\nAugust 2021.", "met")
    assert (found.span, found.text) == (TimeSpan.parse("2021-08-15"), "on 15 August 2021")


def test_one_resolver_serves_one_document_after_another(parser: Parser) -> None:
    resolver = DateResolver()
    first, second = parser.parse(
        [Document.of("They met in 2018."), Document.of("They met in 2019.")]
    )
    assert when(first, "met", resolver).span == TimeSpan.parse("2018")
    assert when(second, "met", resolver).span == TimeSpan.parse("2019")
    assert when(first, "met", resolver).span == TimeSpan.parse("2018")


def test_more_than_a_year_before_publication_is_long_past() -> None:
    published = TimeSpan.parse("2021-09-10")
    assert is_long_past(When(TimeSpan.parse("2014")), published)
    assert not is_long_past(When(TimeSpan.parse("2020-10")), published)
    assert not is_long_past(When(), published)
    assert not is_long_past(When(TimeSpan.parse("2014")), None)


def test_every_anchor_is_found_by_its_own_trigger() -> None:
    text = "It began after 9/11 and ended with the fall of Kabul to the Taliban."
    found = [text[e.core_start : e.end] for e in time_finder().find(text)]
    assert found == ["9/11", "fall of Kabul"]


WORDS = (
    "on in since last this next August 31 2021 1996 Monday two weeks ago later the early "
    "30 February 45 days , - to decade past coming month summer year 1990s by end of from now "
    "quarter third half a ago century 21st for has until Friday recently 9/11 after anniversary"
)


@given(
    words=st.lists(
        st.sampled_from(WORDS.split()),
        max_size=12,
    ),
    day=st.one_of(st.dates(), st.sampled_from([date.min, date.max])),
)
def test_no_heap_of_words_breaks_the_calendar(words: list[str], day: date) -> None:
    text = " ".join(["met", *words])
    tokens, at = [], 0
    for index, word in enumerate(text.split(" ")):
        tokens.append(Token(index, at, at + len(word), word, word, "VERB", "VBD", "dep", 0, 0))
        at += len(word) + 1
    document = Document.of(text, published=TimeSpan.day(day))
    parsed = ParsedDocument(
        document,
        (Paragraph(0, 0, len(text)),),
        (Sentence("s", document.id, 0, 0, len(text), 0, len(tokens), 0),),
        tuple(tokens),
        (),
        (tuple(range(1, len(tokens))), *((),) * (len(tokens) - 1)),
    )
    resolver = DateResolver()
    found = [resolver.when(parsed, 0, 3, 0), *(one for *_, one in resolver.expressions(parsed))]
    assert all(one.span is None or one.span.first <= one.span.last for one in found)


def test_a_bare_date_is_the_nearest_one_where_the_tense_does_not_tell(ask: Ask) -> None:
    thanks = "We thank them for leaving on August 31."
    assert ask(thanks, "thank", published="2021-08-30").span == TimeSpan.parse("2021-08-31")
    assert ask("They meet on October 1.", "meet").span == TimeSpan.parse("2021-10-01")


def test_a_bare_date_of_something_done_is_the_last_one(ask: Ask) -> None:
    assert ask("They met on October 1.", "met").span == TimeSpan.parse("2020-10-01")
    assert ask("They met in December.", "met").span == TimeSpan.parse("2020-12")


def test_what_was_done_by_another_clock_may_be_dated_a_day_after_publication(ask: Ask) -> None:
    found = ask("The last soldiers left on August 31.", "left", published="2021-08-30")
    assert found.span == TimeSpan.parse("2021-08-31")


def test_at_the_same_time_tells_nothing_where_no_day_was_told_before(ask: Ask) -> None:
    assert ask("At the same time, they met.", "met") == When()


def test_what_is_looked_forward_to_lies_ahead(ask: Ask) -> None:
    found = ask("I look forward to welcoming him on Friday.", "welcoming", published="2021-09-21")
    assert found.span == TimeSpan.parse("2021-09-24")


def test_what_is_continued_is_already_under_way(ask: Ask) -> None:
    found = ask("We continue to provide aid to Ethiopia this year.", "provide")
    assert found.span == TimeSpan.parse("2021-01-01..2021-09-10")
