"""What an analyst may write into `actors.toml`, and what is refused with its line."""

from __future__ import annotations

import pytest

from inconcert.core.span import TimeSpan
from inconcert.errors import BadSetting
from inconcert.resolve.register import Register

ROLE = '[[actor.role]]\ncode = "GBR"\n'


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        (
            (
                '[[actor]]\nname = "J"\n[[actor.role]]\ncode = "GBR"\ntitle = "Envoy"\n'
                'since = 2021-01-01\n[[actor.role]]\ncode = "GBR"\ntitle = "Envoy"\n'
                "since = 2020-01-01\nuntil = 2021-06-01\n"
            ),
            7,
            "'Envoy' overlap (2021-01-01 to 2021-06-01)",
        ),
        (
            (
                f'[[actor]]\nname = "J"\n{ROLE}title = "Envoy"\n\n[[actor]]\nname = "J"\n'
                f'{ROLE}title = "Envoy"\n'
            ),
            9,
            "'Envoy' overlap (… to …)",
        ),
        (
            (
                '[[actor]]\nname = "A"\nkind = "group"\nid = "TJKA"\nparent = "TJKB"\n\n'
                '[[actor]]\nname = "B"\nkind = "group"\nid = "TJKB"\nparent = "TJKA"\n'
            ),
            7,
            "a circle of parents: TJKB → TJKA → TJKB",
        ),
        (
            '[[actor]]\nname = "A"\nkind = "group"\nid = "TJKA"\nparent = "TJKZ"\n',
            1,
            "nobody has the id 'TJKZ'",
        ),
        ('[[actor]]\nname = "J"\n[[actor.role]]\ncode = "QQQ"\n', 3, "unknown code 'QQQ'"),
        (
            (
                '[[actor]]\nname = "J"\n[[actor.role]]\ncode = "GBR"\nsince = 2021-06-01\n'
                "until = 2021-05-01\n"
            ),
            3,
            "ends (2021-05-01) before it begins",
        ),
    ],
)
def test_what_contradicts_itself_is_refused_with_its_line(tmp_path, content, line, what):
    path = tmp_path / "actors.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadSetting) as error:
        Register.load(extra=path)
    assert what in error.value.what
    assert error.value.where == f"{path}:{line}"


def test_terms_that_meet_on_a_day_are_no_overlap(tmp_path):
    path = tmp_path / "actors.toml"
    path.write_text(
        f'[[actor]]\nname = "Jane Example"\n{ROLE}title = "Envoy"\nsince = 2021-01-01\n{ROLE}'
        'title = "Envoy"\nuntil = 2021-01-01\n',
        encoding="utf-8",
    )
    assert len(Register.load(extra=path).actors["jane-example"].roles) == 2


def test_a_part_has_the_roles_of_the_whole(tmp_path):
    path = tmp_path / "actors.toml"
    path.write_text(
        '[[actor]]\nname = "Red Unit"\nkind = "group"\nid = "AFGRED"\nparent = "AFGTAL"\n',
        encoding="utf-8",
    )
    register = Register.load(extra=path)
    before = register.find("Red Unit", TimeSpan.parse("2021-08-14"))[0]
    after = register.find("Red Unit", TimeSpan.parse("2021-08-15"))[0]
    assert (before.actor.id, before.code) == ("AFGRED", "AFGTAL")
    assert (before.sectors, after.sectors) == (("REB",), ("GOV",))


@pytest.mark.parametrize("name", ["Иван Примеров", "例子先生", "مثال بن مثال"])
def test_names_in_other_scripts_are_matched_as_written(tmp_path, name):
    path = tmp_path / "actors.toml"
    path.write_text(
        f'[[actor]]\nid = "ex"\nname = "Ivan Example"\nnames = ["{name}"]\n{ROLE}',
        encoding="utf-8",
    )
    assert Register.load(extra=path).find(name, None)[0].actor.id == "ex"


def test_a_code_of_an_actor_of_the_same_file_is_known(tmp_path):
    path = tmp_path / "actors.toml"
    path.write_text(
        '[[actor]]\nname = "Blue Bloc"\nkind = "bloc"\n[[actor.role]]\ncode = "BLB"\n\n'
        '[[actor]]\nname = "J"\n[[actor.role]]\ncode = "BLB"\n',
        encoding="utf-8",
    )
    assert Register.load(extra=path).actors["j"].roles[0].code == "BLB"
