"""Files of labelled sentences with types and modes of a user's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from inconcert.errors import BadInput
from inconcert.labels.corpus import read_file
from inconcert.labels.custom import OwnName, read_own

EXAMPLE = Path(__file__).parents[2] / "examples" / "border-ontology" / "border.txt"
TEXT = """# own-1
S Tajik guards opened fire on Kyrgyz herders.
E opened fire | BORDER | Tajik guards | Kyrgyz herders | - | - | territory
# own-2
S Syrian rebels shelled a post from across the frontier.
E shelled | ASSAULT.border | Syrian rebels | post | - | - | territory
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "own.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_type_of_ones_own_is_refused_unless_it_is_named(tmp_path):
    path = write(tmp_path, TEXT)
    records, wrong = read_file(path)
    assert len(wrong) == 2
    assert not records
    assert [len(part) for part in read_file(path, ("BORDER", "ASSAULT.border"))] == [2, 0]


def test_an_own_mode_allows_no_other_mode_and_no_type(tmp_path):
    text = TEXT.replace("ASSAULT.border", "ASSAULT.frontier")
    with pytest.raises(BadInput, match=r"own\.txt:5 .*no mode frontier of ASSAULT"):
        read_own(write(tmp_path, text), OwnName.parse("ASSAULT.border"), ["BORDER"])


def test_an_own_type_has_no_modes_that_nobody_named(tmp_path):
    text = TEXT.replace("BORDER", "BORDER.shots").replace("ASSAULT.border", "ASSAULT")
    with pytest.raises(BadInput, match="no mode shots of BORDER"):
        read_own(write(tmp_path, text), OwnName.parse("BORDER"))


def test_a_word_that_is_not_in_the_sentence_is_named_with_its_line(tmp_path):
    text = TEXT.replace("opened fire |", "fired |").replace("ASSAULT.border", "ASSAULT")
    with pytest.raises(BadInput, match=r"own\.txt:2 \(own-1\): not in the sentence") as found:
        read_own(write(tmp_path, text), OwnName.parse("BORDER"))
    assert found.value.advice


@pytest.mark.parametrize("content", [b"", b"no marks at all\n", b"S \xff\xfe broken"])
def test_a_file_without_labelled_sentences_is_refused(tmp_path, content):
    path = tmp_path / "own.txt"
    path.write_bytes(content)
    with pytest.raises(BadInput):
        read_own(path, OwnName.parse("BORDER"))


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(BadInput, match="cannot be read"):
        read_own(tmp_path / "none.txt", OwnName.parse("BORDER"))


@pytest.mark.parametrize(
    "name",
    [
        "ASSAULT",
        "NONE",
        "border",
        "BOR DER",
        "../BORDER",
        "",
        "ASSAULT.aerial",
        "ASSAULT.",
        "BORDER.shots",
    ],
)
def test_a_name_that_is_taken_or_has_another_form_is_refused(name):
    with pytest.raises(BadInput):
        OwnName.parse(name)


def test_a_type_takes_the_quad_class_of_what_it_is_like_and_none_unasked():
    assert OwnName.parse("BORDER", "ASSAULT").quad == "material conflict"
    assert OwnName.parse("BORDER").quad is None
    with pytest.raises(BadInput, match="no event type"):
        OwnName.parse("BORDER", "ATTACK")


def test_a_mode_is_like_its_type_and_no_other():
    assert OwnName.parse("ASSAULT.border").like == "ASSAULT"
    with pytest.raises(BadInput, match="is like ASSAULT"):
        OwnName.parse("ASSAULT.border", "COERCE")


def test_the_example_can_be_read_and_holds_sentences_with_and_without():
    name = OwnName.parse("BORDER", "ASSAULT")
    records = read_own(EXAMPLE, name)
    told = [record for record in records if any(map(name.is_told_by, record.events))]
    assert len(records) == 60
    assert 30 <= len(told) <= 40
