"""What is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from inconcert.core.display import displayed
from inconcert.core.span import TimeSpan


@displayed
@dataclass(frozen=True, slots=True)
class Question:
    """Who does and says what toward whom, and are they in concert?

    One actor asks what it did and said; two ask the question of concert; more lay them side by
    side.

    Attributes:
        actors: groups of codes, one group an actor (`(("RUS",), ("CHN",))`).
        toward: codes that make up the other side (`("AFG", "AFGTAL")`).
        names: names of the actors as shown, in the order of `actors`.
        toward_name: name of the other side as shown.
        span: days asked about; None for all.
        split: a day that parts the answer in before and after (the day itself is after).
        title: the question in the analyst's words, if given.
        sources: names of the only sources used; empty for all.
    """

    actors: tuple[tuple[str, ...], ...]
    toward: tuple[str, ...]
    names: tuple[str, ...]
    toward_name: str
    span: TimeSpan | None = None
    split: date | None = None
    title: str | None = None
    sources: tuple[str, ...] = ()
