"""Any lines in: as many rows and faults out, and never an exception."""

from __future__ import annotations

import contextlib
import csv
import gzip
import io
import json
import tempfile
import zipfile
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.read.events import made
from tests.read.events.conftest import TODAY, take, unlike

from inconcert.core.provenance import LeftOut
from inconcert.errors import UnreadableDocument
from inconcert.read.events import built_in_layouts, open_events, propose_mapping
from inconcert.read.events.plan import Plan

TEXT_LAYOUTS = [name for name in built_in_layouts() if name != "plover-json"]
QUICK = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
CELLS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.sampled_from(
        ["", "20210728", "2021-03-18", "042", "1", "-", '"', "'", "\\", "None", "1e999", "NaN"]
    ),
)


def _counts(data: bytes, layout: str) -> tuple[Plan | None, int, int]:
    """The plan for a file of one layout with a head line, and how many rows and faults it gave."""
    rows = faults = 0
    plan = None
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as base:
        base.execute("set threads=1")
        path = Path(folder) / "x.csv"
        path.write_bytes(data)
        for plan in open_events([path], layout, today=TODAY, left_out=lambda _: None):
            assert unlike(base, plan) == 0
            rows += len(base.execute(plan.rows()).fetchall())
            faults += sum(len(base.execute(plan.faults(part)).fetchall()) for part in plan.files)
    return plan, rows, faults


@pytest.mark.parametrize("name", TEXT_LAYOUTS)
@QUICK
@given(table=st.lists(st.lists(CELLS, max_size=64), min_size=1, max_size=6))
def test_written_rows_come_out_as_rows_or_faults(name, table):
    layout = built_in_layouts()[name]
    out = io.StringIO()
    if layout.quote:
        rows = [[_flat(cell) for cell in row] for row in table]
        csv.writer(out, lineterminator="\n").writerows([list(layout.columns), *rows])
        kept = [row for row in rows if any(cell.strip() for cell in row) or len(row) > 1]
    else:
        rows = [[_flat(cell).replace("\t", " ") for cell in row] for row in table]
        lines = ["\t".join(row) for row in rows]
        out.write("\n".join(["\t".join(layout.columns), *lines]) + "\n")
        kept = [line for line in lines if line.encode().strip()]
    plan, found, faults = _counts(out.getvalue().encode(), name)
    assert plan is not None
    assert found + faults == plan.lines
    assert plan.lines <= len(table)
    if not layout.quote:
        assert len(kept) <= plan.lines + sum(line.strip(" \t") == "" for line in kept)


def _flat(cell: str) -> str:
    """A cell without what ends a line."""
    return "".join(
        " " if one in "\n\r\0\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029" else one for one in cell
    )


@pytest.mark.parametrize("name", TEXT_LAYOUTS)
@QUICK
@given(data=st.binary(max_size=400))
def test_any_bytes_below_a_head_line_are_rows_or_faults(name, data):
    layout = built_in_layouts()[name]
    head = layout.delimiter.join(layout.columns).encode() + b"\n"
    plan, rows, faults = _counts(head + data, name)
    if plan is not None:
        assert rows + faults == plan.lines


@QUICK
@given(data=st.binary(max_size=600))
def test_any_file_is_read_or_left_out_with_a_reason(tmp_path, data):
    (tmp_path / "any").write_bytes(data)
    taken = take(tmp_path / "any")
    assert taken.plans + len(taken.left_out) == 1
    with contextlib.suppress(UnreadableDocument):
        propose_mapping(tmp_path / "any")


def _packed() -> dict[str, bytes]:
    text = "".join(f"{made.gdelt2(number)}\n" for number in range(40)).encode()
    archive, table = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("x.csv", text)
    pq.write_table(pa.table({"date": ["2021-03-18"], "source": ["Peru"]}), table)
    return {"gz": gzip.compress(text), "zip": archive.getvalue(), "parquet": table.getvalue()}


@pytest.mark.parametrize("kind", ["gz", "zip", "parquet"])
@settings(QUICK, max_examples=60)
@given(place=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255))
def test_a_packed_file_with_a_wrong_byte_is_read_or_left_out(tmp_path, kind, place, byte):
    data = bytearray(_packed()[kind])
    data[int(place * len(data))] = byte
    (tmp_path / "packed").write_bytes(bytes(data))
    left: list[LeftOut] = []
    plans = list(open_events([tmp_path / "packed"], today=TODAY, left_out=left.append))
    assert len(plans) + len(left) <= 1
    assert all(item.reason and item.detail for item in left)


@QUICK
@given(
    shuffled=st.lists(st.sampled_from(["cut", "more", "good", "date", "blank"]), min_size=1),
)
def test_damaged_gdelt_rows_add_up(tmp_path, shuffled):
    lines = {
        "cut": made.gdelt2(1)[:120],
        "more": made.gdelt2(1) + "\tx",
        "good": made.gdelt2(1),
        "date": made.gdelt2(1, SQLDATE="never"),
        "blank": "",
    }
    path = tmp_path / "g.csv"
    kinds = ["good"] * (len(shuffled) + 1) + shuffled  # what most lines are, the file is
    path.write_text("".join(f"{lines[kind]}\n" for kind in kinds))
    taken = take(path)
    assert len(taken.rows) == kinds.count("good")
    assert len(taken.faults) == len(kinds) - kinds.count("good") - kinds.count("blank")


@QUICK
@given(
    objects=st.lists(
        st.recursive(
            st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["id", "event", "actor", "date", "mode", "location", "x"]),
                    inner,
                    max_size=4,
                )
            ),
            max_leaves=8,
        ),
        min_size=1,
        max_size=5,
    )
)
def test_any_json_lines_are_rows_or_faults(tmp_path, objects):
    path = tmp_path / "e.jsonl"
    first = {"id": "1", "date": "2021-07-28", "event": "CONSULT"}
    path.write_text("".join(json.dumps(each) + "\n" for each in [first, *objects]))
    taken = take(path)
    assert taken.plans == 1
    assert len(taken.rows) + len(taken.faults) == taken.lines >= len(objects)
