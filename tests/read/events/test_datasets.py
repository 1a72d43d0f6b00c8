"""Each dataset is told by its content and read into rows of one form."""

from __future__ import annotations

import json
from datetime import date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.read.events import made


def _write(path, *lines):
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_gdelt_2_row_becomes_a_row_with_its_numbers_place_and_address(tmp_path, opened):
    taken = opened(_write(tmp_path / "20210728.export.CSV", made.gdelt2(7)))
    assert taken.layouts == ["gdelt2-events"]
    row = taken.only
    assert (row["source_row"], row["day"], row["code"]) == ("7", date(2021, 7, 28), "042")
    assert (row["a_code"], row["a_country"], row["a_sectors"]) == ("PERGOV", "PER", "GOV")
    assert (row["mentions"], row["outlets"], row["articles"]) == (8, 2, 7)
    assert (row["score"], row["tone"]) == (1.9, -1.25)
    assert (row["place_country"], row["place_precision"]) == ("PER", "town")
    assert row["outlet"] == "example.org"
    assert row["added"] == datetime(2021, 7, 28, 10, 45)  # noqa: DTZ001 — a timestamp of the file
    assert row["b_sectors"] is None


def test_a_gdelt_code_without_its_zero_gets_it_back_by_the_root_code(tmp_path, opened):
    rows = [
        made.gdelt2(1, EventCode="42", EventRootCode="4"),
        made.gdelt2(2, EventCode="10", EventRootCode="1"),
        made.gdelt2(3, EventCode="10", EventRootCode="10"),
    ]
    taken = opened(_write(tmp_path / "cut.csv", *rows))
    assert sorted(row["code"] for row in taken.rows) == ["010", "042", "10"]


def test_a_gdelt_file_with_a_foreign_head_line_and_further_columns_is_read_by_form(
    tmp_path, opened
):
    rows = [made.gdelt2(number).split("\t") for number in (1, 2)]
    head = ",".join(["", *(f"Field_{number}" for number in range(61)), "Extra"])
    lines = [",".join([str(n), *(f'"{cell}"' for cell in row), "9"]) for n, row in enumerate(rows)]
    taken = opened(_write(tmp_path / "own.csv", head, *lines))
    assert taken.layouts == ["gdelt2-events"]
    assert [row["source_row"] for row in taken.rows] == ["1", "2"]
    assert not taken.faults


@pytest.mark.parametrize("url", [True, False])
def test_gdelt_1_is_told_from_gdelt_2_with_its_address_or_without(tmp_path, opened, url):
    taken = opened(_write(tmp_path / "1.csv", made.gdelt1(3, url=url)))
    assert taken.layouts == ["gdelt1-events"]
    assert (taken.only["url"] is not None) is url


def test_mentions_keep_document_and_confidence(tmp_path, opened):
    taken = opened(_write(tmp_path / "m.csv", made.mention(5)))
    assert taken.layouts == ["gdelt2-mentions"]
    assert (taken.only["source_row"], taken.only["confidence"]) == ("5", 0.4)


def test_the_knowledge_graph_gives_context_and_no_event(tmp_path, opened):
    row = opened(_write(tmp_path / "g.csv", made.gkg())).only
    assert "code" not in row
    assert (row["people"], row["themes"]) == ("ada one;bo two", "MEDIATION;PEACE")
    assert (row["places"], row["title"]) == ("Peru;Lima, Peru", "A meeting in Lima")
    assert row["tone"] == -2.5


def test_an_icews_file_is_read_by_its_head_line_in_any_order(tmp_path, opened):
    head, row = made.ICEWS_HEAD.split("\t"), made.icews(4).split("\t")
    turned = _write(tmp_path / "t.tab", "\t".join(head[::-1]), "\t".join(row[::-1]))
    straight = _write(tmp_path / "s.tab", made.ICEWS_HEAD, made.icews(4))
    first, second = opened(turned).only, opened(straight).only
    assert {**first, "_file": ""} == {**second, "_file": ""}
    assert (first["a_name"], first["a_country"]) == ("Foreign Affairs (Peru)", "Peru")
    assert (first["place"], first["note"]) == ("Lima, Peru", "story 77, sentence 2")


def test_an_icews_file_without_head_line_is_told_by_its_twenty_columns(tmp_path, opened):
    taken = opened(_write(tmp_path / "h.tab", made.icews(1), made.icews(2)))
    assert (taken.layouts, len(taken.rows)) == (["icews"], 2)


def test_an_icews_code_that_lost_its_zero_is_repaired_by_the_name_of_the_event(tmp_path, opened):
    row = made.icews(1, cameo_code="40", event_text="Consult")
    assert opened(_write(tmp_path / "z.tab", made.ICEWS_HEAD, row)).only["code"] == "040"


def test_icews_names_of_a_parquet_file_get_their_numbers_back(tmp_path, opened):
    table = pa.table(
        {
            "date": ["2021-03-18", "2021-03-19"],
            "source": ["Police (Peru)", "Peru"],
            "event_text": ["Consult", "Nobody knows"],
            "target": ["Chile", "Chile"],
            "split": ["train", "test"],
        }
    )
    pq.write_table(table, tmp_path / "names.parquet")
    taken = opened(tmp_path / "names.parquet")
    assert (taken.layouts, taken.only["code"]) == (["icews-names"], "040")
    assert [(line, reason) for line, reason, _ in taken.faults] == [(2, "no code of an event")]


def test_polecat_keeps_the_first_of_several_actors_and_names_the_others(tmp_path, opened):
    row = opened(_write(tmp_path / "p.txt", made.POLECAT_HEAD, made.polecat())).only
    assert (row["code"], row["scheme"], row["mode"]) == ("CONSULT", "plover", "third-party")
    assert row["context"] == "diplomatic;political_institutions"
    assert (row["a_name"], row["a_country"], row["a_sectors"]) == ("Ada One", "PER", "GOV")
    assert row["more_a"] == "Bo Two (CHL)"
    assert (row["b_name"], row["b_country"]) == (None, "BOL")
    assert (row["score"], row["place_precision"]) == (5.0, "town")


def test_polecat_of_either_name_for_the_intensity_is_read(tmp_path, opened):
    head = made.POLECAT_HEAD.replace("\tIntensity\t", "\tEvent Intensity\t")
    assert opened(_write(tmp_path / "p.txt", head, made.polecat())).only["score"] == 5.0


def test_an_acled_note_over_two_lines_is_one_row_without_direction(tmp_path, opened):
    path = tmp_path / "acled.csv"
    path.write_text(made.as_csv("acled", made.acled(), made.acled(event_date="2021-05-17")))
    taken = opened(path)
    first, second = taken.rows
    assert (first["code"], first["event_text"]) == ("Peaceful protest", "Protests")
    assert (first["day"], second["day"]) == (date(2021, 5, 16), date(2021, 5, 17))
    assert 'shouting "pay us". Nobody' in first["note"]
    assert first["directed"] is False
    assert (first["outlet"], first["outlets"], first["fatalities"]) == ("Daily Example", 2, 0)


def test_ucdp_events_last_and_only_one_sided_violence_has_a_direction(tmp_path, opened):
    path = tmp_path / "GEDEvent.csv"
    path.write_text(made.as_csv("ucdp-ged", made.ucdp(), made.ucdp(id="10", type_of_violence="1")))
    first, second = opened(path).rows
    assert (first["day"], first["day_last"]) == (date(2021, 5, 16), date(2021, 5, 18))
    assert (first["directed"], second["directed"]) == (True, False)
    assert (first["fatalities"], first["articles"]) == (4, None)


def test_both_phoenix_sets_and_terrier_are_told_apart(tmp_path, opened):
    (tmp_path / "c.csv").write_text(made.as_csv("phoenix-cline", made.cline()))
    _write(tmp_path / "events.full.20150702.txt", made.phoenix())
    (tmp_path / "t.csv").write_text(made.as_csv("terrier", made.terrier()))
    taken = opened(tmp_path)
    assert taken.layouts == ["phoenix-cline", "phoenix-real-time", "terrier"]
    assert [row["code"] for row in taken.rows] == ["042"] * 3
    assert [row["a_code"] for row in taken.rows] == ["PERGOV"] * 3
    assert [row["day"].year for row in taken.rows] == [1991, 2015, 1991]
    assert (taken.rows[1]["articles"], taken.rows[1]["outlet"]) == (2, "example")


def test_plover_json_gives_a_row_for_each_type_of_each_event(tmp_path, opened):
    event = {
        "id": "e",
        "date": "2021-07-28",
        "actor": [{"code": "PER", "sector": "GOV", "identifier_text": "Ada One"}, {"code": "CHL"}],
        "recipient": [{"code": "BOL"}],
        "event": ["CONSULT", "AGREE"],
        "mode": ["visit"],
        "context": ["diplomatic", "economic"],
        "event_scale": 5.0,
    }
    lines = [json.dumps(event), "{broken", json.dumps({"id": "x"}), json.dumps(["no object"])]
    taken = opened(_write(tmp_path / "e.jsonl", *lines))
    assert [row["code"] for row in taken.rows] == ["CONSULT", "AGREE"]
    assert [row["source_row"] for row in taken.rows] == ["e", "e#2"]
    first = taken.rows[0]
    assert (first["a_code"], first["a_name"], first["more_a"]) == ("PER", "Ada One", "CHL")
    assert (first["context"], first["score"]) == ("diplomatic;economic", 5.0)
    assert [line for line, _, _ in taken.faults] == [2, 3, 4]


def test_an_array_of_plover_events_is_read_whole(tmp_path, opened):
    event = {"id": "e", "date": "2021-07-28", "actor": ["PER"], "event": "CONSULT"}
    path = tmp_path / "e.json"
    path.write_text(json.dumps([event, event], indent=1))
    assert len(opened(path).rows) == 2
