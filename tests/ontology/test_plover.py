from __future__ import annotations

from importlib.resources import files

import pytest

from inconcert.core.event import AUXILIARY_MODES
from inconcert.errors import BadInput
from inconcert.ontology import plover


def test_the_ontology_has_the_manuals_counts() -> None:
    all_modes = [mode for name in plover.event_types() for mode in plover.modes(name)]
    counts = (len(plover.event_types()), len(all_modes), len(plover.contexts()))
    assert counts == (16, 67, 37)
    assert len(plover.sectors()) == 25


def test_only_aid_cooperate_and_sanction_need_a_recipient() -> None:
    needing = {name for name, kind in plover.event_types().items() if kind.needs_recipient}
    assert needing == {"AID", "COOPERATE", "SANCTION"}


def test_sanction_is_a_deed_and_threaten_is_not() -> None:
    assert plover.is_deed("SANCTION")
    assert not plover.is_deed("THREATEN")
    assert plover.quad_class("RETREAT") == "material cooperation"


def test_every_type_and_mode_has_a_score_on_the_side_of_its_quad_class() -> None:
    for name, kind in plover.event_types().items():
        scores = [plover.intensity(name)]
        scores += [plover.intensity(name, mode) for mode in plover.modes(name)]
        assert all(-10 <= score <= 10 for score in scores)
        if name != "REQUEST":  # the manual gives requests for help or a meeting 0 or more
            assert all((score > 0) == kind.is_cooperation for score in scores), name


def test_the_misprinted_score_of_accuse_is_read_as_conflict() -> None:
    assert plover.intensity("ACCUSE") == -3
    assert plover.intensity("ACCUSE", "disapprove") == -2


@pytest.mark.parametrize("name", ["CONSULT", "SUPPORT", "COOPERATE", "AID"])
def test_future_cooperation_is_an_agreement_now(name: str) -> None:
    assert plover.future_form(name) == ("AGREE", False)


def test_a_future_retreat_is_a_concession_now() -> None:
    assert plover.future_form("RETREAT") == ("CONCEDE", False)


@pytest.mark.parametrize("name", ["CONCEDE", "ASSAULT", "SANCTION", "THREATEN"])
def test_other_types_told_in_the_future_stay_and_stay_future(name: str) -> None:
    assert plover.future_form(name) == (name, True)


def test_the_auxiliary_modes_are_those_of_the_noun() -> None:
    assert set(plover.auxiliary_modes()) == set(AUXILIARY_MODES)


def test_an_unknown_type_names_the_nearest() -> None:
    with pytest.raises(BadInput, match="COOPERATE"):
        plover.event_type("COOPERAT")


def test_a_mode_of_another_type_has_no_score() -> None:
    with pytest.raises(BadInput, match="mode of AID"):
        plover.intensity("AID", "visit")


def test_every_table_is_sorted_and_names_source_licence_and_date() -> None:
    folder = files("inconcert.ontology").joinpath("data", "plover")
    tables = [entry for entry in folder.iterdir() if entry.name.endswith(".tsv")]
    assert len(tables) == 7
    for table in tables:
        lines = table.read_text(encoding="utf-8").splitlines()
        head = " ".join(line for line in lines if line.startswith("#"))
        assert all(word in head for word in ("Source:", "CC BY-SA 4.0", "Checked: ")), table.name
        facts = [line.split("\t") for line in lines if not line.startswith("#")][1:]
        assert facts == sorted(facts), table.name
