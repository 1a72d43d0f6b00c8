"""Events in running text, silence, direction."""

from __future__ import annotations

from inconcert.core.event import EventMention, When
from inconcert.core.mention import Participant
from inconcert.grade.labelled import Coded, LabelledGrade, counts
from inconcert.labels.corpus import Labelled, Named, Record

SENTENCE = "Minsk accused Vilnius on Monday after talks with Moscow in Brest ended."


def labelled(
    kind: str = "ACCUSE",
    actors: tuple[str, ...] = ("BLR",),
    recipients: tuple[str, ...] = ("LTU",),
    auxiliary: tuple[str, ...] = (),
    about: tuple[str, ...] = (),
) -> Labelled:
    def named(codes: tuple[str, ...]) -> tuple[Named, ...]:
        return tuple(Named(0, 5, code) for code in codes)

    return Labelled(6, 13, kind, (), named(actors), named(recipients), named(about), auxiliary, ())


def coded(
    kind: str = "ACCUSE",
    actors: tuple[str, ...] = ("BLR",),
    recipients: tuple[str, ...] = ("LTU",),
    auxiliary: tuple[str, ...] = (),
    about: tuple[str, ...] = (),
    start: int = 6,
) -> EventMention:
    def people(codes: tuple[str, ...]) -> tuple[Participant, ...]:
        return tuple(Participant(code, (), None, 0, 5) for code in codes)

    return EventMention(
        "id", "doc", 0, start, start + 7, kind, None, (), auxiliary, people(actors),
        people(recipients), people(about), When(), "test", 0.7,
    )  # fmt: skip


def sentence(*events: Labelled) -> Record:
    return Record("doc/1", SENTENCE, events, document="doc")


def test_an_event_is_found_by_type_and_actors() -> None:
    count = counts(Coded(sentence(labelled()), (coded(),)))
    assert (count.found, count.missed, count.false) == (1, 0, 0)


def test_wrong_actors_cost_twice() -> None:
    count = counts(Coded(sentence(labelled()), (coded(actors=("RUS",)),)))
    assert (count.found, count.missed, count.false) == (0, 1, 1)
    assert count.detected == 1


def test_exchanged_parties_are_counted_as_swapped() -> None:
    count = counts(Coded(sentence(labelled()), (coded(actors=("LTU",), recipients=("BLR",)),)))
    assert (count.swapped, count.directed, count.found) == (1, 1, 0)


def test_a_planned_event_of_the_key_may_not_be_coded_as_done() -> None:
    record = sentence(labelled(auxiliary=("future",)))
    assert counts(Coded(record, (coded(),))).false == 1
    assert counts(Coded(record, (coded(auxiliary=("future",)),))).false == 0


def test_an_event_of_unknown_actors_excuses_one_coded_event_of_its_type() -> None:
    record = sentence(labelled(actors=("?",)))
    count = counts(Coded(record, (coded(),)))
    assert (count.found, count.missed, count.false) == (0, 0, 0)
    twice = counts(Coded(record, (coded(), coded(actors=("RUS",)))))
    assert twice.false == 1


def test_an_event_found_with_its_known_actors_excuses_no_second() -> None:
    record = sentence(labelled(actors=("BLR", "?")))
    count = counts(Coded(record, (coded(), coded(actors=("RUS",)))))
    assert (count.found, count.false) == (1, 1)


def test_a_full_event_on_a_neutral_sentence_has_two_parties() -> None:
    assert counts(Coded(sentence(), (coded(),))).full == 1
    assert counts(Coded(sentence(), (coded(recipients=()),))).full == 0
    assert counts(Coded(sentence(), (coded(auxiliary=("negation",)),))).full == 0


def test_exact_repetitions_are_counted() -> None:
    assert counts(Coded(sentence(labelled()), (coded(), coded()))).doubles == 1
    assert counts(Coded(sentence(labelled()), (coded(), coded(start=20)))).doubles == 0


def test_about_is_asked_of_meetings_and_agreements_that_were_found() -> None:
    record = sentence(labelled("CONSULT", about=("RUS",)))
    right = counts(Coded(record, (coded("CONSULT", about=("RUS", "UKR")),)))
    wrong = counts(Coded(record, (coded("CONSULT"),)))
    assert (right.about_asked, right.about_right) == (1, 1)
    assert (wrong.about_asked, wrong.about_right) == (1, 0)


def test_figures_of_a_set_add_up() -> None:
    grade = LabelledGrade(
        (
            Coded(sentence(labelled()), (coded(),)),
            Coded(sentence(labelled()), ()),
            Coded(sentence(), (coded(),)),
        )
    )
    data = grade.as_json()
    assert (data["events"], data["found"], data["false"]) == (2, 1, 1)
    assert data["precision"] == 0.5
    assert data["recall"] == 0.5
    assert data["f1"] == 0.5
    assert data["full_events_on_neutral"] == 1.0
