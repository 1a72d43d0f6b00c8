"""What cannot be a row is kept, with its line and the reason; nothing is lost or counted twice."""

from __future__ import annotations

from dataclasses import asdict

import duckdb
import pyarrow as pa
import pytest
from tests.read.events import made
from tests.read.events.conftest import TODAY, take

from inconcert.read.events import open_events
from inconcert.read.events.cells import read_cells


def _faults(tmp_path, *lines):
    path = tmp_path / "20210728.csv"
    path.write_text("".join(f"{line}\n" for line in lines))
    taken = take(path)
    assert len(taken.rows) + len(taken.faults) == taken.lines == len(lines)
    return taken


GOOD = [made.gdelt2(number) for number in range(1, 20)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (made.gdelt2(1) + "\tmore", "61 columns expected, 62 found"),
        (made.gdelt2(1).split("\t", 1)[1], "61 columns expected, 60 found"),
        ("\t".join(["x", *made.gdelt2(1).split("\t")[:-1]]), "GLOBALEVENTID is no number"),
        (made.gdelt2(1, SQLDATE="20210732", Year=""), "the day cannot be read"),
        (made.gdelt2(1, SQLDATE="20991231", Year="2099"), "the day lies in the future"),
        (made.gdelt2(1, SQLDATE="18991231", Year="1899"), "the day lies before 1900"),
        (made.gdelt2(1, Year="1921"), "the year is not that of the day"),
        (made.gdelt2(1, EventCode="2199", EventRootCode="21"), "CAMEO has no such code"),
        (made.gdelt2(1, EventRootCode="19"), "EventRootCode does not begin EventCode"),
        (made.gdelt2(1, EventCode="", EventRootCode=""), "no code of an event"),
        (made.gdelt2(1, QuadClass="7"), "QuadClass is none of 1 to 4"),
        (made.gdelt2(1, ActionGeo_Lat="212.0"), "no such place on earth"),
    ],
)
def test_a_bad_line_goes_to_quarantine_with_its_number_and_the_rest_goes_in(tmp_path, line, reason):
    taken = _faults(tmp_path, *GOOD[:9], line, *GOOD[9:])
    assert [(number, why) for number, why, _ in taken.faults] == [(10, reason)]
    assert taken.faults[0][2].startswith(line[:40])


def test_a_day_of_today_in_another_zone_is_not_the_future(tmp_path):
    taken = _faults(tmp_path, made.gdelt2(1, SQLDATE="20261124", Year="2026"))
    assert len(taken.rows) == 1


def test_lines_are_numbered_as_in_the_file_with_its_head_line_and_blank_ones(tmp_path):
    path = tmp_path / "i.tab"
    path.write_text(f"{made.ICEWS_HEAD}\n\n{made.icews(1)}\n\nshort\n{made.icews(2)}\n")
    taken = take(path)
    assert [(line, text) for line, _, text in taken.faults] == [(5, "short")]
    assert len(taken.rows) == 2


def test_a_quotation_that_is_never_closed_costs_one_row(tmp_path):
    path = tmp_path / "acled.csv"
    text = made.as_csv("acled", made.acled(notes="a"), made.acled(notes="MARK"), made.acled())
    path.write_text(text.replace("MARK", '"never closed'))
    taken = take(path)
    assert taken.reasons == ["quotation mark never closed"]
    assert len(taken.rows) == 2


def test_a_line_too_long_or_with_nul_bytes_is_kept_as_a_fault(tmp_path):
    path = tmp_path / "g.csv"
    long = made.gdelt2(2, SOURCEURL="https://example.org/" + "x" * 1_600_000)
    path.write_text(f"{made.gdelt2(1)}\n{long}\n{made.gdelt2(3)}\0\n{made.gdelt2(4)}\n")
    taken = take(path)
    assert [row["source_row"] for row in taken.rows] == ["1", "4"]
    assert taken.reasons == ["line too long", "not text (NUL byte)"]
    assert [line for line, _, _ in taken.faults] == [2, 3]


def test_an_event_of_polecat_of_unknown_type_and_a_ucdp_event_that_ends_first(tmp_path):
    path = tmp_path / "p.txt"
    path.write_text(f"{made.POLECAT_HEAD}\n{made.polecat(event_type='DANCE')}\n")
    assert take(path).reasons == ["PLOVER has no such type"]
    path = tmp_path / "u.csv"
    path.write_text(made.as_csv("ucdp-ged", made.ucdp(date_end="2021-05-01")))
    assert take(path).reasons == ["it ends before it begins"]


@pytest.mark.parametrize("ending", ["", '\n"'])  # the latter is no clean file and is written anew
def test_one_pass_finds_the_same_rows_and_faults_as_a_look_at_every_line(tmp_path, ending):
    first = [*GOOD[:3], GOOD[3] + "\tmore", made.gdelt2(70, QuadClass="7"), *GOOD[4:8], "torn"]
    second = [*GOOD[8:10], "x", made.gdelt2(71, EventCode="2199", EventRootCode="21"), *GOOD[10:]]
    for name, lines in (("1.csv", first), ("2.csv", second)):
        text = "".join(f"{line}\n" for line in lines)
        (tmp_path / name).write_text(text.replace("\n", "\r\n") if ending else text)
    with duckdb.connect() as base:
        plans = open_events([tmp_path], today=TODAY)
        plan = next(plans)
        cells = read_cells(plan)
        table, rejects = cells.table, pa.Table.from_pylist([asdict(r) for r in cells.rejects])
        base.register("cells", table)
        base.register("rejects", rejects)
        base.execute(f"create table judged as {plan.judged('cells')}")
        base.execute(
            "create table suspects as select _file, _key from judged where _fault is not null"
        )
        kept = "select source_row, day, _file from judged where _fault is null order by all"
        wanted = f"select source_row, day, _file from ({plan.rows()}) order by all"
        assert base.execute(kept).fetchall() == base.execute(wanted).fetchall()
        for part, many in zip(plan.files, (3, 2), strict=True):
            noted = plan.faults(part, rejects="rejects", suspects="suspects")
            found = base.execute(noted).fetchall()
            assert found == base.execute(plan.faults(part)).fetchall()
            assert len(found) == many
        assert next(plans, None) is None


def test_a_mark_of_a_line_that_is_none_is_no_row_of_two_columns(tmp_path):
    mapping = tmp_path / "mine.toml"
    mapping.write_text(
        'name = "mine"\nsource = "MINE"\ndelimiter = ";"\n'
        'columns = ["when", "what"]\n[select]\nday = "try_cast(\\"when\\" as date)"\n'
        "code = 'what'\n"
    )
    path = tmp_path / "a.csv"
    path.write_bytes(b"when;what\n2021-03-01;a\n2021-03-02;\0\n2021-03-03;b\n")
    taken = take(path, layout=str(mapping))
    assert (len(taken.rows), taken.reasons) == (2, ["not text (NUL byte)"])
