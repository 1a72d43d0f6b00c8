"""The import rule: rooms import only rooms nearer the ground."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"
HEAVY = {"spacy", "duckdb", "numpy", "pyarrow", "onnxruntime", "trafilatura", "typer", "jinja2"}


def _python(code: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-c", code, *(["--no-cache"] if code == LINT else [])],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_rooms_import_only_rooms_nearer_the_ground():
    done = _python(LINT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_importing_the_package_loads_nothing_heavy():
    done = _python(
        "import sys, inconcert; print(*{name.partition('.')[0] for name in sys.modules})"
    )
    assert done.returncode == 0, done.stderr
    assert not HEAVY & set(done.stdout.split())


def test_a_light_public_name_does_not_load_the_parser():
    done = _python("import sys, inconcert; inconcert.TimeSpan; print('spacy' in sys.modules)")
    assert done.stdout.strip() == "False", done.stderr


def test_every_public_name_can_be_had():
    import inconcert

    names = set(inconcert.__all__) - {"__version__"}
    assert names == set(inconcert._HOMES)
    for name in names:
        assert getattr(inconcert, name).__name__ == name
