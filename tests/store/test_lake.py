from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from inconcert.errors import (
    BadInput,
    CaseBusy,
    CaseDamaged,
    CaseError,
    CaseTooNew,
    NoCase,
    StorageFull,
)
from inconcert.read.events import open_events
from inconcert.store import lake_writing
from inconcert.store.lake import Lake
from inconcert.store.lake_catalogue import Catalogue
from inconcert.store.queries import query

sys.path.insert(0, str(Path(__file__).parent))
import made_rows as made


def test_a_row_comes_back_with_codes_types_and_its_own_words(tmp_path):
    file = made.write_icews(tmp_path / "a.tab", made.icews(1, "Russia", "112", "China"))
    report = made.take(tmp_path, file)
    assert (report.lines, report.rows, report.counted) == (1, 1, 1)
    row = made.ask(
        tmp_path,
        "select source, source_row, day, type, actors, actor_sectors, recipients, code, score, "
        "place_country, actor_given, year, month from events",
    )[0]
    assert row[:4] == ("ICEWS", "1", date(2021, 3, 18), "ACCUSE")
    assert row[4:9] == (["RUS"], ["GOV"], ["CHN"], "112", 1.0)
    assert row[9:] == ("Russia", "Envoy (Russia) |  | Russia | Government", 2021, 3)


def test_a_statement_of_cameo_is_a_statement_and_no_event_type(tmp_path):
    rows = (made.icews(1, "Russia", "010", "China"), made.icews(2, "Russia", "023", "Iran"))
    made.take(tmp_path, made.write_icews(tmp_path / "a.tab", *rows))
    found = made.ask(
        tmp_path, "select type, is_statement, statement_kind from events order by code"
    )
    assert found == [(None, True, "statement"), (None, True, "appeal")]
    assert made.ask(tmp_path, "select kind, root from daily order by root") == [
        ("STATEMENT", "01"),
        ("APPEAL", "02"),
    ]


def test_a_code_whose_sides_plover_exchanges_is_exchanged_and_says_so(tmp_path):
    made.take(
        tmp_path, made.write_icews(tmp_path / "a.tab", made.icews(1, "Russia", "043", "China"))
    )
    assert made.ask(tmp_path, "select actors, recipients, swapped from events") == [
        (["CHN"], ["RUS"], True)
    ]


def test_each_actor_is_asked_about_once_a_month(tmp_path):
    register = made.Register()
    rows = [made.icews(n, "Russia", "112", "China", f"2021-03-{n + 1:02}") for n in range(20)]
    rows += [made.icews(99, "Russia", "112", "China", "2021-04-01")]
    file = made.write_icews(tmp_path / "a.tab", *rows)
    report = made.take(tmp_path, file, resolve=register, batch_rows=5)
    assert len(report.batches) > 2
    assert len(register.asked) == len(set(register.asked)) == report.asked == 4


def test_who_is_not_known_stays_in_events_and_out_of_daily(tmp_path):
    made.take(
        tmp_path, made.write_icews(tmp_path / "a.tab", made.icews(1, "Utopia", "112", "Iran"))
    )
    assert made.ask(tmp_path, "select actors, actor_names from events") == [
        ([], ["Envoy (Utopia)"])
    ]
    assert made.ask(tmp_path, "select * from daily") == []


# -- folding


def test_talks_told_from_both_sides_are_one_event_of_both(tmp_path):
    rows = (made.icews(1, "Russia", "040", "China"), made.icews(2, "China", "040", "Russia"))
    report = made.take(tmp_path, made.write_icews(tmp_path / "a.tab", *rows))
    assert (report.rows, report.counted, report.folded) == (2, 1, 1)
    found = made.ask(tmp_path, "select actors, recipients, source_row, folded_from from events")
    assert found == [(["RUS", "CHN"], ["RUS", "CHN"], "1", ["2"])]
    assert made.ask(tmp_path, "select actor, recipient, n from daily order by actor") == [
        ("CHN", "RUS", 1),
        ("RUS", "CHN", 1),
    ]


def test_a_visit_and_its_host_are_one_event_with_the_visitor_first(tmp_path):
    rows = (made.icews(1, "Russia", "043", "China"), made.icews(2, "China", "042", "Russia"))
    made.take(tmp_path, made.write_icews(tmp_path / "a.tab", *rows))
    assert made.ask(tmp_path, "select actors, code, folded_from from events") == [
        (["CHN", "RUS"], "042", ["1"])
    ]


@pytest.mark.parametrize(
    "mirror",
    [
        made.icews(2, "China", "112", "Russia"),
        made.icews(2, "China", "041", "Russia"),
        made.icews(2, "China", "040", "Russia", "2021-03-19"),
        made.icews(2, "Russia", "040", "China", story=8),
        made.icews(2, "Iran", "040", "Russia"),
    ],
    ids=["no consultation", "other code", "other day", "same direction", "another"],
)
def test_what_is_no_mirror_image_is_not_folded(tmp_path, mirror):
    rows = (made.icews(1, "Russia", "040", "China"), mirror)
    assert made.take(tmp_path, made.write_icews(tmp_path / "a.tab", *rows)).folded == 0


def test_rows_that_outnumber_the_other_side_stay_alone(tmp_path):
    rows = [made.icews(n, "Russia", "040", "China", story=n) for n in (1, 2, 3)]
    rows += [made.icews(n + 10, "China", "040", "Russia", story=n) for n in (2, 3)]
    report = made.take(tmp_path, made.write_icews(tmp_path / "a.tab", *rows))
    assert (report.counted, report.folded) == (3, 2)
    assert made.ask(tmp_path, "select sum(n)::int from daily where actor = 'CHN'") == [(2,)]
    assert made.ask(tmp_path, "select sum(n)::int from daily where actor = 'RUS'") == [(3,)]


def test_a_fold_is_taken_back_and_the_rows_are_those_of_the_source(tmp_path):
    rows = [made.icews(1, "Russia", "040", "China"), made.icews(2, "China", "040", "Russia")]
    rows += [
        made.icews(3, "Iran", "040", "China"),
        made.icews(4, "Russia", "040", "China", story=9),
    ]
    made.take(tmp_path, made.write_icews(tmp_path / "a.tab", *rows))
    (event,) = made.ask(tmp_path, "select id from events where folded_from is not null")[0]
    with Lake.open(tmp_path, write=True) as lake:
        assert event in lake.unfold(event, note="two meetings")
        assert lake.info().unfolded == 1
        assert lake.sources()[0].counted == 4
        with pytest.raises(BadInput, match="before"):
            lake.unfold(event)
        with pytest.raises(BadInput, match="no event"):
            lake.unfold("nobody")
        assert lake.check().problems == ()
    other = tmp_path / "other"
    lines = [rows[0], rows[3], rows[2]]
    made.take(other, made.write_icews(tmp_path / "b.tab", *lines))
    made.take(other, made.write_icews(tmp_path / "c.tab", rows[1]))
    compared = "select * exclude (batch) from events order by source_row"
    assert made.ask(tmp_path, compared) == made.ask(other, compared)
    sums = (
        "select actor, recipient, kind, day, sum(n)::int as n from daily group by all order by all"
    )
    assert made.ask(tmp_path, sums) == made.ask(other, sums)
    assert made.ask(tmp_path, "from coverage") == made.ask(other, "from coverage")


def test_a_fold_is_taken_back_where_it_was_counted(tmp_path):
    for name, number, intensity in (("a", 1, "5.0"), ("b", 3, "1.0")):
        given = {"story": number, "intensity": intensity}
        visit = made.icews(number, "Russia", "042", "China", **given)
        host = made.icews(number + 1, "China", "043", "Russia", **given)
        made.take(tmp_path, made.write_icews(tmp_path / f"{name}.tab", visit, host))
    with Lake.open(tmp_path, write=True) as lake:
        folded = "select id from events where folded_from is not null and batch = '000002'"
        (event,) = lake.query(folded).column("id").to_pylist()
        lake.unfold(event)
        assert lake.check().problems == ()
    back = "select sum(n)::int, sum(score) from daily where actor = 'CHN'"
    assert made.ask(tmp_path, back) == [(1, 5.0)]


def test_a_fold_shows_where_the_source_gives_its_rows_no_number(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    sides = [f"Envoy ({name})" for name in ("Russia", "China")]
    table = pa.table(
        {
            "date": ["2021-03-18"] * 2,
            "source": sides,
            "event_text": ["Consult"] * 2,
            "target": sides[::-1],
            "split": ["train"] * 2,
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    assert made.take(tmp_path, tmp_path / "a.parquet").folded == 1
    (fold,) = made.ask(tmp_path, "select folded_from from events")[0]
    assert fold == made.ask(tmp_path, "select list(id) from folded where not is_kept")[0][0]


# -- repeats


def test_a_row_that_stands_twice_is_kept_and_not_counted(tmp_path):
    rows = (made.gdelt(1, "RUS", "112", "CHN"), made.gdelt(2, "RUS", "112", "CHN", n=9))
    report = made.take(tmp_path, made.write_gdelt(tmp_path / "a.csv", *rows))
    assert (report.rows, report.counted, report.repeats) == (2, 1, 1)
    kept, repeat = made.ask(
        tmp_path, "select id, kept_as, copies, mentions from events order by source_row"
    )
    assert kept[1:] == (None, 2, 4)
    assert repeat[1] == kept[0]
    assert made.ask(tmp_path, "select n, mentions from daily") == [(1, 4)]
    assert made.ask(tmp_path, "select rows::int, n::int from coverage") == [(2, 1)]


def test_another_document_about_the_same_act_is_another_row(tmp_path):
    rows = (made.gdelt(1, "RUS", "112", "CHN"), made.gdelt(2, "RUS", "112", "CHN", url="https://y"))
    assert made.take(tmp_path, made.write_gdelt(tmp_path / "a.csv", *rows)).repeats == 0


def test_a_row_that_an_earlier_batch_holds_is_a_repeat(tmp_path):
    made.take(tmp_path, made.write_gdelt(tmp_path / "a.csv", made.gdelt(1, "RUS", "112", "CHN")))
    rows = (made.gdelt(7, "RUS", "112", "CHN"), made.gdelt(8, "RUS", "112", "IRN"))
    report = made.take(tmp_path, made.write_gdelt(tmp_path / "b.csv", *rows))
    assert (report.counted, report.repeats) == (1, 1)
    assert made.ask(
        tmp_path,
        "select x.source_row, y.source_row as of from events x join events y on y.id = x.kept_as",
    ) == [("7", "1")]


def test_the_mirror_row_of_a_fold_is_known_when_it_comes_again(tmp_path):
    rows = [made.icews(1, "Russia", "040", "China"), made.icews(2, "China", "040", "Russia")]
    made.take(tmp_path, made.write_icews(tmp_path / "a.tab", *rows))
    rows.append(made.icews(3, "Iran", "112", "China"))
    report = made.take(tmp_path, made.write_icews(tmp_path / "b.tab", *rows))
    assert (report.counted, report.repeats, report.folded) == (1, 2, 0)


def test_a_file_under_two_names_is_taken_once_and_said_so(tmp_path):
    rows = made.gdelt(1, "RUS", "112", "CHN"), made.gdelt(2, "CHN", "112", "RUS")
    one, two = (made.write_gdelt(tmp_path / name, *rows) for name in ("a.csv", "b.csv"))
    report = made.take(tmp_path, one, two)
    assert report.rows == 2
    assert [(Path(each.name).name, Path(each.same_as).name) for each in report.known] == [
        ("b.csv", "a.csv")
    ]
    again = made.take(tmp_path, two)
    assert (again.batches, len(again.known)) == ((), 1)


def test_rows_that_cannot_be_compared_are_spoken_of(tmp_path):
    made.take(tmp_path, made.write_gdelt(tmp_path / "a.csv", made.gdelt(1, "RUS", "112", "CHN")))
    with sqlite3.connect(tmp_path / "events" / "catalogue.sqlite") as catalogue:
        catalogue.execute("update batches set hashes = 'of another version'")
    file = made.write_gdelt(tmp_path / "b.csv", made.gdelt(2, "RUS", "112", "IRN"))
    (note,) = made.take(tmp_path, file).notes
    assert "not compared" in note.reason


# -- quarantine and coverage


def test_every_line_is_a_row_or_in_quarantine_with_file_line_and_reason(tmp_path):
    good = [made.gdelt(n, "RUS", "112", "CHN", url=f"https://x/{n}") for n in range(7)]
    bad = [made.gdelt(50, "RUS", "999", "CHN"), "torn\tline"]
    file = made.write_gdelt(tmp_path / "a.csv", *good[:3], bad[0], *good[3:5], bad[1], *good[5:])
    report = made.take(tmp_path, file)
    assert (report.lines, report.rows, report.quarantined) == (9, 7, 2)
    assert dict(report.reasons) == {"CAMEO has no such code": 1, "61 columns expected, 2 found": 1}
    found = made.ask(tmp_path, "select file, line, text from quarantine order by line")
    assert [each[:2] for each in found] == [(str(file), 4), (str(file), 7)]
    assert found[1][2] == "torn\tline"


def test_lines_in_quarantine_keep_their_numbers_in_a_file_that_was_cut(tmp_path):
    rows = [made.icews(n, "Russia", "112", "China", story=n) for n in range(40)]
    rows[33] = "broken"
    report = made.take(tmp_path, made.write_icews(tmp_path / "a.tab", *rows), batch_rows=15)
    assert len(report.batches) == 3
    assert report.files[0].lines == 40
    assert made.ask(tmp_path, "select line from quarantine") == [(35,)]


def test_days_without_any_row_are_not_covered(tmp_path):
    days = ("2021-01-18", "2021-01-20", "2021-01-25")
    rows = [made.icews(n, "Russia", "112", "China", day) for n, day in enumerate(days)]
    made.take(tmp_path, made.write_icews(tmp_path / "a.tab", *rows))
    with Lake.open(tmp_path) as lake:
        (source,) = lake.sources()
    assert (source.days_covered, source.days_not_covered) == (3, 5)
    covered = made.ask(tmp_path, "select day from coverage order by day")
    assert [day.isoformat() for (day,) in covered] == list(days)


def test_each_source_stays_its_own(tmp_path):
    icews = made.write_icews(tmp_path / "a.tab", made.icews(1, "Russia", "112", "China"))
    gdelt = made.write_gdelt(tmp_path / "b.csv", made.gdelt(1, "RUS", "112", "CHN"))
    made.take(tmp_path, icews, gdelt)
    found = made.ask(tmp_path, "select source, actor, n from daily order by source")
    assert found == [("GDELT", "RUS", 1), ("ICEWS", "RUS", 1)]


def test_mentions_of_events_stand_aside(tmp_path):
    cells = ["77", "20210318120000", "20210318121500", "1", "x.org", "https://x.org/1", "3"]
    cells += ["-1", "5", "9", "1", "60", "2000", "-1.5", "", ""]
    file = made.write_gdelt(tmp_path / "m.csv", "\t".join(cells))
    made.take(tmp_path, file)
    found = made.ask(tmp_path, "select source, source_row, outlet, confidence from mentions")
    assert found == [("GDELT", "77", "x.org", 0.6)]
    with Lake.open(tmp_path) as lake:
        assert (lake.sources(), lake.info().mentions) == ((), 1)


def test_what_documents_name_stands_aside_as_context(tmp_path):
    cells = [""] * 27
    cells[0:5] = ["20210728104500-12", "20210728104500", "1", "x.org", "https://x.org/1"]
    cells[7], cells[11], cells[13] = "MEDIATION;PEACE", "ada one;bo two", "red house"
    cells[15], cells[26] = "-2.5,1,3,4,20,0,400", "<PAGE_TITLE>A meeting</PAGE_TITLE>"
    later = [*cells]
    later[0:2] = ["20210801000000-1", "20210801000000"]
    lines = ["\t".join(each) for each in (cells, later)]
    file = made.write_gdelt(tmp_path / "g.csv", *lines, "torn")
    report = made.take(tmp_path, file)
    assert (report.rows, report.quarantined) == (2, 1)
    found = made.ask(
        tmp_path, "select source, people, organisations, themes, title, month from context"
    )
    told = ("GDELT-GKG", "ada one;bo two", "red house", "MEDIATION;PEACE", "A meeting")
    assert sorted(found) == [(*told, 7), (*told, 8)]
    with Lake.open(tmp_path) as lake:
        assert (lake.sources(), lake.info().context, lake.check().problems) == ((), 2, ())


# -- many batches, one writer, many readers


def test_small_batches_give_what_one_batch_gives(tmp_path):
    rows = [
        made.icews(n, a, code, b, f"2021-0{1 + n % 4}-11", story=n)
        for n, (a, code, b) in enumerate(
            (a, code, b) for a in made.STATES for b in made.STATES for code in ("010", "112")
        )
    ]
    file = made.write_icews(tmp_path / "a.tab", *rows)
    made.take(tmp_path / "one", file)
    report = made.take(tmp_path / "many", file, batch_rows=12)
    assert len(report.batches) > 3
    sql = "select * exclude (batch) from events order by source_row"
    assert made.ask(tmp_path / "one", sql) == made.ask(tmp_path / "many", sql)


def test_a_second_writer_is_told_who_writes(tmp_path):
    with Lake.open(tmp_path, write=True), pytest.raises(CaseBusy, match=f"process {os.getpid()} "):
        Lake.open(tmp_path, write=True)
    Lake.open(tmp_path, write=True).close()


def test_a_reader_keeps_its_snapshot_while_another_writes(tmp_path):
    made.take(tmp_path, made.write_gdelt(tmp_path / "a.csv", made.gdelt(1, "RUS", "112", "CHN")))
    count = "select count(*)::int as n from events"
    with Lake.open(tmp_path) as reader:
        more = made.gdelt(2, "RUS", "112", "IRN", url="https://z")
        made.take(tmp_path, made.write_gdelt(tmp_path / "b.csv", more))
        with Lake.open(tmp_path, write=True) as lake:
            lake.compact()
        assert reader.query(count)["n"].to_pylist() == [1]
        assert reader.info().age.total_seconds() > 0
        reader.refresh()
        assert reader.query(count)["n"].to_pylist() == [2]


def test_who_reads_cannot_write(tmp_path):
    made.take(tmp_path, made.write_gdelt(tmp_path / "a.csv", made.gdelt(1, "RUS", "112", "CHN")))
    with Lake.open(tmp_path) as lake:
        with pytest.raises(CaseError, match="reading only"):
            lake.compact()
        with pytest.raises(BadInput, match="not one question"):
            lake.query("create table x as select 1")
        with pytest.raises(BadInput, match="SQL"):
            lake.query("select nothing from events")


def test_a_case_without_datasets_has_no_event_store(tmp_path):
    assert not Lake.is_in(tmp_path)
    with pytest.raises(NoCase):
        Lake.open(tmp_path)
    Lake.open(tmp_path, write=True).close()
    for view in ("events", "daily", "coverage", "quarantine", "mentions", "context", "folded"):
        assert made.ask(tmp_path, f"select * from {view}") == []


# -- what goes wrong


def _many(path: Path, rows: int) -> Path:
    lines = [
        made.gdelt(n, "RUS", "040", "CHN" if n % 2 else "IRN", f"202103{1 + n % 28:02}", f"u{n}")
        for n in range(rows)
    ]
    return made.write_gdelt(path, *lines)


def test_a_writer_killed_at_any_moment_loses_and_doubles_nothing(tmp_path):
    file = _many(tmp_path / "a.csv", 1_800)
    made.take(tmp_path / "whole", file)
    script = Path(made.__file__)
    command = [sys.executable, str(script), str(tmp_path / "case"), str(file), "300"]
    for wait in (0.02, 0.09):
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout
            writer.stdout.readline()
            writer.stdout.readline()
            time.sleep(wait)
            writer.kill()
    report = made.take(tmp_path / "case", file, batch_rows=300)
    assert report.rows < 1_800, "no batch stood before the last run"
    sql = "select * exclude (batch) from events order by source_row"
    assert made.ask(tmp_path / "case", sql) == made.ask(tmp_path / "whole", sql)
    with Lake.open(tmp_path / "case") as lake:
        assert lake.check().problems == ()
        assert not list((tmp_path / "case" / "events" / "work").glob("*"))


def test_a_full_disk_leaves_the_batches_before_it(tmp_path, monkeypatch):
    file = _many(tmp_path / "a.csv", 400)
    safe, calls = lake_writing.make_safe, []

    def full(path: Path) -> None:
        calls.append(path)
        if len(calls) > 12:
            raise OSError(28, "No space left on device")
        safe(path)

    monkeypatch.setattr(lake_writing, "make_safe", full)
    with pytest.raises(StorageFull):
        made.take(tmp_path, file, batch_rows=100)
    monkeypatch.undo()
    (held,) = made.ask(tmp_path, "select count(*)::int from events")[0]
    assert 0 < held < 400
    report = made.take(tmp_path, file, batch_rows=100)
    assert report.rows == 400 - held
    assert made.ask(tmp_path, "select count(distinct source_row)::int from events") == [(400,)]
    with Lake.open(tmp_path) as lake:
        assert lake.check().is_sound


def test_a_newer_store_is_not_opened(tmp_path):
    Lake.open(tmp_path, write=True).close()
    with sqlite3.connect(tmp_path / "events" / "catalogue.sqlite") as catalogue:
        catalogue.execute("update meta set value = '99'")
    with pytest.raises(CaseTooNew, match="99"):
        Lake.open(tmp_path)


def test_a_store_of_an_older_version_is_brought_up_to_date_by_who_writes(tmp_path):
    path = tmp_path / "catalogue.sqlite"
    Catalogue.create(path).close()
    steps = {1: "alter table meta add column note text; update meta set note = 'new'"}
    with pytest.raises(CaseError, match="older schema 1"):
        Catalogue.open(path, write=False, current=2, migrations=steps)
    Catalogue.open(path, write=True, current=2, migrations=steps).close()
    Catalogue.open(path, write=False, current=2, migrations=steps).close()
    with sqlite3.connect(path) as catalogue:
        assert catalogue.execute(
            "select value, note from meta where key = 'schema_version'"
        ).fetchall() == [("2", "new")]


def test_a_step_that_fails_leaves_the_older_version(tmp_path):
    path = tmp_path / "catalogue.sqlite"
    Catalogue.create(path).close()
    steps = {1: "alter table meta add column note text; update nothing set x = 1"}
    with pytest.raises(CaseDamaged):
        Catalogue.open(path, write=True, current=2, migrations=steps)
    with sqlite3.connect(path) as catalogue:
        columns = [row[1] for row in catalogue.execute("pragma table_info(meta)")]
    assert columns == ["key", "value"]


def test_a_file_that_is_no_catalogue_is_named(tmp_path):
    folder = tmp_path / "events"
    folder.mkdir()
    (folder / "catalogue.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(CaseDamaged):
        Lake.open(tmp_path)


# -- care


def _two_batches(case: Path, folder: Path) -> None:
    for name, first in (("a.csv", 0), ("b.csv", 50)):
        rows = [
            made.gdelt(n, a, code, b, f"20210{1 + n % 3}10", f"https://x/{n % 17}")
            for n, (a, code, b) in enumerate(
                [("RUS", "040", "CHN"), ("CHN", "040", "RUS"), ("IRN", "112", "RUS")] * 10, first
            )
        ]
        made.take(case, made.write_gdelt(folder / name, *rows))


def test_putting_files_together_keeps_every_answer(tmp_path):
    _two_batches(tmp_path, tmp_path)
    questions = (
        "select * from events order by id",
        "select * from folded order by id",
        "from coverage order by all",
        "select * exclude (mentions, score, n), sum(n)::int from daily group by all order by all",
    )
    before = [made.ask(tmp_path, sql) for sql in questions]
    with Lake.open(tmp_path, write=True) as lake:
        report = lake.compact()
        assert report.parts_after < report.parts_before
        assert lake.check().problems == ()
        assert lake.compact().parts_after == report.parts_after
    assert [made.ask(tmp_path, sql) for sql in questions] == before


def test_a_changed_a_missing_and_a_strange_file_are_found(tmp_path):
    _two_batches(tmp_path, tmp_path)
    changed, missing, *_ = sorted((tmp_path / "events" / "events").rglob("*.parquet"))
    data = bytearray(changed.read_bytes())
    data[len(data) // 2] ^= 1
    changed.write_bytes(data)
    missing.unlink()
    strange = changed.with_name("part-000099-0.parquet")
    strange.write_bytes(b"x")
    with Lake.open(tmp_path) as lake:
        found = {Path(where).name: what for what, where in lake.check().problems}
        with pytest.raises(CaseDamaged, match="cannot be read"):
            lake.query("select * from events")
    assert set(found) == {changed.name, missing.name, strange.name}
    assert "not the one" in found[changed.name]
    Lake.open(tmp_path, write=True).close()
    assert not strange.exists()


@pytest.mark.parametrize("name", ["out", "out.tar"])
def test_what_is_exported_and_imported_answers_the_same(tmp_path, name):
    _two_batches(tmp_path, tmp_path)
    with Lake.open(tmp_path) as lake:
        assert lake.export(tmp_path / name).rows > 0
    with Lake.open(tmp_path / "new", write=True) as lake:
        report = lake.import_(tmp_path / name)
        assert lake.check().problems == ()
    assert report.batches == 2
    for sql in ("from events order by id", "from daily order by all", "from coverage order by all"):
        assert made.ask(tmp_path / "new", sql) == made.ask(tmp_path, sql)
    again = made.take(tmp_path / "new", tmp_path / "a.csv")
    assert (again.rows, len(again.known)) == (0, 1)


def test_an_export_does_not_tell_where_the_files_lay(tmp_path):
    made.take(
        tmp_path, made.write_icews(tmp_path / "a.tab", made.icews(1, "Iran", "040", "China"), "x")
    )
    with Lake.open(tmp_path) as lake:
        lake.export(tmp_path / "out")
    with Lake.open(tmp_path / "new", write=True) as lake:
        lake.import_(tmp_path / "out")
        assert lake.check().problems == ()
    assert made.ask(tmp_path / "new", "select file, line from quarantine") == [("a.tab", 3)]
    for path in (tmp_path / "out").rglob("*.*"):
        assert path.is_dir() or str(tmp_path).encode() not in path.read_bytes()


@pytest.mark.parametrize("damage", ["a byte", "a file", "the list", "a path"])
def test_a_damaged_export_is_not_taken_at_all(tmp_path, damage):
    _two_batches(tmp_path, tmp_path)
    out = tmp_path / "out"
    with Lake.open(tmp_path) as lake:
        lake.export(out)
    *_, file = sorted(out.rglob("*.parquet"))
    listed = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    if damage == "a byte":
        file.write_bytes(file.read_bytes()[:-1] + b"x")
    elif damage == "a file":
        file.unlink()
    elif damage == "the list":
        del listed["parts"][0]["sha256"]
    else:
        listed["parts"][0]["path"] = "../../elsewhere/part-1.parquet"
    (out / "manifest.json").write_text(json.dumps(listed), encoding="utf-8")
    with Lake.open(tmp_path / "new", write=True) as lake:
        with pytest.raises(BadInput, match="Nothing was taken"):
            lake.import_(out)
        assert lake.info().batches == 0
    assert not list((tmp_path / "new" / "events").rglob("*.parquet"))


def test_large_parquet_files_are_cut_too(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    head = made.ICEWS_HEAD.split("\t")
    rows = [made.icews(n, "Russia", "112", "China", story=n).split("\t") for n in range(50)]
    columns = zip(*rows, strict=True)
    table = pa.table({name: list(cells) for name, cells in zip(head, columns, strict=True)})
    pq.write_table(table, tmp_path / "a.parquet")
    with Lake.open(tmp_path, write=True) as lake:
        plans = open_events([tmp_path / "a.parquet"], today=made.TODAY)
        report = lake.ingest(plans, resolve=made.Register(), batch_rows=20)
    assert [batch.rows for batch in report.batches] == [20, 20, 10]
    assert made.ask(tmp_path, "select count(distinct source_row)::int from events") == [(50,)]


def test_daily_counts_are_those_of_the_events_themselves(tmp_path):
    _two_batches(tmp_path, tmp_path)
    lines = [
        made.icews(n, a, code, b, story=n)
        for n, (a, code, b) in enumerate(
            product(made.STATES, ("043", "040", "010"), ("China", "Iran", "Utopia"))
        )
    ]
    made.take(tmp_path, made.write_icews(tmp_path / "c.tab", *lines))
    with Lake.open(tmp_path) as lake:
        files = {"paths": [str(path) for path in (lake.folder / "events").rglob("*.parquet")]}
        anew = lake.query(query("lake_daily"), files).to_pylist()
        kept = lake.query("select * exclude (source, year) from daily").to_pylist()
    assert Counter(str(row) for row in anew) == Counter(str(row) for row in kept)


def test_a_file_that_breaks_while_it_is_read_is_left_out_and_the_others_go_in(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    head = made.ICEWS_HEAD.split("\t")
    for name, first in (("a", 0), ("b", 100), ("c", 200)):
        rows = [
            made.icews(first + n, "Russia", "112", "China", story=n).split("\t") for n in range(50)
        ]
        cells = zip(*rows, strict=True)
        table = pa.table({key: list(column) for key, column in zip(head, cells, strict=True)})
        pq.write_table(table, tmp_path / f"{name}.parquet", compression="none")
    data = bytearray((tmp_path / "b.parquet").read_bytes())
    data[4:400] = b"\xff" * 396
    (tmp_path / "b.parquet").write_bytes(data)
    report = made.take(tmp_path, *(tmp_path / f"{name}.parquet" for name in "abc"))
    assert report.rows == 100
    assert [Path(each.place).name for each in report.left_out] == ["b.parquet"]
    assert made.ask(tmp_path, "select count(*)::int from events") == [(100,)]
