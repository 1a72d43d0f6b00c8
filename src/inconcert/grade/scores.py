"""Coder output against a key gives a grade; pure functions, rules in `inconcert.grade`."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from inconcert.errors import BadKey
from inconcert.grade.events import grade_events, score
from inconcert.grade.key import Key
from inconcert.grade.result import Grade, GradedText
from inconcert.grade.words import has_speaker, is_exact, is_resolved

__all__ = ["DRAWS", "Grade", "GradedText", "grade"]

DRAWS = 2000


def grade(
    key: Key, texts: Mapping[str, GradedText], *, rng: np.random.Generator, draws: int = DRAWS
) -> Grade:
    """Grade what was coded in the texts of a key.

    Args:
        key: as read and checked.
        texts: by file name, all that the key names; others are not looked at.
        rng: source of all randomness of the interval; the caller seeds it.
        draws: bootstrap samples of sentences.

    Raises:
        BadKey: a text is missing, or the key's offsets do not fit it.
    """
    for file in key.files:
        if file not in texts:
            raise BadKey(
                f"the key names {file!r}, which was not coded",
                where=next(place.line for place in key.places if place.file == file),
                advice="Give the folder that holds all texts of the key.",
            )
        key.check(file, texts[file].text)
    parts = [grade_events(key, texts[file]) for file in key.files]
    spoken = [item for item in key.statements if not item.is_scare]
    quotes = [(item, quote) for item in spoken for quote in item.quotes]
    mentions = [
        (actor, form, span)
        for actor in key.actors
        for form, spans in actor.aliases
        for span in spans
    ]
    return Grade(
        events=score([row for part in parts for row in part.rows], rng, draws),
        traps=sum(not item.is_core for item in key.events),
        failed=tuple(failed for part in parts for failed in part.failed),
        misses=tuple(item for part in parts for item in part.misses),
        false_events=tuple(event for part in parts for event in part.false),
        statements=len(spoken),
        speaker_misses=tuple(
            item for item in spoken if not has_speaker(item, texts[item.at.file], key)
        ),
        quotes=len(quotes),
        quote_misses=tuple(
            (item, quote) for item, quote in quotes if not is_exact(quote, texts[item.at.file])
        ),
        mentions=len(mentions),
        forms=tuple(form for _, form, _ in mentions),
        actor_misses=tuple(
            (actor, form, span)
            for actor, form, span in mentions
            if not is_resolved(actor, span, texts[actor.at.file])
        ),
    )
