"""Small whole files of every kind that is read: what `fuzz.py` damages. All of it is made up."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage

import pyarrow as pa
import pyarrow.parquet as pq

from inconcert.read.events import built_in_layouts
from inconcert.synth.events import EventWorld, draw
from inconcert.synth.rows import ICEWS_HEAD, write_gdelt, write_icews

MET = "The envoys of Peru met the Taliban in Doha on Friday, and left without a comment."
_NEXIS = (
    f"Talks\nThe Paper\n15 August 2021\nLength: 9 words\nBody\n{MET}\n"
    "Load-Date: 15 August 2021\nEnd of Document\n"
)
_FACTIVA = (
    f"Talks\n9 words\n9 January 2021\nReuters\nLBA\nEnglish\n{MET}\n"
    "Document LBA0000020210109eh19000xy\n"
)
_PROQUEST = (
    f"{'_' * 40}\n\nTitle: Talks\nPublication title: Daily\nPublication date: Aug 15, 2021\n"
    f"Full text: {MET}\nProQuest document ID: 1234\n\n{'_' * 40}\n"
)
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def document_seeds() -> Mapping[str, tuple[str, bytes]]:
    """Name of a file and its bytes, by the kind of document."""
    page = f"<!doctype html><html><head><title>Talks</title></head><body><p>{MET}</p></body></html>"
    record = {"text": MET, "title": "Talks", "date": "2021-08-15", "source": "Daily"}
    feed = (
        "<?xml version='1.0'?><rss version='2.0'><channel><title>News</title><item><title>Talks"
        f"</title><pubDate>Sun, 15 Aug 2021 10:00:00 GMT</pubDate><description>{MET}"
        "</description></item></channel></rss>"
    )
    atom = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>Talks</title><updated>"
        f"2021-08-15T10:00:00Z</updated><content type='html'>&lt;p&gt;{MET}&lt;/p&gt;</content>"
        "</entry></feed>"
    )
    texts = {
        "text": ("a.txt", MET * 3),
        "markdown": ("a.md", f"---\ntitle: Talks\ndate: 2021-08-15\n---\n# Talks\n\n{MET}\n"),
        "html": ("a.html", page),
        "json": ("a.json", json.dumps([record, record])),
        "json lines": ("a.jsonl", json.dumps(record) + "\n" + json.dumps(record) + "\n"),
        "table": ("a.csv", f'date,title,text\n2021-08-15,Talks,"{MET}"\n2021-08-16,More,"{MET}"\n'),
        "feed": ("a.rss", feed),
        "atom": ("a.xml", atom),
        "rtf": ("a.rtf", r"{\rtf1\ansi{\fonttbl{\f0\fcharset204 A;}}\f0 Talks\par " + MET + "}"),
        "nexis": ("b.txt", _NEXIS),
        "factiva": ("c.txt", _FACTIVA),
        "proquest": ("d.txt", _PROQUEST),
    }
    found = {kind: (name, text.encode()) for kind, (name, text) in texts.items()}
    crawl = _record(
        "response", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page.encode()
    )
    mail = _mail()
    return found | {
        "old office": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        "message": ("a.eml", mail),
        "mailbox": ("a.mbox", b"From a@b.example Sun Aug 15 10:00:00 2021\n" + mail + b"\n"),
        "crawl": ("a.warc", crawl * 2),
        "packed crawl": ("a.warc.gz", gzip.compress(crawl) * 2),
        "pdf": ("a.pdf", _pdf()),
        "docx": ("a.docx", _docx()),
        "zip": ("a.zip", _zipped({"a.txt": MET, "b/c.html": page, "d.docx": _docx()})),
        "utf-16": ("e.txt", MET.encode("utf-16")),
    }


def event_seeds() -> Mapping[str, tuple[str, bytes]]:
    """Name of a file and its bytes, by the layout of event data or the way of packing."""
    rows = draw(EventWorld(12, seed=1, damaged=0.1, repeated=0.2), 0)
    gdelt, icews = io.BytesIO(), io.BytesIO(ICEWS_HEAD.encode())
    icews.seek(0, io.SEEK_END)
    write_gdelt(rows, gdelt)
    write_icews(rows, icews)
    found = {f"{name} by head": ("a.csv", _by_head(name)) for name in _text_layouts()}
    table = io.BytesIO()
    columns = {"date": ["2021-03-18"], "source": ["Peru"], "event_text": ["Consult"]}
    pq.write_table(pa.table({**columns, "target": ["Chile"]}), table)
    event = {
        "id": "1",
        "date": "2021-07-28",
        "event": "CONSULT",
        "mode": "visit",
        "actor": [{"actor": "CHN", "sector": "GOV"}],
        "recipient": [{"recipient": "AFGTAL"}],
    }
    return found | {
        "gdelt": ("20210728.export.CSV", gdelt.getvalue()),
        "icews": ("events.tab", icews.getvalue()),
        "gdelt in gzip": ("a.gz", gzip.compress(gdelt.getvalue())),
        "icews in zip": ("a.zip", _zipped({"a.tab": icews.getvalue(), "b.csv": gdelt.getvalue()})),
        "parquet": ("a.parquet", table.getvalue()),
        "plover": ("a.jsonl", (json.dumps(event) + "\n").encode() * 2),
        "utf-16": ("a.csv", icews.getvalue().decode().encode("utf-16")),
    }


def mapping_seed() -> bytes:
    """A mapping file."""
    return (
        b'name = "own"\nsource = "OWN"\nscheme = "cameo"\ndelimiter = ","\nquote = \'"\'\n'
        b'columns = ["from", "who", "did", "whom"]\n[select]\n'
        b'day = "try_strptime(from, \'%d.%m.%Y\')"\ncode = "did"\na_name = "upper(who)"\n'
    )


def _text_layouts() -> list[str]:
    return [name for name in built_in_layouts() if name != "plover-json"]


def _by_head(name: str) -> bytes:
    """A head line and three rows: cells with something, and cells with nothing."""
    layout = built_in_layouts()[name]
    out = io.StringIO()
    mark = csv.writer(out, delimiter=layout.delimiter, lineterminator="\n")
    cells = ["2021-07-28", "042", "1", "", "Peru", "CONSULT", "-12.5", "20210728104500"]
    many = len(layout.columns)
    mark.writerow(layout.columns)
    for turn in range(3):
        mark.writerow([cells[(turn + place) % len(cells)] for place in range(many)])
    return out.getvalue().encode()


def _record(kind: str, content: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://a.example/b\r\n"
        "WARC-Date: 2021-08-15T00:00:00Z\r\nContent-Type: application/http;msgtype=response\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def _mail() -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = "a@b.example", "Talks", "<1@b>"
    mail["Date"] = "Sun, 15 Aug 2021 10:00:00 +0000"
    mail.set_content(MET)
    mail.add_alternative(f"<p>{MET}</p>", subtype="html")
    mail.add_attachment(_docx(), maintype="application", subtype="zip", filename="b.docx")
    return mail.as_bytes()


def _zipped(files: Mapping[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _docx() -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in ("Talks", MET))
    return _zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
        }
    )


def _pdf() -> bytes:
    """Two pages of five lines."""
    lines = b"".join(
        b"BT /F1 11 Tf 72 %d Td (%s) Tj ET\n" % (700 - 14 * n, MET.encode()) for n in range(5)
    )
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R "
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 2 /Kids [5 0 R 6 0 R] >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Length %d >>\nstream\n%sendstream" % (len(lines), lines),
        page + b">> >> /Contents 4 0 R >>",
        page + b">> >> /Contents 4 0 R >>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (7, len(out))
    return out + b"xref\n0 7\n0000000000 65535 f \n" + table + end
