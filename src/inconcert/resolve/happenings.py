"""Finds mentions that tell of the same act: one event, many reports.

Two mentions are held against each other only where type, auxiliary modes, actors and recipients
are the same. Anything told that cannot be true of one act keeps them apart: other days, other
places, other persons of the same country, other sectors, another matter. Then something must speak
for it: in one text the same word for the act, or one that points back; in different texts the day
and the words of the sentences. What speaks for it is told in words with each finding.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log

from inconcert.core.event import Retelling
from inconcert.core.evidence import EventRecord
from inconcert.core.mention import Participant
from inconcert.core.span import TimeSpan
from inconcert.resolve.sentence_words import Words, words_of

VERSION = "1"
"""Raised whenever the same mentions would be joined in another way."""

SYMMETRIC = frozenset({"CONSULT", "AGREE"})
"""Types in which who is named first says nothing."""

NARROW = 7
"""A span of no more days is a date; a wider one only tells what cannot be."""

BETWEEN_DATED, BETWEEN_REPORTS = 1, 3
"""Days that may lie between two dates of one act, and between two reports of it."""

ALONE_SHARED, ALONE_LIKE = 3, 0.4
"""What two mentions of one party only must share: the party says little of which act it is."""

FREQUENT = 400
"""A word in more mentions of a block than this does not bring two of them together."""

Block = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Mention:
    """What of a mention is compared."""

    record: EventRecord
    words: Words
    span: TimeSpan | None
    published: TimeSpan | None

    @classmethod
    def of(cls, record: EventRecord) -> _Mention:
        span = record.event.when.span
        return cls(record, words_of(record), span, record.at.published)

    @property
    def id(self) -> str:
        return self.record.event.id

    @property
    def is_alone(self) -> bool:
        """Whether only one party is named."""
        event = self.record.event
        return len({who.code for who in (*event.actors, *event.recipients)}) < 2

    @property
    def is_own_word(self) -> bool:
        """Whether who acts speaks in this very document and dates nothing: it says so anew."""
        speaker = self.record.at.speaker_code
        return self.dated is None and speaker in {who.code for who in self.record.event.actors}

    @property
    def signs(self) -> tuple[str, ...]:
        """By what a mention is looked up: its words, its word for the act, its persons."""
        persons = (f"@{name}" for name in self.people)
        return (*self.words.told, f"={self.words.predicate}", *persons)

    @property
    def people(self) -> frozenset[str]:
        """Names of those who act and are acted upon."""
        sides = (*self.record.event.actors, *self.record.event.recipients)
        return frozenset(who.name.casefold() for who in sides if who.name)

    @property
    def dated(self) -> TimeSpan | None:
        """Its own days, where they are as few as a date has."""
        return self.span if self.span is not None and self.span.days <= NARROW else None

    @property
    def near(self) -> TimeSpan | None:
        """Its own date, else the days of its publication."""
        return self.dated or self.published


def retellings(
    records: Sequence[EventRecord],
    *,
    known: Iterable[Retelling] = (),
    fresh: frozenset[str] | None = None,
) -> list[Retelling]:
    """Pairs of mentions that tell of the same act, as many as are needed to join them all.

    Args:
        records: mentions of one coder, in any order; each with what its document is a copy of.
        known: findings of before, which stand; only what they do not join yet is told.
        fresh: ids of documents; pairs of which neither stands in one of them are passed over, as
            having been compared. None for all.

    Returns:
        The strongest first.
    """
    mentions = {record.event.id: _Mention.of(record) for record in records}
    rarity = _rarity(mentions.values())
    blocks: dict[Block, list[_Mention]] = defaultdict(list)
    for mention in sorted(mentions.values(), key=_order):
        blocks[_block(mention)].append(mention)
    found = [
        pair for block in blocks.values() if len(block) > 1 for pair in _pairs(block, rarity, fresh)
    ]
    return _joined(
        sorted(found, key=lambda r: (-r.likeness, r.mention, r.same_as)), mentions, known
    )


def _order(mention: _Mention) -> tuple[date, str, int, str]:
    near = mention.published or mention.near
    event = mention.record.event
    return (near.first if near else date.max), event.document, event.start, event.id


def _block(mention: _Mention) -> Block:
    event = mention.record.event
    actors = frozenset(who.code for who in event.actors)
    recipients = frozenset(who.code for who in event.recipients)
    if event.type in SYMMETRIC:
        actors, recipients = actors | recipients, frozenset()
    return event.type, frozenset(event.auxiliary), actors, recipients


def _rarity(mentions: Iterable[_Mention]) -> dict[str, float]:
    """How much a word says: the fewer sentences hold it, the more."""
    sentences = {(m.record.at.document, m.record.at.start): m.words.all for m in mentions}
    counts = Counter(word for words in sentences.values() for word in words)
    total = len(sentences) + 1
    return {word: log(1 + total / count) for word, count in counts.items()}


def _pairs(
    block: Sequence[_Mention], rarity: Mapping[str, float], fresh: frozenset[str] | None
) -> Iterable[Retelling]:
    """Findings among mentions of one kind, each held against those told before it."""
    holders: dict[str, list[int]] = defaultdict(list)
    by_document: dict[str, list[int]] = defaultdict(list)
    for number, mention in enumerate(block):
        document = mention.record.at.document
        near = Counter(
            other
            for word in mention.signs
            if len(holders[word]) <= FREQUENT
            for other in holders[word]
        )
        chosen = {other for other, shared in near.items() if shared > 1} | {*by_document[document]}
        for other in sorted(chosen):
            first = block[other]
            if fresh is not None and fresh.isdisjoint((document, first.record.at.document)):
                continue
            if contrary(first, mention) is None:
                found = _evidence(first, mention, rarity)
                if found is not None:
                    yield Retelling(mention.id, first.id, *found)
        by_document[document].append(number)
        for word in mention.signs:
            holders[word].append(number)


def _joined(
    pairs: Sequence[Retelling], mentions: Mapping[str, _Mention], known: Iterable[Retelling]
) -> list[Retelling]:
    """The pairs that join two groups of which no two mentions contradict each other."""
    groups: dict[str, list[str]] = {}

    def group(identity: str) -> list[str]:
        return groups.setdefault(identity, [identity])

    def join(one: list[str], other: list[str]) -> None:
        one, other = (one, other) if len(one) >= len(other) else (other, one)
        one += other
        for identity in other:
            groups[identity] = one

    for pair in known:
        if group(pair.mention) is not group(pair.same_as):
            join(group(pair.mention), group(pair.same_as))
    taken = []
    for pair in pairs:
        one, other = group(pair.mention), group(pair.same_as)
        if one is other or not _agree(one, other, mentions):
            continue
        join(one, other)
        taken.append(pair)
    return taken


def _agree(one: Sequence[str], other: Sequence[str], mentions: Mapping[str, _Mention]) -> bool:
    """Whether no mention of a group contradicts one of another."""
    return all(
        contrary(mentions[first], mentions[second]) is None
        for first in one
        if first in mentions
        for second in other
        if second in mentions
    )


def contrary(one: _Mention, other: _Mention) -> str | None:
    """What cannot be true of one act, in a word; None where nothing speaks against it."""
    first, second = one.record.event, other.record.event
    if _is_told_as_another(one, other) or _is_told_as_another(other, one):
        return "told as another"
    if first.mode and second.mode and first.mode != second.mode:
        return "mode"
    if _are_parted(one, other):
        return "days"
    about = [{who.code for who in event.about} for event in (first, second)]
    if all(about) and about[0].isdisjoint(about[1]):
        return "about"
    if one.words.places and other.words.places and not _may_be_one_place(one.words, other.words):
        return "place"
    sides = [[*event.actors, *event.recipients] for event in (first, second)]
    return _other_people(sides[0], sides[1])


def _is_told_as_another(one: _Mention, other: _Mention) -> bool:
    """Whether a text tells the second as another act than those it told before."""
    before, after = one.record, other.record
    same_text = before.at.document == after.at.document
    return same_text and before.at.start < after.at.start and other.words.is_anew


def _are_parted(one: _Mention, other: _Mention) -> bool:
    """Whether the days of two mentions cannot be those of one act."""
    if one.span is None or other.span is None:
        return False
    same_text = one.record.text == other.record.text
    is_dated = one.dated is not None and other.dated is not None
    allowed = BETWEEN_DATED if is_dated and not same_text else 0
    return _gap(one.span, other.span) > allowed


def _gap(one: TimeSpan, other: TimeSpan) -> int:
    """Days from the end of the earlier span to the begin of the later one; 0 where they meet."""
    return max(0, (one.first - other.last).days, (other.first - one.last).days)


def _may_be_one_place(one: Words, other: Words) -> bool:
    """Whether two sentences name one place, or one names all places of the other."""
    return not one.places.isdisjoint(other.places) or bool(
        one.places <= other.all_names or other.places <= one.all_names
    )


def _other_people(one: Sequence[Participant], other: Sequence[Participant]) -> str | None:
    """Whether the same codes stand for other persons or other sectors."""
    known: list[dict[str, tuple[set[str], set[str]]]] = []
    for people in (one, other):
        by_code: dict[str, tuple[set[str], set[str]]] = {}
        for who in people:
            names, sectors = by_code.setdefault(who.code, (set(), set()))
            names |= set((who.name or "").casefold().split()[-1:])
            sectors |= set(who.sectors)
        known.append(by_code)
    for code in known[0].keys() & known[1].keys():
        for what, a, b in zip(("person", "sector"), known[0][code], known[1][code], strict=True):
            if a and b and a.isdisjoint(b):
                return what
    return None


def _evidence(
    one: _Mention, other: _Mention, rarity: Mapping[str, float]
) -> tuple[float, str] | None:
    """How strongly two mentions without contradiction look like one act, and why in words."""
    shared = one.words.told & other.words.told
    weight = sum(rarity[word] for word in shared)
    least = min(sum(rarity[word] for word in each.words.told) for each in (one, other))
    likeness = weight / least if least else 0.0
    same_word = one.words.predicate == other.words.predicate
    if one.is_alone and (len(shared) < ALONE_SHARED or likeness < ALONE_LIKE):
        return None
    if one.record.at.document == other.record.at.document:
        return _within(one, other, len(shared), likeness)
    told = f"same actors, {len(shared)} shared word{'' if len(shared) == 1 else 's'}"
    if same_word:
        told = f"same word for the act, {told}"
    if one.record.text == other.record.text and likeness >= 0.6:
        return _strength(0.9, likeness), f"copies of one text, {told}"
    people = one.people & other.people
    if people:
        told = f"same persons, {told}"
    speaking = len(shared) + same_word + len(people)
    if one.dated is not None and other.dated is not None:
        gap = _gap(one.dated, other.dated)
        if speaking >= 2 and (likeness >= 0.15 or len(people) > 1):
            day = "same day" if not gap else "days next to each other"
            return _strength(0.6 if not gap else 0.5, likeness), f"{day}, {told}"
        return None
    if one.near is None or other.near is None or one.is_own_word or other.is_own_word:
        return None
    if _gap(one.near, other.near) <= BETWEEN_REPORTS and speaking >= 3 and likeness >= 0.25:
        return _strength(0.4, likeness), f"told within {BETWEEN_REPORTS} days, {told}"
    return None


def _within(
    one: _Mention, other: _Mention, shared: int, likeness: float
) -> tuple[float, str] | None:
    """Two mentions of one document, the second told after the first."""
    if one.record.at.start == other.record.at.start:
        return None  # what one sentence tells of twice the coder has told apart
    words = f"same actors, {shared} shared word{'' if shared == 1 else 's'}"
    if other.words.is_back and other.words.act == one.words.act:
        return _strength(0.7, likeness), f"one text, “{other.words.written}” points back, {words}"
    known = shared or not one.people.isdisjoint(other.people)
    if known and other.words.predicate == one.words.predicate:
        return _strength(0.7, likeness), f"one text, same word for the act, {words}"
    if shared >= 2 and likeness >= 0.3 and other.words.act == one.words.act:
        return _strength(0.6, likeness), f"one text, a like word for the act, {words}"
    return None


def _strength(base: float, likeness: float) -> float:
    return round(min(1.0, base + 0.3 * likeness), 3)
