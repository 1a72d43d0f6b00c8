from __future__ import annotations

from pathlib import Path

EXAMPLE = Path(__file__).parents[2] / "examples" / "afghanistan-2021"


def test_the_example_case_is_read_whole_and_nothing_is_left_out(read):
    reading = read(EXAMPLE / "documents")
    sources = [document.source.name for document in reading.documents]
    assert sources.count("The White House") == 167
    assert sources.count("UN General Debate (76th session)") == 18
    assert reading.left_out == []
    assert all(document.published and document.speaker for document in reading.documents)
    assert all("Afghan" in d.text or "Taliban" in d.text or d.speaker == "CHN"
               for d in reading.documents)  # fmt: skip


def test_the_speeches_are_dated_by_the_days_of_the_debate(read):
    documents = read(EXAMPLE / "documents" / "united-nations.jsonl").documents
    assert {str(document.published) for document in documents} == {"2021-09-21..2021-09-27"}
    assert {"RUS", "CHN", "TJK", "UZB", "PAK"} <= {document.speaker for document in documents}
