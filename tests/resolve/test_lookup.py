"""Who is meant by words without a sentence: the list of phrases, and what the answers say."""

from __future__ import annotations

from pathlib import Path

import pytest

from inconcert.core.span import TimeSpan
from inconcert.ontology.tables import parse_table
from inconcert.resolve.spelling import likeness, sound

PHRASES = Path(__file__).parent / "data" / "phrases.tsv"
FLOORS = {"odd": (0.98, 0.98), "even": (0.95, 0.95)}


def _find(register, words, day):
    return register.find(words, TimeSpan.parse(day))


def _is_right(row, found):
    if row["country"] == "-":
        return not found, not found
    if not found:
        return False, False
    best = found[0].as_record()
    first = (best["sectors"] or [""])[0]
    is_sector = not row["sectors"] or first in row["sectors"].split("|")
    is_actor = not row["id"] or best["id"] == row["id"]
    return (best["country"] or "") in row["country"].split("|"), is_sector and is_actor


@pytest.mark.parametrize("half", ["odd", "even"])
def test_phrases_of_the_list_give_their_country_and_sector(register, half):
    rows = parse_table(PHRASES.read_text(encoding="utf-8"), where=str(PHRASES))
    assert len(rows) >= 300
    rows = rows[0::2] if half == "odd" else rows[1::2]
    right = [_is_right(row, _find(register, row["phrase"], row["date"])) for row in rows]
    shares = [sum(part) / len(rows) for part in zip(*right, strict=True)]
    told = f"{half}: country {shares[0]:.3f}, sector and actor {shares[1]:.3f} of {len(rows)}"
    assert shares[0] >= FLOORS[half][0], told
    assert shares[1] >= FLOORS[half][1], told


@pytest.mark.parametrize(
    ("words", "day", "key"),
    [
        ("the German chancellor", "2021-12-07", "angela-merkel"),
        ("the German chancellor", "2021-12-09", "olaf-scholz"),
        ("President Bush", "1990-06-01", "george-hw-bush"),
        ("President Bush", "2005-06-01", "george-w-bush"),
        ("Russian FM", "2021-09-01", "sergey-lavrov"),
        ("kremlin spokesman", "2021-09-01", "dmitry-peskov"),
        ("Minister for Foreign Affairs of the Islamic Republic of Iran", "2010-03-01",
         "manouchehr-mottaki"),
        ("Mrs Clinton", "2010-12-01", "hillary-clinton"),
    ],
)  # fmt: skip
def test_an_office_or_title_gives_its_holder_on_the_day(register, words, day, key):
    assert _find(register, words, day)[0].actor.id == key


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Vladimir Poutine", "vladimir-putin"),
        ("Qasym-Zhomart Toqaev", "kassym-jomart-tokayev"),
        ("Muammar Qadhafi", "muammar-gaddafi"),
        ("Lavrov, Sergey", "sergey-lavrov"),
        ("Orbán Viktor", "viktor-orban"),
        ("VLADIMIR PUTIN", "vladimir-putin"),
        ("vladimir putin", "vladimir-putin"),
        ("V. Putin", "vladimir-putin"),
    ],
)
def test_a_person_is_found_in_another_spelling_or_order(register, words, key):
    assert _find(register, words, "2011-01-01")[0].actor.id == key


def test_a_likeness_is_told_and_counts_for_less_than_the_name(register):
    near = _find(register, "Kofi Anan", "2003-01-01")[0]
    assert near.why == "spelled like Kofi Annan"
    assert near.confidence < _find(register, "Kofi Annan", "2003-01-01")[0].confidence


def test_another_given_name_is_another_person(register):
    assert all(one.actor.id != "vladimir-putin" for one in _find(register, "John Putin", "2021"))
    assert all(one.actor.id != "sergey-lavrov" for one in _find(register, "Hans Lavrov", "2021"))


def test_those_of_a_person_are_not_the_person(register):
    best = _find(register, "supporters of Imran Khan", "2023-05-09")[0]
    assert (best.country, best.sectors, best.actor.kind) == ("PAK", ("CVL",), "state")
    assert _find(register, "Putin's spokesman", "2021-01-12")[0].sectors == ("GOV",)


def test_an_unknown_person_is_a_guess_by_the_words_beside(register):
    best = _find(register, "Swedish author Hans Rosling", "2012-01-24")[0]
    record = best.as_record()
    assert (record["id"], record["name"], record["country"]) == (None, "Hans Rosling", "SWE")
    assert record["is_guess"] is True
    assert best.confidence < 0.5


def test_where_journalists_are_does_not_tell_whose_they_are(register):
    assert _find(register, "foreign journalists in Kabul", "2021-09-05")[0].country is None
    assert _find(register, "journalists in Kabul", "2021-09-05")[0].is_guess
    assert not _find(register, "protesters in Kabul", "2021-09-05")[0].is_guess


@pytest.mark.parametrize("words", ["a big red table", "asdkjh qwe", "the quiet morning", "  "])
def test_words_for_nobody_give_nobody(register, words):
    assert _find(register, words, "2021-01-01") == []


def test_former_officials_are_elite_and_a_former_government_is_none(register):
    assert _find(register, "former US officials", "2014")[0].sectors == ("ELI",)
    assert _find(register, "former Afghan government", "2022")[0].sectors == ("GOV",)
    assert _find(register, "a former Taliban commander", "2020")[0].sectors == ("REB",)


def test_organisations_have_the_countries_of_the_manual(register):
    found = [_find(register, name, "2021")[0].country for name in ("UNHCR", "EU", "NATO", "CSTO")]
    assert found == ["UNO", "EUR", "IGO", "IGO"]


def test_several_named_together_are_all_given(register):
    found = _find(register, "Kyrgyz and Tajik border guards", "2021-04-29")
    assert {one.country for one in found} == {"KGZ", "TJK"}


def test_a_backer_does_not_act(register):
    found = _find(register, "a Turkish-backed Syrian militia", "2019-10-12")
    assert [one.country for one in found] == ["SYR"]


def test_a_loose_phrase_is_no_name_to_ask_about(register):
    from inconcert.errors import UnknownActor

    with pytest.raises(UnknownActor):
        register.codes_for("a foreign journalist")


def test_sounds_join_spellings_and_keep_names_apart():
    assert sound("Tymoshenko") == sound("Timoshenko")
    assert likeness(sound("Karimov"), sound("Rahimov")) < 0.8


def test_the_same_words_on_another_day_are_asked_anew(register):
    before = _find(register, "Taliban fighters", "2021-08-10")[0]
    after = _find(register, "Taliban fighters", "2021-08-20")[0]
    assert (before.sectors, after.sectors) == (("REB",), ("GOV",))
