"""A missed floor is loud, a measure that breaks is missed, and one left out is not."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import json
import re
import sys
from collections.abc import Callable, Iterator
from hashlib import sha256
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


@pytest.fixture
def part_of_bench(monkeypatch) -> Callable[[str], ModuleType]:
    monkeypatch.syspath_prepend(str(BENCH.parent))
    return importlib.import_module


def _ends_with(bench: ModuleType, row, tmp_path: Path) -> int:
    @bench.measure("one")
    def one(setting):
        yield row

    return bench.main(["--out", str(tmp_path / "bench.json")])


def test_a_kept_floor_ends_well(bench, tmp_path):
    assert _ends_with(bench, bench.Row("whole chain on one core", 5.0), tmp_path) == 0


def test_a_missed_floor_ends_badly_and_is_named(bench, tmp_path, capsys):
    assert _ends_with(bench, bench.Row("whole chain on one core", 3.4), tmp_path) == 1
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


def test_a_command_that_takes_too_long_is_ended_and_says_so(bench):
    with pytest.raises(bench.BrokenMeasureError, match="not done after 0 seconds"):
        bench.spend([sys.executable, "-c", "while True: pass"], limit_seconds=0.3)


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
    shapes = [shape for path in BENCH.parent.glob("*.py") for shape in _strings(path)]
    assert [name for name in bench.floors() if not any(s.fullmatch(name) for s in shapes)] == []


def _strings(path: Path) -> Iterator[re.Pattern[str]]:
    """The strings of a module that say something, what is filled in standing for anything."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant | ast.JoinedStr):
            parts = node.values if isinstance(node, ast.JoinedStr) else [node]
            said = [str(part.value) if isinstance(part, ast.Constant) else "" for part in parts]
            if len("".join(said)) >= 12:
                yield re.compile(".*".join(map(re.escape, said)))


def test_a_floor_may_be_lower_on_a_slower_python(bench, monkeypatch):
    bound = {"x": {"at least": 4, "on Python 3.11": 3.5, "unit": ""}}
    row = bench.Row("x", 3.7)
    monkeypatch.setattr(bench.platform, "python_version", lambda: "3.11.7")
    assert not bench.with_floors([row], bound)[0].is_missed
    monkeypatch.setattr(bench.platform, "python_version", lambda: "3.13.0")
    assert bench.with_floors([row], bound)[0].is_missed


def test_rows_told_before_a_fault_are_kept(bench, tmp_path, capsys):
    @bench.measure("half")
    def half(setting):
        yield bench.Row("told before the fault", 1.0)
        raise ValueError("the set is torn")

    assert bench.main(["--out", str(tmp_path / "bench.json")]) == 1
    out = capsys.readouterr().out
    assert "told before the fault" in out
    assert "the set is torn" in out


def test_an_interval_holds_the_share_and_narrows_with_more_cases(part_of_bench):
    figures = part_of_bench("figures")
    low, high = figures.wilson(3, 10)
    assert 0 <= low < 0.3 < high <= 1
    nearer, farther = figures.wilson(300, 1000)
    assert low < nearer < 0.3 < farther < high
    assert figures.wilson(0, 20)[0] == 0


def test_drawing_documents_keeps_their_sentences_together(part_of_bench):
    figures = part_of_bench("figures")
    drawn = []
    figures.resampled([[1, 1, 1], [2]], lambda rows: drawn.append(rows) or 0.0)
    assert all(rows.count(1) % 3 == 0 for rows in drawn)


def test_a_sentence_of_another_set_is_found_whatever_its_case(part_of_bench):
    sets = part_of_bench("sets")
    told = "Moscow on Tuesday summoned the Polish ambassador after Warsaw expelled 12 diplomats."
    other = "Warsaw expelled 12 diplomats and Moscow summoned the ambassador on the same evening."
    assert sets.shared([told.upper()], [told]) == [(told.upper(), told)]
    assert sets.shared([told], [other]) == []
    assert sets.shared(["Thank you very much."], ["Thank you very much."]) == []


def test_a_test_file_that_was_edited_is_named(part_of_bench, tmp_path):
    sets = part_of_bench("sets")
    (tmp_path / "a.txt").write_text("as committed", encoding="utf-8")
    listed = sha256(b"as committed").hexdigest()
    (tmp_path / "SHA256SUMS").write_text(f"{listed}  a.txt\n{listed}  gone.txt\n", encoding="utf-8")
    assert sets.changed(tmp_path) == ["gone.txt"]
    (tmp_path / "a.txt").write_text("edited", encoding="utf-8")
    (tmp_path / "new.txt").write_text("unlisted", encoding="utf-8")
    assert sets.changed(tmp_path) == ["a.txt", "gone.txt", "new.txt"]


def test_figures_are_put_between_the_marks_of_a_page(bench, tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"before\n{bench.DOCS_BEGIN}\nold\n{bench.DOCS_END}\nafter\n", encoding="utf-8")
    bench.quote(page, "new")
    text = page.read_text(encoding="utf-8")
    assert "old" not in text
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "\nnew\n" in text
