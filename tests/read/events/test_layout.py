"""Layouts are data, and an analyst's own may turn cells and nothing else."""

from __future__ import annotations

import pytest
from tests.read.events.conftest import take

from inconcert.errors import BadSetting
from inconcert.read.events import built_in_layouts
from inconcert.read.events.expressions import faults_of
from inconcert.read.events.layout import parse_layout

OWN = """
name = "own"
source = "OWN"
scheme = "cameo"
delimiter = ","
quote = '"'
columns = ["from", "who", "did", "whom"]
[select]
day = "try_strptime(from, '%d.%m.%Y')"
code = "did"
a_name = "upper(who)"
b_name = "whom"
"""


def _refused(text: str) -> str:
    with pytest.raises(BadSetting) as caught:
        parse_layout(text, where="mapping.toml")
    return str(caught.value)


def test_every_built_in_layout_names_its_codebook_and_what_it_was_checked_against():
    for layout in built_in_layouts().values():
        assert layout.reference, layout.name
        assert layout.seen, layout.name
        assert layout.where.endswith(".toml")


def test_the_column_counts_are_those_of_the_codebooks():
    counts = {name: len(layout.columns) for name, layout in built_in_layouts().items()}
    assert counts["gdelt2-events"] == 61
    assert counts["gdelt1-events"] == 58
    assert counts["gdelt2-mentions"] == 16
    assert counts["gdelt2-gkg"] == 27
    assert counts["icews"] == 20
    assert counts["polecat"] == 40
    assert counts["phoenix-cline"] == 25
    assert counts["phoenix-real-time"] == 26
    assert counts["ucdp-ged"] == 49


def test_a_file_of_any_columns_is_read_by_a_mapping(tmp_path):
    (tmp_path / "mapping.toml").write_text(OWN)
    (tmp_path / "own.csv").write_text('whom,did,from,who\nChile,042,28.7.2021,"Peru, twice"\n')
    row = take(tmp_path / "own.csv", layout=tmp_path / "mapping.toml").only
    assert (row["a_name"], row["b_name"], str(row["day"])) == ("PERU, TWICE", "Chile", "2021-07-28")


def test_a_file_that_lacks_a_column_of_the_mapping_is_left_out_with_the_columns_needed(tmp_path):
    (tmp_path / "mapping.toml").write_text(OWN)
    (tmp_path / "own.csv").write_text("whom,did,from\nChile,042,28.7.2021\n")
    left = take(tmp_path / "own.csv", layout=tmp_path / "mapping.toml").left_out[0]
    assert "not those of own" in left.reason
    assert "from, who, did, whom" in left.detail


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("name =", "nome ="), "Nearest: name"),
        (('code = "did"', 'cod = "did"'), "Nearest: code"),
        (('code = "did"', 'code = "deed"'), "deed is no column"),
        (('code = "did"', "code = \"read_text('secret')\""), "read_text() is not among"),
        (('code = "did"', 'code = "(select did)"'), "select is no column"),
        (('code = "did"', 'code = "did; drop"'), "';' may not stand here"),
        (('code = "did"', "code = \"getenv('HOME')\""), "getenv() is not among"),
        (('"who", "did"', '"who", "who"'), "no list of different names"),
        (('scheme = "cameo"', 'scheme = "cames"'), "scheme 'cames' is none"),
        (('day = "try', 'days = "try'), "rows have no column 'days'"),
        (("columns = [", "columns = "), "not TOML"),
    ],
)
def test_a_mapping_that_breaks_the_form_is_refused_with_the_reason(change, told):
    assert told in _refused(OWN.replace(*change))


def test_comments_and_dollar_quotes_do_not_get_past_the_list():
    for text in ("did -- x", "did /* x */", "$$x$$", "did\\", "`did`", "@did"):
        assert faults_of(text, frozenset({"did", "x"})) is not None, text
