"""The three parts of a verdict, each found for itself: contact, timing, stance."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from inconcert.core.evidence import EventRecord, one_each, outlets
from inconcert.core.question import Question
from inconcert.core.verdict import Column
from inconcert.judge.amounts import NO_BREAK, counted, listed, signed, told_in
from inconcert.judge.rules import Contact, Stance, Timing

Intensity = Callable[[str, str | None], float | None]
"""PLOVER intensity of a type and mode, -10 to +10; None where the scale has none."""

MIN_DEEDS = 10
"""Plain deeds toward the other side that each actor needs before stance is read."""

STANCE_BOUND = 0.25
"""A gap in the share of cooperative deeds that counts as a difference (docs/methods/verdict.md)."""

Z95 = 1.959964


@dataclass(frozen=True, slots=True)
class ContactFound:
    """What was found of contact between two actors over the other side."""

    value: Contact
    stories: int
    reason: str


@dataclass(frozen=True, slots=True)
class StanceFound:
    """How alike two actors treat the other side."""

    value: Stance
    reason: str


@dataclass(frozen=True, slots=True)
class TimingFound:
    """What the tests of timing say (`judge.claims`)."""

    value: Timing = "not tested"
    reason: str = "Timing was not tested: acts on the same days prove nothing by themselves."


def contact(
    question: Question, joint: Sequence[EventRecord], consultations: Sequence[EventRecord]
) -> ContactFound:
    """Documented contact: joint acts toward the other side, else consultations about it.

    Args:
        question: who is asked about, toward whom.
        joint: plain joint acts toward the other side.
        consultations: plain consultations between the actors, about anything.

    Blind to: contact that no document given tells of.
    """
    about = [record for record in consultations if names_any(record, question.toward)]
    pair, other = listed(question.names), question.toward_name
    if joint:
        return ContactFound(
            "joint acts",
            separate_stories(joint),
            f"{counted(_events(joint), 'joint act')} of {pair} toward {other}, "
            f"{_spread(joint)}{_also(consultations, about)}.",
        )
    if about:
        return ContactFound(
            "consulted",
            0,
            f"{counted(_events(about), 'consultation')} between {pair} in which {other} "
            f"is named, {_spread(about)}; no joint act toward it.",
        )
    if consultations:
        found = counted(_events(consultations), "consultation")
        said = f"{found} between {pair}, none of which names {other}; no joint act toward it."
    else:
        said = f"No joint act of {pair} toward {other} and no consultation between them was found."
    return ContactFound("none found", 0, said)


def _also(consultations: Sequence[EventRecord], about: Sequence[EventRecord]) -> str:
    """What consultations stand beside joint acts; empty where there are none."""
    if about:
        return f"; also {counted(_events(about), 'consultation')} in which it is named"
    if consultations:
        more = counted(_events(consultations), "consultation")
        return f"; also {more} between them, in which it is not named"
    return ""


def separate_stories(records: Sequence[EventRecord]) -> int:
    """Stories told apart by event, by text and by day: the smallest number of the three.

    Two sentences of one text are one story; so are two texts that tell of one day. Copies are one
    text.
    """
    texts = {record.text for record in records}
    days = {record.day for record in records if record.day is not None}
    return min(_events(records), len(texts), len(days))


def _events(records: Sequence[EventRecord]) -> int:
    """How many events some mentions tell of."""
    return len({record.event_id for record in records})


def names_any(record: EventRecord, codes: Sequence[str]) -> bool:
    """Whether one of the codes acts, is acted upon, or is what the event is about."""
    event = record.event
    return any(who.code in codes for who in (*event.actors, *event.recipients, *event.about))


def _spread(records: Sequence[EventRecord]) -> str:
    """In how many reports, of how many who do not copy one another, on how many days."""
    days = {record.day for record in records if record.day is not None}
    dated = f" on {counted(len(days), 'day')}" if days else ""
    return f"told in {told_in(len(records), outlets(records))}{dated}"


def stance(
    question: Question, columns: tuple[Column, Column], intensity: Intensity | None
) -> StanceFound:
    """Whether two actors treat the other side alike: shares of cooperative deeds compared.

    Args:
        question: names the other side.
        columns: the two actors with their deeds.
        intensity: PLOVER intensity of a type and mode; None where no scale is at hand.

    Null: each deed is drawn for itself with a chance of being cooperative that is the same for
        both actors; acts that lead to one another, and retellings that were not recognised,
        break that, so the interval is too narrow.

    Blind to: how much is at stake in a deed; what is done out of the documents' sight.

    References:
        [newcombe1998]: interval for the difference of two shares (method 10).
    """
    if intensity is None:
        return StanceFound("not tested", "No scale of intensity was given.")
    first, second = (_scores(column, question.toward, intensity) for column in columns)
    sizes = (
        f"{columns[0].name} {counted(len(first), 'act')}, {columns[1].name} "
        f"{counted(len(second), 'act')} toward or with {question.toward_name}"
    )
    if min(len(first), len(second)) < MIN_DEEDS:
        return StanceFound("too few", f"{sizes}; at least {MIN_DEEDS} of each are needed.")
    warm = [sum(score > 0 for score in scores) for scores in (first, second)]
    gap, low, high = difference_of_shares(warm[0], len(first), warm[1], len(second))
    shares = [warm[0] / len(first), warm[1] / len(second)]
    means = [sum(scores) / len(scores) for scores in (first, second)]
    said = (
        f"{sizes}; cooperative share {shares[0]:.2f} against {shares[1]:.2f} "
        f"(gap {signed(gap, 2)}, 95{NO_BREAK}% interval {signed(low, 2)} to {signed(high, 2)}), "
        f"mean intensity {signed(means[0], 1)} against {signed(means[1], 1)}."
    )
    return StanceFound(_stance_value(shares, low, high), said)


def _stance_value(shares: Sequence[float], low: float, high: float) -> Stance:
    """The word for a gap, from where its whole interval lies."""
    beyond = low > STANCE_BOUND or high < -STANCE_BOUND
    if beyond and (shares[0] - 0.5) * (shares[1] - 0.5) < 0:
        return "opposed"
    if low >= -STANCE_BOUND and high <= STANCE_BOUND:
        return "aligned"
    return "apart" if low > 0 or high < 0 else "undetermined"


def toward_or_with(deeds: Iterable[EventRecord], toward: Sequence[str]) -> tuple[EventRecord, ...]:
    """Deeds that are done to the other side or together with it."""
    return tuple(deed for deed in deeds if _is_met(deed, toward))


def only_about(deeds: Iterable[EventRecord], toward: Sequence[str]) -> tuple[EventRecord, ...]:
    """Deeds that merely concern the other side: it neither acts in them nor is acted upon."""
    return tuple(deed for deed in deeds if not _is_met(deed, toward))


def _is_met(deed: EventRecord, toward: Sequence[str]) -> bool:
    return any(who.code in toward for who in (*deed.event.recipients, *deed.event.actors))


def _scores(column: Column, toward: Sequence[str], intensity: Intensity) -> list[float]:
    """Intensities of an actor's plain deeds toward or with the other side, one an event."""
    scores = (
        intensity(deed.event.type, deed.event.mode)
        for deed in one_each(toward_or_with(column.deeds, toward))
    )
    return [score for score in scores if score is not None]


def difference_of_shares(
    hits_a: int, n_a: int, hits_b: int, n_b: int
) -> tuple[float, float, float]:
    """Difference of two shares with its 95 % interval, from the two score intervals.

    References:
        [newcombe1998]: method 10.
    """
    share_a, share_b = hits_a / n_a, hits_b / n_b
    low_a, high_a = _score_interval(share_a, n_a)
    low_b, high_b = _score_interval(share_b, n_b)
    gap = share_a - share_b
    below = sqrt((share_a - low_a) ** 2 + (high_b - share_b) ** 2)
    above = sqrt((high_a - share_a) ** 2 + (share_b - low_b) ** 2)
    return gap, gap - below, gap + above


def _score_interval(share: float, n: int) -> tuple[float, float]:
    """Wilson's 95 % interval of one share."""
    centre = share + Z95**2 / (2 * n)
    half = Z95 * sqrt(share * (1 - share) / n + Z95**2 / (4 * n**2))
    scale = 1 + Z95**2 / n
    return (centre - half) / scale, (centre + half) / scale
