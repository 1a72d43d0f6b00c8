"""A made-up case of a few hundred records, with sentences such as real briefings hold."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser

import pytest

from inconcert.core.document import Source
from inconcert.core.event import EventMention, When
from inconcert.core.evidence import Corpus, EventRecord, Located, SourceSummary, StatementRecord
from inconcert.core.ids import content_id
from inconcert.core.mention import Participant
from inconcert.core.question import Question
from inconcert.core.span import TimeSpan
from inconcert.core.statement import Statement
from inconcert.core.verdict import Answer
from inconcert.judge.answer import answer

NAMES = {
    "USA": "United States",
    "RUS": "Russia",
    "CHN": "China",
    "AFG": "Afghanistan",
    "AFGTAL": "Taliban",
    "PAK": "Pakistan",
}
WORDS = {
    "USA": ("President Biden", "Joe Biden"),
    "RUS": ("Sergey Lavrov", "Sergey Lavrov"),
    "CHN": ("Wang Yi", "Wang Yi"),
    "AFG": ("the Afghan government", None),
    "AFGTAL": ("the Taliban", None),
    "PAK": ("Islamabad", None),
}
DEEDS = (
    ("AID", None, "{a} {verb} food and medicine to {r} ahead of the winter", "sent"),
    ("CONSULT", "visit", "{a} {verb} with envoys of {r} in Doha on Monday", "met"),
    ("COOPERATE", None, "{a} {verb} with {r} on flights out of Kabul airport", "worked"),
    ("ACCUSE", "disapprove", "{a} {verb} {r} of breaking what was promised in Doha", "accused"),
    ("RETREAT", None, "{a} {verb} the last troops that had trained {r}", "withdrew"),
    ("SANCTION", None, "{a} {verb} the reserves that {r} had counted on", "froze"),
)
SAID = (
    "{s} {cue} that {t} “must keep its word” and let people leave.",
    "“We will judge {t} by what it does, not by what it says,” {s} {cue}.",
    "{s} {cue} there was no military solution and that {t} knew it.",
)
SOURCES = (Source("White House", "USA"), Source("General Assembly", None), Source("TASS", "RUS"))


def located(sentence: str, number: int, day: date | None, **fields: object) -> Located:
    """Where a sentence stands; one document for every three sentences."""
    source = SOURCES[number % 7 % 3]
    document = content_id(source.name, str(day))
    values: dict[str, object] = {
        "document": document,
        "source": source,
        "title": f"Remarks on Afghanistan, {number}",
        "published": None if day is None else TimeSpan.day(day),
        "url": f"https://www.example.org/briefings/{number}",
        "place": f"{document}.txt",
        "sentence": sentence,
        "start": 40 * number,
        **fields,
    }
    return Located(**values)  # type: ignore[arg-type]


def who(code: str, sentence: str, start: int, words: str, name: str | None) -> Participant:
    """The participant named by these words, with its offsets in the document."""
    place = sentence.index(words)
    return Participant(code, ("GOV",), name, start + place, start + place + len(words))


def deed(
    number: int, actors: str, recipient: str, day: date | None, **fields: object
) -> EventRecord:
    """An event record with a sentence that tells of it."""
    kind, mode, pattern, verb = DEEDS[number % len(DEEDS)]
    codes = actors.split()
    named = [WORDS[code][0] for code in codes]
    sentence = pattern.format(a=" and ".join(named), r=WORDS[recipient][0], verb=verb) + "."
    at = located(sentence, number, day)
    values: dict[str, object] = {
        "id": f"event{number}{actors}",
        "document": at.document,
        "sentence": number,
        "start": at.start + sentence.index(verb),
        "end": at.start + sentence.index(verb) + len(verb),
        "type": kind,
        "mode": mode,
        "contexts": ("diplomatic",),
        "auxiliary": (),
        "actors": tuple(who(c, sentence, at.start, *WORDS[c]) for c in codes),
        "recipients": (who(recipient, sentence, at.start, *WORDS[recipient]),),
        "about": (),
        "when": When(
            None if day is None else TimeSpan.day(day), "Monday", "relative to document date"
        ),
        "rule": "subject-verb-object",
        "confidence": 0.7,
        **fields,
    }
    return EventRecord(EventMention(**values), at)  # type: ignore[arg-type]


def said(number: int, speaker: str, about: str, day: date | None) -> StatementRecord:
    """A statement record with its quote."""
    words, name = WORDS[speaker]
    other = WORDS[about][0]
    sentence = SAID[number % len(SAID)].format(s=words, t=other, cue="said")
    at = located(sentence, number, day)
    opens, closes = sentence.find("“"), sentence.find("”")
    quotes = ((at.start + opens + 1, at.start + closes),) if opens >= 0 else ()
    cue = at.start + sentence.index("said")
    statement = Statement(
        id=f"statement{number}{speaker}",
        document=at.document,
        sentence=number,
        start=cue,
        end=cue + 4,
        cue="say",
        speakers=(who(speaker, sentence, at.start, words, name if number % 4 else "Jen Psaki"),),
        speaker_text=words,
        addressees=(),
        about=(who(about, sentence, at.start, other, None),),
        form="mixed" if quotes else "indirect",
        content_start=at.start,
        content_end=at.start + len(sentence),
        quotes=quotes,
        when=When(),
        rule="say-that",
        confidence=0.8,
    )
    return StatementRecord(statement, at)


def some_day(rng: random.Random) -> date:
    """A day of 2021, August and September busier than the rest."""
    if rng.random() < 0.5:
        return date(2021, 8, 1) + timedelta(days=rng.randrange(60))
    return date(2021, 1, 20) + timedelta(days=rng.randrange(330))


def some_records(events: int, statements: int) -> tuple[list[EventRecord], list[StatementRecord]]:
    """So many records, always the same."""
    rng = random.Random(7)
    deeds = []
    for number in range(events):
        actors = rng.choice(["USA", "USA", "USA", "RUS", "CHN", "RUS CHN"])
        recipient = rng.choice(["AFG", "AFGTAL"])
        aside = rng.choice([(), (), (), (), ("future",), ("negation",), ("future", "hypothetical")])
        day = None if number % 60 == 0 else some_day(rng)
        deeds.append(deed(number, actors, recipient, day, auxiliary=aside))
    spoken = [
        said(
            number,
            rng.choice(["USA", "USA", "RUS", "PAK"]),
            rng.choice(["AFG", "AFGTAL"]),
            some_day(rng),
        )
        for number in range(statements)
    ]
    return deeds, spoken


@pytest.fixture
def corpus() -> Corpus:
    """What the made-up case holds."""
    return Corpus(
        sources=tuple(
            SourceSummary(source, 60, 9000, date(2021, 1, 20), date(2021, 12, 15))
            for source in SOURCES
        ),
        undated=3,
        not_coded=(("language not coded: ru", 4),),
        left_out=(("empty", 2, ("notes/empty.txt", "notes/blank.md")), ("not text", 1, ("a.bin",))),
        sentences_by_country=(("USA", 25_110), ("PAK", 700), ("RUS", 600), (None, 590)),
        skipped=(("question of a reporter", 1200),),
        coders=("patterns 1",),
    )


@pytest.fixture
def questions() -> tuple[Question, Question]:
    """Two actors with a verdict, and one with a split."""
    other = {"toward": ("AFG", "AFGTAL"), "toward_name": "the Afghan side"}
    return (
        Question((("RUS",), ("CHN",)), names=("Russia", "China"), **other),  # type: ignore[arg-type]
        Question((("USA",),), names=("United States",), split=date(2021, 8, 15), **other),  # type: ignore[arg-type]
    )


@pytest.fixture
def answers(corpus: Corpus, questions: tuple[Question, Question]) -> list[Answer]:
    """Both questions answered from a few hundred records."""
    events, statements = some_records(240, 260)
    return [answer(question, events, statements, corpus, names=name) for question in questions]


def name(code: str) -> str:
    """Name of a code as shown."""
    return NAMES.get(code, code)


@pytest.fixture
def settings() -> dict[str, object]:
    """Everything a brief needs beside its answers."""
    return {
        "title": "What Russia, China and the United States did in Afghanistan",
        "names": name,
        "made": datetime(2021, 12, 20, 9, 30, tzinfo=UTC),
        "version": "0.1.0",
    }


@pytest.fixture
def records() -> Callable[[int, int], tuple[list[EventRecord], list[StatementRecord]]]:
    """Makes so many events and statements."""
    return some_records


@pytest.fixture
def make_deed() -> Callable[..., EventRecord]:
    """Makes one event record."""
    return deed


@pytest.fixture
def make_sentence() -> Callable[..., Located]:
    """Makes where a sentence stands."""
    return located


@pytest.fixture
def make_statement() -> Callable[..., StatementRecord]:
    """Makes one statement record."""
    return said


class Page(HTMLParser):
    """What a test needs to know of an HTML page: ids, links, elements, and the text in each id."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.numbers: list[tuple[str, str]] = []
        self.items: Counter[str] = Counter()
        self.links_in: dict[str, list[str]] = {}
        self.text_in: dict[str, str] = {}
        self._open: list[tuple[str, str | None]] = []
        self._number: str | None = None
        self.text = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.elements.append((tag, found))
        if identity := found.get("id"):
            self.ids.append(identity)
        if tag not in {"meta", "br", "line", "rect"}:
            self._open.append((tag, found.get("id")))
        for _, identity in self._open:
            if identity:
                self.items[identity] += tag == "li"
                if tag == "a" and (href := found.get("href")):
                    self.links_in.setdefault(identity, []).append(href)
        if tag == "a" and found.get("class") == "n":
            self._number = found["href"]

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.text += data
        for _, identity in self._open:
            if identity:
                self.text_in[identity] = self.text_in.get(identity, "") + data
        if self._number is not None:
            self.numbers.append((data, self._number.removeprefix("#")))
            self._number = None


@pytest.fixture
def read_page() -> Callable[[str], Page]:
    """Reads a page as a test needs it."""
    return Page
