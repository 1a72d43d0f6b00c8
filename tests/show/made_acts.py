"""Made-up mentions and rows of datasets, from which every form of export is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from inconcert.core.document import Source
from inconcert.core.event import EventMention, When
from inconcert.core.evidence import EventRecord, Located, Told
from inconcert.core.mention import Participant
from inconcert.core.place import Where
from inconcert.core.span import TimeSpan
from inconcert.show.export_acts import Act, Names, act_of_record, act_of_row

SENTENCE = "China’s envoy met Taliban leaders in Kabul on Monday & spoke of <trade>."
KABUL = Where("Kabul", "AFG", 34.53, 69.17, "city", 137, 142, "named in the clause", "1138958")
ENVOY = Participant("CHN", ("GOV",), "Wang Yu", 100, 113)
TALIBAN = Participant("AFGTAL", ("REB",), None, 118, 125)
RUSSIA = Participant("RUS", ("MIL", "GOV"), None, 100, 105)

KINDS = {"CHN": "state", "RUS": "state", "AFG": "state", "AFGTAL": "group", "Wang Yu": "person"}
CALLED = {"CHN": "China", "RUS": "Russia", "AFG": "Afghanistan", "AFGTAL": "Taliban"}
NAMES = Names(lambda code: CALLED.get(code, code), lambda word: KINDS.get(word, ""))


def located(document: str = "d1", outlet: str = "Vale Courier", **more: Any) -> Located:
    at = Located(
        document,
        Source(outlet, "GBR"),
        f"Talks of {document}",
        TimeSpan.day(date(2021, 7, 6)),
        f"https://vale.example/{document}",
        f"articles/{document}.txt",
        SENTENCE,
        100,
    )
    return replace(at, **more)


def mention(
    key: str,
    kind: str = "CONSULT",
    mode: str | None = "visit",
    actors: tuple[Participant, ...] = (ENVOY, TALIBAN),
    recipients: tuple[Participant, ...] = (),
    day: date | None = date(2021, 7, 5),
    at: Located | None = None,
    **more: Any,
) -> EventRecord:
    when = When() if day is None else When(TimeSpan.day(day), "on Monday", "absolute", "day")
    place = at or located()
    event = EventMention(
        key, place.document, 0, 114, 117, kind, mode, (), (), actors, recipients, (), when, "meet",
        0.7, where=KABUL,
    )  # fmt: skip
    return EventRecord(replace(event, **more), place)


MEETING = mention("a1b2c3d4e5f60718")
RETOLD = replace(
    mention("b000000000000001", at=located("d2", "Port Gazette"), confidence=0.9),
    told=Told(MEETING.event.id, date(2021, 7, 5), "same day, same actors"),
)
THREAT = mention(
    "c000000000000001",
    "THREATEN",
    None,
    (RUSSIA, ENVOY),
    (TALIBAN,),
    date(2021, 7, 9),
    located("d4", published=TimeSpan.day(date(2021, 7, 10))),
    contexts=("military",),
    where=None,
)
PLANNED = mention("d000000000000001", auxiliary=("future",))
UNDATED = mention("e000000000000001", day=None, at=located("d3", published=None))
LONE = mention("f000000000000001", "PROTEST", None, (RUSSIA,), (), date(2021, 7, 11))
RECORDS = (MEETING, THREAT, RETOLD, UNDATED, LONE)


def acts(*records: EventRecord) -> list[Act]:
    return [act_of_record(record) for record in records or RECORDS]


def row(**more: Any) -> dict[str, Any]:
    """A row of the view `events`, as the event store answers."""
    return {
        "id": "9000000000000001", "source": "MADE", "batch": "b1", "source_row": "17",
        "day": date(2021, 7, 5), "day_last": None, "type": "ASSAULT", "mode": "aerial",
        "contexts": ["military"], "auxiliary": [], "is_statement": False, "statement_kind": None,
        "actors": ["RUS"], "actor_sectors": ["MIL"], "actor_names": [], "recipients": ["AFGTAL"],
        "recipient_sectors": ["REB"], "recipient_names": [], "about": [], "code": "195",
        "scheme": "cameo", "event_text": "Employ aerial weapons", "score": -10.0, "mentions": 4,
        "articles": 3, "outlets": 2, "tone": -2.5, "confidence": None, "place": "Kabul",
        "place_country": "AFG", "latitude": 34.53, "longitude": 69.17, "place_precision": "town",
        "url": "https://made.example/1", "outlet": "made.example", "note": None,
        "fatalities": None, "directed": True, "swapped": False, "folded_from": None, "copies": 1,
        "kept_as": None, "actor_given": "Army | RUSMIL", "recipient_given": "AFGREBTAL",
        "added": None, "year": 2021, "month": 7, **more,
    }  # fmt: skip


FOLDED = row(
    id="9000000000000002", type="CONSULT", mode=None, actors=["RUS", "CHN"],
    recipients=["RUS", "CHN"], actor_sectors=["GOV", "MIL"], recipient_sectors=["GOV", "MIL"],
    code="040", score=1.0, actor_given="Army | RUSMIL + Envoy | CHNGOV",
    folded_from=["9000000000000003"],
)  # fmt: skip
SAID = row(
    id="9000000000000004", type=None, mode=None, contexts=[], is_statement=True,
    statement_kind="statement", code="010", score=0.0,
)  # fmt: skip
REPEAT = row(id="9000000000000005", kept_as="9000000000000001")
NOBODY = row(
    id="9000000000000006", actors=[], actor_names=["Some Band"], actor_sectors=[],
    actor_given="Some Band | XYZ", latitude=None, longitude=None,
)  # fmt: skip
ROWS = (row(), FOLDED, SAID, REPEAT, NOBODY)


def acts_of_rows(*rows: dict[str, Any]) -> list[Act]:
    found = [act_of_row(each) for each in rows or ROWS]
    return [act for act in found if act is not None]
