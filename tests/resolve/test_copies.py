from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from inconcert.core.document import Document, Source
from inconcert.core.span import TimeSpan
from inconcert.resolve import prints
from inconcert.resolve.copies import find_copies
from inconcert.resolve.prints import print_of

FIRST = date(2021, 9, 6)
RNG = random.Random(4)
WORDS = [f"{a}{b}{c}" for a in ("mar", "tel", "os", "vin", "kal") for b in ("do", "ri", "ne", "pu")
         for c in ("th", "s", "ran", "lek", "mo")]  # fmt: skip


def words(count: int) -> str:
    return " ".join(RNG.choice(WORDS) for _ in range(count))


def paper(
    text: str, *, day: int | None = 0, source: str = "Vale Courier", title: str | None = None
) -> Document:
    span = None if day is None else TimeSpan.day(FIRST + timedelta(days=day))
    return Document.of(text, source=Source(source), published=span, title=title)


WIRE = words(300)
STORY = WIRE.split()


def likes(*documents: Document) -> dict[int, int]:
    """Number of each copy with the number of its original."""
    numbers = {document.id: number for number, document in enumerate(documents)}
    return {numbers[c.document]: numbers[c.original] for c in find_copies(documents)}


@pytest.mark.parametrize(
    "changed",
    [
        WIRE,
        f"{words(9)}\n\n{WIRE}",
        f"{words(30)} {' '.join(STORY[30:])}",
        " ".join(STORY[:60]),
        " ".join(STORY[120:150]),
        " ".join([*STORY[:80], *STORY[200:]]),
        " ".join([*STORY[150:], *STORY[:150]]),
        " ".join(words(1) if n % 25 == 0 else word for n, word in enumerate(STORY)),
        f"{WIRE} {words(80)}",
        WIRE.upper(),
        WIRE.replace(" ", ", “", 40),
    ],
    ids=["whole", "headline", "lead", "beginning", "caption", "cut", "turned", "edited", "notice",
         "capitals", "marks"],
)  # fmt: skip
def test_what_papers_make_of_a_wire_text_is_found(changed: str) -> None:
    assert likes(paper(WIRE), paper(changed, day=1, source="Ostra Times")) == {1: 0}


def test_the_first_published_is_the_original_and_undated_ones_never_are() -> None:
    assert likes(paper(WIRE, day=None), paper(WIRE, day=2), paper(WIRE, day=1)) == {0: 2, 1: 2}


def test_a_shared_paragraph_makes_no_copy() -> None:
    background = words(60)
    one, other = (f"{words(140)} {background}" for _ in range(2))
    assert likes(paper(one), paper(other)) == {}


def test_stock_phrases_of_a_source_make_no_copies_but_copies_of_many_do() -> None:
    notice = words(40)
    briefs = [paper(f"{words(30)} {notice}", day=n) for n in range(12)]
    assert likes(*briefs) == {}
    prints = [paper(f"{words(3)} {WIRE}", day=n % 3, source=f"Paper {n}") for n in range(12)]
    assert len(likes(*prints)) == 11


def test_a_digest_ties_nothing_together() -> None:
    stories = [words(60) for _ in range(5)]
    articles = [paper(story, source=f"Paper {n}") for n, story in enumerate(stories)]
    digest = paper(" ".join(stories), day=1, source="Digest")
    assert likes(*articles, digest) == {}


def test_parts_taken_from_a_text_go_back_to_it() -> None:
    parts = [" ".join(STORY[n : n + 50]) for n in (0, 60, 120, 180)]
    later = [paper(part, day=1, source=f"Paper {n}") for n, part in enumerate(parts)]
    assert likes(paper(WIRE), *later) == {1: 0, 2: 0, 3: 0, 4: 0}


def test_short_texts_are_copies_only_when_all_their_words_are_the_same() -> None:
    line = "The envoy left Port Vale on Monday."
    assert likes(paper(line), paper(line.upper(), day=1), paper(f"{line} Again.", day=2)) == {1: 0}
    assert likes(paper("Yes."), paper("Yes.", day=1), paper("", day=2), paper("", day=3)) == {}


def test_likeness_and_reason_say_what_was_compared() -> None:
    (found,) = find_copies([paper(WIRE), paper(" ".join(STORY[:60]), day=1)])
    assert found.likeness == 1.0
    assert found.reason.startswith("part of the text: 56 of 56 runs of 5 words of the shorter text")


def test_the_order_in_which_documents_come_does_not_matter() -> None:
    documents = [paper(f"{words(4)} {WIRE}", day=n) for n in range(6)] + [paper(words(200))]
    pairs = {(c.document, c.original) for c in find_copies(documents)}
    assert {(c.document, c.original) for c in find_copies(documents[::-1])} == pairs
    assert len(pairs) == 5


def test_nothing_among_no_documents() -> None:
    assert find_copies([]) == []


def test_a_print_is_the_same_in_every_process() -> None:
    made = print_of(paper("The envoy left Port Vale on Monday for talks."))
    assert made.words == 9
    assert made.shingles.tolist() == [29178898, 425175395, 681733059, 1896768519, 3389020114]
    assert made.whole == 0xCD1064D3
    assert prints.shingles_of([b"a", b"b", b"c", b"d"]).size == 0
