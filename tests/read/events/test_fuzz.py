"""What fuzzing has found in the readers of event data; and mappings and proposals on any text."""

from __future__ import annotations

import contextlib
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.read.events import made
from tests.read.events.conftest import take

from inconcert.errors import BadSetting, UnreadableDocument
from inconcert.read.events import open_events, propose_mapping
from inconcert.read.events.layout import parse_layout

QUICK = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
MAPPING = """name = "own"
source = "OWN"
scheme = "cameo"
delimiter = ","
columns = ["day", "who", "did"]
[select]
day = "try_strptime(day, '%Y')"
code = "did"
"""


@pytest.mark.parametrize("seconds", ["20210728104500", "-1", "1e999", "NaN", "9" * 30, "soon"])
def test_a_time_beyond_all_times_in_acled_costs_its_cell_and_not_the_reading(tmp_path, seconds):
    path = tmp_path / "acled.csv"
    path.write_text(made.as_csv("acled", made.acled(timestamp=seconds), made.acled()))
    rows = take(path).rows
    assert [row["added"] is None for row in rows] == [True, False]


def test_an_archive_without_files_is_left_out_with_a_reason(tmp_path):
    for name, members in (("none.zip", []), ("hidden.zip", [".DS_Store", "__MACOSX/a.csv"])):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            for member in members:
                archive.writestr(member, "x")
        taken = take(tmp_path / name)
        assert [item.reason for item in taken.left_out] == ["an archive without files"]


def test_a_file_without_a_name_in_an_archive_is_no_fault_of_the_others(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", made.gdelt2(1) + "\n")
        archive.writestr("b.csv", made.gdelt2(2) + "\n")
    path.write_bytes(path.read_bytes().replace(b"b.csv", b"\0.csv"))
    assert [row["source_row"] for row in take(path).rows] == ["1"]


@QUICK
@given(
    at=st.floats(0, 1),
    length=st.integers(0, 20),
    put=st.one_of(st.text(max_size=6), st.sampled_from(['"', "'", "[", "(", "--", "0", "\n"])),
)
def test_a_damaged_mapping_is_a_mapping_or_is_refused(at, length, put):
    place = int(at * len(MAPPING))
    text = MAPPING[:place] + put + MAPPING[place + length :]
    with contextlib.suppress(BadSetting):
        assert parse_layout(text, where="mapping.toml").columns


CELLS = st.sampled_from(["2021-07-28", "28.7.2021", "042", "Peru", "", "1e5", "a b", "12.5", "ü"])


@QUICK
@given(
    names=st.lists(
        st.text(st.characters(categories=["L", "Nd"]), min_size=1), min_size=2, max_size=5
    ),
    rows=st.lists(st.lists(CELLS, min_size=2, max_size=5), min_size=1, max_size=4),
)
def test_what_is_proposed_for_a_table_is_a_mapping_that_reads_it(tmp_path, names, rows):
    path = tmp_path / "own.csv"
    lines = [names, *([*row, *[""] * len(names)][: len(names)] for row in rows)]
    path.write_text("".join(",".join(line) + "\n" for line in lines), encoding="utf-8")
    proposal = '"null"'
    with contextlib.suppress(UnreadableDocument):
        proposal = propose_mapping(path)
    if '"null"' in proposal:  # no day or code among the columns: the analyst is asked
        return
    layout = parse_layout(proposal, where="mapping.toml")
    left = []
    plans = list(open_events([path], layout, left_out=left.append))
    assert len(plans) + len(left) == 1
