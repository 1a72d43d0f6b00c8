from __future__ import annotations

from email.message import EmailMessage

import pytest

MET = "The envoys met in Doha on Friday."


def message(text=MET, **headers):
    made = EmailMessage()
    made["From"] = "Border Gazette <news@gazette.example>"
    made["To"] = "desk@example.org"
    made["Subject"] = "Gespräche in Doha"
    made["Date"] = "Fri, 20 Aug 2021 18:00:00 +0300"
    made["Message-ID"] = "<1@gazette.example>"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    if text is not None:
        made.set_content(text)
    return made


@pytest.mark.parametrize("name", ["a.eml", "a.txt", "a"])
def test_a_message_says_its_title_day_and_publisher(read, write, name):
    document = read(write(name, message().as_bytes())).only
    assert document.text == MET
    assert document.title == "Gespräche in Doha"
    assert str(document.published) == "2021-08-20"
    assert document.source.name == "Border Gazette"


def test_a_page_is_read_where_there_is_no_plain_text(read, write):
    made = message(None)
    made.set_content(f"<p>{MET}</p><p>They<br>left.</p>", subtype="html")
    assert read(write("a.eml", made.as_bytes())).only.text == f"{MET}\n\nThey\nleft."


def test_what_is_attached_is_read_as_documents_of_their_own(read, write, docx):
    made = message()
    made.add_attachment(
        docx("The envoys left."), maintype="application", subtype="octet-stream", filename="b.docx"
    )
    made.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    made.add_attachment(message("An older one stays."))
    reading = read(write("a.eml", made.as_bytes()))
    assert [document.text for document in reading.documents] == [
        MET,
        "The envoys left.",
        "An older one stays.",
    ]
    assert reading.documents[1].place.endswith("a.eml/b.docx")


def test_a_mailbox_holds_many(read, write):
    one = message(f"{MET}\n\n>From Kabul they went home.\n").as_bytes()
    other = message("They left.", X_Sent="twice").as_bytes()
    box = b"".join(b"From x@y Fri Aug 20 18:00:00 2021\n" + each + b"\n" for each in (one, other))
    reading = read(write("box", box))
    assert [document.place.rpartition("box:")[2][:1] for document in reading.documents] == [
        "1",
        "2",
    ]
    assert reading.documents[0].text.endswith("From Kabul they went home.")


def test_lines_broken_for_sending_are_made_whole(read, write):
    made = message(None)
    made["Content-Type"] = "text/plain; charset=utf-8; format=flowed"
    made.set_payload("The envoys \nmet in Doha.\n\nThey left.")
    assert read(write("a.eml", made.as_bytes())).only.text == (
        "The envoys met in Doha.\n\nThey left."
    )


def test_a_wrong_charset_does_not_stop_the_reading(read, write):
    made = message("Gespräche in Doha gehen weiter.").as_bytes()
    assert "Gespräche" in read(write("a.eml", made.replace(b"utf-8", b"x-none"))).only.text


def test_a_message_without_text_is_left_out(read, write):
    assert read(write("a.eml", message("").as_bytes())).reasons == ["no text"]


def test_a_letter_in_plain_text_is_no_message(read, write):
    letter = "From: the minister\nTo: the envoys\n\nGo to Doha at once."
    assert read(write("a.txt", letter)).only.text == letter


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n" * 3000,
        b"Content-Type: multipart/mixed\n\nx",
        b"Content-Transfer-Encoding: base64\n\n%%%%",
        b"Subject: =?utf-8?b?/////?=\nDate: nonsense\n\nThe envoys left.",
        b'Content-Type: text/plain; charset="\xff\xfe"\n\nThe envoys left.',
    ],
)
def test_a_message_made_to_break_readers_breaks_nothing(read, write, head):
    bad = b"From: a@b.example\nMIME-Version: 1.0\nMessage-ID: <1@b>\n" + head
    reading = read(write("a.eml", bad), write("b.txt", MET))
    assert reading.documents[-1].text == MET
