"""What no editor would let pass: coded, or left out, and never a crash or a long wait."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inconcert.code.clauses import Clauses
from inconcert.code.gate import MOST_OF_A_LIST, MOST_WORDS, passing
from inconcert.core.coding import Coding
from inconcert.core.document import Document
from inconcert.workbench.chain import chain


def coded(text: str) -> Coding:
    """Code a text, and see that every record points into it."""
    found = chain().code(Document.of(text, language="en"))
    for event in found.events:
        assert 0 <= event.start < event.end <= len(text)
        for who in (*event.actors, *event.recipients, *event.about):
            assert 0 <= who.start < who.end <= len(text)
    assert len({event.id for event in found.events}) == len(found.events)
    return found


def types(text: str) -> set[str]:
    return {event.type for event in coded(text).events}


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n\t", "\x00", "\ufeff\u200b", "…", "🦃", "())(", "“”‘’", "<br/>", "----"],
)
def test_text_without_words_holds_no_event(text: str) -> None:
    assert coded(text).events == ()


STILL_CODED = {
    "emoji": "Russia 🇷🇺 condemned 😡 Turkey 🦃🇹🇷 👨‍👩‍👧‍👦.",
    "scripts": "Россия, 中国, Ελλάδα and the rest: Russia condemned Turkey, حاربت.",
    "dashes": "On Monday—a ‘cold’ day – Russia condemned Turkey…",
    "entities left over": "Russia&nbsp;condemned&nbsp;Greece. Russia condemned Turkey &amp; left.",
    "odd spaces": "Russia\u00a0\u2003condemned\u202f\u3000Turkey\u2009.",
    "soft hyphens": "Rus\u00adsia con\u00addemned Tur\u00adkey.",
    "broken lines": "Russia\ncondemned\r\nTurkey.",
    "a long word": f"Russia condemned Turkey, {'a' * 5000}.",
}


@pytest.mark.parametrize("case", STILL_CODED)
def test_dirt_round_a_plain_act_does_not_hide_it(case: str) -> None:
    assert "ACCUSE" in types(STILL_CODED[case])


@pytest.mark.parametrize(
    "text",
    [
        "Russia " + "(" * 200 + "which condemned Turkey" + ")" * 200 + " left.",
        "“‘“Russia condemned Turkey,” he said,’ she said,” Putin said, “‘‘“ and ”’",
        "<p>Russia <b>condemned</b> Turkey</p><script>alert('Iran attacked Iraq')</script>",
        "Russia\x00 condemned\x07 Turkey\x1b[31m.\x0b\x0c \u2028 \u202eIran attacked Iraq\u202c",
        "Russia c\u0301o\u0301ndemned a\u0308\u0308\u0308 İstanbul; Türkiye ﬁnds ǅ ŉ ΐ.",
        "Russia, China, Iran, Turkey and the rest of the region.",
        "{'actor': 'Russia', 'act': [condemned], \"to\": Turkey}; drop table events; %s %n",
        "! ? . , Russia . condemned ! Turkey ?",
    ],
)
def test_what_cannot_be_read_does_no_harm(text: str) -> None:
    coded(text)


HEADLINES = {
    "RUSSIA CONDEMNS TURKEY": "ACCUSE",
    "IRAN URGES IRAQ TO RETURN TO TALKS": "REQUEST",
    "TALIBAN ATTACK KILLS 12 IN KABUL": "ASSAULT",
    "RUSSIA ACCUSES UKRAINE OF SHELLING BORDER VILLAGE": "ACCUSE",
}


@pytest.mark.parametrize("headline", HEADLINES)
def test_a_headline_in_capitals_is_coded(headline: str) -> None:
    assert HEADLINES[headline] in types(headline)


@pytest.mark.parametrize(
    "text",
    [
        "Russia condemned Turkey and " * 500 + "left.",
        "Russia attacked Ukraine, " * 500 + "and left.",
        "Afghanistan " * 2000,
    ],
    ids=["joined by and", "joined by commas", "one name"],
)
def test_of_a_sentence_of_thousands_of_words_only_so_many_are_read(text: str) -> None:
    tools = chain()
    parsed = next(tools.parser.parse([Document.of(text, language="en")]))
    mentions = tools.resolver.mentions(parsed)
    clauses = Clauses(parsed, mentions)
    read = [len(passing(clauses, sentence)) for sentence in parsed.sentences]
    assert max(read) <= MOST_WORDS
    assert sum(read) <= MOST_OF_A_LIST * len(read) + MOST_WORDS
    tools.coder.events(parsed, mentions)


PIECES = st.sampled_from(
    [
        "Russia", "the Taliban", "condemned", "attacked", "will meet", "TURKEY", "its", "talks",
        "“", "”", "'", "(", ")", "<b>", "&amp;", "🦃", "\x00", "\u202e", "Україна", "中国",
        "—", "…", ".", ",", "\n", "\n\n", "Q:", "not", "and", "\u0301", "\ufeff", "said", "$5m",
    ]
)  # fmt: skip


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.lists(PIECES, max_size=25))
def test_scraps_of_text_in_any_order_never_break_the_coder(pieces: list[str]) -> None:
    coded(" ".join(pieces))
