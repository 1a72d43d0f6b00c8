"""Every command, error and setting is documented, and the papers of the project agree."""

from __future__ import annotations

import inspect
import re
import tomllib
from pathlib import Path

import pytest

from inconcert import errors

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"


def _read(*parts: str) -> str:
    return ROOT.joinpath(*parts).read_text(encoding="utf-8")


def _project() -> dict[str, object]:
    return tomllib.loads(_read("pyproject.toml"))["project"]


def _commands() -> dict[str, str]:
    """Help of each command by name, `actors find` included."""
    from typer.testing import CliRunner

    from inconcert.cli.app import app

    names = [[_name(command)] for command in app.registered_commands if not command.hidden]
    for group in app.registered_groups:
        inner = group.typer_instance.registered_commands if group.typer_instance else []
        names += [[str(group.name), _name(command)] for command in inner]
    runner = CliRunner(env={"COLUMNS": "200", "NO_COLOR": "1"})
    return {" ".join(name): runner.invoke(app, [*name, "--help"]).output for name in names}


def _name(command) -> str:
    return command.name or command.callback.__name__.replace("_", "-")


def test_every_command_is_documented_and_shows_an_example_in_its_help():
    page = _read("docs/reference/commands.md")
    headings = set(re.findall(r"^## `inconcert ([a-z -]+)`$", page, re.M))
    commands = _commands()
    assert set(commands) == headings
    without = [
        name
        for name, text in commands.items()
        if f"inconcert {name} " not in text.partition("Example")[2]
    ]
    assert not without, f"no example in the help of: {', '.join(without)}"


def test_every_command_offers_json():
    without = [name for name, text in _commands().items() if "--json" not in text]
    assert not without


def test_every_error_stands_in_the_tree_that_is_printed_in_the_reference():
    family = {
        name
        for name, value in inspect.getmembers(errors, inspect.isclass)
        if issubclass(value, errors.InConcertError)
    }
    tree = set(re.findall(r"[├└]── (\w+)", errors.__doc__ or "")) | {"InConcertError"}
    assert family == tree
    assert "automodule:: inconcert.errors" in _read("docs/reference/errors.md")


def test_every_setting_stands_in_the_file_that_the_reference_shows():
    from inconcert.core.config import Settings

    shown = _read("src/inconcert/core/case_template.toml")
    assert "core/case_template.toml" in _read("docs/reference/settings.md")
    keys = {name.split(".")[-1] for name, _, _ in Settings.load().explain()}
    missing = [key for key in keys if not re.search(rf"^(# )?{key} = ", shown, re.M)]
    assert not missing


def test_every_column_of_an_export_is_documented_in_its_order():
    from inconcert.show.export_columns import EVENT_COLUMNS, STATEMENT_COLUMNS

    shown = re.findall(r"^\| `(\w+)` \| (.+) \|$", _read("docs/reference/exports.md"), re.M)
    assert shown == [(each.name, each.what) for each in (*EVENT_COLUMNS, *STATEMENT_COLUMNS)]


def test_every_table_of_the_store_and_its_columns_are_documented():
    import duckdb

    from inconcert.store.schema import create_tables

    rows = re.findall(r"^\| `(\w+)` \| .+ \| (`.+`) \|$", _read("docs/reference/store.md"), re.M)
    documented = {table: re.findall(r"`(\w+)`", columns) for table, columns in rows}
    with duckdb.connect() as base:
        create_tables(base)
        found = base.execute(
            "select table_name, list(column_name order by column_index) from duckdb_columns() "
            "where not internal group by table_name"
        ).fetchall()
    assert documented == dict(found)


def test_every_key_of_an_answer_is_documented():
    page = _read("docs/reference/answer.md")
    source = _read("src/inconcert/show/record.py")
    missing = [key for key in re.findall(r'^ +"(\w+)":', source, re.M) if f"`{key}`" not in page]
    assert not missing


def test_every_row_of_the_table_of_verdicts_is_documented():
    from inconcert.judge.rules import TABLE

    rows = re.findall(r"^\|.*\| \*\*(.+)\*\* \|$", _read("docs/methods/verdict.md"), re.M)
    assert rows == [row.head for row in TABLE]


def test_version_is_the_same_in_all_papers():
    version = str(_project()["version"])
    assert f"version: {version}\n" in _read("CITATION.cff")
    assert version in _read("CHANGELOG.md")
    assert version in _read("README.md")


def test_the_lock_names_no_index_and_hashes_every_requirement():
    for name in ("requirements.lock", "requirements-site.lock"):
        text = _read(name)
        assert "://" not in text
        assert not re.search(r"^(?:\s*--(?!hash=)|-[a-z])", text, re.M), (
            "an option other than --hash"
        )
        entries = re.split(r"^(?=[a-z0-9])", text, flags=re.M)[1:]
        assert entries
        assert all("--hash=sha256:" in entry for entry in entries)


def test_the_lock_holds_every_dependency_of_the_project():
    locked = set(re.findall(r"^([a-z0-9.-]+)==", _read("requirements.lock"), re.M))
    wanted = {
        re.split(r"[<>=;\[ ]", line, maxsplit=1)[0].lower().replace("_", "-")
        for line in _project()["dependencies"]
    }
    assert not wanted - locked


def test_every_dependency_has_an_upper_bound():
    open_ended = [line for line in _project()["dependencies"] if not re.search(r"<|==", line)]
    assert not open_ended


def test_no_file_names_a_place_on_one_machine():
    homes = re.compile("/(?:" + "|".join(("work", "root", "home", "Users", "opt")) + ")/[a-z]")
    folders = ("src", "docs", "tests", "bench", "LICENSES", ".ci")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    kinds = {".py", ".md", ".tsv", ".toml", ".sql", ".json", ".html", ".j2", ".css", ".txt", ""}
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in [*files, *(path for path in ROOT.glob("*") if path.is_file())]
        if path.suffix in kinds and "_build" not in path.parts
        if (match := homes.search(path.read_text(encoding="utf-8", errors="replace")))
    ]
    assert not found


def test_the_readme_fits_two_screens_and_names_both_commands():
    readme = _read("README.md")
    assert len(readme.splitlines()) < 120
    assert "make demo" in readme
    assert "make test" in readme


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "LICENSES/README.md"])
def test_links_of_a_page_lead_to_files(page):
    targets = re.findall(r"\]\(([^)#:]+)\)", _read(page))
    here = (ROOT / page).parent
    missing = [t for t in targets if not (here / t).exists()]
    assert targets or page == "LICENSES/README.md"
    assert not missing
