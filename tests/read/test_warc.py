from __future__ import annotations

import gzip
import zlib

import pytest

BODY = """The president’s special envoy met a delegation of the Taliban in the Qatari capital on \
Friday to discuss the security of the border with Tajikistan.
“We expect that what was promised will be kept,” the envoy told reporters after the talks, which \
lasted for three hours and ended without a joint statement.""".splitlines()
PAGE = (
    "<html><head><title>Talks in Doha</title></head><body><article><h1>Talks in Doha</h1>"
    + "".join(f"<p>{words}</p>" for words in BODY)
    + "</article></body></html>"
)
URL = "https://gazette.example/2021/08/20/talks"
HTTP = "application/http; msgtype=response"


def answer(content: bytes, *headers: str, status: str = "200 OK", kind: str = "text/html") -> bytes:
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {kind}", *headers])
    return f"{head}\r\n\r\n".encode() + content


@pytest.fixture
def crawl(record):
    def made(*answers: bytes, url: str = URL) -> bytes:
        head = record("warcinfo", b"software: x\r\n", type="application/warc-fields")
        asked = record("request", b"GET / HTTP/1.1\r\n\r\n", url=url, type="application/http")
        return head + b"".join(
            asked + record("response", each, url=url, type=HTTP) for each in answers
        )

    return made


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc", "a"])
def test_every_page_is_a_document_with_its_address(read, write, crawl, pack, name):
    document = read(write(name, pack(crawl(answer(PAGE.encode()))))).only
    assert all(words in document.text for words in BODY)
    assert (document.title, document.url) == ("Talks in Doha", URL)
    assert str(document.published) == "2021-08-20"
    assert document.place.endswith(f"{name}:3")


def test_the_day_of_the_crawl_is_not_the_day_of_publication(read, write, crawl):
    content = crawl(answer(PAGE.encode()), url="https://gazette.example/talks")
    assert read(write("a.warc", content)).only.published is None


def chunked(content: bytes) -> bytes:
    half = len(content) // 2
    pieces = (content[:half], content[half:], b"")
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)


@pytest.mark.parametrize(
    ("content", "header"),
    [
        (gzip.compress(PAGE.encode()), "Content-Encoding: gzip"),
        (PAGE.encode(), "Content-Encoding: gzip"),
        (zlib.compress(PAGE.encode()), "Content-Encoding: deflate"),
        (zlib.compress(PAGE.encode())[2:-4], "Content-Encoding: deflate"),
        (chunked(PAGE.encode()), "Transfer-Encoding: chunked"),
        (PAGE.encode(), "Transfer-Encoding: chunked"),
    ],
)
def test_pages_are_unpacked_as_their_head_says(read, write, crawl, content, header):
    assert read(write("a.warc", crawl(answer(content, header)))).only.title == "Talks in Doha"


def test_the_server_may_state_the_encoding(read, write, crawl):
    content = PAGE.replace("Talks in Doha", "Переговоры").encode("cp1251", "replace")
    document = read(
        write("a.warc", crawl(answer(content, kind="text/html; charset=windows-1251")))
    ).only
    assert document.title == "Переговоры"


def test_what_is_no_page_is_counted(read, write, crawl):
    reading = read(
        write(
            "a.warc",
            crawl(
                answer(PAGE.encode()),
                answer(b"", status="404 Not Found"),
                answer(b"x", kind="image/png"),
                answer(b"y", kind="image/png"),
            ),
        )
    )
    assert reading.only.title == "Talks in Doha"
    assert reading.reasons == ["records without a page (document kept)"]
    assert "2 image/png, 1 answers 404" in reading.left_out[0].detail


def test_plain_text_made_from_pages_is_read(read, write, record):
    content = record("conversion", "\n".join(BODY).encode(), url=URL, type="text/plain")
    assert read(write("a.warc.wet.gz", gzip.compress(content))).only.url == URL


@pytest.mark.parametrize("cut", [20, 300])
def test_a_crawl_that_breaks_off_says_so_and_keeps_what_is_whole(read, write, crawl, cut):
    content = crawl(answer(PAGE.encode()), answer(PAGE.replace("Doha", "Kabul").encode()))
    reading = read(write("a.warc", content[:-cut]))
    assert (reading.only.title, reading.reasons) == ("Talks in Doha", ["cut short"])


def test_a_packed_crawl_that_breaks_off_says_so(read, write, crawl):
    packed = gzip.compress(crawl(answer(PAGE.encode()))) + gzip.compress(
        crawl(answer(PAGE.replace("Doha", "Kabul").encode()))
    )
    reading = read(write("a.warc.gz", packed[:-30]))
    assert reading.documents[0].title == "Talks in Doha"
    assert reading.reasons[-1] == "damaged"


def test_rubbish_between_records_ends_only_this_file(read, write, crawl):
    content = crawl(answer(PAGE.encode())) + b"rubbish\r\n" * 10
    reading = read(write("a.warc", content), write("b.txt", "The envoys met."))
    assert len(reading.documents) == 2
    assert reading.reasons == ["damaged"]


def test_a_page_made_to_fill_memory_is_refused(read, write, crawl):
    bomb = gzip.compress(b"<html>" + b"a" * 60_000_000)
    reading = read(write("a.warc", crawl(answer(bomb, "Content-Encoding: gzip"))))
    assert "damaged" in reading.reasons
    assert reading.documents == []


def test_a_record_that_claims_to_be_huge_is_passed_over(read, write, record):
    huge = record("response", b"x" * 900, url=URL, type=HTTP)
    content = huge + record("conversion", "\n".join(BODY).encode(), type="text/plain")
    reading = read(write("a.warc", content), max_bytes=800)
    assert "too large" in reading.reasons
    assert len(reading.documents) == 1
