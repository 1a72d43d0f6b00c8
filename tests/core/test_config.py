from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.core.config import QuestionSection, Settings, Side
from inconcert.errors import BadSetting, NoCase

CASE = """\
# A case about a strait.
title = "The strait"

[read]
places = ["articles", "speeches.jsonl"]
source = "Vale Courier"
max_megabytes = 5

[read.mapping]
text = "body"
date = "day"

[code]
languages = [
  "en",
]

[sides]
"the islands" = ["VAL", "VALREB"]

[[questions]]
title = "What are the two up to?"
actors = ["Morland", ["OST", "OSTMIL"]]
toward = "the islands"
from = 2021-07-01
to = "2021-10"
split = 2021-08-15

[[questions]]
actors = ["MOR"]
toward = "VAL+VALREB"
sources = ["Vale Courier"]
"""


@pytest.fixture
def case(tmp_path) -> Path:
    path = tmp_path / "case.toml"
    path.write_text(CASE, encoding="utf-8")
    return path


def changed(path: Path, old: str, new: str) -> Path:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_without_a_case_the_shipped_defaults_hold():
    shipped = Settings.load()
    assert (shipped.code.processes, shipped.code.languages, shipped.code.model) == (
        0,
        ("en",),
        None,
    )
    assert shipped.read.places == ()
    assert {origin for _, _, origin in shipped.explain()} == {"default"}


def test_a_case_is_read_into_types(case):
    found = Settings.load(case)
    assert found.title == "The strait"
    assert found.read.places == ("articles", "speeches.jsonl")
    assert found.read.columns == {"text": "body", "date": "day"}
    assert found.sides == (Side("the islands", ("VAL", "VALREB")),)
    assert found.questions == (
        QuestionSection(
            "What are the two up to?",
            (("Morland",), ("OST", "OSTMIL")),
            "the islands",
            date(2021, 7, 1),
            date(2021, 10, 31),
            date(2021, 8, 15),
        ),
        QuestionSection(None, (("MOR",),), "VAL+VALREB", sources=("Vale Courier",)),
    )


def test_a_side_is_found_whatever_its_capitals(case):
    assert Settings.load(case).side("The Islands") == Side("the islands", ("VAL", "VALREB"))
    assert Settings.load(case).side("nobody") is None


def test_the_command_line_goes_before_the_case_and_the_case_before_the_defaults(case):
    found = Settings.load(case, overrides={"code.processes": 3, "read.source": "The Post"})
    explained = {key: (value, origin) for key, value, origin in found.explain()}
    assert explained["code.processes"] == (3, "command line")
    assert explained["read.source"] == ("The Post", "command line")
    assert explained["read.max_megabytes"] == (5.0, "case.toml:7")
    assert explained["read.mapping.date"] == ("day", "case.toml:11")
    assert explained["code.languages"] == (["en"], "case.toml:14")
    assert explained["sides.the islands"][1] == "case.toml:19"
    assert explained["questions.0.to"][1] == "case.toml:26"
    assert explained["questions.1.actors"] == (["MOR"], "case.toml:30")
    assert explained["code.model"] == (None, "default")


def test_an_option_that_was_not_given_overrides_nothing(case):
    assert Settings.load(case, overrides={"title": None}) == Settings.load(case)


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("code.processes", "4", 4),
        ("read.max_megabytes", "0.5", 0.5),
        ("read.places", "articles", ("articles",)),
        ("read.places", "2021", ("2021",)),
        ("read.places", '["a", "b"]', ("a", "b")),
        ("title", "2021", "2021"),
    ],
)
def test_texts_of_the_command_line_become_what_the_key_wants(key, text, value):
    found = Settings.load(overrides={key: text})
    for part in key.split("."):
        found = getattr(found, part)
    assert found == value


@pytest.mark.parametrize(
    ("old", "new", "where", "says"),
    [
        ("max_megabytes", "max_megabyte", "case.toml:7", "`read.max_megabytes`"),
        ("title = ", "titel = ", "case.toml:2", "`title`"),
        ("[code]", "[cod]", "case.toml:13", "code"),
        ('date = "day"', 'dat = "day"', "case.toml:11", "`read.mapping.date`"),
        ("split = ", "splitt = ", "case.toml:27", "`questions.0.split`"),
        ("# A case", "processes = 2 #", "case.toml:1", "`code.processes`"),
        ("max_megabytes = 5", "max_megabytes = 0", "case.toml:7", "above 0"),
        ("max_megabytes = 5", 'country = "Ostra"', "case.toml:7", "three capital letters"),
        ("max_megabytes = 5", "source = 3", "case.toml:7", ""),
        ("places = [", "places = [3, ", "case.toml:5", "text in quotation marks"),
        ('"en",', '"english",', "case.toml:14", "two small letters"),
        ('to = "2021-10"', 'to = "2021-13"', "case.toml:26", "month"),
        ('to = "2021-10"', 'to = "2021-06"', "case.toml:26", "before it begins"),
        ('toward = "the islands"', "", "case.toml:22", "no `toward`"),
        ('actors = ["MOR"]', "actors = []", "case.toml:30", "list of actors"),
        ('["VAL", "VALREB"]', "[]", "case.toml:19", "at least one"),
        ('title = "The strait"', 'title = The strait"', "case.toml:2", "not TOML"),
        ("[[questions]]", "[questions]", "case.toml:", "TOML"),
    ],
)
def test_a_bad_setting_is_told_with_its_line_and_what_was_meant(case, old, new, where, says):
    with pytest.raises(BadSetting) as caught:
        Settings.load(changed(case, old, new))
    assert caught.value.where.startswith(where)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    "text", ["read = 3", "\nsides = []", "[read]\nmapping = 1", "questions = 1"]
)
def test_a_value_where_a_table_belongs_is_told(tmp_path, text):
    path = tmp_path / "case.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadSetting, match="is not a") as caught:
        Settings.load(path)
    assert caught.value.where == f"case.toml:{len(text.splitlines())}"


def test_an_unknown_override_names_the_command_line_and_the_nearest_key():
    with pytest.raises(BadSetting) as caught:
        Settings.load(overrides={"code.proceses": 2})
    assert caught.value.where == "command line"
    assert "code.processes" in caught.value.advice


def test_a_missing_case_file_is_no_case(tmp_path):
    with pytest.raises(NoCase, match="inconcert init"):
        Settings.load(tmp_path / "case.toml")


def test_a_byte_order_mark_and_windows_lines_are_taken(tmp_path):
    path = tmp_path / "case.toml"
    path.write_bytes(b"\xef\xbb\xbf" + CASE.replace("\n", "\r\n").encode())
    found = Settings.load(path)
    assert found.title == "The strait"
    assert ("read.source", "Vale Courier", "case.toml:6") in found.explain()


def test_a_file_that_is_not_utf8_is_told(tmp_path):
    path = tmp_path / "case.toml"
    path.write_bytes('title = "Bogotá"'.encode("latin-1"))
    with pytest.raises(BadSetting, match="not UTF-8"):
        Settings.load(path)


def test_the_text_of_a_case_keeps_its_settings_and_explains_them(case, tmp_path):
    before = Settings.load(case)
    written = tmp_path / "again.toml"
    written.write_text(before.text(), encoding="utf-8")
    assert Settings.load(written) == before
    assert "# Who publishes them" in before.text()


def test_a_fresh_case_reads_as_the_defaults(tmp_path):
    written = tmp_path / "case.toml"
    written.write_text(Settings.load().text(), encoding="utf-8")
    assert Settings.load(written) == Settings.load()


def test_the_examples_in_a_fresh_case_are_good_settings(tmp_path):
    lines = Settings.load().text().split("\n")
    wanted = [line for line in lines if "=" in line or line.startswith(("# [", "["))]
    bare = [line.removeprefix("# ") for line in wanted]
    path = tmp_path / "case.toml"
    path.write_text("\n".join(line for line in bare if line[0].islower() or line[0] in '["'))
    assert len(Settings.load(path).questions) == 1


texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12).filter(str.strip)
dates = st.dates(date(1990, 1, 1), date(2030, 1, 1))


@settings(max_examples=60, deadline=None)
@given(
    title=texts,
    places=st.lists(texts, max_size=3),
    source=st.none() | texts,
    sides=st.dictionaries(texts, st.lists(texts, min_size=1, max_size=3), max_size=2),
    asked=st.lists(st.tuples(texts, st.none() | dates, st.lists(texts, max_size=2)), max_size=2),
)
def test_any_settings_survive_being_written_and_read(
    tmp_path_factory, title, places, source, sides, asked
):
    before = Settings(
        title,
        type(Settings.load().read)(places=tuple(places), source=source),
        Settings.load().code,
        tuple(Side(name, tuple(codes)) for name, codes in sides.items()),
        tuple(
            QuestionSection(title, (("MOR",), ("A", "B")), "VAL", split=day, sources=tuple(used))
            for title, day, used in asked
        ),
    )
    path = tmp_path_factory.mktemp("case") / "case.toml"
    path.write_bytes(before.text().encode("utf-8"))
    assert Settings.load(path) == before
