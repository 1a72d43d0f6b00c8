"""From labelled sentences to what the model is shown: words marked, with the right answers.

Three kinds of example come from a sentence. *Told*: an event's predicate is marked; the answer is
its type, modes, contexts, auxiliary modes and who stands where. *Silent*: a word that could tell an
event and does not is marked; the answer is `NONE`. *Given*: actor and recipient are marked and no
predicate; the answer is the type of what passes between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from inconcert.code.candidates import LEAST_SHARE, UNSEEN_VERB, key
from inconcert.code.encoding import ACTOR, NONE, PREDICATE, RECIPIENT, Mark, plain
from inconcert.code.tables import tables
from inconcert.core.document import Document
from inconcert.core.parsed import ParsedDocument, Token
from inconcert.labels.corpus import Labelled, Named, Record, read_file
from inconcert.parse.pipeline import Parser

LEAST_SEEN = 1
"""A noun or adjective must have told this many events to pass the gate."""
PRIOR_WEIGHT = 2.0
"""Occurrences that the assumed share of a word counts for."""


@dataclass(frozen=True, slots=True)
class Example:
    """One question to the model and its answer.

    Attributes:
        sentence: the sentence, plain marks.
        marks: what is marked.
        type: the type, or `NONE`.
        event: the labelled event, None for silent words.
        weight: of this example in the loss.
        group: the sentence's cell, by which data are split.
    """

    sentence: str
    marks: tuple[Mark, ...]
    type: str
    event: Labelled | None
    group: str
    word: str = ""

    @property
    def is_given(self) -> bool:
        """Whether actor and recipient are marked instead of a predicate."""
        return bool(self.marks) and self.marks[0].kind != PREDICATE


@dataclass(frozen=True, slots=True)
class Analysed:
    """A record with its parse and the word chosen for each event."""

    record: Record
    parsed: ParsedDocument
    heads: tuple[Token | None, ...]


def analyse(records: Sequence[Record], parser: Parser) -> Iterator[Analysed]:
    """Parse the sentences and find the word that stands for each event."""
    documents = [Document.of(plain(record.sentence), place=record.cell) for record in records]
    for record, parsed in zip(records, parser.parse(documents), strict=True):
        yield Analysed(record, parsed, tuple(head_of(parsed, event) for event in record.events))


def head_of(parsed: ParsedDocument, event: Labelled, offset: int = 0) -> Token | None:
    """The word of a labelled predicate that the coder will ask about.

    Where an empty verb was labelled with its noun ("held talks"), the noun.

    Args:
        offset: character of the document at which the labelled sentence begins.
    """
    start, end = event.start + offset, event.end + offset
    inside = [
        token
        for token in parsed.tokens
        if token.start < end and token.start + len(token.text) > start
    ]
    able = [token for token in inside if key(token)]
    nouns = [token for token in able if token.pos == "NOUN"]
    verbs = [token for token in able if token.pos in {"VERB", "AUX"}]
    if verbs and nouns and verbs[0].lemma.lower() in tables().light:
        return nouns[-1]
    pile = verbs or able or inside
    indices = {token.index for token in pile}
    tops = [token for token in pile if token.head not in indices or token.head == token.index]
    return next(iter(tops or pile), None)


def gate_shares(analysed: Iterable[Analysed]) -> dict[str, float]:
    """Share of events among the occurrences of each word, smoothed toward what is usual."""
    told: dict[str, int] = {}
    seen: dict[str, int] = {}
    for one in analysed:
        heads = {head.index for head in one.heads if head is not None}
        for token in one.parsed.tokens:
            if word := key(token):
                seen[word] = seen.get(word, 0) + 1
                if token.index in heads:
                    told[word] = told.get(word, 0) + 1
    shares = {}
    for word, count in seen.items():
        prior = UNSEEN_VERB if word.endswith("/v") else 0.0
        if prior == 0 and told.get(word, 0) < LEAST_SEEN:
            continue
        shares[word] = (told.get(word, 0) + prior * PRIOR_WEIGHT) / (count + PRIOR_WEIGHT)
    return shares


def write_shares(path: Path, shares: dict[str, float]) -> None:
    """Table of the words that may tell an event."""
    rows = "".join(f"{word}\t{share:.3f}\n" for word, share in sorted(shares.items()))
    path.write_text(
        "# Share of events among the occurrences of a word in the training corpus, smoothed.\n"
        "# Made by `make train`. Source: corpus/ of this project. Licence: CC-BY-4.0. "
        "Checked: 2026-11-22.\n"
        "word\tshare\n" + rows,
        encoding="utf-8",
    )


def examples(one: Analysed, shares: Mapping[str, float]) -> Iterator[Example]:
    """All examples that a sentence gives."""
    sentence, group = plain(one.record.sentence), one.record.cell
    heads: set[int] = set()
    for event, head in zip(one.record.events, one.heads, strict=True):
        if head is not None:
            heads.add(head.index)
            mark = Mark(head.start, head.start + len(head.text), PREDICATE)
            yield Example(sentence, (mark,), event.type, event, group, key(head))
    covered = [(event.start, event.end) for event in one.record.events]
    for token in one.parsed.tokens:
        word = key(token)
        default = UNSEEN_VERB if token.pos == "VERB" else 0.0
        if not word or token.index in heads or shares.get(word, default) < LEAST_SHARE:
            continue
        if any(start <= token.start < end for start, end in covered):
            continue
        mark = Mark(token.start, token.start + len(token.text), PREDICATE)
        yield Example(sentence, (mark,), NONE, None, group, word)
    yield from _given(sentence, one.record, group)


def _given(sentence: str, record: Record, group: str) -> Iterator[Example]:
    pairs: dict[tuple[tuple[int, int], tuple[int, int]], list[Labelled]] = {}
    for event in record.events:
        for actor, recipient in sides(event):
            pairs.setdefault(
                ((actor.start, actor.end), (recipient.start, recipient.end)), []
            ).append(event)
    for ((a, b), (c, d)), events in pairs.items():
        if len({event.type for event in events}) == 1 and (b <= c or d <= a):
            marks = (Mark(a, b, ACTOR), Mark(c, d, RECIPIENT))
            yield Example(sentence, marks, events[0].type, events[0], group)


def sides(event: Labelled) -> list[tuple[Named, Named]]:
    """Who stands on either side: actors and recipients, or the first two of a mutual event."""
    actors = [one for one in event.actors if one.end > one.start]
    others = [one for one in event.recipients if one.end > one.start]
    if actors and others:
        return [(actors[0], others[0])]
    return [(actors[0], actors[1])] if len(actors) > 1 and not others else []


def records_of(folder: Path) -> list[Record]:
    """All sentences of the files in a folder, in order of their names."""
    return [record for path in sorted(folder.glob("*.txt")) for record in read_file(path)[0]]
