from __future__ import annotations

import csv
import gzip
import io

import pytest


def table(*rows: list[str], delimiter: str = ",") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


HEAD = ["id", "Headline", "Body", "Date"]
MET = ["a1", "Talks", 'The envoys met, "at last",\r\nin Doha.', "2021-08-20"]
LEFT = ["a2", "End", "The envoys left Doha.", "2021-08-21"]


@pytest.mark.parametrize(
    ("name", "delimiter"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t"), ("a.csv", "|")]
)
def test_rows_become_documents_with_their_cells_as_written(read, write, name, delimiter):
    place = write(name, table(HEAD, MET, LEFT, delimiter=delimiter))
    first, second = read(place).documents
    assert first.text == 'The envoys met, "at last",\r\nin Doha.'
    assert (first.title, str(first.published)) == ("Talks", "2021-08-20")
    assert (first.place, second.place) == (f"{place}:2#a1", f"{place}:4#a2")


def test_a_mapping_names_the_columns(read, write):
    place = write("a.csv", table(["n", "Meldung", "Tag"], ["1", "The envoys met.", "20.8.2021"]))
    document = read(place, mapping={"text": "Meldung", "date": "Tag"}).only
    assert (document.text, str(document.published)) == ("The envoys met.", "2021-08-20")


def test_a_table_without_a_text_column_names_its_columns_and_the_remedy(read, write):
    reading = read(write("a.csv", table(["n", "Meldung"], ["1", "The envoys met."])))
    assert reading.reasons == ["no text column"]
    assert "n, Meldung" in reading.left_out[0].detail
    assert "[read.mapping]" in reading.left_out[0].detail


def test_a_row_that_does_not_fit_is_named_and_the_others_are_read(read, write):
    place = write("a.csv", table(HEAD, MET) + "a3,Broken,one,two,three\n" + table(LEFT))
    reading = read(place)
    assert [document.title for document in reading.documents] == ["Talks", "End"]
    assert (reading.left_out[0].place, reading.reasons) == (f"{place}:4", ["bad row"])


def test_a_quotation_mark_never_closed_is_told(read, write):
    place = write("a.csv", table(HEAD, LEFT) + 'a3,Cut,2021,"The envoys met and th')
    reading = read(place)
    assert (reading.only.title, reading.reasons) == ("End", ["bad row"])
    assert "never closed" in reading.left_out[0].detail


def test_an_inch_mark_in_a_cell_is_no_open_quotation(read, write):
    place = write("a.csv", 'id,text\n1,A 5" shell fell near Kunduz.\n2,The envoys met.\n')
    assert [document.text for document in read(place).documents] == [
        'A 5" shell fell near Kunduz.',
        "The envoys met.",
    ]


def test_a_cell_longer_than_the_csv_module_likes_is_read(read, write):
    text = "The envoys met in Doha. " * 10_000
    assert read(write("a.csv", table(["text"], [text]))).only.text == text


def test_a_packed_table_with_a_mark_of_encoding_is_read(read, write):
    packed = gzip.compress(table(HEAD, MET).encode("utf-8-sig"))
    assert read(write("a.csv.gz", packed)).only.title == "Talks"


def test_an_empty_cell_is_a_row_without_text(read, write):
    reading = read(write("a.csv", table(HEAD, ["a1", "Talks", " ", "2021-08-20"])))
    assert reading.reasons == ["no text"]


def test_a_named_column_that_is_not_there_is_an_error_that_names_those_that_are(read, write):
    place = write("a.csv", "text,day\nChina met the Taliban.,2021-09-01\n")
    reading = read(place, mapping={"date": "dya"})
    assert reading.reasons == ["no such column"]
    assert "`dya`" in reading.left_out[0].detail
    assert "text, day" in reading.left_out[0].detail
