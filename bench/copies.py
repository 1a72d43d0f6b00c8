"""Plants copies among documents and measures how well and how fast they are found.

    python bench/copies.py [DOCUMENTS]

Prints one JSON object a figure, as `bench/run.py` reads them. The documents are made of the
sentences of the example with two words of five exchanged, so that no two share a run of words by
chance; what they do share is planted: the stock phrases of a publisher, background paragraphs that
several articles of one topic repeat, digests that hold the beginnings of many articles, and
copies. The copies are what newspapers make of a wire text: a new headline, another lead, words
edited, paragraphs cut or moved, a notice of rights appended, the first paragraphs alone, or the
caption of a picture taken from one paragraph.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from figures import tell
from inconcert.core.document import Document, Source
from inconcert.core.span import TimeSpan
from inconcert.resolve.copies import find_copies

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "afghanistan-2021" / "documents"
DOCUMENTS = 100_000
SOURCES = 60
SHARE_COPIED = 0.12
"""Share of the articles that are printed more than once."""
CHANGES = ("reprint", "edited", "cut", "led", "beginning", "caption", "mixed")

Paragraphs = list[list[str]]


@dataclass(frozen=True, slots=True)
class Planted:
    """A document and the text it goes back to; documents of one text are copies."""

    document: Document
    text: int
    change: str


class Printer:
    """Makes documents from a stock of sentences.

    Args:
        sentences: real sentences, each a list of words.
        rng: the only source of chance.
    """

    def __init__(self, sentences: Sequence[Sequence[str]], rng: random.Random) -> None:
        self.rng, self.sentences = rng, sentences
        self.words = [word for sentence in sentences[:20_000] for word in sentence]
        self.stock = [self.fresh(rng.randint(1, 3)) for _ in range(SOURCES)]
        self.topics = [self.fresh(rng.randint(2, 4)) for _ in range(400)]
        self.backgrounds: Paragraphs = []
        self.beginnings: list[tuple[date, list[str]]] = []

    def planted(self, count: int) -> Iterator[Planted]:
        """So many documents, copies among them, in no order of publication."""
        made, text = 0, 0
        while made < count:
            text += 1
            if self.rng.random() < 0.004 and len(self.beginnings) >= 6:
                yield self.digest(text)
                made += 1
                continue
            body = self.article()
            day = date(2021, 1, 1) + timedelta(days=made * 365 // count)
            self.beginnings.append((day, [word for part in body[1:3] for word in part][:70]))
            yield self.printed(body, day, text, "first")
            made += 1
            if self.rng.random() < SHARE_COPIED:
                for _ in range(min(count - made, self.copies())):
                    change = self.rng.choice(CHANGES)
                    later = day + timedelta(days=self.rng.choice((0, 0, 0, 1, 1, 2, 5)))
                    yield self.printed(self.changed(body, change), later, text, change)
                    made += 1

    def copies(self) -> int:
        """Mostly one or two, now and then many."""
        return self.rng.choice((1, 1, 1, 2, 2, 3, 4, 8, 25))

    def fresh(self, sentences: int) -> list[str]:
        """A paragraph of sentences of which two words of five are exchanged."""
        found: list[str] = []
        for _ in range(sentences):
            drawn = self.rng.choice(self.sentences)
            found += [
                self.rng.choice(self.words) if self.rng.random() < 0.4 else word for word in drawn
            ]
        return found

    def article(self) -> Paragraphs:
        """A headline and paragraphs, now and then with the background of a topic."""
        body = [self.fresh(self.rng.randint(1, 3)) for _ in range(self.rng.randint(4, 12))]
        self.backgrounds = []
        if self.rng.random() < 0.4:
            size = sum(map(len, body))
            background = self.rng.choice(self.topics)[: size // 2]  # a third of the article
            body.insert(self.rng.randint(1, len(body)), background)
            self.backgrounds = [background]
        return [self.fresh(1)[:9], *body]

    def changed(self, body: Paragraphs, change: str) -> Paragraphs:
        """What another publisher makes of an article; the headline is always new."""
        rest = [list(part) for part in body[1:]]
        if change in ("edited", "mixed"):
            rest = [self.edited(part) for part in rest]
        if change in ("cut", "mixed") and len(rest) > 3:
            first = self.rng.randint(1, 2) if change == "mixed" else 1
            kept = max(2, round(len(rest) * self.rng.uniform(0.4, 0.8)))
            rest = [*rest[:first], *self.rng.sample(rest[first:], max(1, kept - first))]
        if change in ("led", "mixed"):
            rest = [self.fresh(1), *rest[1:]] if len(rest) > 3 else [self.fresh(1), *rest]
        if change == "beginning":
            words = [word for part in rest for word in part]
            rest = [words[: self.rng.randint(40, 120)]]
        if change == "caption":
            part = max((each for each in rest if each not in self.backgrounds), key=len)
            start = self.rng.randrange(max(1, len(part) - 45))
            return [part[start : start + self.rng.randint(25, 45)], self.fresh(1)[:6]]
        return [self.fresh(1)[:9], *rest]

    def edited(self, words: Sequence[str]) -> list[str]:
        """One word of twenty is another or falls out."""
        found = []
        for word in words:
            chance = self.rng.random()
            if chance < 0.03:
                found.append(self.rng.choice(self.words))
            elif chance > 0.02 + 0.03:
                found.append(word)
        return found

    def digest(self, text: int) -> Planted:
        """News in brief: the beginnings of articles that have nothing to do with each other."""
        chosen = self.rng.sample(self.beginnings[-40:], 6)
        day = max(day for day, _ in chosen) + timedelta(days=self.rng.randint(0, 1))
        parts = [part for _, part in chosen]
        return self.printed([self.fresh(1)[:9], *parts], day, text, "digest")

    def printed(self, body: Paragraphs, day: date, text: int, change: str) -> Planted:
        """The document of a publisher, mostly with its stock phrases."""
        source = self.rng.randrange(SOURCES)
        parts = [*body, self.stock[source]] if self.rng.random() < 0.7 else body
        document = Document.of(
            "\n\n".join(" ".join(part) for part in parts),
            source=Source(f"Paper {source}"),
            published=TimeSpan.day(day) if self.rng.random() < 0.97 else None,
        )
        return Planted(document, text, change)


def real_sentences(folder: Path) -> list[list[str]]:
    """Sentences of the example's documents as lists of words, cut at full stops."""
    found = []
    for path in sorted(folder.rglob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            text = json.loads(line).get("text", "") if line.strip() else ""
            for sentence in text.replace("\n", " ").split(". "):
                words = sentence.split()
                if 8 <= len(words) <= 40:
                    found.append(words)
    return found


def pairs(groups: Iterable[int]) -> int:
    """Pairs within groups of these sizes."""
    return sum(size * (size - 1) // 2 for size in groups)


def main(count: int) -> None:
    """Plant, find, and print the figures."""
    printer = Printer(real_sentences(EXAMPLE), random.Random(20211122))
    planted = list(printer.planted(count))
    order = list(range(len(planted)))
    random.Random(7).shuffle(order)
    planted = [planted[place] for place in order]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    copies = find_copies(each.document for each in planted)
    spent = time.process_time() - started
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    original = {copy.document: copy.original for copy in copies}
    found = [original.get(each.document.id, each.document.id) for each in planted]
    told = [each.text for each in planted]
    both = pairs(Counter(zip(told, found, strict=True)).values())
    right = both / max(1, pairs(Counter(found).values()))
    complete = both / max(1, pairs(Counter(told).values()))
    score = 2 * right * complete / max(1e-9, right + complete)
    words = sum(len(each.document.text.split()) for each in planted)
    size = f"{len(planted):,} documents, {words:,} words"
    tell("copies: seconds on one core", spent, "s", note=size)
    tell("copies: memory beyond the texts", grown, "MB", note=size)
    tell("copies: pairs right (F1)", score, note=f"precision {right:.3f}, recall {complete:.3f}")
    for change in CHANGES:
        some = [n for n, each in enumerate(planted) if each.change == change]
        firsts = {each.text: found[n] for n, each in enumerate(planted) if each.change == "first"}
        hit = sum(found[n] == firsts[told[n]] for n in some)
        tell(f"copies found, {change}", hit / max(1, len(some)), note=f"of {len(some)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS)
