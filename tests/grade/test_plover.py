"""Sentences that mark one event each."""

from __future__ import annotations

from pathlib import Path

import pytest

from inconcert.errors import BadInput
from inconcert.grade.plover import (
    First,
    Marked,
    Outcome,
    PloverGrade,
    class_f1,
    in_its_terms,
    is_same,
    read_marked,
    same_type,
    token_f1,
)

HEAD = "sentence_id\tsentence\tmarked_sentence\tgold_root\n"


def write(folder: Path, marked: str, kind: str = "ACCUSE") -> Path:
    path = folder / "set.tsv"
    path.write_text(f"{HEAD}7\tplain\t{marked}\t{kind}\n", encoding="utf-8")
    return path


def row(kind: str = "ACCUSE") -> Marked:
    return Marked("Minsk accused Vilnius of meddling.", ((0, 5),), ((14, 21),), kind, "1")


def outcome(given: str | None, found: First | None, kind: str = "ACCUSE") -> Outcome:
    return Outcome(row(kind), given, found)


def test_tags_become_spans_of_the_plain_sentence(tmp_path: Path) -> None:
    (marked,) = read_marked(write(tmp_path, "On Monday <s>Minsk</s> accused <t>Vilnius</t>."))
    assert marked.sentence == "On Monday Minsk accused Vilnius."
    assert [marked.sentence[a:b] for a, b in marked.sources] == ["Minsk"]
    assert [marked.sentence[a:b] for a, b in marked.targets] == ["Vilnius"]
    assert marked.number == "7"


def test_a_target_may_be_marked_twice(tmp_path: Path) -> None:
    (marked,) = read_marked(write(tmp_path, "<s>A</s> hit <t>Homs</t>, and <t>Homs</t> fell."))
    assert len(marked.targets) == 2


@pytest.mark.parametrize("text", ["<s>A hit <t>B</t>", "A</s> hit <t>B</t>", "<s>A</t> hit B"])
def test_tags_that_do_not_match_are_refused_with_their_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadInput) as error:
        read_marked(write(tmp_path, text))
    assert "set.tsv:2" in str(error.value)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    path = tmp_path / "set.tsv"
    path.write_text("sentence\nx\n", encoding="utf-8")
    with pytest.raises(BadInput, match="marked_sentence"):
        read_marked(path)


@pytest.mark.parametrize(
    ("one", "other", "score"),
    [
        ("the Chinese ambassador", "Chinese ambassador", 1.0),
        ("Minsk", "Vilnius", 0.0),
        ("Russian troops", "Russian", 2 / 3),
    ],
)
def test_articles_do_not_count_in_a_name(one: str, other: str, score: float) -> None:
    assert token_f1(one, other) == pytest.approx(score)


def test_where_nobody_is_marked_nobody_must_be_found() -> None:
    assert is_same((), ())
    assert not is_same(("Minsk",), ())
    assert not is_same((), ("Minsk",))


def test_concede_and_retreat_are_yield_where_the_set_says_yield() -> None:
    assert same_type("CONCEDE", "YIELD")
    assert same_type("RETREAT", "YIELD")
    assert not same_type("CONCEDE", "RETREAT")
    assert not same_type("AID", "YIELD")


def test_a_swapped_pair_is_wrong() -> None:
    turned = outcome("ACCUSE", First("ACCUSE", ("Vilnius",), ("Minsk",)))
    assert turned.type_right
    assert not turned.actor_right
    assert not turned.all_right


def test_all_right_asks_for_type_and_both_parties() -> None:
    assert outcome("ACCUSE", First("ACCUSE", ("Minsk",), ("Vilnius",))).all_right
    assert not outcome("ACCUSE", First("REJECT", ("Minsk",), ("Vilnius",))).all_right
    assert not outcome("ACCUSE", None).all_right


def test_figures_count_what_was_right() -> None:
    grade = PloverGrade(
        (
            outcome("ACCUSE", First("ACCUSE", ("Minsk",), ("Vilnius",))),
            outcome("REJECT", None),
            outcome("RETREAT", First("RETREAT", ("Minsk",), ()), "YIELD"),
            outcome(None, None, "YIELD"),
        )
    )
    data = grade.as_json()
    assert data["n"] == 4
    assert data["given"]["accuracy"] == 0.5  # type: ignore[index]
    assert data["found"] == {"type": 0.5, "actor": 0.5, "recipient": 0.25, "all_right": 0.25}
    assert class_f1(grade.outcomes) == pytest.approx({"ACCUSE": 2 / 3, "YIELD": 2 / 3})


def test_a_set_with_yield_is_met_in_its_own_terms_and_the_manual_s_are_told_beside() -> None:
    marked = Marked("Minsk imposed sanctions on Vilnius.", ((0, 5),), ((27, 34),), "COERCE")
    coded = Outcome(marked, "SANCTION", First("SANCTION", ("Minsk",), ("Vilnius",)))
    other = outcome("RETREAT", First("RETREAT", ("Minsk",), ()), "YIELD")
    data = PloverGrade((coded, other)).as_json()
    assert data["given"]["accuracy"] == 1.0  # type: ignore[index]
    assert data["by_manual"]["accuracy"] == 0.5  # type: ignore[index]
    alone = PloverGrade((coded,)).as_json()
    assert alone["given"]["accuracy"] == 0.0  # type: ignore[index]


def test_lifted_sanctions_keep_their_type_in_such_a_set() -> None:
    assert in_its_terms("SANCTION", "Peru cut aid to Chile.") == "SANCTION"
    assert in_its_terms("SANCTION", "A court found the officer guilty.") == "ACCUSE"
    assert in_its_terms("CONCEDE", "The rebels said they will free two nurses.") == "AGREE"
    assert in_its_terms("CONCEDE", "The rebels eased their siege.") == "CONCEDE"


@pytest.mark.parametrize(
    ("words", "theirs"),
    [("cyberattack", "ASSAULT"), ("Cyber-attacks", "ASSAULT"), ("cyber attack", "ASSAULT"),
     ("cyber security drill", "COERCE"), ("curfew", "COERCE")],
)  # fmt: skip
def test_attacks_by_computer_are_attacks_in_such_a_set(words: str, theirs: str) -> None:
    assert in_its_terms("COERCE", f"Riga was hit by a {words} on Monday.") == theirs
