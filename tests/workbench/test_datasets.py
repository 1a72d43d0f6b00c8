"""Datasets of events come into a case by the same command as articles, and are told about."""

from __future__ import annotations

import json

import pytest
from tests.read.events import made

from inconcert import Workbench
from inconcert.errors import BadQuestion, NoCase, NothingCoded
from inconcert.store.lake import Lake
from inconcert.workbench.datasets import sniffed
from inconcert.workbench.storing import CaseStores, tell_coverage, tell_info

ARTICLE = "Russia criticised China on Monday."


@pytest.fixture
def files(tmp_path):
    """A folder with GDELT rows, one of them twice and one broken, and an article."""
    folder = tmp_path / "files"
    folder.mkdir()
    said = made.gdelt2(3, EventCode="010", EventBaseCode="010", EventRootCode="01")
    rows = [
        made.gdelt2(1),
        made.gdelt2(2),
        made.gdelt2(2),
        "not a row",
        said,
    ]
    (folder / "a.export.csv").write_text("".join(f"{row}\n" for row in rows))
    (folder / "b.txt").write_text(ARTICLE)
    return folder


@pytest.fixture
def bench(tmp_path):
    return Workbench.create(tmp_path / "case")


def test_one_command_takes_articles_and_rows_and_says_what_became_of_each(bench, files):
    report = bench.read(files)
    (source,) = report.datasets.sources
    assert (source.source, source.lines, source.rows) == ("GDELT", 5, 4)
    assert (source.quarantined, source.statements) == (1, 1)
    assert source.rows == source.counted + source.repeats + source.folded
    assert report.new == 1
    assert "1 new document" in report.as_text()
    assert "in quarantine: 1" in report.as_text()
    json.dumps(report.as_record())


def test_what_was_read_is_not_taken_twice_under_another_name(bench, files, tmp_path):
    bench.read(files)
    (tmp_path / "again.txt").write_bytes((files / "a.export.csv").read_bytes())
    report = bench.read(tmp_path / "again.txt")
    assert report.datasets.sources == ()
    ((name, same),) = report.datasets.known
    assert (name.endswith("again.txt"), same.endswith("a.export.csv")) == (True, True)
    assert not report.is_empty


def test_a_table_of_ones_own_is_read_by_the_mapping_that_was_proposed_for_it(bench, tmp_path):
    table = tmp_path / "mine.csv"
    table.write_text(
        "when,who,code,whom\n2021-08-01,Russia,042,China\n2021-08-02,China,190,Russia\n"
    )
    proposed = sniffed(table)
    assert "--layout mapping.toml" in proposed
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(proposed.replace('# scheme = "cameo"', 'scheme = "cameo"'))
    report = bench.read(table, layout=str(mapping))
    assert [each.rows for each in report.datasets.sources] == [2]


def test_a_case_tells_of_its_rows_and_is_sound(bench, files):
    bench.read(files)
    stores = CaseStores(bench.folder)
    told = stores.info()
    assert [one["name"] for one in told["events"]["sources"]] == ["GDELT"]
    assert "1 line in quarantine" in tell_info(told)
    faults, report = stores.check()
    assert (faults, report.faults) == ([], ())


def test_an_event_store_without_rows_says_so(bench):
    Lake.open(bench.folder, write=True).close()
    assert "the event store is empty" in tell_info(CaseStores(bench.folder).info())


def test_the_event_store_is_carried_to_another_case(bench, files, tmp_path):
    bench.read(files)
    CaseStores(bench.folder).export(tmp_path / "out")
    other = Workbench.create(tmp_path / "other")
    CaseStores(other.folder).import_(tmp_path / "out")
    here, there = (CaseStores(one.folder).info()["events"] for one in (bench, other))
    assert here["sources"] == there["sources"]


def test_a_case_without_rows_says_how_to_get_some(bench):
    assert "No datasets" in tell_info(CaseStores(bench.folder).info())
    with pytest.raises(NoCase, match="no event store"):
        CaseStores(bench.folder).compact()


def test_reading_a_case_folder_does_not_read_its_event_store(bench, files):
    bench.read(files)
    (bench.folder / "note.txt").write_text("China thanked Russia on Tuesday.")
    report = bench.read(bench.folder)
    assert report.datasets is None
    assert report.new == 1


def test_lines_that_made_no_row_and_days_without_any_are_listed(bench, files):
    rows = [made.gdelt2(4, SQLDATE="20210725"), made.gdelt2(5, SQLDATE="20210726")]
    (files / "c.csv").write_text("".join(f"{row}\n" for row in rows))
    bench.read(files)
    stores = CaseStores(bench.folder)
    (line,) = stores.quarantine(None, 10)
    assert (line["line"], line["text"]) == (4, "not a row")
    assert line["file"].endswith("a.export.csv")
    (gap,) = stores.coverage("GDELT")
    assert (gap["first_day"], gap["last_day"], gap["rows"]) == ("2021-07-27", "2021-07-27", 0)
    assert "not covered" in tell_coverage([gap])
    with pytest.raises(BadQuestion, match="no event dataset"):
        stores.coverage("ACLED")


def test_event_data_alone_answer_about_two_actors_and_say_so_of_one(bench, files):
    bench.read([files / "a.export.csv"])
    with pytest.raises(BadQuestion, match="GDELT answers about two actors, not 1, and the case"):
        bench.ask("RUS", toward="AFG")
    bench.read(files)  # with a text in the case that waits to be coded, that is what is missing
    with pytest.raises(NothingCoded, match="nothing of the case has been coded yet"):
        bench.ask("RUS", toward="AFG")
