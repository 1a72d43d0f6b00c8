"""Learning a type into a case, from the file of sentences to the file of the head."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from inconcert import Workbench
from inconcert.code.custom import background
from inconcert.code.model import Question
from inconcert.errors import BadInput, BadSetting, CaseError, NoCase
from inconcert.workbench import ontology
from inconcert.workbench.ontology import learn_type, own_types

WORDS = ("fired", "seized")


class Fake:
    """Vectors that tell two words from all others."""

    def vectors(self, questions: Sequence[Question]) -> np.ndarray:
        marked = [one.sentence[one.marks[0].start : one.marks[0].end] for one in questions]
        return np.array([[1.0 if word in WORDS else -1.0] for word in marked], np.float32)


@pytest.fixture(autouse=True)
def model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ontology, "EventModel", Fake)
    monkeypatch.setattr(ontology, "digest", lambda: "weights")
    monkeypatch.setattr(ontology, "background", lambda: background()[:10])


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return Workbench.create(tmp_path / "case").folder


def sentences(folder: Path, events: int = 24, name: str = "BORDER") -> Path:
    lines = []
    for number in range(events):
        word = WORDS[number % 2]
        lines += [
            f"# own-{number}",
            f"S Guards {word} three herders at post {number} and Paris condemned it.",
            f"E {word} | {name} | Guards | three herders | - | - | -",
        ]
    lines += [f"# not-{n}\nS Paris praised and visited post {n}." for n in range(10)]
    path = folder / "own.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_type_is_learned_and_stands_in_the_case(case, tmp_path):
    learned = learn_type(case, sentences(tmp_path), name="BORDER", like="ASSAULT")
    assert learned.file == case / "ontology" / "BORDER.json"
    assert learned.as_record()["quad"] == "material conflict"
    assert learned.as_record()["f1"] == 1
    (shown,) = own_types(case)
    assert shown.as_record() == learned.as_record()
    assert "24 events" in shown.as_text()
    assert [path.name for path in learned.file.parent.iterdir()] == ["BORDER.json"]


def test_too_few_events_leave_what_was_learned_before(case, tmp_path):
    learned = learn_type(case, sentences(tmp_path), name="BORDER")
    before = learned.file.read_bytes()
    with pytest.raises(BadInput, match="19 events"):
        learn_type(case, sentences(tmp_path, events=19), name="BORDER")
    assert learned.file.read_bytes() == before


def test_events_of_another_own_type_may_stand_in_the_file(case, tmp_path):
    path = sentences(tmp_path)
    text = path.read_text(encoding="utf-8")
    text = text.replace(
        "E fired | BORDER",
        "E condemned | BLAME | Paris | - | - | - | -\nE fired | BORDER",
    )
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match="no event type BLAME"):
        learn_type(case, path, name="BORDER")
    learn_type(case, sentences(tmp_path / "case", name="BLAME"), name="BLAME")
    assert learn_type(case, path, name="BORDER").head.counts["events"] == 24


def test_a_type_learned_on_other_weights_is_shown_as_such(case, tmp_path, monkeypatch):
    learn_type(case, sentences(tmp_path), name="BORDER")
    monkeypatch.setattr(ontology, "digest", lambda: "others")
    (shown,) = own_types(case)
    assert not shown.is_current
    assert "learn it again" in shown.as_text()


def test_a_folder_that_is_no_case_is_refused(tmp_path):
    with pytest.raises(NoCase):
        learn_type(tmp_path, sentences(tmp_path), name="BORDER")
    with pytest.raises(NoCase):
        own_types(tmp_path)


def test_a_case_in_which_a_file_stands_in_the_way_is_refused(case, tmp_path):
    (case / "ontology").write_text("", encoding="utf-8")
    with pytest.raises(CaseError, match="a folder is wanted"):
        learn_type(case, sentences(tmp_path), name="BORDER")


def test_a_damaged_file_is_named_and_not_passed_over(case, tmp_path):
    learned = learn_type(case, sentences(tmp_path), name="BORDER")
    record = json.loads(learned.file.read_text(encoding="utf-8"))
    learned.file.write_text(json.dumps({**record, "threshold": None}), encoding="utf-8")
    with pytest.raises(BadSetting, match="cannot be used"):
        own_types(case)
