"""Knowledge lives in tables with a head, and no actor is named in Python, SQL or a template."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "inconcert"
REGISTER = PACKAGE / "resolve" / "data"
NAMED = ("states", "groups", "blocs", "organisations", "persons", "leaders", "metonyms")
NAMES = ("name", "other_names", "adjectives", "people", "capital", "aliases", "form")
TABLES = sorted({*PACKAGE.rglob("*.tsv"), *PACKAGE.rglob("data/**/*.toml")})
SHARE_ALIKE = "CC BY-SA 4.0"


def _head(path: Path) -> str:
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if line.startswith("#"))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    lines = [
        line.split("\t")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    for cells in lines[1:]:
        yield dict(zip(lines[0], cells, strict=False))


def _actors() -> tuple[set[str], set[str]]:
    """Names of four letters and more, and codes, of everybody in the register."""
    names: set[str] = set()
    codes: set[str] = set()
    for table in NAMED:
        for row in _rows(REGISTER / f"{table}.tsv"):
            for column in NAMES:
                names |= {form for form in row.get(column, "").split("|") if len(form) > 3}
            codes.add(row.get("code", ""))
    return names, {code for code in codes if len(code) > 2}


def _literals(source: str) -> Iterator[tuple[int, str]]:
    """Every text constant of a module that is no docstring, with its line."""
    tree = ast.parse(source)
    alone = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.lineno, node.value


def _named(text: str, names: re.Pattern[str], codes: set[str]) -> str | None:
    found = names.search(text)
    return found[0] if found else text if text in codes else None


@pytest.fixture(scope="module")
def actors() -> tuple[re.Pattern[str], set[str]]:
    names, codes = _actors()
    assert len(names) > 500, "the register was not read"
    words = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"\b(?:{words})\b"), codes


def test_no_actor_is_named_in_python(actors):
    names, codes = actors
    doors = PACKAGE / "cli"  # the examples in the help of a command name actors, and may
    found = [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if not path.is_relative_to(doors)
        for line, text in _literals(path.read_text(encoding="utf-8"))
        if (name := _named(text, names, codes))
    ]
    assert not found, "\n".join(found)


def test_no_actor_is_named_in_a_query_or_template(actors):
    names, _ = actors
    files = [*PACKAGE.rglob("*.sql"), *PACKAGE.rglob("*.j2"), *PACKAGE.rglob("*.jinja")]
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in sorted({*files, *PACKAGE.rglob("*.html")})
        if (match := names.search(path.read_text(encoding="utf-8")))
    ]
    assert not found, "\n".join(found)


def test_the_search_finds_an_actor_in_code_and_passes_over_a_docstring(actors):
    names, codes = actors
    country = next(_rows(REGISTER / "states.tsv"))
    source = f'"""About {country["name"]}."""\nx = "in {country["name"]}"\ny = "{country["code"]}"'
    found = [line for line, text in _literals(source) if _named(text, names, codes)]
    assert found == [2, 3]


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.name)
def test_a_table_says_source_licence_and_day_of_check(table):
    head = _head(table)
    for word in ("Source:", "Licence:", "Checked:"):
        assert word in head, f"{table.relative_to(ROOT)} does not say its {word}"
    assert re.search(r"Checked: \d{4}-\d{2}-\d{2}", head)


def test_every_table_under_share_alike_is_listed_with_the_licences():
    listed = (ROOT / "LICENSES" / "README.md").read_text(encoding="utf-8")
    missing = []
    for table in TABLES:
        place = table.relative_to(ROOT).as_posix()
        folder = table.parent.relative_to(ROOT).as_posix() + "/"
        licence = re.search(r"Licence:\s*([^.]*\.?[^.]*)", _head(table))
        if licence and SHARE_ALIKE in licence[0] and not {place, folder} & set(_quoted(listed)):
            missing.append(place)
    assert not missing


def _quoted(markdown: str) -> list[str]:
    return re.findall(r"`([^`]+)`", markdown)
