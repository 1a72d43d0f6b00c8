from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from inconcert.core.document import Source
from inconcert.core.event import EventMention, Retelling, When
from inconcert.core.evidence import EventRecord, Located
from inconcert.core.folding import events_of
from inconcert.core.mention import Participant
from inconcert.core.span import TimeSpan
from inconcert.resolve.happenings import retellings
from inconcert.resolve.sentence_words import stem

FIRST = date(2021, 9, 6)

TALKS = (
    "Russia and China held talks in Tianjin on Monday about the Termez railway and transit fees.",
    "In Tianjin the Russian and Chinese envoys met on Monday, and would study the Termez railway.",
    "Moscow and Beijing discussed transit fees for the Termez line at talks in Tianjin on Monday.",
)


NAMES = {
    "RUS": r"Russia\w*|Moscow",
    "CHN": r"China|Chinese|Beijing",
    "AFG": r"Afghan\w*",
    "AFGTAL": "Taliban",
    "PAK": "Pakistan",
    "IRN": "Iran",
}


def people(codes: str, sentence: str, start: int) -> tuple[Participant, ...]:
    """`RUS:GOV:Sergey_Lavrov CHN` as participants, where the sentence names them."""
    found = []
    for each in codes.split():
        code, _, rest = each.partition(":")
        sector, _, name = rest.partition(":")
        words = re.search(NAMES.get(code, code), sentence)
        first, last = (0, 0) if words is None else (start + words.start(), start + words.end())
        sectors = (sector,) if sector else ()
        found.append(Participant(code, sectors, name.replace("_", " ") or None, first, last))
    return tuple(found)


def report(
    sentence: str,
    act: str,
    actors: str = "RUS CHN",
    recipients: str = "",
    *,
    document: str,
    on: int | None = None,
    out: int | None = 0,
    kind: str = "CONSULT",
    auxiliary: tuple[str, ...] = (),
    about: str = "",
    start: int = 0,
    source: str | None = None,
    copied: tuple[str, str] | None = None,
    speaker: str | None = None,
) -> EventRecord:
    """A report of an act `on` a day of September, in a document that came `out` on one."""

    def day(number: int | None) -> TimeSpan | None:
        return None if number is None else TimeSpan.day(FIRST + timedelta(days=number))

    place = start + sentence.index(act)
    event = EventMention(
        f"{document}-{start}-{act}", document, start, place, place + len(act), kind, None, (),
        auxiliary, *(people(codes, sentence, start) for codes in (actors, recipients, about)),
        When(day(on)), "rule", 0.7,
    )  # fmt: skip
    at = Located(
        document, Source(source or f"Paper {document}"), None, day(out), None, document, sentence,
        start, speaker,
    )  # fmt: skip
    return EventRecord(event, at, None, copied)


def events(records: Sequence[EventRecord]) -> list[int]:
    """Sizes of the events, the largest first."""
    found = events_of(retellings(records), [])
    joined = sum(len(event.mentions) for event in found)
    return sorted(
        [*(len(event.mentions) for event in found), *[1] * (len(records) - joined)], reverse=True
    )


def test_one_act_told_in_three_articles_and_twice_in_one_is_one_event() -> None:
    records = [
        report(TALKS[0], "talks", document="a", on=0),
        report("The talks lasted three hours.", "talks", document="a", start=200),
        report(TALKS[1], "met", document="b", on=0, out=1),
        report(TALKS[2], "talks", document="c", on=0, out=1),
    ]
    assert events(records) == [4]


def test_every_joining_says_why_in_words() -> None:
    records = [
        report(TALKS[0], "talks", document="a", on=0),
        report(TALKS[2], "talks", document="c", on=0, out=1),
        report("The talks lasted three hours.", "talks", document="c", start=200, out=1),
    ]
    told = {found.mention: found.reason for found in retellings(records)}
    assert told["c-0-talks"] == "same day, same word for the act, same actors, 4 shared words"
    assert "“the talks” points back" in told["c-200-talks"]


def test_the_order_of_the_records_does_not_matter() -> None:
    records = [report(text, "Tianjin", document=str(n), on=0) for n, text in enumerate(TALKS)]
    assert retellings(records) == retellings(records[::-1])


@pytest.mark.parametrize(
    "other",
    [
        {"on": 3},
        {"actors": "RUS CHN PAK"},
        {"actors": "RUS IRN"},
        {"kind": "COOPERATE"},
        {"auxiliary": ("negation",)},
        {"auxiliary": ("future",)},
        {"about": "SYR"},
    ],
)
def test_the_same_words_of_another_act_are_another_event(other: dict[str, object]) -> None:
    first = report(TALKS[0], "talks", document="a", on=0, about="AFG")
    fields: dict[str, object] = {"document": "b", "on": 0, "about": "AFG", **other}
    assert events([first, report(TALKS[0], "talks", **fields)]) == [1, 1]  # type: ignore[arg-type]


def test_two_meetings_of_one_day_at_other_places_stay_two() -> None:
    records = [
        report(TALKS[0], "talks", document="a", on=0),
        report(TALKS[0].replace("Tianjin", "Almaty"), "talks", document="b", on=0),
    ]
    assert events(records) == [1, 1]


def test_two_meetings_of_other_persons_on_one_day_stay_two() -> None:
    said = "{} met {} in Tianjin on Monday over the Termez railway and transit fees."
    records = [
        report(said.format("Sergey Lavrov", "Wang Yi"), "met",
               "RUS:GOV:Sergey_Lavrov CHN:GOV:Wang_Yi", document="a", on=0),
        report(said.format("Vladimir Putin", "Xi Jinping"), "met",
               "RUS:GOV:Vladimir_Putin CHN:GOV:Xi_Jinping", document="b", on=0),
        report(said.format("Lavrov", "China’s foreign minister"), "met",
               "RUS:GOV:Sergey_Lavrov CHN:GOV", document="c", on=0),
    ]  # fmt: skip
    assert events(records) == [2, 1]


def test_acts_of_other_sectors_stay_two() -> None:
    said = "Russian {} accused the Taliban on Monday of shelling the Panj bridge."
    records = [
        report(said.format("diplomats"), "accused", "RUS:GOV", "AFGTAL", document="a", on=0,
               kind="ACCUSE"),
        report(said.format("officers"), "accused", "RUS:MIL", "AFGTAL", document="b", on=0,
               kind="ACCUSE"),
    ]  # fmt: skip
    assert events(records) == [1, 1]


def test_direction_matters_except_where_both_do_the_same() -> None:
    said = "Pakistan accused Iran on Monday of sheltering gunmen near Taftan."
    one = report(said, "accused", "PAK", "IRN", document="a", on=0, kind="ACCUSE")
    turned = report(said, "accused", "IRN", "PAK", document="b", on=0, kind="ACCUSE")
    assert events([one, turned]) == [1, 1]
    joint = report(TALKS[0], "talks", "RUS CHN", document="a", on=0)
    visit = report(TALKS[0], "talks", "CHN", "RUS", document="b", on=0)
    assert events([joint, visit]) == [2]


def test_two_acts_of_one_day_that_share_only_the_parties_stay_two() -> None:
    records = [
        report("Russia sent wheat to Afghanistan on Monday by rail through Hairatan.", "sent",
               "RUS", "AFG", document="a", on=0, kind="AID"),
        report("On Monday Afghanistan received vaccines that Russia had flown to Kabul.",
               "received", "RUS", "AFG", document="b", on=0, kind="AID"),
    ]  # fmt: skip
    assert events(records) == [1, 1]


def test_one_party_alone_does_not_make_one_act_of_two() -> None:
    records = [
        report("In March Russia signed a decree on pensions.", "signed", "RUS", document="a",
               kind="SUPPORT"),
        report("It signed an order on steel quotas.", "signed", "RUS", document="a", start=90,
               kind="SUPPORT"),
    ]  # fmt: skip
    assert events(records) == [1, 1]
    again = report("Russia signed the order that raises steel quotas on Friday evening.", "signed",
                   "RUS", document="a", start=180, kind="SUPPORT")  # fmt: skip
    assert events([*records, again]) == [2, 1]


def test_two_briefings_that_repeat_a_demand_are_two_demands() -> None:
    said = "We call on the Taliban to let aid convoys pass the Torkham crossing unharmed."
    records = [
        report(said, "call", "PAK", "AFGTAL", document=name, out=day, kind="REQUEST", speaker="PAK")
        for name, day in (("a", 0), ("b", 2))
    ]
    assert events(records) == [1, 1]
    told = [
        report(said, "call", "PAK", "AFGTAL", document=name, out=day, kind="REQUEST")
        for name, day in (("a", 0), ("b", 2))
    ]
    assert events(told) == [2]


def test_another_delivery_in_the_same_text_is_another_event() -> None:
    records = [
        report("Russia sent 20 tonnes of wheat.", "sent", "RUS", "AFG", document="a", kind="AID"),
        report("Later it sent another convoy with tents.", "sent", "RUS", "AFG", document="a",
               start=100, kind="AID"),
        report("The convoy was sent through Termez.", "sent", "RUS", "AFG", document="a",
               start=200, kind="AID"),
    ]  # fmt: skip
    assert events(records) == [2, 1]


def test_undated_reports_are_joined_only_within_three_days_and_by_more_words() -> None:
    records = [
        report(TALKS[0], "talks", document="a", out=0),
        report(TALKS[2], "talks", document="b", out=2),
        report(TALKS[2], "talks", document="c", out=9),
        report(TALKS[2], "talks", document="d", out=None),
        report("Russia and China held talks.", "talks", document="e", out=1),
    ]
    assert events(records) == [2, 1, 1, 1]


def test_copies_of_one_text_are_joined_whatever_day_they_came_out() -> None:
    original = report(TALKS[0], "talks", document="a", out=0)
    copy = report(TALKS[0], "talks", document="b", out=8, copied=("a", "Paper a"))
    assert events([original, copy]) == [2]
    assert (copy.outlet, original.outlet) == ("Paper a", "Paper a")


def test_a_vague_report_does_not_tie_two_acts_of_other_places_together() -> None:
    vague = "Russia and China held talks on Monday about the Termez railway and transit fees."
    records = [
        report(TALKS[0], "talks", document="a", on=0),
        report(TALKS[0].replace("Tianjin", "Almaty"), "talks", document="b", on=0),
        report(vague, "talks", document="c", on=0),
    ]
    assert events(records) == [2, 1]


def test_only_what_is_new_is_compared_and_what_was_found_stands() -> None:
    records = [
        report(TALKS[0], "talks", document="a", on=0),
        report(TALKS[2], "talks", document="b", on=0),
    ]
    known = retellings(records)
    assert retellings(records, known=known, fresh=frozenset()) == []
    records.append(report(TALKS[2], "talks", document="c", on=0))
    fresh = retellings(records, known=known, fresh=frozenset({"c"}))
    assert [found.mention for found in fresh] == ["c-0-talks"]
    everything = events_of([*known, *fresh], [])
    assert [len(event.mentions) for event in everything] == [3]


def test_reports_that_share_no_word_are_not_even_compared() -> None:
    records = [report(f"Russia and China met ({n}).", "met", document=str(n), on=n * 5)
               for n in range(50)]  # fmt: skip
    assert retellings(records) == []


def test_endings_are_taken_off() -> None:
    assert stem("talks") == stem("talk")
    assert stem("meetings") == stem("met") == stem("meet")
    assert stem("agreed") == stem("agree") == stem("agreement")
    assert stem("kabul’s") == stem("kabul")
    assert len({stem(word) for word in ("send", "seek", "shell", "ship", "press", "crisis")}) == 6


def test_a_finding_names_the_later_mention_first() -> None:
    records = [
        report(TALKS[0], "talks", document="z", on=0, out=0),
        report(TALKS[2], "talks", document="a", on=0, out=2),
    ]
    (found,) = retellings(records)
    assert isinstance(found, Retelling)
    assert (found.mention, found.same_as) == ("a-0-talks", "z-0-talks")
