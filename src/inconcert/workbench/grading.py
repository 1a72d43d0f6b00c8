"""Score the coder against a key; nothing is stored."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from inconcert.core.document import Document
from inconcert.errors import UnreadableDocument
from inconcert.grade.key import read_key
from inconcert.grade.result import Grade, GradedText
from inconcert.grade.scores import grade
from inconcert.workbench.chain import chain

_SEED = 20_210_815


def grade_key(key_path: Path, texts: Path, *, model: str | None = None) -> Grade:
    """Code the texts that a key names and score the result.

    Args:
        key_path: JSONL key; each line names its text in `file`.
        texts: folder with those texts.

    Raises:
        BadKey: the key breaks its format.
        UnreadableDocument: a text that the key names is missing or cannot be read.
        ModelError: the language model is missing or altered.
    """
    key = read_key(key_path)
    coder = chain(model)
    graded: dict[str, GradedText] = {}
    for name in key.files:
        path = texts / name
        if not path.is_file():
            raise UnreadableDocument(
                "a text that the key names is missing",
                where=str(path),
                advice="Name the folder that holds it with --texts.",
            )
        text = _text(path)
        document = Document.of(
            text,
            published=key.published.get(name),
            speaker=key.speakers.get(name),
            place=name,
            language="en",
        )
        coding = coder.code(document)
        graded[name] = GradedText(name, text, coding.events, coding.statements, coding.mentions)
    return grade(key, graded, rng=np.random.default_rng(_SEED))


def _text(path: Path) -> str:
    """The characters of a text as they stand, for offsets in the key count them."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UnreadableDocument(
            f"the text cannot be read: {error.strerror or error}",
            where=str(path),
            advice="Check who may read it.",
        ) from error
    except UnicodeDecodeError as error:
        raise UnreadableDocument(
            f"the text is not UTF-8 (byte {error.start})",
            where=str(path),
            advice="Save it as UTF-8.",
        ) from error
