from __future__ import annotations

import gzip
import json

import pytest

MET = {"id": "a1", "headline": "Talks", "body": "The envoys met in Doha.", "pubDate": "2021-08-20"}
LEFT = {"id": "a2", "headline": "End", "body": "The envoys left Doha.", "pubDate": "2021-08-21"}


def lines(*records: object) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def test_common_names_of_fields_are_known_and_the_place_names_line_and_id(read, write):
    record = {
        **MET,
        "link": "https://a.example/1",
        "outlet": "The Gazette",
        "country": "KAZ",
        "license": "CC0-1.0",
        "category": "news",
    }
    place = write("news.jsonl", lines(LEFT, record))
    document = read(place).documents[1]
    assert document.place == f"{place}:2#a1"
    assert (document.title, document.text) == ("Talks", "The envoys met in Doha.")
    assert str(document.published) == "2021-08-20"
    assert (document.source.name, document.source.country) == ("The Gazette", "KAZ")
    assert (document.url, document.licence, document.category) == (
        "https://a.example/1",
        "CC0-1.0",
        "news",
    )


def test_a_mapping_goes_before_the_usual_names(read, write):
    place = write("a.jsonl", lines({"text": "teaser", "Artikel": "The envoys met in Doha."}))
    assert read(place, mapping={"text": "artikel"}).only.text == "The envoys met in Doha."


def test_settings_fill_only_what_the_record_leaves_open(read, write):
    place = write("a.jsonl", lines({**MET, "source": "The Gazette"}, LEFT))
    first, second = read(place, source="Archive", country="GBR", licence="CC0-1.0").documents
    assert (first.source.name, second.source.name) == ("The Gazette", "Archive")
    assert second.licence == "CC0-1.0"


def test_a_bad_line_is_named_and_the_others_are_read(read, write):
    place = write("a.jsonl", lines(MET) + "not json\n[1, 2]\n\n" + lines({"title": "x"}, LEFT))
    reading = read(place)
    assert [document.title for document in reading.documents] == ["Talks", "End"]
    assert [(item.place.rpartition(":")[2], item.reason) for item in reading.left_out] == [
        ("2", "not JSON"),
        ("3", "not a record"),
        ("5", "no text"),
    ]


def test_a_line_that_breaks_off_says_so(read, write):
    reading = read(write("a.jsonl", lines(MET) + '{"body": "The envoys le'))
    assert len(reading.documents) == 1
    assert "breaks off" in reading.left_out[0].detail


def test_a_line_in_another_encoding_spoils_no_other(read, write):
    bad = '{"body": "Caf\u00e9 talks in Doha."}\n'.encode("latin-1")
    padding = lines(*({"body": f"Round {number} of the talks in Doha."} for number in range(2000)))
    place = write("a.jsonl", padding.encode() + bad + lines(MET).encode())
    reading = read(place)
    assert len(reading.documents) == 2001
    assert [(item.place, item.reason) for item in reading.left_out] == [
        (f"{place}:2001", "wrong encoding")
    ]
    assert "Byte 13 " in reading.left_out[0].detail


def test_a_line_over_the_limit_is_passed_over(read, write):
    place = write("a.jsonl", lines({"body": "word " * 500}, MET))
    reading = read(place, max_record_bytes=1000)
    assert (reading.only.title, reading.reasons) == ("Talks", ["too large"])


def test_brackets_without_end_are_a_bad_line(read, write):
    reading = read(write("a.jsonl", lines(MET) + "[" * 200_000 + "\n" + lines(LEFT)))
    assert (len(reading.documents), reading.reasons) == (2, ["not JSON"])


def test_a_file_that_is_no_json_lines_at_all_is_given_up(read, write):
    reading = read(write("a.jsonl", "The envoys met in Doha.\n" * 5000))
    assert reading.documents == []
    assert reading.reasons == ["not JSON"] * 100 + ["not JSON lines"]


def test_an_id_twice_is_left_out_only_when_the_text_is_the_same(read, write):
    again, other = {**MET, "headline": "Again"}, {**MET, "body": "The envoys met in Kabul."}
    reading = read(write("a.jsonl", lines(MET, again, other)))
    assert len(reading.documents) == 2
    assert reading.reasons == ["duplicate id", "duplicate id (document kept)"]


def test_the_same_document_in_two_files_is_read_once(read, write):
    first = write("a.jsonl", lines(MET))
    second = write("b.jsonl", lines({**MET, "id": "other"}))
    reading = read(first, second)
    assert (reading.only.place, reading.reasons) == (f"{first}:1#a1", ["duplicate document"])


@pytest.mark.parametrize("name", ["a.json", "a.txt", "a.jsonl", "a"])
def test_an_array_of_objects_is_known_by_its_content(read, write, name):
    reading = read(write(name, json.dumps([MET, LEFT], indent=2)))
    assert [document.title for document in reading.documents] == ["Talks", "End"]


@pytest.mark.parametrize("name", ["a.json", "a.txt", "a.ndjson", "a"])
def test_json_lines_are_known_by_their_content(read, write, name):
    assert len(read(write(name, lines(MET, LEFT))).documents) == 2


def test_one_object_over_many_lines_is_one_document(read, write):
    assert read(write("a.json", json.dumps(MET, indent=2))).only.title == "Talks"


def test_an_array_that_breaks_off_gives_what_stands_before(read, write):
    reading = read(write("a.json", json.dumps([MET, LEFT])[:-30]))
    assert (reading.only.title, reading.reasons) == ("Talks", ["not JSON"])


def test_an_array_larger_than_the_head_is_read_whole(read, write):
    records = [{"body": f"Round {number}: " + "the envoys met. " * 300} for number in range(60)]
    assert len(read(write("a.json", json.dumps(records))).documents) == 60


def test_a_packed_file_is_read_and_a_broken_one_up_to_the_break(read, write):
    records = [{"body": f"Round {number * number} of the talks in Doha."} for number in range(9000)]
    packed = gzip.compress(lines(*records).encode())
    assert len(read(write("a.jsonl.gz", packed)).documents) == 9000
    reading = read(write("b.jsonl.gz", packed[: len(packed) // 2]))
    assert 0 < len(reading.documents) < 9000
    assert reading.reasons[-1] == "damaged"


def test_a_name_where_a_code_should_be_is_not_believed(read, write):
    reading = read(write("a.jsonl", lines({**MET, "speaker": "Jen Psaki"})))
    assert reading.only.speaker is None
    assert reading.reasons == ["speaker not a code (document kept)"]


def test_a_source_in_an_object_and_paragraphs_in_a_list_are_understood(read, write):
    record = {"source": {"id": 7, "name": "The Gazette"}, "text": ["The envoys met.", "They left."]}
    document = read(write("a.jsonl", lines(record))).only
    assert (document.source.name, document.text) == ("The Gazette", "The envoys met.\nThey left.")


def test_a_named_key_that_no_record_has_is_noted_once(read, write):
    lines = '{"text": "China met them.", "day": "2021-09-01"}\n{"text": "Russia too."}\n'
    reading = read(write("a.jsonl", lines), mapping={"date": "dya"})
    assert len(reading.documents) == 2
    assert reading.reasons == ["no such key (document kept)"]
    assert not read(write("a.jsonl", lines), mapping={"date": "day"}).left_out


def test_a_named_key_is_looked_for_in_an_array_too(read, write):
    reading = read(write("a.json", '[{"text": "China met them."}]'), mapping={"date": "dya"})
    assert reading.reasons == ["no such key (document kept)"]
