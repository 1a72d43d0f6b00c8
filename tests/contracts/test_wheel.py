"""The wheel holds all that an installation needs: tables, queries, templates, the example."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SUFFIXES = {
    ".py",
    ".tsv",
    ".toml",
    ".sql",
    ".gz",
    ".j2",
    ".jinja",
    ".html",
    ".css",
    ".lock",
    ".typed",
    ".json",
}


@pytest.fixture(scope="module")
def members(tmp_path_factory) -> set[str]:
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        return set(wheel.namelist())


def test_the_wheel_holds_every_file_of_the_package(members):
    source = ROOT / "src"
    wanted = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*")
        if path.suffix in SUFFIXES and "__pycache__" not in path.parts
    }
    assert {"inconcert/py.typed", "inconcert/parse/models.lock"} <= wanted
    assert not wanted - members


def test_the_wheel_holds_the_example_case_and_the_licences(members):
    example = {name for name in members if name.startswith("inconcert/examples/afghanistan-2021/")}
    assert any(name.endswith("case.toml") for name in example)
    licences = {name.rsplit("/", 1)[-1] for name in members if ".dist-info/licenses/" in name}
    assert {"LICENSE", "NOTICE", "CC-BY-SA-4.0.txt", "MIT-PETRARCH2.txt"} <= licences
