from __future__ import annotations

import pytest

from inconcert.grade.codes import comparable, comparable_set, goes_by_name, split_codes


@pytest.mark.parametrize("code", ["RUS", "RUSGOV", "RUSMIL", "RUSGOVDIP", "RUSJRN", " rus "])
def test_a_state_is_one_actor_whatever_its_sectors(code: str) -> None:
    assert comparable(code) == "RUS"


def test_the_afghan_actors_are_four_and_none_of_them_is_the_state() -> None:
    codes = ["AFG", "AFGTAL", "AFGREB", "AFGGOV", "AFGMIL", "AFGREF"]
    assert comparable_set(codes) == {"AFG", "AFGTAL", "AFGREB", "AFGGOV", "AFGREF"}


@pytest.mark.parametrize("code", ["PAKTTP", "YEMHOU", "MLIREB", "SYRREF", "IRQISIS"])
def test_any_other_group_is_an_actor_of_its_own(code: str) -> None:
    assert comparable(code) == code


def test_a_sector_behind_a_group_does_not_count() -> None:
    assert comparable("AFGTALGOV") == "AFGTAL"


@pytest.mark.parametrize("code", ["IGONATO", "IGOUNO", "IGOSCO", "WST", "CAS", "NGOANALYST"])
def test_organisations_and_blocs_compare_whole(code: str) -> None:
    assert comparable(code) == code


def test_two_organisations_are_not_one_for_beginning_alike() -> None:
    assert comparable("IGOEU") != comparable("IGOUNO")


def test_a_list_of_codes_is_taken_apart() -> None:
    assert split_codes("RUSGOV, CHNGOV") == ("RUSGOV", "CHNGOV")


def test_only_speakers_without_a_code_of_their_own_go_by_name() -> None:
    assert goes_by_name("NGOANALYST")
    assert not goes_by_name("IGONATO")
    assert not goes_by_name("RUSGOV")
