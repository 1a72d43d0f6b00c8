"""Files of all kinds of packing and of all kinds of damage."""

from __future__ import annotations

import gzip
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.read.events import made
from tests.read.events.conftest import TODAY, take

from inconcert.errors import BadSetting, UnreadableDocument
from inconcert.read.events import Limits, open_events

ROWS = "".join(f"{made.gdelt2(number)}\n" for number in range(1, 6))


def _zip(path, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


def test_the_same_rows_come_out_of_plain_gzip_and_zip(tmp_path):
    (tmp_path / "a.csv").write_text(ROWS)
    (tmp_path / "b.gz").write_bytes(gzip.compress(ROWS.encode()))
    _zip(tmp_path / "c.zip", **{"x.CSV": ROWS})
    found = [
        [{**row, "_file": ""} for row in take(tmp_path / name).rows]
        for name in ("a.csv", "b.gz", "c.zip")
    ]
    assert found[0] == found[1] == found[2]
    assert len(found[0]) == 5


def test_a_clean_plain_file_is_read_where_it_lies(tmp_path):
    (tmp_path / "a.csv").write_text(ROWS)
    (plan,) = open_events([tmp_path / "a.csv"], today=TODAY)
    assert [part.path for part in plan.files] == [tmp_path / "a.csv"]
    assert not plan.files[0].is_copy


def test_alike_files_of_a_folder_stand_in_one_plan_and_others_in_their_own(tmp_path):
    for name in ("a.csv", "b.csv", "c.csv"):
        (tmp_path / name).write_text(ROWS)
    (tmp_path / "d.tab").write_text(f"{made.ICEWS_HEAD}\n{made.icews(1)}\n")
    taken = take(tmp_path)
    assert (taken.plans, len(taken.rows)) == (2, 16)


def test_a_name_with_wild_cards_means_all_files_that_fit(tmp_path):
    for name in ("a.csv", "b.csv", "c.txt"):
        (tmp_path / name).write_text(ROWS)
    assert len(take(tmp_path / "*.csv").rows) == 10
    with pytest.raises(UnreadableDocument, match="no file fits"):
        take(tmp_path / "*.parquet")


def test_copies_are_gone_when_the_reading_ends(tmp_path):
    (tmp_path / "work").mkdir()
    (tmp_path / "b.gz").write_bytes(gzip.compress(ROWS.encode()))
    assert len(take(tmp_path / "b.gz", work=tmp_path / "work").rows) == 5
    assert not list((tmp_path / "work").iterdir())


def test_a_bomb_is_refused_and_the_other_files_go_in(tmp_path):
    (tmp_path / "a.csv").write_text(ROWS)
    (tmp_path / "b.gz").write_bytes(gzip.compress((made.gdelt2() + "\n").encode() * 20_000))
    _zip(tmp_path / "c.zip", **{"x.csv": (made.gdelt2() + "\n") * 20_000})
    taken = take(tmp_path, limits=Limits(freely=1_000_000, ratio=10))
    assert len(taken.rows) == 5
    assert [item.reason for item in taken.left_out] == ["packed too tightly"] * 2


def test_an_archive_of_too_many_files_is_refused(tmp_path):
    path = _zip(tmp_path / "c.zip", **{f"{number}.csv": ROWS for number in range(4)})
    taken = take(path, limits=Limits(members=3))
    assert taken.left_out[0].reason == "4 files in one archive"


def test_nothing_is_taken_of_a_packed_file_that_breaks_off(tmp_path):
    whole = gzip.compress("".join(made.gdelt2(n) + "\n" for n in range(9_000)).encode())
    (tmp_path / "cut.gz").write_bytes(whole[: len(whole) - 500])
    archive = _zip(tmp_path / "cut.zip", **{"x.csv": ROWS})
    archive.write_bytes(archive.read_bytes()[:-30])
    taken = take(tmp_path)
    assert not taken.rows
    assert [item.reason for item in taken.left_out] == ["damaged", "damaged"]
    assert "nothing of it was taken" in taken.left_out[0].detail


def test_a_broken_parquet_file_is_named(tmp_path):
    pq.write_table(pa.table({"date": ["2021-01-01"]}), tmp_path / "a.parquet")
    (tmp_path / "a.parquet").write_bytes((tmp_path / "a.parquet").read_bytes()[:-9])
    assert "no whole Parquet file" in take(tmp_path / "a.parquet").left_out[0].reason


def test_another_packing_is_named_and_not_guessed_at(tmp_path):
    (tmp_path / "a.bz2").write_bytes(b"BZh91AY&SY")
    assert "bzip2" in take(tmp_path).left_out[0].reason


def test_without_somebody_to_tell_the_first_bad_file_ends_the_reading(tmp_path):
    (tmp_path / "a.txt").write_text("No table at all.\nIndeed none.\n")
    with pytest.raises(UnreadableDocument, match="no dataset that is known"):
        list(open_events([tmp_path / "a.txt"]))


def test_a_place_that_is_not_there_is_named_before_anything_is_read(tmp_path):
    with pytest.raises(UnreadableDocument, match="no such file"):
        open_events([tmp_path / "none.csv"])


def test_a_layout_that_is_not_there_names_the_nearest(tmp_path):
    with pytest.raises(BadSetting, match="gdelt2-events"):
        open_events([tmp_path], "gdelt2-event")


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (f"{made.ICEWS_HEAD}\n{made.icews(1, city='Córdoba')}\n".encode("latin-1"), "Córdoba"),
        (f"{made.ICEWS_HEAD}\n{made.icews(1, city='Córdoba')}\n".encode("utf-16"), "Córdoba"),
        (f"\ufeff{made.ICEWS_HEAD}\n{made.icews(1, city='Lomé')}\n".encode(), "Lomé"),
        (f"{made.ICEWS_HEAD}\r\n\r\n{made.icews(1, city='Lima')}\r\n".encode(), "Lima"),
    ],
)
def test_other_encodings_and_ends_of_lines_are_read(tmp_path, data, named):
    (tmp_path / "e.tab").write_bytes(data)
    taken = take(tmp_path / "e.tab")
    assert taken.only["place"].startswith(named)
    assert not taken.faults


def test_lines_that_are_not_utf_8_are_counted_in_a_note(tmp_path):
    good = f"{made.ICEWS_HEAD}\n{made.icews(1, city='Lomé')}\n".encode()
    (tmp_path / "m.tab").write_bytes(good + made.icews(2, city="Lomé").encode("latin-1"))
    taken = take(tmp_path / "m.tab")
    assert [row["place"] for row in taken.rows] == ["Lomé, Peru"] * 2
    assert taken.notes[0].detail.startswith("1 lines were not UTF-8")
