"""Score the coder against a key; nothing is stored."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from inconcert.core.document import Document
from inconcert.errors import BadInput, UnreadableDocument
from inconcert.grade.key import read_key
from inconcert.grade.labelled import LabelledGrade
from inconcert.grade.plover import PloverGrade
from inconcert.grade.references import ReferenceGrade
from inconcert.grade.result import Grade, GradedText
from inconcert.grade.scores import grade
from inconcert.workbench.chain import chain
from inconcert.workbench.labelled import grade_labelled
from inconcert.workbench.marked import grade_marked
from inconcert.workbench.references import grade_reference_file

_SEED = 20_210_815


_FORMS = {".tsv": "plover", ".txt": "sentences", ".jsonl": "key", ".json": "key"}


def grade_file(
    path: Path, *, texts: Path | None = None, form: str = "auto"
) -> Grade | PloverGrade | LabelledGrade | ReferenceGrade:
    """Score the coder against a file of any form.

    Args:
        path: JSONL key, TSV of marked sentences, or labelled sentences.
        texts: folder with the texts that a key names.
        form: `key`, `plover`, `sentences`, `references`, or `auto` to go by ending and content.

    Raises:
        BadInput: the file is missing, of no known form, or breaks its form; names file and line.
    """
    if not path.is_file():
        raise BadInput(
            "the file to grade by cannot be read: there is no such file",
            where=str(path),
            advice="Name the file to grade by.",
        )
    if form == "auto":
        form = _FORMS.get(path.suffix.lower(), "")
        if form == "sentences" and _has_references(path):
            form = "references"
    if form == "references":
        return grade_reference_file(path)
    if form == "plover":
        return grade_marked(path)
    if form == "sentences":
        return grade_labelled(path)
    if form != "key":
        raise BadInput(
            "the ending does not tell the form of the file",
            where=str(path),
            advice="Say it with --format key, plover, sentences or references.",
        )
    if texts is None:
        raise BadInput(
            "a key needs the texts it names", where=str(path), advice="Name their folder: --texts."
        )
    return grade_key(path, texts)


def _has_references(path: Path) -> bool:
    """Whether labelled sentences carry references, statements or times instead of events."""
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        if line.startswith("E "):
            return False
        if line[:2] in {"R ", "Q ", "T ", "M "}:
            return True
    return False


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
