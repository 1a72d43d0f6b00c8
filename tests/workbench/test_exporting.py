from __future__ import annotations

import csv
import json

import pytest

from inconcert.errors import BadQuestion, NoCase, NothingCoded
from inconcert.show.export_forms import FORMS
from inconcert.store.lake import Lake
from inconcert.workbench import exporting
from inconcert.workbench.reports import ExportReport

ENDINGS = {
    "gdelt": "csv", "ties": "csv", "ftm": "jsonl", "stix": "json", "plover": "jsonl", "auto": "csv",
}  # fmt: skip


@pytest.fixture
def coded(bench):
    bench.code(processes=1)
    return bench


def test_a_case_is_written_in_every_form_and_its_own_gdelt_file_read_and_written_again(
    coded, tmp_path
):
    for form in FORMS:
        path = tmp_path / f"texts-{form}.{ENDINGS.get(form, form)}"
        done = coded.export(path, form=form)
        assert done.written + done.left_out > 0
        assert path.stat().st_size > 0
    coded.read([tmp_path / "texts-gdelt.csv"])
    for form in FORMS:
        path = tmp_path / f"rows-{form}.{ENDINGS.get(form, form)}"
        assert coded.export(path, form=form, source="GDELT").written + done.left_out > 0
    ties = []
    for name in ("texts-ties.csv", "rows-ties.csv"):
        with (tmp_path / name).open(encoding="utf-8", newline="") as lines:
            ties.append(
                {(row["actor"], row["recipient"], row["type"]) for row in csv.DictReader(lines)}
            )
    assert ties[1] <= ties[0]
    assert ("CHN", "AFGTAL", "CONSULT") in ties[1]
    with pytest.raises(BadQuestion, match=r"ACLED.*One of GDELT"):
        coded.export(tmp_path / "other.csv", source="ACLED")
    with Lake.open(coded.folder) as lake:
        rows = list(exporting.rows_of(lake, "GDELT"))
    assert [row["day"] for row in rows] == sorted(row["day"] for row in rows)


def test_what_is_left_out_is_told_with_its_reason_and_the_codebook_with_its_name(coded, tmp_path):
    done = ExportReport(tmp_path / "a.geojson", "events", 3, ((2, "without coordinates"),))
    assert done.as_text().endswith("Left out 2 events without coordinates.")
    assert (done.left_out, done.as_record()["reasons"]) == (2, {"without coordinates": 2})
    table = coded.export(tmp_path / "a.csv", codebook=True)
    assert "a.csv.codebook.csv" in table.as_text()
    assert json.loads((tmp_path / "a.csv.schema.json").read_text())["properties"]["id"]


def test_people_and_states_are_told_apart_by_the_register(bench):
    names = exporting.names_of(bench.register)
    assert [names.kind(word) for word in ("CHN", "AFGTAL", "IGOUNO", "Wang Yi", "XYZ")] == [
        "state",
        "group",
        "organisation",
        "person",
        "",
    ]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"form": "dot"}, "graphml"),
        ({"what": "poems"}, "events or statements"),
        ({"what": "statements", "form": "stix"}, "statements"),
        ({"what": "statements", "source": "GDELT"}, "dataset"),
        ({"form": "ftm", "codebook": True}, "standard"),
    ],
)
def test_what_cannot_be_written_is_refused_and_nothing_is_left(bench, tmp_path, asked, told):
    with pytest.raises(BadQuestion, match=told):
        bench.export(tmp_path / "a.jsonl", **asked)
    assert not (tmp_path / "a.jsonl").exists()


def test_a_case_without_coded_texts_says_so(bench, tmp_path):
    with pytest.raises(NothingCoded):
        bench.export(tmp_path / "a.gexf")
    with pytest.raises(NoCase, match="Read a dataset"):
        bench.export(tmp_path / "a.gexf", source="GDELT")
