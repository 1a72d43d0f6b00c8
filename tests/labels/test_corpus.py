"""Labelled sentences are read as they are written down, and the corpus keeps what it promises."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pytest

from inconcert.labels.corpus import (
    TOO_ALIKE,
    Record,
    Wrong,
    near_duplicates,
    read_file,
    word_runs,
)

CORPUS = Path(__file__).parents[2] / "corpus"
TESTS = ("detection", "detection2", "news", "neutral", "probes")
GREETINGS = frozenset({"Ladies and gentlemen,", "Ladies and Gentlemen,"})
"""What speeches repeat word for word; it stands in a test set and in the training text."""

EXPULSION = "S After the summit Oslo expelled two envoys, and Oslo closed its consulate.\n"


# -- the reader ------------------------------------------------------------------------------


@pytest.fixture
def read(tmp_path):
    """Reads a text as if it were a file of the corpus."""

    def reading(text: str, **options) -> tuple[list[Record], list[Wrong]]:
        path = tmp_path / "B900.txt"
        path.write_text(text, encoding="utf-8")
        return read_file(path, **options)

    return reading


def labelled(label: str) -> str:
    return f"# B900-01\n{EXPULSION}E {label}\n"


def faults(read, label: str) -> str:
    records, wrong = read(labelled(label))
    assert not records
    assert len(wrong) == 1
    return str(wrong[0])


def test_labels_become_characters_of_the_sentence(read):
    records, wrong = read(
        labelled("expelled | SANCTION.expel | Oslo@1 | two envoys | - | - | diplomatic")
    )
    assert not wrong
    sentence, event = records[0].sentence, records[0].events[0]
    assert sentence[event.start : event.end] == "expelled"
    assert (event.type, event.modes, event.contexts) == ("SANCTION", ("expel",), ("diplomatic",))
    assert [sentence[one.start : one.end] for one in event.recipients] == ["two envoys"]
    assert event.actors[0].start == sentence.index("Oslo")


def test_a_second_occurrence_is_the_second(read):
    records, _ = read(labelled("closed | SANCTION | Oslo@2 | its consulate | - | - | -"))
    assert records[0].events[0].actors[0].start == records[0].sentence.rindex("Oslo")


def test_several_parties_are_kept_in_the_order_of_the_label(read):
    records, wrong = read(
        "# B900-01\nS Ghana and Togo held talks on Benin near Accra on Monday.\n"
        "E talks | CONSULT | Ghana; Togo | - | Benin | - | -\n"
    )
    assert not wrong
    event = records[0].events[0]
    assert [records[0].sentence[one.start : one.end] for one in event.actors] == ["Ghana", "Togo"]
    assert len(event.about) == 1


def test_words_inside_a_longer_word_are_not_meant(read):
    records, wrong = read(
        "# B900-01\nS Nigerian police sent Niger three boats.\n"
        "E sent | AID | Nigerian police | Niger | - | - | -\n"
    )
    assert not wrong
    assert records[0].sentence[records[0].events[0].recipients[0].start :].startswith("Niger three")


def test_a_sentence_without_events_is_a_record(read):
    records, wrong = read("# B900-01\nS The border is 300 kilometres long.\n")
    assert not wrong
    assert records[0].events == ()


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("expelled | SANCTION | Bergen | two envoys | - | - | -", "not in the sentence"),
        ("expelled | SANCTION | Oslo | two envoys | - | - | -", "stands there 2 times, say which"),
        ("expelled | SANCTION | Oslo@3 | two envoys | - | - | -", "stands there 2 times only"),
        ("expelled | BANISH | Oslo@1 | two envoys | - | - | -", "no event type BANISH"),
        ("expelled | SANCTION.arrest | Oslo@1 | two envoys | - | - | -", "no mode arrest"),
        ("expelled | SANCTION | Oslo@1 | two envoys | - | perhaps | -", "no auxiliary perhaps"),
        ("expelled | SANCTION | Oslo@1 | two envoys | - | - | sport", "no context sport"),
        ("expelled | SANCTION | Oslo@1 | two envoys | - | -", "6 fields instead of 7"),
        ("- | SANCTION | Oslo@1 | two envoys | - | - | -", "an event needs a predicate"),
        ("summit Oslo expelled two envoys | SANCTION | - | - | - | - | -", "predicate too long"),
    ],
)
def test_a_label_that_cannot_be_read_is_told_with_its_line_and_the_record_left_out(
    read, label, told
):
    message = faults(read, label)
    assert message.startswith("B900.txt:2 (B900-01): ")
    assert told in message


def test_one_wrong_record_leaves_the_others_standing(read):
    records, wrong = read(
        labelled("expelled | SANCTION | Bergen | - | - | - | -")
        + "# B900-02\nS Rain fell on the capital all night.\n"
    )
    assert [record.cell for record in records] == ["B900-02"]
    assert len(wrong) == 1


def test_the_same_event_twice_in_a_sentence_is_wrong(read):
    label = "expelled | SANCTION | Oslo@1 | two envoys | - | - | -"
    assert "same predicate and type twice" in faults(read, f"{label}\nE {label}")


def test_one_cell_twice_is_wrong(read):
    _, wrong = read("# B900-01\nS Snow fell in Oslo.\n# B900-01\nS Rain fell in Oslo.\n")
    assert [str(fault) for fault in wrong] == ["B900.txt: cell B900-01 twice"]


def test_a_line_of_no_known_kind_is_not_passed_over(read):
    _, wrong = read("# B900-01\nS Snow fell in Oslo.\nexpelled, or so they say\n")
    assert len(wrong) == 1


def test_a_document_line_holds_until_the_next_one(read):
    records, wrong = read(
        "D speech-1 | TCD | A speech\n# speech-1/0\nS We thank Chad.\n# speech-1/1\nS It rained.\n"
        "D speech-2 | USA | Another\n# speech-2/0\nS It snowed.\n"
    )
    assert not wrong
    assert [(r.document, r.speaker) for r in records] == [
        ("speech-1", "TCD"),
        ("speech-1", "TCD"),
        ("speech-2", "USA"),
    ]


def test_a_dash_for_the_speaker_is_nobody_and_the_title_keeps_its_strokes(read):
    records, wrong = read(
        "D news-1 | - | Talks end | a round-up (Oslo, 3 May 2019)\n# news-1/1\nS It rained.\n"
        "D speech-1 | TCD\n# speech-1/0\nS It snowed.\n"
    )
    assert not wrong
    assert [(r.speaker, r.title) for r in records] == [
        ("", "Talks end | a round-up (Oslo, 3 May 2019)"),
        ("TCD", ""),
    ]


def test_a_code_may_stand_without_words(read):
    records, wrong = read(
        "D order | USA | An order\n# order/0\nS All assets are hereby blocked.\n"
        "E blocked | SANCTION | =USA | assets=? | - | - | economic\n"
    )
    assert not wrong
    actor, recipient = records[0].events[0].actors[0], records[0].events[0].recipients[0]
    assert (actor.start, actor.end, actor.code) == (0, 0, "USA")
    assert recipient.code == "?"
    assert recipient.end > recipient.start


def test_a_type_of_ones_own_is_known_only_where_it_is_named(read):
    text = labelled("closed | BORDER | Oslo@2 | - | - | - | -")
    assert read(text)[1]
    assert not read(text, own=("BORDER",))[1]


def test_a_written_sentence_of_two_words_is_wrong_and_a_real_one_is_not(read):
    assert read("# B900-01\nS Thank you.\n")[1]
    assert not read("D speech | CHE | A speech\n# speech/0\nS Thank you.\n")[1]


# -- near-duplicates -------------------------------------------------------------------------


def record(cell: str, sentence: str) -> Record:
    return Record(cell, sentence, (), where=cell)


def test_case_and_punctuation_make_no_new_sentence():
    first = record("one", "The envoy left the capital, angry and alone.")
    second = record("two", "THE ENVOY LEFT the capital - angry and alone")
    assert [fault.where for fault in near_duplicates([first, second])] == ["two"]


def test_a_sentence_with_another_subject_and_ending_is_its_own():
    first = record("one", "The envoy left the capital on Monday after a quarrel over gas.")
    second = record("two", "A trawler left the capital on Monday with forty tons of cod.")
    assert not near_duplicates([first, second])


def test_a_foreign_sentence_is_found_in_the_corpus_and_not_told_against_itself():
    foreign = "The envoy left the capital on Monday after a quarrel over gas."
    mine = record("mine", "The envoy left the capital on Monday after a quarrel over grain.")
    found = near_duplicates([mine], [foreign, foreign])
    assert [fault.where for fault in found] == ["mine"]
    assert "another set" in found[0].what


def test_a_sentence_shorter_than_a_run_is_compared_whole():
    assert word_runs("Ladies and gentlemen,") == {"ladies and gentlemen"}


FORMULA = 7
"""Words up to which a sentence may be a formula of speeches (`Ladies and gentlemen,`)."""
PLANNED = 210
"""Batches planned cell by cell; those after them are on direction and on turns of phrase."""


# -- the corpus itself -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def corpus() -> dict[str, list[Record]]:
    """Records of the corpus by part; what cannot be read fails every test that asks for it."""
    if not CORPUS.is_dir():
        pytest.skip("the corpus is not part of this installation")
    parts: dict[str, list[Record]] = {}
    for path in sorted(CORPUS.glob("*/*.txt")):
        folder = path.parent.name
        if folder in ("plan", "second", "reference"):
            continue
        part = folder if folder == "written" else path.stem + "-news" * (folder == "news")
        records, wrong = read_file(path)
        assert not wrong, "\n".join(map(str, wrong))
        parts.setdefault(part, []).extend(records)
    return parts


def test_the_corpus_is_as_large_as_it_says(corpus):
    assert len(corpus["written"]) >= 8000
    assert len(corpus["train"]) + len(corpus["dev"]) >= 600
    assert len(corpus["neutral"]) >= 1000
    assert len(corpus["detection"]) >= 300
    assert len(corpus["probes"]) >= 400


def test_every_cell_of_the_plan_has_one_sentence_and_no_sentence_is_without_a_cell(corpus):
    with (CORPUS / "plan.tsv").open(encoding="utf-8", newline="") as file:
        planned = [row["cell"] for row in csv.DictReader(file, delimiter="\t")]
    written = [one.cell for one in corpus["written"] if int(one.cell[1:4]) <= PLANNED]
    assert sorted(written) == sorted(planned)


def test_test_sets_are_what_was_committed_before_the_coder_was_tuned(corpus):
    lines = (CORPUS / "test" / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    promised = {name: digest for digest, name in (line.split() for line in lines)}
    files = sorted((CORPUS / "test").glob("*.txt"))
    assert {path.name for path in files} == set(promised)
    for path in files:
        assert hashlib.sha256(path.read_bytes()).hexdigest() == promised[path.name], path.name


def test_no_sentence_of_a_test_set_was_learnt_from(corpus):
    tested = {one.sentence for name in TESTS for one in corpus[name]}
    names = [name for name in corpus if name not in {*TESTS, "about"}]
    learnt = {one.sentence for name in names for one in corpus[name]}
    assert tested & learnt <= GREETINGS


def test_no_sentence_is_nearly_one_of_a_test_set_or_of_another(corpus):
    tested = [one.sentence for name in TESTS for one in corpus[name]]
    learnt = [
        one
        for name in ("written", "train", "dev", "dev-news")
        for one in corpus[name]
        if one.sentence not in GREETINGS
    ]
    assert TOO_ALIKE <= 0.5
    assert not [str(fault) for fault in near_duplicates(learnt, tested)]


def test_no_longer_sentence_of_real_text_that_was_learnt_from_stands_in_a_test_set(corpus):
    tested = [one.sentence for name in TESTS for one in corpus[name]]
    learnt = [
        one
        for name in corpus
        if name.startswith("train")
        for one in corpus[name]
        if len(one.sentence.split()) > FORMULA
    ]
    faults = [str(fault) for fault in near_duplicates(learnt, tested)]
    assert not [fault for fault in faults if "another set" in fault]


def test_no_document_stands_in_two_sets(corpus):
    tests = ("detection", "news", "neutral")
    fitted = [name for name in corpus if name.startswith("train")]
    looked_at = [name for name in corpus if name.startswith("dev")]
    assert len(fitted) > 6
    documents = [
        *({one.document for one in corpus[name]} for name in tests),
        *(
            {one.document for name in names for one in corpus[name]}
            for names in (fitted, looked_at)
        ),
    ]
    assert all(documents)
    assert all("" not in each for each in documents)
    assert sum(map(len, documents)) == len(set().union(*documents))


def test_neutral_sentences_have_no_event_and_probes_one_each(corpus):
    assert not [one.cell for one in corpus["neutral"] if one.events]
    assert not [one.cell for one in corpus["probes"] if len(one.events) != 1]


def test_both_probes_of_a_pair_tell_one_event_with_the_same_parties(corpus):
    pairs: dict[str, list[Record]] = {}
    for one in corpus["probes"]:
        pairs.setdefault(one.cell[:-1], []).append(one)
    assert {len(pair) for pair in pairs.values()} == {2}
    different = []
    for name, pair in pairs.items():
        first, second = (one.events[0] for one in pair)
        parties = [
            (
                event.type,
                sorted(a.code for a in event.actors),
                sorted(r.code for r in event.recipients),
            )
            for event in (first, second)
        ]
        if parties[0] != parties[1]:
            different.append(name)
    assert not different


def test_real_labels_say_whom_each_party_stands_for(corpus):
    without = [
        one.where
        for name in corpus
        if name not in {"written", "probes"}
        for one in corpus[name]
        for event in one.events
        if not all(party.code for party in (*event.actors, *event.recipients))
    ]
    assert not without


def test_the_second_labelling_is_of_the_same_sentences(corpus):
    first = {one.cell: one.sentence for one in corpus["written"]}
    for path in sorted((CORPUS / "second").glob("*.txt")):
        records, wrong = read_file(path)
        assert not wrong, "\n".join(map(str, wrong))
        assert not [one.cell for one in records if first[one.cell] != one.sentence]
