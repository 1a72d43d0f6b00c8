from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from inconcert import Workbench
from inconcert.core.review import EVENT, Review
from inconcert.store.store import Store
from inconcert.workbench.joining import join_reports, rule_of

WIRE = (
    "Russia sent 40 tonnes of wheat to Afghanistan through Hairatan on Monday. The grain came by "
    "rail and was unloaded in the evening, a customs clerk said. Drivers had waited for nine days "
    "while papers were stamped, and one of them joked that the bread would be stale on arrival."
)
OWN = (
    "On Monday Russia sent wheat through Hairatan to Afghanistan. Forty tonnes came by rail, a "
    "clerk told its readers in a short note without a picture."
)
DENIED = "Russia did not send wheat by rail to Afghanistan on Monday, a trader in Termez insisted."
ELSEWHERE = "On Monday Russia sent 40 tonnes of wheat by rail to Afghanistan through Torghundi."


@pytest.fixture(scope="module")
def coded(tmp_path_factory) -> Path:
    """One shipment: an agency, a copy of it, a paper of its own; a denial; another shipment."""
    folder = tmp_path_factory.mktemp("shipment")
    items = {
        "Agency": (WIRE, 14),
        "Copyist": (f"Bread on rails\n\n{WIRE}", 15),
        "Railway News": (OWN, 15),
        "Termez Post": (DENIED, 15),
        "Herat Mirror": (ELSEWHERE, 15),
    }
    lines = [
        {"text": text, "date": f"2021-09-{day}", "source": source}
        for source, (text, day) in items.items()
    ]
    file = folder / "items.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    bench = Workbench.create(folder / "case")
    bench.read([file])
    bench.code(processes=1)
    return bench.folder


@pytest.fixture
def case(coded, tmp_path) -> Workbench:
    """A copy of the case, to do with as one likes."""
    return Workbench.open(shutil.copytree(coded, tmp_path / "case"))


def aid(bench: Workbench) -> list[dict[str, object]]:
    (actor,) = record(bench)["actors"]
    return [deed for deed in actor["deeds"] if deed["type"] == "AID"]


def record(bench: Workbench) -> dict[str, object]:
    answer = bench.ask("RUS", toward="AFG")
    found = bench.show(answer, form="record")
    assert isinstance(found, dict)
    return found


def test_one_shipment_in_three_papers_is_one_event_in_two_outlets(case) -> None:
    events: dict[str, set[str]] = {}
    for deed in aid(case):
        events.setdefault(str(deed["event"]), set()).add(str(deed["source"]))
    sizes = sorted(map(sorted, events.values()), key=len)
    assert sizes == [["Herat Mirror"], ["Agency", "Copyist", "Railway News"]]
    outlets = {str(deed["source"]): deed["outlet"] for deed in aid(case)}
    assert outlets["Copyist"] == outlets["Agency"] == "Agency"
    assert outlets["Railway News"] == "Railway News"


def test_what_is_denied_is_not_joined_to_what_is_told(case) -> None:
    (actor,) = record(case)["actors"]
    told = {deed["event"] for deed in actor["deeds"]}
    denied = {deed["event"] for deed in actor["set_aside"]}
    assert denied
    assert told.isdisjoint(denied)


def test_an_answer_counts_events_and_names_reports_and_outlets(case) -> None:
    (actor,) = record(case)["actors"]
    counts = actor["counts"]
    assert counts["reports"] == len(actor["deeds"])
    assert counts["events"] == len({deed["event"] for deed in actor["deeds"]}) < counts["reports"]
    assert counts["outlets"] == 3
    said = case.show(case.ask("RUS", toward="AFG"), form="text")
    assert f"told in {counts['reports']} reports in 3 independent outlets" in " ".join(said.split())


def test_coding_again_joins_nothing_twice_and_new_papers_find_the_old_ones(case, tmp_path) -> None:
    before = record(case)
    case.code(processes=1)
    assert record(case) == before
    late = [{"text": WIRE, "date": "2021-09-16", "source": "Late Edition"}]
    (tmp_path / "late.jsonl").write_text(json.dumps(late[0]) + "\n", encoding="utf-8")
    case.read([tmp_path / "late.jsonl"])
    report = case.code(processes=1)
    assert report.joined.copies == 2
    assert report.joined.events < report.joined.reports
    assert "copies: 2 documents repeat another" in report.as_text()
    late_deed = next(deed for deed in aid(case) if deed["source"] == "Late Edition")
    agency = next(deed for deed in aid(case) if deed["source"] == "Agency")
    assert (late_deed["event"], late_deed["outlet"]) == (agency["event"], "Agency")
    assert "copies of one text" in late_deed["same_because"]


def test_a_review_takes_an_event_apart_in_the_answer(case) -> None:
    def event_of(source: str) -> object:
        return next(deed["event"] for deed in aid(case) if deed["source"] == source)

    ids = {str(deed["source"]): str(deed["id"]) for deed in aid(case)}
    apart = Review.of(
        "different", EVENT, (ids["Railway News"], ids["Agency"]), by="me", at=datetime.now(UTC)
    )
    with Store.open(case.folder, write=True) as store:
        store.add_reviews([apart])
    assert event_of("Railway News") != event_of("Agency")
    with Store.open(case.folder, write=True) as store:
        store.add_reviews([apart.undone(by="me", at=datetime.now(UTC))])
    assert event_of("Railway News") == event_of("Agency")


def test_the_brief_opens_every_report_of_an_event(case, tmp_path) -> None:
    files = case.brief([case.ask("RUS", toward="AFG")], out=tmp_path / "briefs")
    for file in (files.markdown, files.html):
        page = file.read_text(encoding="utf-8")
        assert "told again" in page
        assert "One event with" in page
        assert "Document is a copy of" in page
        assert "An act told several times counts once: Russia" in page


def test_progress_is_told_and_ends_with_all(case) -> None:
    with Store.open(case.folder, write=True) as store:
        (coder,) = store.provenances()
        assert store.to_join(coder, rule_of(coder)) == []
        seen: list[tuple[int, int, float]] = []
        join_reports(store, coder, progress=lambda *step: seen.append(step))
        assert seen == []
