"""Who a name means on a day, and what an analyst may type."""

from __future__ import annotations

import itertools
import time
from datetime import date

import pytest

from inconcert.core.span import TimeSpan
from inconcert.errors import BadSetting, UnknownActor
from inconcert.resolve import tables
from inconcert.resolve.register import Register


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("RUS", ("RUS",)),
        ("russia", ("RUS",)),
        ("the Taliban", ("AFGTAL",)),
        ("AFG+AFGTAL", ("AFG", "AFGTAL")),
        ("China + Russia", ("CHN", "RUS")),
        ("the West", ("WST",)),
        ("Chinese", ("CHN",)),
        ("EU", ("IGOEU",)),
        ("OPEC+", ("IGOOPEC",)),
        ("SYRREB", ("SYRREB",)),
    ],
)
def test_what_a_user_types_becomes_codes(register, text, codes):
    assert register.codes_for(text) == codes


def test_an_unknown_name_is_answered_with_the_nearest(register):
    with pytest.raises(UnknownActor) as error:
        register.codes_for("Rusia")
    assert "Russia" in error.value.advice
    assert "Rusia" in error.value.what


@pytest.mark.parametrize(
    ("name", "day", "code", "sector"),
    [
        ("Kremlin spokesman Dmitry Peskov", "2021-09-01", "RUS", "GOV"),
        ("Taliban", "2021-08-14", "AFGTAL", "REB"),
        ("Taliban", "2021-08-15", "AFGTAL", "GOV"),
        ("Uzbek air defence units", "2021-09-01", "UZB", "MIL"),
        ("Afghan government", "2021-07-01", "AFGGOV", "GOV"),
        ("former Afghan government", "2022-01-01", "AFGGOV", "GOV"),
        ("Boris Johnson", "2023-05-01", "GBR", "ELI"),
    ],
)
def test_a_phrase_is_found_with_its_role_on_the_day(register, name, day, code, sector):
    best = register.find(name, TimeSpan.parse(day))[0]
    assert (best.code, best.sectors[0]) == (code, sector)


def test_nobody_is_found_for_a_word_without_actors(register):
    assert register.find("a quiet morning", None) == []


def test_a_candidate_says_why(register):
    record = register.find("Lavrov", TimeSpan.parse("2021-09-01"))[0].as_record()
    assert record["why"] == "surname"
    assert record["country"] == "RUS"


def test_a_code_is_shown_by_name(register):
    assert register.name_of("AFGTAL") == "Taliban"
    assert register.name_of("SYRREB") == "Syria (REB)"
    assert register.name_of("QQQ") == "QQQ"


def test_loading_takes_less_than_a_second():
    begin = time.process_time()
    Register.load()
    assert time.process_time() - begin < 1.0


def test_no_role_ends_before_it_begins(register):
    for actor in register.actors.values():
        for role in actor.roles:
            assert role.since is None or role.until is None or role.since <= role.until, actor.id


def test_no_actor_governs_and_rebels_on_one_day(register):
    for actor in register.actors.values():
        if actor.kind == "group":
            spans = sorted((role.since or date.min, role.until or date.max) for role in actor.roles)
            for (_, until), (since, _) in itertools.pairwise(spans):
                assert until < since, actor.id


def test_every_code_in_the_tables_is_an_actor(register):
    codes = {
        row["code"] for name in ("persons", "leaders", "metonyms") for row in tables.read(name)
    }
    assert codes - set(register.actors) == set()


def test_a_form_of_a_name_means_one_state(register):
    seen: dict[tuple[str, ...], str] = {}
    for row in tables.read("states"):
        for form in (row["name"], *tables.forms(row["other_names"])):
            words = tuple(form.split())
            assert seen.setdefault(words, row["code"]) == row["code"], form


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        ('[[actor]]\nnam = "x"\n', 1, "unknown key 'nam'"),
        ('\n[[actor]]\nname = "Jane Example"\n', 2, "Jane Example has no role"),
        ('[[actor]]\nname = "J"\n[[actor.role]]\ncode = "gb"\n', 3, "'gb' is no code"),
        (
            '[[actor]]\nname = "J"\n[[actor.role]]\ncode = "GBR"\nsectors = ["GOVT"]\n',
            3,
            "'GOVT' is no sector",
        ),
        (
            (
                '[[actor]]\nname = "J"\n[[actor.role]]\ncode = "GBR"\nsince = 2022-01-01\n'
                "until = 2021-01-01\n"
            ),
            3,
            "ends (2021-01-01) before it begins",
        ),
        ('[[actor]]\nname = "J\n', 2, "not TOML"),
    ],
)
def test_a_bad_actors_file_is_named_with_its_line(tmp_path, content, line, what):
    path = tmp_path / "actors.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadSetting) as error:
        Register.load(extra=path)
    assert what in error.value.what
    assert error.value.where == f"{path}:{line}"


def test_an_analysts_own_actor_is_found(tmp_path):
    path = tmp_path / "actors.toml"
    path.write_text(
        '[[actor]]\nname = "Jane Example"\nalone = true\n[[actor.role]]\ncode = "GBR"\n'
        'sectors = ["GOV"]\nsince = 2021-03-01\n',
        encoding="utf-8",
    )
    register = Register.load(extra=path)
    found = register.find("Example", TimeSpan.parse("2021-09-01"))[0]
    assert (found.code, found.actor.basis) == ("GBR", "actors.toml")
    assert register.digest != Register.load().digest


def test_an_analysts_group_can_be_asked_for(tmp_path):
    path = tmp_path / "actors.toml"
    path.write_text(
        '[[actor]]\nname = "Blue Falcons"\nkind = "group"\n[[actor.role]]\ncode = "TJKBLF"\n'
        'sectors = ["REB"]\n',
        encoding="utf-8",
    )
    assert Register.load(extra=path).codes_for("Blue Falcons") == ("TJKBLF",)
