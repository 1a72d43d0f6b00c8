"""Other explanations of what is seen, how each was looked at, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from inconcert.core.reading import Reading
from inconcert.core.verdict import Answer
from inconcert.judge.amounts import counted, listed, number, percent
from inconcert.judge.claims import BLOC_MEMBERS, CLAIM, p_words, partners_words
from inconcert.judge.coders import are_measured
from inconcert.judge.media import is_state
from inconcert.judge.sources import source_name
from inconcert.show.words import short_day

Outcome = Literal["not looked at", "not ruled out", "does not explain it", "explains it"]

COUNTS_MOVE = (
    "A rise or fall of what is counted may be a rise or fall of what was published: compare with "
    "the documents of the same days before you read it as a change of conduct."
)
BUNDLING = "sentences"
"""Begins the name of what is left out where acts of one sentence are."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One other explanation.

    Attributes:
        name: of the explanation.
        outcome: what came of looking at it.
        how: how it was looked at, with the numbers.
    """

    name: str
    outcome: Outcome
    how: str


def alternatives(answer: Answer, names: Callable[[str], str]) -> tuple[Alternative, ...]:
    """Of two actors common shock, bloc, bundling, chance; of others what else makes such counts.

    Args:
        answer: to one question.
        names: name of a code as shown.
    """
    if answer.verdict is None:
        return tuple(_of_counts(answer))
    reading = answer.by_source[0].reading if answer.by_source else None
    if reading is None or not reading.tests or reading.leading is None:
        why = "Timing was not tested, so that there is no finding to explain."
        if reading is not None and reading.refused:
            why = f"Too little in {source_name(reading)} for a test of timing."
        return (
            Alternative("A common cause, a bloc, bundled reports, chance", "not looked at", why),
        )
    is_claimed = answer.by_source[0].value("timing") in ("co-acting", "bloc-wide")
    return tuple(_all(reading, names, is_claimed=is_claimed))


def _of_counts(answer: Answer) -> Iterator[Alternative]:
    """Other reasons why so much, or so little, is counted of actors laid side by side."""
    places = [deed.at for column in answer.columns for deed in column.deeds]
    places += [said.at for column in answer.columns for said in column.statements]
    if not places:
        return
    if answer.question.split is not None:
        yield Alternative("More was published, not more done", "not looked at", COUNTS_MOVE)
    own = sum(bool(at.speaker_code) or is_state(at.source) for at in places)
    part = f"{percent(own, len(places))} of"
    share = {0: "None of", len(places): "All"}.get(own, part)
    yield Alternative(
        "A side tells what it wants told",
        "not ruled out" if own else "does not explain it",
        f"{share} {number(len(places))} reports and statements stand in "
        "official texts or state media.",
    )
    if not are_measured(answer.corpus.coders):
        yield Alternative(
            "The coder errs",
            "not ruled out",
            "It has not been measured on news; read the sentences behind a number.",
        )


def _all(
    reading: Reading, names: Callable[[str], str], *, is_claimed: bool
) -> Iterator[Alternative]:
    yield _shock(reading, is_claimed)
    yield _bloc(reading, names)
    yield _bundling(reading)
    yield _chance(reading, is_claimed)


def _shock(reading: Reading, is_claimed: bool) -> Alternative:
    """News that moves everybody."""
    leading = reading.leading
    assert leading is not None
    how = (
        f"What third parties do toward the same side lets one expect {leading.expected:.1f} "
        f"coincidences; {leading.observed:.0f} are found."
    )
    if reading.explained:
        days = listed([short_day(day.day) for day in reading.explained[:3]])
        how += f" On the busiest days ({days}) shared news explains that both act."
    if not is_claimed:
        return Alternative("A common cause moves both", "not ruled out", how)
    if reading.erasing_shock is not None and reading.erasing_shock > 0:
        how += (
            " A cause that moves these two alone would undo the finding if it were "
            f"{reading.erasing_shock:.1f} times as strong as what moves third parties."
        )
    return Alternative("A common cause moves both", "does not explain it", how)


def _bloc(reading: Reading, names: Callable[[str], str]) -> Alternative:
    """Others who act with both alike."""
    leading = reading.leading
    found = () if leading is None else leading.bloc
    if len(found) >= BLOC_MEMBERS:
        others = listed([names(code) for code in found])
        return Alternative(
            "A bloc acts, not the two",
            "explains it",
            f"{others} act together with both alike.",
        )
    if leading is not None and leading.partners:
        return Alternative(
            "A bloc acts, not the two",
            "not ruled out",
            f"{partners_words(leading, names).strip()} Fewer than {BLOC_MEMBERS} do, so that the "
            "verdict does not call it a bloc.",
        )
    if found:
        others = listed([names(code) for code in found])
        verb = "acts" if len(found) == 1 else "act"
        return Alternative(
            "A bloc acts, not the two",
            "not ruled out",
            f"{others} {verb} together with both alike; {BLOC_MEMBERS} or more would make it a "
            "bloc.",
        )
    return Alternative(
        "A bloc acts, not the two",
        "does not explain it",
        f"No third party acts together with both alike; {BLOC_MEMBERS} or more would make it a "
        "bloc.",
    )


def _bundling(reading: Reading) -> Alternative:
    """Journalism that puts the two into one report."""
    name = "One report names both, and is coded as acts of each"
    for one in reading.dropped:
        if not one.is_period and one.what.startswith(BUNDLING):
            if one.p is None or one.lift is None:
                return Alternative(name, "not ruled out", f"Without {one.what} too little is left.")
            told = f"Without {one.what} the leading test has lift {one.lift:.2f}, {p_words(one.p)}."
            return Alternative(
                name, "does not explain it" if one.p < CLAIM else "not ruled out", told
            )
    if reading.kind == "dataset":
        return Alternative(
            name,
            "not ruled out",
            f"{reading.source} does not tell which rows come from one report; acts of one day and "
            "type may be one report that bundles the two.",
        )
    return Alternative(
        name, "not looked at", "The test was not made again without sentences that name both."
    )


def _chance(reading: Reading, is_claimed: bool) -> Alternative:
    """Luck."""
    leading = reading.leading
    assert leading is not None
    place, of = leading.rank
    how = (
        f"After Holm over {counted(len(reading.tests), 'direction')} "
        f"{p_words(leading.corrected)}; place {number(place)} of {number(of)} among "
        "pairs of one of the two with a third party."
    )
    if reading.power is not None and not is_claimed:
        how += (
            f" Power to find an actor that joins 35\u00a0% of the other's acts is "
            f"{reading.power:.2f}."
        )
    return Alternative(
        "They coincide by luck", "does not explain it" if is_claimed else "not ruled out", how
    )
