from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.show.made_acts import NAMES, PLANNED, ROWS, acts

from inconcert.errors import BadInput, BadQuestion, StorageFull
from inconcert.show.export_acts import Act, act_of_row
from inconcert.show.export_forms import FORMS, TABLE, export_acts, form_of

FILES = {
    "ties": "ties.csv", "gexf": "a.gexf", "graphml": "a.graphml", "geojson": "a.geojson",
    "gdelt": "a.export.csv", "ftm": "a.ftm.jsonl", "stix": "a.stix.json",
}  # fmt: skip
WRITTEN = sorted(FILES.items())


def test_every_form_but_plover_has_a_writer_here():
    assert set(FORMS) == {"auto", "plover", *FILES}


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.gexf", "gexf"), ("a.GRAPHML", "graphml"), ("a.geojson", "geojson"), ("a.csv", TABLE),
        ("a.parquet", TABLE), ("a.xlsx", TABLE),
    ],
)  # fmt: skip
def test_the_ending_tells_the_form_where_it_can(name, form):
    assert form_of(Path(name)) == form
    assert form_of(Path(name), "stix") == "stix"


def test_an_unknown_form_is_refused_with_those_there_are(tmp_path):
    with pytest.raises(BadQuestion, match="graphml"):
        form_of(Path("a.csv"), "dot")
    with pytest.raises(BadQuestion, match="graphml"):
        export_acts("table", [], tmp_path / "a.csv")


@pytest.mark.parametrize(("form", "name"), WRITTEN)
def test_events_of_texts_and_rows_of_datasets_are_written_in_every_form(tmp_path, form, name):
    both = [*acts(), *(act_of_row(each) for each in ROWS)]
    done = export_acts(form, both, tmp_path / name, names=NAMES)
    assert done.written + done.unfit == 8
    assert done.written >= 5
    assert done.why
    assert (tmp_path / name).stat().st_size > 100
    assert [each.name for each in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(("form", "name"), WRITTEN)
def test_what_is_not_plain_is_left_out_on_wish_and_counted(tmp_path, form, name):
    done = export_acts(form, acts(PLANNED), tmp_path / name, plain_only=True)
    assert (done.written, done.not_plain, done.unfit) == (0, 1, 0)


@pytest.mark.parametrize(("form", "name"), WRITTEN)
def test_a_break_in_the_middle_leaves_the_old_file_and_nothing_else(tmp_path, form, name):
    path = tmp_path / name
    path.write_bytes(b"old")

    def breaking() -> Iterator[Act]:
        yield from acts()
        raise RuntimeError("somewhere else")

    with pytest.raises(RuntimeError):
        export_acts(form, breaking(), path)
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_a_full_disk_and_a_folder_that_is_not_there_are_told(tmp_path):
    def filling() -> Iterator[Act]:
        yield from acts()
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(StorageFull, match="Make room"):
        export_acts("ftm", filling(), tmp_path / "a.jsonl")
    with pytest.raises(BadInput, match="cannot be written"):
        export_acts("stix", acts(), tmp_path / "nowhere" / "a.json")
    assert list(tmp_path.iterdir()) == []
