"""Whatever is done to a file, it ends only itself, and never in silence."""

from __future__ import annotations

import gzip
from email.message import EmailMessage
from importlib.util import find_spec

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inconcert.core.provenance import LeftOut
from inconcert.read import ReadSettings, read_documents

MET = "The envoys met the Taliban in Doha on Friday."
KINDS = ("pdf", "docx", "zip", "rtf", "eml", "rss", "warc", "warc.gz", "nexis", "factiva")


@pytest.fixture
def sample(pdf, docx, zipped, record):
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = "a@b.example", "Talks", "<1@b>"
    mail.set_content(MET)
    mail.add_attachment(docx(MET), maintype="application", subtype="zip", filename="b.docx")
    crawl = record("conversion", MET.encode() * 3, url="https://a.example/b", type="text/plain")
    return {
        "pdf": MET.encode()
        if find_spec("pypdfium2") is None
        else pdf([[(72, 700 - 14 * n, 11, MET) for n in range(5)]] * 2),
        "docx": docx("Talks", MET),
        "zip": zipped({"a.txt": MET, "b.docx": docx(MET)}),
        "rtf": (r"{\rtf1\ansi{\fonttbl{\f0\fcharset204 A;}}\f0 Talks\par " + MET + "}").encode(),
        "eml": mail.as_bytes(),
        "rss": f"<rss><item><description>{MET}</description></item></rss>".encode(),
        "warc": crawl * 2,
        "warc.gz": gzip.compress(crawl) + gzip.compress(crawl),
        "nexis": f"Talks\nThe Paper\n15 August 2021\nLength: 9 words\nBody\n{MET}\n"
        "Load-Date: 15 August 2021\nEnd of Document\n".encode(),
        "factiva": f"Talks\n9 words\n9 January 2021\nReuters\nLBA\nEnglish\n{MET}\n"
        "Document LBA0000020210109eh19000xy\n".encode(),
    }


def told(place, good):
    left_out: list[LeftOut] = []
    found = list(
        read_documents(
            [place, good], settings=ReadSettings(language="en"), left_out=left_out.append
        )
    )
    return [document.place for document in found], left_out


@pytest.mark.parametrize("kind", KINDS)
def test_every_sample_is_read_whole(sample, write, kind):
    places, left_out = told(write(f"a.{kind}", sample[kind]), write("good.txt", "They left."))
    assert len(places) >= 2
    assert all(note.reason == "duplicate document" for note in left_out)


@pytest.mark.parametrize("kind", KINDS)
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    cut=st.floats(0, 1),
    marks=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=6)), max_size=4),
)
def test_a_damaged_file_ends_only_itself_and_says_so(sample, write, kind, cut, marks):
    content = bytearray(sample[kind])
    for where, mark in marks:
        at = int(where * len(content))
        content[at : at + len(mark)] = mark
    bad = write(f"bad.{kind}", bytes(content[: int(cut * len(content))]))
    good = write("good.txt", "They left.")
    places, left_out = told(bad, good)
    assert places[-1] == str(good)
    assert len(places) > 1 or left_out
