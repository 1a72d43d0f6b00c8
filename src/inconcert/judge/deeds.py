"""Words against deeds, promises kept, and stance: by acts and by statements, never added up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np
import numpy.typing as npt

from inconcert.core.findings import Behind, Facts, Measured
from inconcert.core.reading import StanceRead
from inconcert.judge.amounts import NO_BREAK, counted, dated, signed
from inconcert.judge.claims import stance_need
from inconcert.judge.labour_case import (
    LEVEL,
    PAIR,
    Acts,
    Ints,
    of_test,
    refused,
    share_words,
    tried,
)
from inconcert.measure import promises as promised
from inconcert.measure import stance, words_deeds, words_deeds_stance
from inconcert.measure.promises import promises_kept
from inconcert.measure.words_deeds import words_against_deeds
from inconcert.measure.words_deeds_stance import moved, stand
from inconcert.ontology.domains import SPOKEN, Act, tables

WORDS, STANCE = "words and deeds", "stance"
PROMISE, KEPT_BY = ("AGREE",), ("AID", "COOPERATE")
PRESS = "The press tells of every word and of few deeds, and of harsh deeds before kind ones."
NOT_THE_DEED = (
    "That a deed followed does not make it the one that was promised: read the pairs. An agreement "
    "signed because the deed is on its way is no promise kept."
)
SHARE_ONLY = "A share of reported acts, whatever is at stake in them."
NOT_WHY = "Nothing is said of why; a slow drift looks like a step."


def words(acts: Acts, actor: int) -> Measured:
    """Whether an actor is kinder in words than in deeds."""
    name = acts.names[actor]
    empty = Measured(
        f"words.gap.{PAIR[actor]}", WORDS, f"{name}: words against deeds", "", n_of="deeds",
        null=words_deeds.NULL, mind=PRESS,
    )  # fmt: skip

    def ask() -> Measured:
        said, done = (acts.signs(nature)[actor] for nature in ("word", "deed"))
        found = words_against_deeds(said, done)
        value = "alike"
        if found.p < 0.05:
            value = "kinder in words" if found.statistic > 0 else "kinder in deeds"
        told = of_test(
            empty,
            found,
            value=value,
            sentence=f"{name}: {_percent(said)} of {counted(int(said.sum()), 'verbal act')} and "
            f"{_percent(done)} of {counted(int(done.sum()), 'deed')} cooperative.",
            unit="cooperative share of words less that of deeds",
        )
        return replace(
            told,
            behind=(Behind(actor, (), "nature", ("deed",)),),
        )

    return tried(empty, ask)


def promises(acts: Acts, actor: int) -> Measured:
    """Whether deeds follow an actor's promises more than its other kind words."""
    name = acts.names[actor]
    empty = Measured(
        f"words.promises.{PAIR[actor]}", WORDS, f"{name}: promises kept", "", n_of="promises",
        null=promised.NULL, mind=NOT_THE_DEED,
    )  # fmt: skip

    def ask() -> Measured:
        series = acts.by(_promise_or_deed, ("promise", "word", "deed"))[actor]
        found = promises_kept(*series, rng=acts.rng(3, actor), seed=acts.seed)
        test = found.result
        pairs = tuple(
            (acts.day(said), None if done is None else acts.day(done)) for said, done in found.pairs
        )
        return replace(
            empty,
            value="kept more than chance" if test.p < 0.05 else "not more than other words",
            sentence=f"{name}: within {promised.WINDOW_DAYS} days a deed followed "
            f"{100 * found.share:.0f}{NO_BREAK}% of {counted(test.n, 'promise')} and "
            f"{100 * found.usual:.0f}{NO_BREAK}% of its other kind words of these weeks.",
            effect=(test.statistic - test.expected) / max(test.n, 1),
            unit="share kept beyond the expected",
            interval=test.interval,
            level=LEVEL,
            p=test.p,
            n=test.n,
            facts=(
                Facts("pairs", tuple({"promise": said, "deed": done} for said, done in pairs)),
                Facts("too_late", ({"promises": found.too_late},)),
            ),
            behind=_behind_pairs(actor, pairs),
        )

    return tried(empty, ask)


def _promise_or_deed(act: Act) -> str:
    sorts = tables()
    if act.kind in PROMISE:
        return "promise"
    if act.kind in KEPT_BY:
        return "deed"
    is_kind = sorts.stance_of(act) == "cooperative" and sorts.nature(act) == "word"
    return "word" if is_kind and act.kind not in SPOKEN else ""


def _behind_pairs(actor: int, pairs: tuple[tuple[date, date | None], ...]) -> tuple[Behind, ...]:
    kept = [(said, done) for said, done in pairs if done is not None]
    rest = [said for said, done in pairs if done is None]
    told = [
        Behind(actor, (*(said for said, _ in kept), *rest), "kind", PROMISE),
        Behind(actor, tuple(dict.fromkeys(done for _, done in kept)), "kind", KEPT_BY),
    ]
    return tuple(one for one in told if one.days)


def by_acts(acts: Acts, actor: int) -> Measured:
    """The share of cooperative acts of one actor."""
    name = acts.names[actor]
    empty = Measured(
        f"stance.acts.{PAIR[actor]}", STANCE, f"{name}, by acts", "",
        mind=f"{SHARE_ONLY} Withdrawal and flight are left out.",
    )  # fmt: skip
    return tried(
        empty,
        lambda: _standing(
            empty, name, acts.signs()[actor], "acts that have a side are cooperative",
            (Behind(actor, (), "stance", ("conflictual",)),),
        ),
    )  # fmt: skip


def by_statements(acts: Acts, actor: int, said: Ints | None) -> Measured:
    """The share of statements for the side.

    Args:
        said: statements for and against by day, shape (2, days); None where the source has no
            sentences.
    """
    name = acts.names[actor]
    empty = Measured(
        f"stance.statements.{PAIR[actor]}", STANCE, f"{name}, by statements", "",
        n_of="statements", mind="Words are no acts; statements that take no side are left out.",
    )  # fmt: skip
    if said is None:
        return refused(empty, "The source has rows and no sentences: what was said is not in it")
    return tried(
        empty,
        lambda: _standing(
            empty, name, said, f"statements that take a side are for {acts.other}", ()
        ),
    )


def _standing(
    empty: Measured, name: str, counts: Ints, of: str, behind: tuple[Behind, ...]
) -> Measured:
    found = stand(counts)
    return replace(
        empty,
        value=share_words(found.share, found.bounds),
        sentence=f"{name}: {share_words(found.share, found.bounds)} of {found.n} {of}.",
        effect=found.share,
        unit="share",
        interval=found.bounds,
        level=LEVEL,
        n=found.n,
        behind=behind,
    )


def gap(acts: Acts, read: StanceRead) -> Measured:
    """The difference of the two, as it stands in the verdict of the source.

    Args:
        read: stance of the source's reading.
    """
    empty = Measured(
        "stance.gap", STANCE, "difference of the two, by acts", "", null=stance.NULL,
        mind=f"{SHARE_ONLY} It is the one of the part stance of the verdict, shown again.",
    )  # fmt: skip
    if read.gap is None or read.interval is None:
        many = f"{read.acts[0]} and {read.acts[1]}"
        return refused(empty, f"Acts that have a side: {many}; {stance_need(read.acts)}")
    return replace(
        empty,
        value=read.value,
        sentence=f"{acts.names[0]} less {acts.names[1]}: {read.value}.",
        effect=read.gap,
        unit="difference of cooperative shares",
        interval=read.interval,
        level=0.95,
        n=sum(read.acts),
    )


def who_moved(acts: Acts, actor: int, split: date) -> Measured:
    """Whether an actor's stance after a day that was named differs from its stance before."""
    name = acts.names[actor]
    empty = Measured(
        f"stance.moved.{PAIR[actor]}", STANCE, f"{name}, moved at {dated(split)}?", "",
        null=words_deeds_stance.NULL, mind=NOT_WHY, n_of="acts of the shorter side",
    )  # fmt: skip
    place = int((np.datetime64(split, "D") - acts.days[0]).astype(int))
    if not 0 < place < len(acts.days):
        return refused(empty, f"{dated(split)} does not part the days of the source")

    def ask() -> Measured:
        found = moved(acts.signs()[actor], place)
        up = "warmer" if found.statistic > 0 else "colder"
        value = up if found.p < 0.05 else "no move shown"
        return of_test(
            empty,
            found,
            value=value,
            sentence=f"{name}: cooperative share from {dated(split)} on less that before "
            f"{signed(found.statistic, 2)}: {value}.",
            unit="share after less share before",
        )

    return tried(empty, ask)


def all_of(
    acts: Acts, read: StanceRead, *, split: date | None, said: tuple[Ints, Ints] | None = None
) -> Iterator[Measured]:
    """All findings of words, deeds and stance.

    Args:
        acts: toward the side.
        read: stance of the source's reading.
        split: a day that parts before from after, named by whoever asks.
        said: statements of A and of B for and against by day, each of shape (2, days).
    """
    for ask in (words, promises, by_acts):
        yield from (ask(acts, actor) for actor in (0, 1))
    yield gap(acts, read)
    for actor in (0, 1):
        yield by_statements(acts, actor, None if said is None else said[actor])
    if split is not None:
        yield from (who_moved(acts, actor, split) for actor in (0, 1))


def _percent(counts: npt.NDArray[np.int64]) -> str:
    return f"{100 * counts[0].sum() / max(counts.sum(), 1):.0f}{NO_BREAK}%"
