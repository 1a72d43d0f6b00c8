"""The parser gives tokens whose offsets are the document's, and refuses a doctored model."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from inconcert.core.document import Document
from inconcert.core.parsed import ParsedDocument
from inconcert.errors import ModelError
from inconcert.parse.paragraphs import plain
from inconcert.parse.pipeline import DEFAULT_MODEL, Parser

TEXT = (
    "On Monday,\u00a0the “Quartet” met\nin Doha; its envoys said they’d return.\n\n"
    "Nobody  signed\u00ad anything."
)


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser()


@pytest.fixture(scope="module")
def parsed(parser: Parser) -> ParsedDocument:
    return next(parser.parse([Document.of(TEXT)]))


def test_each_token_is_the_characters_at_its_offsets(parsed: ParsedDocument) -> None:
    for token in parsed.tokens:
        original = plain(TEXT[token.start : token.end]).replace("\u00ad", "")
        assert original == token.text


def test_sentences_do_not_cross_paragraphs(parsed: ParsedDocument) -> None:
    assert [sentence.paragraph for sentence in parsed.sentences] == [0, 1]
    assert TEXT[parsed.sentences[1].start :].startswith("Nobody")


def test_heads_point_inside_the_sentence(parsed: ParsedDocument) -> None:
    for token in parsed.tokens:
        assert parsed.tokens[token.head].sentence == token.sentence


def test_children_are_the_other_side_of_heads(parsed: ParsedDocument) -> None:
    for token in parsed.tokens:
        for child in parsed.children[token.index]:
            assert parsed.tokens[child].head == token.index


def test_a_document_without_words_has_no_sentences(parser: Parser) -> None:
    assert next(parser.parse([Document.of(" \n\n--\n")])).sentences == ()


def test_the_shipped_model_is_the_official_one(parser: Parser) -> None:
    assert parser.is_verified
    assert parser.version.startswith("en_core_web_sm")


def test_a_model_that_is_not_there_is_named() -> None:
    with pytest.raises(ModelError, match="no_such_model"):
        Parser("no_such_model")


def test_altered_weights_are_refused(tmp_path: Path) -> None:
    spec = find_spec(DEFAULT_MODEL)
    assert spec is not None
    assert spec.origin is not None
    official = next(Path(spec.origin).parent.glob("*/config.cfg")).parent
    copy = tmp_path / "model"
    shutil.copytree(official, copy)
    assert Parser(str(copy)).is_verified
    weights = copy / "parser" / "model"
    weights.write_bytes(weights.read_bytes()[:-1] + b"\x00")
    with pytest.raises(ModelError, match="not the official one"):
        Parser(str(copy))
