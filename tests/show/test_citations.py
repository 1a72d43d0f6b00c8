"""The sources of a brief as CSL-JSON and BibTeX."""

from __future__ import annotations

import json
import re

from tests.show.conftest import located, name
from tests.show.made_brief import CHINESE, DAY, RUSSIAN

from inconcert.core.document import Source
from inconcert.show.citations import bibtex, csl, csl_json
from inconcert.show.notes import Notes


def made(title: str = "Talks") -> Notes:
    notes = Notes(name)
    notes.cite(located("They met.", 1, DAY, title=title, source=Source("TASS", "RUS")))
    notes.cite(located("They left.", 2, DAY, title=title, source=Source("TASS", "RUS"), document=(
        located("They met.", 1, DAY).document)))  # fmt: skip
    notes.cite(RUSSIAN, source="ICEWS")
    notes.cite(CHINESE, source="ICEWS")
    return notes


def test_a_document_and_a_dataset_stand_once_with_the_numbers_of_their_notes() -> None:
    found = csl(made().notes)
    assert [item["type"] for item in found] == ["article-newspaper", "dataset"]
    assert str(found[0]["note"]).startswith("endnotes 1, 2; owner: state media")
    assert found[0]["issued"] == {"date-parts": [[2021, 3, 24]]}
    assert found[1]["note"] == "endnotes 3, 4; rows e7, e9"


def test_the_file_is_json_with_a_key_of_its_own_for_every_item() -> None:
    items = json.loads(csl_json(made().notes))
    keys = [item["id"] for item in items]
    assert len(set(keys)) == len(keys) == 2
    assert all(re.fullmatch(r"[a-z0-9-]+", key) for key in keys)


def test_a_document_without_day_or_address_is_cited_all_the_same() -> None:
    notes = Notes(name)
    notes.cite(located("They met.", 1, None, url=None, title=None))
    item = csl(notes.notes)[0]
    assert "issued" not in item
    assert "URL" not in item
    assert item["title"]


def test_no_text_ends_an_entry_of_bibtex_or_calls_a_command() -> None:
    told = bibtex(made("} @misc{x, \\input{/etc/passwd} 50% & more_#$").notes)
    assert told.count("\n@") + told.startswith("@") == 2
    title = next(line for line in told.splitlines() if "title" in line)
    inner = title.removeprefix("  title = {").removesuffix("},")
    assert re.sub(r"\\[{}&%$#_]|\\text\w+\{\}", "", inner).isascii()
    assert not re.search(r"(?<!\\)[{}&%$#_]", re.sub(r"\\text\w+\{\}", "", inner))


def test_no_address_ends_an_entry_of_bibtex() -> None:
    notes = Notes(name)
    notes.cite(located("They met.", 1, DAY, url="https://example.org/a},}@misc{x\\y"))
    told = bibtex(notes.notes)
    assert "url = {https://example.org/a%7D,%7D@misc%7Bx%5Cy}," in told
