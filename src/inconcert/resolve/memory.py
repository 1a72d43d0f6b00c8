"""What has been mentioned so far: who a pronoun or a description may point back to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from inconcert.core.mention import Participant

Nature = Literal["person", "state", "organisation", "group", "people", "bloc", "unknown"]

_WINDOW = 3
_PAIR_WINDOW = 6
_MEETING_WINDOW = 8


@dataclass(slots=True)
class Ref:
    """A mention as remembered.

    Attributes:
        place: index of its head token.
        end: one past its last token.
        is_subject: heads or owns the subject of a clause.
        is_main: of the main clause of its sentence.
        is_passive: of a passive clause.
        noun: lower-case agent noun that heads it; empty for names.
        titles: words of its title, lower case.
        is_woman: whether a person is one; None where nothing tells.
    """

    place: int
    end: int
    sentence: int
    participants: tuple[Participant, ...]
    nature: Nature
    is_plural: bool = False
    is_subject: bool = False
    is_main: bool = False
    is_passive: bool = False
    noun: str = ""
    titles: frozenset[str] = frozenset()
    is_woman: bool | None = None
    conjuncts: list[Ref] = field(default_factory=list)

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes, in order."""
        return tuple(one.code for one in self.participants)


@dataclass(slots=True)
class Pair:
    """A coordination of mentions: `Russia and China`."""

    refs: list[Ref]

    @property
    def last(self) -> Ref:
        """Its last member."""
        return self.refs[-1]

    @property
    def participants(self) -> tuple[Participant, ...]:
        """All its members, each once."""
        return merge(self.refs)


class Memory:
    """Mentions in order of the text."""

    def __init__(self) -> None:
        self.refs: list[Ref] = []
        self.at: dict[int, Ref] = {}
        self.pairs: dict[int, Pair] = {}
        self._pair_list: list[Pair] = []
        self._pair_counts: Counter[tuple[str, ...]] = Counter()
        self.states: Counter[str] = Counter()
        self._spoken: list[tuple[int, str]] = []
        self._meetings: list[Pair] = []

    def note_state(self, code: str, sentence: int) -> None:
        """Remember that the text speaks of a state, as an actor or as a place."""
        self.states[code] += 1
        self._spoken.append((sentence, code))

    def spoken_near(self, sentence: int, window: int, *, but: str | None) -> Counter[str]:
        """How often each state was spoken of lately, the newest first among equals.

        Args:
            window: how many sentences back.
            but: a state that does not count: that of the paper or speaker.
        """
        found: Counter[str] = Counter()
        for earlier, code in reversed(self._spoken):
            if earlier < sentence - window:
                break
            if code != but:
                found[code] += 1
        return found

    def meet(self, first: Ref, second: Ref) -> None:
        """Remember two who met or spoke: `They` are both."""
        if first.participants and second.participants:
            self._meetings.append(Pair([first, second]))

    def last_meeting(self, place: int, sentence: int) -> tuple[Participant, ...]:
        """The two who met in one of the last sentences."""
        for pair in reversed(self._meetings):
            if sentence - pair.last.sentence > _MEETING_WINDOW:
                return ()
            if pair.last.place < place and pair.last.sentence < sentence:
                return pair.participants
        return ()

    def add(self, ref: Ref, top: int) -> None:
        """Remember a mention.

        Args:
            ref: the mention.
            top: first conjunct of its coordination, itself if in none.
        """
        self.refs.append(ref)
        self.at[ref.place] = ref
        first = self.at.get(top)
        if top == ref.place or first is None or not ref.participants or not first.participants:
            return
        ref.is_subject, ref.is_main, ref.is_passive = (
            first.is_subject,
            first.is_main,
            first.is_passive,
        )
        pair = self.pairs.get(top)
        if pair is None:
            pair = self.pairs[top] = Pair([first])
            self._pair_list.append(pair)
        pair.refs.append(ref)
        self.pairs[ref.place] = pair
        self._pair_counts[_key(pair.participants)] += 1

    def whole(self, place: int) -> tuple[Participant, ...]:
        """Participants of the mention at a token with its coordination."""
        pair = self.pairs.get(place)
        if pair is not None:
            return pair.participants
        ref = self.at.get(place)
        return () if ref is None else ref.participants

    def back(
        self,
        place: int,
        fits: Callable[[Ref], bool],
        sentence: int,
        *,
        nearby_first: bool = False,
    ) -> Iterator[Ref]:
        """Fitting mentions before a token, likeliest first.

        Subjects earlier in the sentence, subjects of the sentence before, others of this
        sentence and that, and only subjects of those up to three sentences back. All of this
        sentence first for `nearby_first` (an object: `We wrote to the envoys, asking them …`).
        """
        near: list[Ref] = []
        for ref in reversed(self.refs):
            if ref.sentence < sentence - _WINDOW:
                break
            if ref.place < place and fits(ref):
                near.append(ref)
        here = [ref for ref in near if ref.sentence == sentence]
        yield from (ref for ref in here if ref.is_subject)
        if nearby_first:
            yield from (ref for ref in here if not ref.is_subject)
        before = [ref for ref in near if ref.sentence == sentence - 1]
        yield from _subjects(before)
        yield from (ref for ref in here if not ref.is_subject)
        yield from (ref for ref in before if not ref.is_subject)
        for number in range(sentence - 2, sentence - _WINDOW - 1, -1):
            yield from _subjects([ref for ref in near if ref.sentence == number])

    def last_pair(
        self, place: int, sentence: int, fits: Callable[[Ref], bool]
    ) -> tuple[Participant, ...]:
        """The two last spoken of together; the last two different ones if none were joined."""
        best, best_score = None, -99
        for pair in reversed(self._pair_list):
            last = pair.last
            if last.place >= place:
                continue
            distance = sentence - last.sentence
            if distance > _PAIR_WINDOW:
                break
            if len(pair.participants) != 2 or not all(map(fits, pair.refs)):
                continue
            score = 3 * last.is_subject - distance
            score += 2 * (self._pair_counts[_key(pair.participants)] > 1)
            score += 5 * (place - last.end <= 3)
            if score > best_score:
                best, best_score = pair, score
        alone = self._last_two(place, sentence, fits)
        if best is not None and (best_score >= -1 or not alone):
            return best.participants
        return alone or (best.participants if best is not None else ())

    def _last_two(
        self, place: int, sentence: int, fits: Callable[[Ref], bool]
    ) -> tuple[Participant, ...]:
        found: list[Participant] = []
        for ref in reversed(self.refs):
            if ref.sentence < sentence - 1:
                break
            if ref.place >= place or not fits(ref) or len(ref.participants) != 1:
                continue
            one = ref.participants[0]
            if all((one.code, one.name) != (other.code, other.name) for other in found):
                found.append(one)
            if len(found) == 2:
                return tuple(reversed(found))
        return ()

    def last(self, place: int, fits: Callable[[Ref], bool], *, since: int = 0) -> Ref | None:
        """The last fitting mention before a token, not before a sentence."""
        for ref in reversed(self.refs):
            if ref.sentence < since:
                return None
            if ref.place < place and fits(ref):
                return ref
        return None


def merge(refs: list[Ref]) -> tuple[Participant, ...]:
    """All participants of mentions, each once."""
    found: dict[tuple[str, str | None], Participant] = {}
    for ref in refs:
        for one in ref.participants:
            found.setdefault((one.code, one.name), one)
    return tuple(found.values())


def _subjects(refs: list[Ref]) -> Iterator[Ref]:
    """Subjects of one sentence, given last first: the main one before the others.

    Where the main clause is passive, whoever acts in it goes before the one acted upon.
    """
    subjects = [ref for ref in refs if ref.is_subject]
    main = [ref for ref in subjects if ref.is_main and not ref.is_passive]
    yield from main
    yield from (ref for ref in subjects if not ref.is_main and not ref.is_passive)
    yield from (ref for ref in subjects if ref.is_passive)


def _key(participants: tuple[Participant, ...]) -> tuple[str, ...]:
    return tuple(sorted(one.code for one in participants))
