from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from inconcert.errors import BadInput
from inconcert.ontology import cameo, plover
from inconcert.ontology.cameo import StatementCode, Translation, from_plover, to_plover

EVERY = sorted(cameo.codes())
CODES = [code for code in EVERY if len(code) > 2]
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "cameo.md"


def translated(code: str) -> Translation:
    found = to_plover(code)
    assert isinstance(found, Translation)
    return found


def test_every_code_of_the_source_and_every_later_one_has_a_translation() -> None:
    added = [code for code in EVERY if cameo.codes()[code].printed == "no row"]
    assert added == ["155", "176", "1834", "1951", "1952"]
    assert len(EVERY) - len(added) == 274
    assert {code[:2] for code in CODES} == {f"{root:02}" for root in range(3, 21)}


@pytest.mark.parametrize("code", EVERY)
def test_no_type_mode_or_context_passes_that_plover_lacks(code: str) -> None:
    found = translated(code)
    assert found.mode is None or found.mode in plover.modes(found.type)
    assert set(found.contexts) <= set(plover.contexts())
    assert list(found.contexts) == sorted(set(found.contexts))


def test_a_row_that_differs_from_its_source_says_how_and_why_and_no_other_does() -> None:
    for found in cameo.codes().values():
        assert bool(found.printed) == bool(found.repair), found.code
        ours = ", ".join([found.type, found.mode or "-", "; ".join(found.contexts) or "-"])
        assert found.printed != ours, found.code


@pytest.mark.parametrize(
    ("code", "kind", "mode", "contexts"),
    [
        ("186", "ASSAULT", "targeted", ()),
        ("202", "ASSAULT", "targeted", ("religion_ethnicity",)),
        ("203", "ASSAULT", None, ("religion_ethnicity",)),
        ("175", "ASSAULT", None, ("military", "pro_autocracy")),
        ("1712", "ASSAULT", "destroy", ("human_security",)),
        ("073", "AID", None, ("human_security",)),
        ("0811", "CONCEDE", None, ("pro_democracy",)),
        ("0813", "CONCEDE", None, ("legal",)),
        ("085", "RETREAT", None, ("economic",)),
        ("1722", "COERCE", "restrict", ("pro_autocracy",)),
        ("163", "SANCTION", "discontinue", ("economic",)),
        ("094", "ACCUSE", "investigate", ("legal", "military")),
    ],
)
def test_a_slip_of_the_source_is_set_right(
    code: str, kind: str, mode: str | None, contexts: tuple[str, ...]
) -> None:
    found = translated(code)
    assert (found.type, found.mode, found.contexts) == (kind, mode, contexts)


def test_things_said_are_marked_as_statements_and_not_translated() -> None:
    assert to_plover("010") == StatementCode("010", "statement", "Make statement")
    assert to_plover("0256").kind == "appeal"  # type: ignore[union-attr]
    assert not set(cameo.statement_codes()) & set(EVERY)
    assert {code[:2] for code in cameo.statement_codes()} == {"01", "02"}


def test_who_hosts_a_visit_becomes_the_recipient() -> None:
    assert [code for code in CODES if translated(code).is_swapped] == ["043"]


def test_codes_that_plover_does_not_tell_apart_name_each_other() -> None:
    assert translated("1411").also == ("1412",)
    assert not translated("1411").is_lossless
    assert translated("1822").is_lossless


@pytest.mark.parametrize(("code", "near"), [("42", "042"), ("1835", "183"), ("0999", "09")])
def test_an_unknown_code_names_the_nearest(code: str, near: str) -> None:
    with pytest.raises(BadInput, match=near):
        to_plover(code)


def test_a_code_without_its_zero_is_not_guessed_at() -> None:
    with pytest.raises(BadInput, match="cut its zero"):
        to_plover("42")


@pytest.mark.parametrize("code", CODES)
def test_what_a_code_says_is_found_again_or_named_as_lost(code: str) -> None:
    found = translated(code)
    back = from_plover(found.type, found.mode, found.contexts)
    again = translated(back.code)
    same = (again.type, again.mode, again.contexts) == (found.type, found.mode, found.contexts)
    assert back.is_exact == same
    assert back.is_exact == (not back.lost and not back.added)
    if back.code != code and back.is_exact:
        assert code in back.rivals


def test_only_codes_that_say_more_than_their_translation_are_not_found_again() -> None:
    missed = [
        code
        for code in CODES
        if not from_plover(
            translated(code).type, translated(code).mode, translated(code).contexts
        ).is_exact
    ]
    assert missed == ["0355", "055", "084", "0842", "1311", "133", "201", "203"]


@pytest.mark.parametrize("kind", sorted(plover.event_types()))
def test_every_type_and_mode_has_a_code_and_says_what_it_loses(kind: str) -> None:
    for mode in [None, *plover.modes(kind)]:
        back = from_plover(kind, mode)
        found = translated(back.code)
        assert len(back.code) > 2
        assert (f"type {kind}" in back.lost) == (found.type != kind)
        assert (f"mode {mode}" in back.lost) == (mode is not None and found.mode != mode)


def test_the_code_that_covers_most_contexts_and_adds_none_is_chosen() -> None:
    assert from_plover("REQUEST", "assist").code == "101"
    assert from_plover("REQUEST", "assist", ["military"]).code == "1012"
    back = from_plover("ACCUSE", "investigate", ["military", "legal", "cyber"])
    assert (back.code, back.lost, back.added) == ("094", ("context cyber",), ())


def test_a_code_that_says_more_than_the_event_names_what_it_adds() -> None:
    back = from_plover("MOBILIZE", "troops")
    assert (back.code, back.lost, back.added) == ("154", (), ("context military",))
    assert not back.is_exact


def test_a_mode_that_cameo_lacks_is_lost_and_not_replaced_by_another() -> None:
    assert from_plover("CONSULT", "multilateral").lost == ("mode multilateral",)
    strike = from_plover("PROTEST", "strike")
    assert (strike.code, strike.lost, strike.added) == ("143", ("mode strike",), ("mode boycott",))


def test_a_retreat_of_no_kind_is_a_yielding_and_loses_its_type() -> None:
    back = from_plover("RETREAT", "resign")
    assert (back.code, back.lost) == ("080", ("type RETREAT", "mode resign"))


def test_an_auxiliary_mode_is_named_as_lost() -> None:
    assert from_plover("AID", auxiliary=["negation"]).lost == ("auxiliary negation",)


@pytest.mark.parametrize(
    "event",
    [("AIDE",), ("AID", "visit"), ("AID", None, ["humanitarian"]), ("RETREAT", "ease")],
)
def test_an_event_that_plover_lacks_is_refused(event: tuple[str, ...]) -> None:
    with pytest.raises(BadInput, match="PLOVER has no"):
        from_plover(*event)  # type: ignore[arg-type]


def test_one_code_is_marked_among_those_that_share_a_translation() -> None:
    rows = cameo._rows()
    shared: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        if row["back"] != "never":
            shared.setdefault((row["type"], row["mode"], row["contexts"]), []).append(row["back"])
    assert all(marks.count("first") == (len(marks) > 1) for marks in shared.values())


def test_every_table_is_sorted_and_names_source_licence_and_date() -> None:
    folder = files("inconcert.ontology").joinpath("data", "cameo")
    tables = [entry for entry in folder.iterdir() if entry.name.endswith(".tsv")]
    assert len(tables) == 3
    for table in tables:
        lines = table.read_text(encoding="utf-8").splitlines()
        head = " ".join(line for line in lines if line.startswith("#"))
        assert all(word in head for word in ("Source:", "CC BY-SA 4.0", "Checked: ")), table.name
        facts = [line.split("\t") for line in lines if not line.startswith("#")][1:]
        assert facts == sorted(facts), table.name


def test_the_reference_lists_every_repair_and_every_code_of_a_type_and_mode() -> None:
    page = PAGE.read_text(encoding="utf-8")
    shown = re.findall(r"^\| (\d+) \| (.+?) \| (.+?) \| (.+?) \|$", page, re.M)
    repaired = [found for code, found in sorted(cameo.codes().items()) if found.repair]
    assert shown == [
        (
            found.code,
            found.printed,
            ", ".join([found.type, found.mode or "-", "; ".join(found.contexts) or "-"]),
            found.repair,
        )
        for found in repaired
    ]
    losses = re.findall(r"^\| ([A-Z]+) \| (\S+) \| (\d+) \| (.+?) \|$", page, re.M)
    expected = []
    for kind in sorted(plover.event_types()):
        for mode in [None, *plover.modes(kind)]:
            back = from_plover(kind, mode)
            if back.lost:
                expected.append((kind, mode or "-", back.code, ", ".join(back.lost)))
    assert losses == expected
