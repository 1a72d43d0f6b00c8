"""A missed floor is loud, a measure that breaks is missed, and one left out is not."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCH = Path(__file__).parents[2] / "bench" / "run.py"


@pytest.fixture
def bench(monkeypatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("inconcert_bench", BENCH)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    module.MEASURES.clear()
    return module


def _ends_with(bench: ModuleType, row, tmp_path: Path) -> int:
    @bench.measure("one")
    def one(setting):
        yield row

    return bench.main(["--out", str(tmp_path / "bench.json")])


def test_a_kept_floor_ends_well(bench, tmp_path):
    assert _ends_with(bench, bench.Row("whole chain on one core", 5.0), tmp_path) == 0


def test_a_missed_floor_ends_badly_and_is_named(bench, tmp_path, capsys):
    assert _ends_with(bench, bench.Row("whole chain on one core", 3.9), tmp_path) == 1
    assert "FLOOR MISSED: whole chain on one core" in capsys.readouterr().err
    record = json.loads((tmp_path / "bench.json").read_text(encoding="utf-8"))
    assert record["missed"] == ["whole chain on one core"]


def test_a_ceiling_is_missed_from_above(bench, tmp_path):
    assert _ends_with(bench, bench.Row("key: traps failed", 1), tmp_path) == 1


def test_a_key_that_is_not_at_hand_misses_nothing(bench, tmp_path):
    assert _ends_with(bench, bench.Row("key: traps failed", None, note="no key"), tmp_path) == 0


def test_a_measure_that_breaks_counts_as_missed(bench, tmp_path, capsys):
    @bench.measure("broken")
    def broken(setting):
        yield from ()
        bench.spend([sys.executable, "-c", "raise SystemExit('the case is locked')"])

    assert bench.main(["--out", str(tmp_path / "bench.json")]) == 1
    assert "the case is locked" in capsys.readouterr().out


def test_cpu_time_of_a_command_counts_its_children(bench):
    burn = "import time\nwhile time.process_time() < 0.3: pass"
    inner = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}], check=True)"
    spent = bench.spend([sys.executable, "-c", inner])
    assert spent.cpu >= 0.3
    assert spent.peak_mb > 1


def test_the_sample_is_spread_over_the_example(bench, tmp_path):
    example = tmp_path / "example"
    example.mkdir()
    for number in range(10):
        (example / f"{number}.txt").write_text("word " * 100, encoding="utf-8")
    assert bench.sample(example, tmp_path / "sample", words=300) == 300
    assert [path.stem for path in sorted((tmp_path / "sample").iterdir())] == [
        "00000",
        "00003",
        "00006",
    ]


def test_every_floor_belongs_to_a_measure(bench):
    floors = json.loads((BENCH.parent / "floors.json").read_text(encoding="utf-8"))
    source = BENCH.read_text(encoding="utf-8")
    assert all(f'"{name}"' in source for name in floors)


def test_figures_are_put_between_the_marks_of_a_page(bench, tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"before\n{bench.DOCS_BEGIN}\nold\n{bench.DOCS_END}\nafter\n", encoding="utf-8")
    bench.quote(page, "new")
    text = page.read_text(encoding="utf-8")
    assert "old" not in text
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "\nnew\n" in text
