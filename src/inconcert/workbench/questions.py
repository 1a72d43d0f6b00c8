"""What was asked, in codes: names looked up, days checked, sides told apart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches

from inconcert.core.config import QuestionSection, Settings
from inconcert.core.question import Question
from inconcert.core.span import TimeSpan
from inconcert.errors import BadQuestion
from inconcert.resolve.register import Register


def question_of(
    settings: Settings,
    register: Register,
    *,
    actors: Sequence[Sequence[str]],
    toward: str,
    span: TimeSpan | None = None,
    split: date | None = None,
    title: str | None = None,
    sources: Sequence[str] = (),
) -> Question:
    """The question that a person put in names, codes and sides.

    Args:
        actors: one group of names or codes an actor.
        toward: a side of the settings, or names or codes joined by `+`.

    Raises:
        UnknownActor: a name or code stands for nobody.
        BadQuestion: no actor, an actor named twice or on both sides, a side misspelt.
    """
    if not actors or not toward:
        raise BadQuestion(
            "a question needs at least one actor and a --toward",
            advice="As in: inconcert ask RUS CHN --toward AFG+AFGTAL",
        )
    groups = tuple(_codes(register, group) for group in actors)
    side = settings.side(toward)
    if side is None:
        _require_no_side_meant(settings, toward)
    other = _codes(register, side.codes if side is not None else (toward,))
    names = tuple(
        _name(settings, register, group, codes) for group, codes in zip(actors, groups, strict=True)
    )
    for name, codes in zip(names, groups, strict=True):
        if set(codes) & set(other):
            raise BadQuestion(
                f"{name} stands on both sides of the question",
                where=title or "",
                advice="Ask about an actor's acts toward somebody else.",
            )
    if len(set(groups)) < len(groups):
        raise BadQuestion(
            "the same actor is asked about twice", where=title or "", advice="Name each once."
        )
    name = side.name if side is not None else _name(settings, register, (toward,), other)
    return Question(groups, other, names, name, span, split, title, tuple(sources))


def question_of_section(
    settings: Settings, register: Register, section: QuestionSection
) -> Question:
    """A question of case.toml; errors as in `question_of`."""
    span = None
    if section.first is not None or section.last is not None:
        span = TimeSpan(section.first or date.min, section.last or date.max)
    return question_of(
        settings,
        register,
        actors=section.actors,
        toward=section.toward,
        span=span,
        split=section.split,
        title=section.title,
        sources=section.sources,
    )


def days_of(text: str, where: str) -> TimeSpan:
    """The days that a person wrote.

    Raises:
        BadQuestion: it is no date; names the option.
    """
    try:
        return TimeSpan.parse(text)
    except (ValueError, OverflowError) as error:
        raise BadQuestion(
            f"{text!r} is no date", where=where, advice="Write 2021, 2021-08 or 2021-08-15."
        ) from error


def asked_days(since: str | None, until: str | None) -> TimeSpan | None:
    """The days asked about; an open end reaches as far as days are counted.

    Raises:
        BadQuestion: one of the two is no date, or they stand in the wrong order.
    """
    if since is None and until is None:
        return None
    first = date.min if since is None else days_of(since, "--from").first
    last = date.max if until is None else days_of(until, "--to").last
    if last < first:
        raise BadQuestion(
            f"the question ends ({last}) before it begins ({first})",
            where="--from, --to",
            advice="Exchange the two.",
        )
    return TimeSpan(first, last)


def _require_no_side_meant(settings: Settings, toward: str) -> None:
    """Refuse words that come close to the name of a side: read as a name they mean less."""
    sides = {side.name.casefold(): side.name for side in settings.sides}
    near = get_close_matches(toward.casefold(), sides, n=1, cutoff=0.8)
    if " " in toward and near:
        raise BadQuestion(
            f"no side is called {toward!r}",
            where="toward",
            advice=f"Did you mean {sides[near[0]]!r}? Or write codes joined by +.",
        )


def _codes(register: Register, names: Sequence[str]) -> tuple[str, ...]:
    codes = [code for name in names for code in register.codes_for(name)]
    return tuple(dict.fromkeys(codes))


def _name(
    settings: Settings, register: Register, written: Sequence[str], codes: Sequence[str]
) -> str:
    side = settings.side(written[0]) if len(written) == 1 else None
    if side is not None:
        return side.name
    return " and ".join(register.name_of(code) for code in codes)
