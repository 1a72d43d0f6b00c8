"""The coder's tables name only what PLOVER, the noun classes and the matcher know."""

from __future__ import annotations

import re
from collections import Counter
from importlib.resources import files

import pytest

from inconcert.errors import BadInput
from inconcert.ontology.plover import contexts, event_types, modes
from inconcert.ontology.tables import parse_table, read_table

TABLES = ("nouns", "events", "light", "verbs", "frames", "contexts")
SHAPES = {"plain", "mutual", "host"}
EFFECTS = {"do", "begin", "end", "plan", "host"}
FORCES = {
    "accuse", "announce", "attempt", "begin", "belief", "cause", "commit", "deny", "fail",
    "intend", "permit", "refuse", "report", "request", "stop", "threaten",
}  # fmt: skip
BARE = {"obj", "noobj", "xcomp", "ccomp", "passive", "active"}
WORD = re.compile(r"[^\s=:|@]+")
SLOT = re.compile(r"[a-z-]+(\.[a-z-]+)?")


def rows(name: str) -> list[dict[str, str]]:
    return read_table("inconcert.code", f"data/{name}.tsv")


def classes() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in rows("nouns"):
        found.setdefault(row["class"], set()).add(row["lemma"])
    return found


def fault_of_value(value: str, known: dict[str, set[str]]) -> str | None:
    if value == "actor":
        return "actor stands alone"
    if value.startswith("@"):
        return None if value[1:] in known else f"unknown class {value}"
    return None if WORD.fullmatch(value) else f"bad value {value!r}"


def faults_of_need(need: str, known: dict[str, set[str]]) -> list[str]:
    key, has_value, rest = need.partition("=")
    if not has_value:
        return [] if key in BARE else [f"unknown condition {need}"]
    if key == "prt":
        return [] if WORD.fullmatch(rest) else [f"bad particle {need}"]
    if key == "prep":
        word, has_object, rest = rest.partition(":")
        if not word.isalpha():
            return [f"bad preposition {need}"]
        if not has_object:
            return []
    elif key not in {"obj", "subj", "mod"}:
        return [f"unknown condition {need}"]
    if rest == "actor":
        return []
    return [fault for part in rest.split("|") if (fault := fault_of_value(part, known))]


def faults_of_needs(needs: str, known: dict[str, set[str]]) -> list[str]:
    if needs == "-":
        return []
    return [fault for need in needs.split(" ") for fault in faults_of_need(need, known)]


def faults_of_code(row: dict[str, str]) -> list[str]:
    if row["type"] == "NONE":
        return [] if row["mode"] == "-" else ["a veto has no mode"]
    if row["type"] not in event_types():
        return [f"unknown type {row['type']}"]
    if row["mode"] != "-" and row["mode"] not in modes(row["type"]):
        return [f"{row['type']} has no mode {row['mode']}"]
    return []


def faults_of_slots(slots: str) -> list[str]:
    if slots == "-":
        return []
    return [f"bad slot {slot!r}" for slot in slots.split(",") if not SLOT.fullmatch(slot)]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_a_full_head_and_no_row_twice(name: str) -> None:
    text = files("inconcert.code").joinpath("data", f"{name}.tsv").read_text(encoding="utf-8")
    head = " ".join(line for line in text.split("\n") if line.startswith("#"))
    assert "Source:" in head
    assert "Licence:" in head
    assert "Checked:" in head
    counted = Counter(tuple(row.values()) for row in rows(name))
    assert [row for row, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("name", TABLES)
def test_no_cell_of_a_table_is_empty(name: str) -> None:
    assert [row for row in rows(name) if not all(row.values())] == []


def test_verbs_name_types_modes_classes_and_conditions_that_exist() -> None:
    known = classes()
    faults = {
        f"{row['lemma']} [{row['needs']}]": found
        for row in rows("verbs")
        if (
            found := faults_of_code(row)
            + faults_of_needs(row["needs"], known)
            + faults_of_slots(row["recipient"])
        )
        or row["shape"] not in SHAPES
    }
    assert faults == {}


def test_no_two_rows_of_a_verb_ask_the_same() -> None:
    asked = Counter((row["lemma"], frozenset(row["needs"].split())) for row in rows("verbs"))
    assert [key for key, count in asked.items() if count > 1] == []


def test_no_condition_of_a_verb_excludes_another() -> None:
    impossible = [
        row
        for row in rows("verbs")
        if "noobj" in (needs := row["needs"].split())
        and any(need == "obj" or need.startswith("obj=") for need in needs)
    ]
    assert impossible == []


def test_event_nouns_name_types_modes_and_shapes_that_exist() -> None:
    faults = {
        row["lemma"]: found
        for row in rows("events")
        if (found := faults_of_code(row) + faults_of_slots(row["recipient"]))
        or row["shape"].partition(",")[0] not in SHAPES
        or not re.fullmatch(r"|actor=[a-z]+", row["shape"].partition(",")[2])
        or row["nominal"] not in {"yes", "no"}
    }
    assert faults == {}


def test_light_verbs_and_frames_have_known_effects() -> None:
    known = classes()
    assert {row["effect"] for row in rows("light")} <= EFFECTS
    assert {row["force"] for row in rows("frames")} <= FORCES
    assert [row for row in rows("frames") if faults_of_needs(row["needs"], known)] == []


def test_a_light_verb_has_one_effect_with_one_particle() -> None:
    effects = Counter((row["lemma"], row["particle"]) for row in rows("light"))
    assert [key for key, count in effects.items() if count > 1] == []


def test_every_context_exists_and_every_word_has_one() -> None:
    assert {row["context"] for row in rows("contexts")} <= set(contexts())
    counted = Counter(row["lemma"] for row in rows("contexts"))
    assert [lemma for lemma, count in counted.items() if count > 1] == []


def test_every_plover_type_can_be_told_by_some_verb() -> None:
    assert {row["type"] for row in rows("verbs")} >= set(event_types())


@pytest.mark.parametrize("lemma", ["say", "tell", "note", "add"])
def test_a_verb_of_mere_saying_tells_no_event_by_itself(lemma: str) -> None:
    bare = [row["type"] for row in rows("verbs") if row["lemma"] == lemma and row["needs"] == "-"]
    assert bare == ["NONE"]


@pytest.mark.parametrize("lemma", ["take", "hold", "make", "have", "give", "leave", "fall", "move"])
def test_a_common_verb_tells_an_event_only_under_conditions(lemma: str) -> None:
    unbound = [
        row
        for row in rows("verbs")
        if row["lemma"] == lemma and row["needs"] in {"-", "obj", "noobj"} and row["type"] != "NONE"
    ]
    assert unbound == []


@pytest.mark.parametrize(
    "need",
    [
        "prep=",
        "obj=@no-such-class",
        "object=troop",
        "prep=on:",
        "prt=",
        "obj=a||b",
        "obj=actor|troop",
        "verb",
    ],
)
def test_the_grammar_of_conditions_refuses_what_the_matcher_cannot_read(need: str) -> None:
    assert faults_of_needs(need, classes()) != []


def test_a_line_with_too_many_cells_is_refused() -> None:
    with pytest.raises(BadInput):
        parse_table("lemma\teffect\nhold\tdo\tmore\n", where="light.tsv")
