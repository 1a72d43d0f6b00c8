"""Admiralty grades (NATO AJP-2.1): A to F for who tells, 1 to 6 for what is told, by stated rules.

The letter is never made up: it stands in the table of outlets, or in the case with who gave it and
why; any other outlet is F. The figure counts the voices that tell of the same item and those that
deny it. Copies of one text are one voice, and so are the state media and the official texts of one
state. What a person says of an item goes before what is counted. Neither sign says anything of how
well a sentence was coded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Literal

from inconcert.core.document import Source
from inconcert.core.event import NEGATION
from inconcert.core.evidence import EventRecord, Located, StatementRecord
from inconcert.core.mention import Participant
from inconcert.core.reading import Row
from inconcert.judge.amounts import counted
from inconcert.judge.media import country_of, is_state, media
from inconcert.ontology.tables import read_table

Item = EventRecord | StatementRecord | Located | Row
Figure = Literal[1, 2, 3, 4, 5, 6]

LETTERS: Mapping[str, str] = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
FIGURES: Mapping[int, str] = {
    1: "confirmed by other sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "truth cannot be judged",
}
CONFIRMED, NEAR_DAYS = 3, 7
"""Voices that confirm, or outweigh fewer that deny; days within which a denial is of the act."""
OWN_SPEECH = "speech"
"""Cue of a statement that is a sentence of the speaker's own text."""
ITEM_RULES = (
    "1: three or more voices tell of the act, and none denies it.",
    (
        "2: two voices do; or the words stand in the speaker's own official text (that they were "
        "said, not that they are true)."
    ),
    "3: one voice tells of it; or three or more do, and fewer deny it.",
    f"4: another voice denies an act of this type between the parties within {NEAR_DAYS} days.",
    "5: more voices deny it than tell of it.",
    (
        "6: nothing is told to have happened (planned, denied, supposed, long past), a reviewer "
        "doubts the coding, the dataset names no outlet, or it is a judgement of who writes."
    ),
)


@dataclass(frozen=True, slots=True)
class OutletGrade:
    """How reliable an outlet is.

    Attributes:
        letter: A to F.
        basis: what the grade rests on, in words.
        by: who gave it; empty for the table.
        on: the day it was given.
    """

    letter: str
    basis: str
    by: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class ItemGrade:
    """How credible an item is.

    Attributes:
        figure: 1 to 6.
        basis: why, in words.
        by: who gave it; empty where it was counted.
        on: the day it was given.
    """

    figure: Figure
    basis: str
    by: str = ""
    on: date | None = None

    @property
    def why(self) -> str:
        """Why, in words, and who says so."""
        return f"{self.basis} (graded by {self.by})" if self.by else self.basis


@dataclass(frozen=True, slots=True)
class Grade:
    """Both grades of one item."""

    outlet: OutletGrade
    item: ItemGrade

    @property
    def code(self) -> str:
        """Letter and figure, as `B2`."""
        return f"{self.outlet.letter}{self.item.figure}"


@dataclass(frozen=True, slots=True)
class Grades:
    """Grades of outlets.

    Attributes:
        own: those that the case gives, by name in lower case; they go before the table.
        items: those that the case gives to items, by id of the document, event or statement.
    """

    own: Mapping[str, OutletGrade] = field(default_factory=dict)
    items: Mapping[str, ItemGrade] = field(default_factory=dict)

    def of(self, name: str, *, is_official: bool = False) -> OutletGrade:
        """The grade of an outlet.

        Args:
            name: as its texts, or the rows of a dataset, have it.
            is_official: whether its texts are in the voice of one who acts.

        Example:
            >>> Grades().of("Reuters").letter, Grades().of("The Herald of Nowhere").letter
            ('B', 'F')
        """
        key = name.casefold()
        known = media().get(key)
        keys = (key, *((known.name.casefold(),) if known else ()))
        for table in (self.own, _shipped()):
            for each in keys:
                if each in table:
                    return table[each]
        if is_official:
            return OutletGrade("F", "official texts: a side's own words, and no outlet to grade")
        if not name:
            return OutletGrade("F", "no outlet is named")
        return OutletGrade("F", "no grade of it is known")


SHIPPED = Grades()


@cache
def _shipped() -> Mapping[str, OutletGrade]:
    return {
        row["name"].casefold(): OutletGrade(
            row["grade"],
            f"rated “{row['rating']}” by the editors of the English Wikipedia, as of late 2025"
            + (f", last discussed {row['discussed']}" if row["discussed"] else "")
            + (f"; {row['note']}" if row["note"] else ""),
        )
        for row in read_table("inconcert.resolve", "data/outlets.tsv")
    }


class Graded:
    """The items of an answer or a case, each with its grade.

    Args:
        records: all that was told, so that items can confirm and contradict one another.
        grades: of outlets.
        disputed: ids of events and statements that a reviewer called wrong or unsure.
    """

    def __init__(
        self,
        records: Iterable[EventRecord | StatementRecord] = (),
        *,
        grades: Grades = SHIPPED,
        disputed: frozenset[str] = frozenset(),
    ) -> None:
        self._grades, self._disputed = grades, disputed
        events = [record for record in records if isinstance(record, EventRecord)]
        self._speakers: dict[str, set[str]] = {}
        for record in events:
            if record.at.speaker_code:
                name = record.at.source.name.casefold()
                self._speakers.setdefault(name, set()).add(record.at.speaker_code[:3])
        self._tellers: dict[str, set[str]] = {}
        self._denials: dict[tuple[str, int], list[EventRecord]] = {}
        for record in events:
            if not record.event.auxiliary:
                self._tellers.setdefault(record.event_id, set()).add(self._voice(record))
            elif NEGATION in record.event.auxiliary and record.day is not None:
                key = (record.event.type, record.day.toordinal())
                self._denials.setdefault(key, []).append(record)

    def of(self, item: Item) -> Grade:
        """The grade of one item."""
        if isinstance(item, Row):
            return self.of_row(item.outlet)
        at = item if isinstance(item, Located) else item.at
        name = item.outlet if isinstance(item, EventRecord) else at.source.name
        outlet = self._grades.of(name, is_official=bool(at.speaker_code))
        given = self._given(item)
        if given is not None:
            return Grade(outlet, given)
        if isinstance(item, EventRecord):
            return Grade(outlet, self._event(item))
        if isinstance(item, StatementRecord):
            return Grade(outlet, self._statement(item))
        return Grade(outlet, ItemGrade(6, "a judgement of who writes"))

    def _given(self, item: EventRecord | StatementRecord | Located) -> ItemGrade | None:
        """What a person said of an item: of itself, or else of the document that tells it.

        What is told of a document counts for what it says did happen, and for what it has others
        say: no grade of a document makes a plan or a denial an act.
        """
        given = self._grades.items
        if isinstance(item, Located):
            return None
        if isinstance(item, StatementRecord):
            return given.get(item.statement.id) or given.get(item.at.document)
        own = given.get(item.event.id) or given.get(item.event_id)
        return own or (None if item.event.auxiliary else given.get(item.at.document))

    def of_row(self, outlet: str) -> Grade:
        """The grade of a row of a dataset, by the outlet that it names; empty for none."""
        if not outlet:
            return Grade(self._grades.of(""), ItemGrade(6, "the dataset names no outlet"))
        return Grade(self._grades.of(outlet), ItemGrade(3, "one row names one outlet"))

    def _event(self, record: EventRecord) -> ItemGrade:
        if record.event.id in self._disputed:
            return ItemGrade(6, "a reviewer doubts how it was coded")
        if record.event.auxiliary:
            return ItemGrade(6, f"told as {' and '.join(record.event.auxiliary)}")
        tell = self._tellers.get(record.event_id, set()) | {self._voice(record)}
        denials = self._near(record.event.type, record.day)
        deny = {self._voice(each) for each in denials if _is_same(record, each)} - tell
        if deny:
            why = f"{counted(len(tell), 'voice')} for it, {len(deny):,} against"
            if len(tell) > len(deny):
                return ItemGrade(3 if len(tell) >= CONFIRMED else 4, why)
            return ItemGrade(4 if len(tell) == len(deny) else 5, why)
        if len(tell) == 1:
            return ItemGrade(3, "told by one voice")
        return ItemGrade(
            1 if len(tell) >= CONFIRMED else 2, f"told by {len(tell):,} independent voices"
        )

    def _near(self, kind: str, day: date | None) -> Iterator[EventRecord]:
        """Denials of acts of a type on days close by; none where the day is unknown."""
        if day is not None and self._denials:
            for ordinal in range(day.toordinal() - NEAR_DAYS, day.toordinal() + NEAR_DAYS + 1):
                yield from self._denials.get((kind, ordinal), ())

    def _voice(self, record: EventRecord) -> str:
        """Who tells of an act, as far as it counts as independent of others."""
        speaker = record.at.speaker_code
        if record.copied is not None:
            speakers = self._speakers.get(record.outlet.casefold(), set())
            speaker = next(iter(speakers)) if len(speakers) == 1 else speaker
        if speaker:
            return f"state {speaker[:3]}"
        source = record.at.source if record.copied is None else Source(record.outlet)
        country = country_of(source)
        if is_state(source) and country:
            return f"state {country}"
        known = media().get(source.name.casefold())
        return (known.name if known else source.name).casefold()

    def _statement(self, record: StatementRecord) -> ItemGrade:
        said, own = record.statement, record.at.speaker_code
        if said.id in self._disputed:
            return ItemGrade(6, "a reviewer doubts how it was coded")
        speaks = own is not None and any(who.code == own for who in said.speakers)
        if own is not None and (said.cue == OWN_SPEECH or speaks):
            return ItemGrade(2, "stands in the speaker's own official text")
        return ItemGrade(3, "told by one voice")


def _is_same(record: EventRecord, denial: EventRecord) -> bool:
    """Whether a denial speaks of an act: some of the same stand on both sides.

    Where nobody is acted upon, as in a meeting, two of the actors must be the same.
    """
    first, other = record.event, denial.event
    actors = _codes(first.actors) & _codes(other.actors)
    recipients = _codes(first.recipients) & _codes(other.recipients)
    if first.recipients or other.recipients:
        return bool(actors and recipients)
    return len(actors) > 1


def _codes(cast: tuple[Participant, ...]) -> set[str]:
    return {who.code for who in cast}
