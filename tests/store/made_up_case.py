"""Made-up documents and codings for the tests of the store; run as a script it writes a case.

    python made_up_case.py FOLDER BATCHES [INSERT]

writes the batches one transaction each and says so on standard output, until done or killed;
with a third argument it kills itself before that insert into a table, counted from 1.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import date, timedelta
from pathlib import Path

from inconcert.core.coding import Coding
from inconcert.core.document import Document, Source
from inconcert.core.event import EventMention, When
from inconcert.core.ids import content_id
from inconcert.core.mention import ActorMention, Participant
from inconcert.core.parsed import Sentence
from inconcert.core.provenance import Provenance
from inconcert.core.span import TimeSpan
from inconcert.core.statement import Statement

SENTENCE = (
    "Morland’s envoy met the Ostran minister in Port\u00a0Vale on Monday 😀, “for peace”, he said. "
)
CODER = Provenance("code", "patterns", "1", "abc")
MEET = SENTENCE.index("met")
SAID = SENTENCE.index("said")


def document(number: int, *, sentences: int = 3, **fields: object) -> Document:
    given: dict[str, object] = {
        "source": Source("Vale Courier" if number % 2 else "Ostra Times", "OST", "independent"),
        "title": f"Talks, day {number}",
        "published": TimeSpan.day(date(2021, 7, 1) + timedelta(days=number % 120)),
        "place": f"articles/{number}.txt",
        "language": "en",
    }
    return Document.of(f"{number}. " + SENTENCE * sentences, **{**given, **fields})


def coding(doc: Document, *, version: str = "1") -> Coding:
    """One meeting and one statement a sentence, and four mentions in two of three sentences."""
    lead = doc.text.index("M")
    starts = range(lead, len(doc.text), len(SENTENCE))
    sentences, mentions, events, statements = [], [], [], []
    for index, start in enumerate(starts):
        end = start + len(SENTENCE) - 1
        sentences.append(
            Sentence(
                content_id(doc.id, start), doc.id, index, start, end, index * 9, index * 9 + 9, 0
            )
        )
        morland = Participant("MOR", ("GOV",), "the envoy", start, start + 15)
        ostra = Participant("OST", ("GOV", "LEG"), None, start + 20, start + 35)
        mentions += [
            ActorMention(index, start, start + 15, index * 9, "name", (morland,), "by name", 0.9),
            ActorMention(
                index, start + 20, start + 35, index * 9 + 3, "name", (ostra, morland), "x"
            ),
            ActorMention(index, start + 40, start + 42, index * 9 + 5, "pronoun", (), "nobody"),
        ]
        when = When(TimeSpan.day(date(2021, 7, 5)), "on Monday", "relative to document date")
        at = start + MEET
        events.append(
            EventMention(
                content_id(doc.id, at, version), doc.id, index, at, at + 3, "CONSULT", "visit",
                ("diplomatic",), () if index % 2 == 0 else ("future",), (morland, ostra), (),
                (Participant("VAL", (), None, start + 40, start + 49),),
                when if index % 3 else When(), "meet", 0.7, False,
            )
        )  # fmt: skip
        said = start + SAID
        statements.append(
            Statement(
                content_id(doc.id, said), doc.id, index, said, said + 4, "say", (morland,), "he",
                (), (ostra,), "mixed", start, said, ((start + 60, start + 69),), When(), "plain",
                0.8,
            )
        )  # fmt: skip
    return Coding(
        doc.id, tuple(sentences), tuple(mentions), tuple(events), tuple(statements),
        (("question of a reporter", 2),),
    )  # fmt: skip


def batches(count: int, *, size: int = 3) -> list[list[Document]]:
    return [
        [document(number) for number in range(first, first + size)]
        for first in range(0, count * size, size)
    ]


def main(folder: Path, count: int) -> None:
    from inconcert.store.store import Store

    path = folder / "inconcert.duckdb"
    with Store.open(folder, write=True) if path.exists() else Store.create(folder) as store:
        say("open")
        for batch in batches(count):
            store.add_documents(batch)
            say("read")
            pending = set(store.pending(CODER))
            store.add_codings([coding(doc) for doc in batch if doc.id in pending], CODER)
            say("coded")
    say("closed")


def say(what: str) -> None:
    sys.stdout.write(what + "\n")
    sys.stdout.flush()


def die_before(insert: int) -> None:
    from inconcert.store.writer import Writer

    done = 0
    plain = Writer._insert

    def deadly(writer: Writer, table: str, lines: list) -> None:
        nonlocal done
        done += bool(lines)
        if done == insert:
            os.kill(os.getpid(), signal.SIGKILL)
        plain(writer, table, lines)

    Writer._insert = deadly


if __name__ == "__main__":
    for insert in sys.argv[3:]:
        die_before(int(insert))
    main(Path(sys.argv[1]), int(sys.argv[2]))
