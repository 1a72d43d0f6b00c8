"""The commands for types of one's own: words for people, JSON for machines, errors for both."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from inconcert.cli.ontology import ontology_app
from inconcert.code.custom import background
from inconcert.code.model import Question
from inconcert.workbench import ontology

EXAMPLE = Path(__file__).parents[2] / "examples" / "border-ontology" / "border.txt"


class Fake:
    """Vectors of nothing but noise."""

    def vectors(self, questions: Sequence[Question]) -> np.ndarray:
        return np.random.default_rng(1).normal(size=(len(questions), 8)).astype(np.float32)


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ontology, "EventModel", Fake)
    monkeypatch.setattr(ontology, "digest", lambda: "weights")
    monkeypatch.setattr(ontology, "background", lambda: background()[:10])
    runner = CliRunner(env={"COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"})
    return lambda *words: runner.invoke(ontology_app, [str(word) for word in words])


def test_the_example_is_learned_and_shown_with_its_counts(ran, case):
    done = ran("learn", EXAMPLE, "--name", "BORDER", "--like", "ASSAULT", "--case", case)
    assert done.exit_code == 0
    assert "BORDER: type, material conflict, scored like ASSAULT" in done.stdout
    assert "Next: inconcert code --case" in done.stdout
    shown = ran("show", "--case", case)
    assert "learned from 60 sentences" in shown.stdout


def test_what_is_learned_is_told_as_json(ran, case):
    done = ran("learn", EXAMPLE, "--name", "BORDER", "--case", case, "--json")
    told = json.loads(done.stdout)
    assert (told["name"], told["kind"], told["like"], told["sentences"]) == (
        "BORDER",
        "type",
        None,
        60,
    )
    assert told["right"] + told["missed"] == told["events"]
    assert [one["name"] for one in json.loads(ran("show", "-c", case, "--json").stdout)] == [
        "BORDER"
    ]


def test_a_case_without_any_says_so(ran, case):
    assert ran("show", "--case", case).stdout == "No types or modes of your own.\n"
    assert json.loads(ran("show", "--case", case, "--json").stdout) == []


def test_a_name_that_plover_has_is_refused(ran, case):
    done = ran("learn", EXAMPLE, "--name", "ASSAULT", "--case", case, "--json")
    assert done.exit_code == 2
    assert json.loads(done.stdout)["what"] == "PLOVER has ASSAULT already"


def test_a_file_that_labels_another_type_is_refused_with_its_line(ran, case):
    done = ran("learn", EXAMPLE, "--name", "OTHER", "--case", case)
    assert done.exit_code == 2
    assert "border.txt:2 (own-01): no event type BORDER" in done.stderr
