"""Statements: who said what, in whose words. Texts are made up; mentions are given by hand."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from inconcert.code.statements import StatementCoder
from inconcert.core.document import Document
from inconcert.core.mention import ActorMention, MentionKind, Participant
from inconcert.core.parsed import ParsedDocument
from inconcert.core.statement import Statement
from inconcert.parse.pipeline import Parser

NAMES: dict[str, tuple[str, ...]] = {
    "Lavrov": ("RUS",),
    "Wang": ("CHN",),
    "Moscow": ("RUS",),
    "Russia": ("RUS",),
    "Beijing": ("CHN",),
    "China": ("CHN",),
    "Kabul": ("AFG",),
    "Afghanistan": ("AFG",),
    "Taliban": ("AFGTAL",),
    "Biden": ("USA",),
    "Washington": ("USA",),
    "American officials": ("USA",),
    "The two ministers": ("RUS", "CHN"),
    "the pair": ("RUS", "CHN"),
    "NATO": ("IGONATO",),
    "Dushanbe": ("TJK",),
    "Rahmon": ("TJK",),
    "Ghani": ("AFGGOV",),
}
PERSONS = {"Lavrov", "Wang", "Biden", "Rahmon", "Ghani"}
Read = Callable[..., list[Statement]]


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser()


def mentions_of(parsed: ParsedDocument, pronouns: dict[str, str]) -> list[ActorMention]:
    """Mentions of the names above, and of pronouns as given (`{"he": "Lavrov"}`)."""
    found = []
    wanted = {**{name: name for name in NAMES}, **pronouns}
    for form, name in wanted.items():
        for match in re.finditer(rf"\b{re.escape(form)}\b", parsed.document.text):
            inside = [t for t in parsed.tokens if match.start() <= t.start < match.end()]
            heads = [t for t in inside if t.head not in {other.index for other in inside}]
            head = (heads or inside)[0]
            kind: MentionKind = "pronoun" if form in pronouns else "name"
            parts = tuple(
                Participant(code, (), name if name in PERSONS else None, *match.span())
                for code in NAMES[name]
            )
            found.append(
                ActorMention(
                    head.sentence, *match.span(), head.index, kind, parts, "by hand",
                    is_person=name in PERSONS,
                )
            )  # fmt: skip
    return found


@pytest.fixture(scope="module")
def read(parser: Parser) -> Read:
    def reading(text: str, *, speaker: str | None = None, **pronouns: str) -> list[Statement]:
        (parsed,) = parser.parse([Document.of(text, speaker=speaker)])
        return list(StatementCoder().statements(parsed, mentions_of(parsed, pronouns)))

    return reading


def codes(statement: Statement) -> list[str]:
    return [participant.code for participant in statement.speakers]


def about(statement: Statement) -> list[str]:
    return [participant.code for participant in statement.about]


def quoted(text: str, statement: Statement) -> list[str]:
    return [text[start:end] for start, end in statement.quotes]


@pytest.mark.parametrize(
    "text",
    [
        "“We will not leave Kabul,” Lavrov said on Monday.",
        "“We will not leave Kabul,” said Lavrov.",
        "Lavrov said: “We will not leave Kabul.”",
        "Lavrov told reporters, “We will not leave Kabul.”",
        '"We will not leave Kabul," Lavrov told reporters.',
    ],
)
def test_direct_speech_belongs_to_the_subject_of_its_verb(read: Read, text: str) -> None:
    (statement,) = read(text)
    assert codes(statement) == ["RUS"]
    assert statement.form == "direct"
    assert quoted(text, statement)[0].startswith("We will not leave Kabul")
    assert about(statement) == ["AFG"]


def test_a_quote_split_by_its_verb_is_one_statement(read: Read) -> None:
    text = "“The border is closed,” Lavrov has claimed, “and nobody will cross it.”"
    (statement,) = read(text)
    assert quoted(text, statement) == ["The border is closed,", "and nobody will cross it."]
    assert (statement.cue, statement.form) == ("claim", "direct")


def test_a_quoted_sentence_without_a_verb_goes_on_with_the_same_speaker(read: Read) -> None:
    text = "“They were polite,” Lavrov told reporters. “They are serious people.”"
    (statement,) = read(text)
    assert quoted(text, statement) == ["They were polite,", "They are serious people."]


def test_a_quotation_over_paragraphs_is_one_statement(read: Read) -> None:
    text = "“The road is open,” Lavrov said. “We keep it so.\n\n“Nobody will close it again.”"
    (statement,) = read(text)
    assert len(statement.quotes) == 3


def test_a_new_speaker_ends_the_turn_of_the_one_before(read: Read) -> None:
    text = "“We agree,” Lavrov said. “We do not,” Wang replied."
    first, second = read(text)
    assert (codes(first), codes(second)) == (["RUS"], ["CHN"])
    assert quoted(text, second) == ["We do not,"]


def test_a_pronoun_speaks_for_whom_it_stands_for(read: Read) -> None:
    text = "Biden spoke first. “We have long been patient,” he said."
    (statement,) = read(text, he="Lavrov")
    assert codes(statement) == ["RUS"]
    assert statement.speaker_text == "he"


@pytest.mark.parametrize(
    ("text", "cue", "speakers"),
    [
        ("Lavrov revealed on Thursday that talks on Kabul go on.", "reveal", ["RUS"]),
        ("Moscow has admitted that it must work with the Taliban.", "admit", ["RUS"]),
        ("American officials announced they would help Dushanbe.", "announce", ["USA"]),
        ("The two ministers pledged to work together in Kabul.", "pledge", ["RUS", "CHN"]),
        ("Lavrov and Wang warned that the Taliban must share power.", "warn", ["RUS", "CHN"]),
        ("Beijing condemned the attack on Kabul.", "condemn", ["CHN"]),
        ("Washington urged the Taliban to share power.", "urge", ["USA"]),
        ("Lavrov was quoted as saying that the Taliban kept their word.", "say", ["RUS"]),
    ],
)
def test_indirect_speech_has_its_speaker_and_no_quote(
    read: Read, text: str, cue: str, speakers: list[str]
) -> None:
    (statement,) = read(text)
    assert (statement.cue, codes(statement)) == (cue, speakers)
    assert (statement.form, statement.quotes) == ("indirect", ())


def test_a_participle_speaks_for_the_subject_of_its_clause(read: Read) -> None:
    text = "“We do not gloat,” Lavrov said, insisting Russia is “very worried” about Kabul."
    said, insisted = read(text)
    assert quoted(text, said) == ["We do not gloat,"]
    assert (insisted.cue, codes(insisted), insisted.form) == ("insist", ["RUS"], "mixed")
    assert quoted(text, insisted) == ["very worried"]


def test_words_quoted_in_a_pledge_belong_to_whoever_pledged(read: Read) -> None:
    text = "Lavrov was glad, welcoming Biden’s pledge that Kabul is the “end of an era” of war."
    pledge = next(found for found in read(text) if found.quotes)
    assert codes(pledge) == ["USA"]
    assert (pledge.cue, pledge.form) == ("pledge", "mixed")


def test_a_with_clause_gives_the_quote_to_its_own_subject(read: Read) -> None:
    text = (
        "Putin called Beijing, with the pair “stressing that the crisis in Kabul calls for calm "
        "and patience.”"
    )
    (statement,) = read(text)
    assert codes(statement) == ["RUS", "CHN"]


def test_according_to_names_the_speaker(read: Read) -> None:
    text = "According to Lavrov, “we don’t want fighters coming to Russia.”"
    (statement,) = read(text)
    assert (codes(statement), statement.form) == (["RUS"], "direct")


def test_a_belief_reported_by_an_analyst_is_not_the_state_s_statement(read: Read) -> None:
    text = "According to Sun, Beijing believes “the retreat will free Washington to compete more.”"
    (statement,) = read(text)
    assert (statement.speakers, statement.speaker_text) == ((), "Sun")
    assert statement.form == "mixed"


@pytest.mark.parametrize(
    "text",
    [
        "Beijing believes that the retreat will free Washington.",
        "According to the plan, Moscow will hold talks in Kabul.",
        "Moscow has not said whether it will recognise the Taliban.",
        "Lavrov may announce that Russia recognises the Taliban.",
        "Beijing used “areas of shared concern” to mend its ties with Washington.",
        "It is said that Kabul fell in a day.",
    ],
)
def test_what_nobody_is_reported_to_say_is_no_statement(read: Read, text: str) -> None:
    assert read(text) == []


def test_somebody_unknown_keeps_the_words_that_name_him(read: Read) -> None:
    (statement,) = read("A senior diplomat said that Moscow would keep its embassy in Kabul.")
    assert statement.speakers == ()
    assert statement.speaker_text == "A senior diplomat"


def test_a_statement_speaks_for_whoever_issued_it(read: Read) -> None:
    text = "Beijing issued a statement saying that it would send aid to Kabul."
    assert ["CHN"] in [codes(found) for found in read(text)]


def test_the_one_who_is_told_is_the_addressee(read: Read) -> None:
    (statement,) = read("Lavrov told Beijing that the Taliban would keep their word.")
    assert [participant.code for participant in statement.addressees] == ["CHN"]
    assert about(statement) == ["AFGTAL"]


def test_an_opportunity_taken_to_speak_is_speech(read: Read) -> None:
    (statement,) = read("Moscow has not missed the chance to paint the retreat as a defeat.")
    assert (statement.cue, codes(statement)) == ("paint", ["RUS"])


def test_offsets_are_those_of_the_document(read: Read) -> None:
    text = "On Monday\u00a0Lavrov said that\nKabul is calm."
    (statement,) = read(text)
    assert text[statement.start : statement.end] == "said"
    assert text[statement.content_start : statement.content_end] == "that\nKabul is calm"


def test_a_sentence_of_a_speech_that_names_another_is_a_statement(read: Read) -> None:
    text = "We thank our partners. The Taliban must share power in Kabul."
    (statement,) = [found for found in read(text, speaker="TJK") if found.cue == "speech"]
    assert (statement.form, codes(statement)) == ("direct", ["TJK"])
    assert about(statement) == ["AFGTAL", "AFG"]
    assert text[statement.start : statement.end].startswith("The Taliban")


def test_a_speaker_who_names_his_own_state_says_it_once(read: Read) -> None:
    text = "Dushanbe condemns the attack on Kabul."
    reported = [found for found in read(text, speaker="TJK") if found.form != "performative"]
    assert [found.cue for found in reported] == ["speech"]


def test_a_speech_may_report_the_words_of_another(read: Read) -> None:
    text = "Last year Ghani said that Moscow was a friend."
    found = {statement.cue: statement for statement in read(text, speaker="TJK")}
    assert codes(found["say"]) == ["AFGGOV"]
    assert found["say"].rule == "reported in speech"
    assert codes(found["speech"]) == ["TJK"]


def test_a_transcript_takes_its_speakers_from_the_turns(parser: Parser) -> None:
    text = (
        "MR. AMIR:  Thank you.  The Taliban must share power.\n\n"
        "Q    Will Russia help Kabul?\n\n"
        "MR. AMIR:  Moscow has its own view.\n"
    )
    (parsed,) = parser.parse([Document.of(text)])
    voice = (Participant("UZB", ("GOV",), None, 0, 8),)
    found = StatementCoder().statements(
        parsed, mentions_of(parsed, {}), speaker_of=lambda paragraph: voice
    )
    assert [about(statement) for statement in found] == [["AFGTAL"], ["RUS"]]
    assert {statement.speaker_text for statement in found} == {"MR. AMIR"}


def test_the_same_text_gives_the_same_ids(read: Read) -> None:
    text = "Lavrov said that Kabul is calm. Wang denied that Beijing would help."
    first, second = read(text), read(text)
    assert [statement.id for statement in first] == [statement.id for statement in second]
    assert len({statement.id for statement in first}) == 2


# -- who speaks, where the grammar hides it --------------------------------------------------------


def test_a_clause_round_its_verb_of_saying_is_what_is_said(read: Read) -> None:
    text = "China, Lavrov said, was “inventing a danger” to win friends in Kabul."
    (statement,) = read(text)
    assert (codes(statement), statement.form) == (["RUS"], "mixed")
    assert about(statement) == ["CHN", "AFG"]


def test_what_was_told_by_nobody_in_particular_has_an_unnamed_source(read: Read) -> None:
    (statement,) = read("It was reported that the Taliban had taken Kabul.")
    assert (statement.speakers, statement.speaker_text) == ((), "")
    assert statement.is_anonymous
    assert statement.source_country is None


def test_an_object_goes_on_to_the_end_of_its_phrase_without_the_day(read: Read) -> None:
    text = "Moscow blamed Washington for the attack on Kabul on Monday."
    (statement,) = read(text)
    assert text[statement.content_start : statement.content_end].startswith("Washington for the")
    assert about(statement) == ["USA", "AFG"]


def test_words_quoted_before_a_claim_belong_to_whoever_speaks_of_it(read: Read) -> None:
    text = "Lavrov rejected as “absurd” a claim by Washington that Moscow was arming the Taliban."
    quoting = [found for found in read(text) if found.quotes]
    assert [codes(found) for found in quoting] == [["RUS"]]


def test_a_verb_of_two_words_is_a_word_of_saying(read: Read) -> None:
    (statement,) = read("Beijing ruled out any talks with the Taliban.")
    assert (statement.cue, statement.commitment) == ("rule out", "denial")


def test_the_words_of_somebody_are_quoted_as_by_according_to(read: Read) -> None:
    text = "In the words of Lavrov, “a bridge does not ask who crosses it.”"
    (statement,) = read(text)
    assert codes(statement) == ["RUS"]


def test_officials_listed_after_including_are_the_speakers(read: Read) -> None:
    text = "Several members, including China and Russia, declared their support for Kabul."
    statement = next(found for found in read(text) if found.cue == "declare")
    assert codes(statement) == ["CHN", "RUS"]
    assert not statement.is_anonymous


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “plate war” began in Kabul.",
        "Lorries loaded with “perishables” wait near Kabul.",
        "The “consequences” for Moscow were not spelled out.",
    ],
)
def test_words_in_marks_that_nobody_says_are_no_statement(read: Read, text: str) -> None:
    assert read(text) == []


# -- one's own words -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We condemn the attack on Kabul.", "the attack on Kabul"),
        ("I would like to thank Washington for its patience.", "Washington for its patience"),
        ("Dushanbe remains committed to peace in Kabul.", "to peace in Kabul"),
        ("We welcome the truce and urge Moscow to keep it.", "the truce"),
        ("I hope that Beijing will help.", "that Beijing will help"),
    ],
)
def test_a_speaker_who_does_by_saying_performs(read: Read, text: str, words: str) -> None:
    statement = next(found for found in read(text, speaker="TJK") if found.form == "performative")
    assert text[statement.content_start : statement.content_end] == words
    assert codes(statement) == ["TJK"]


@pytest.mark.parametrize(
    "text",
    [
        "We want peace in Kabul.",
        "We must support Kabul.",
        "We will condemn the attack on Kabul.",
        "We condemned the attack on Kabul.",
        "Moscow condemns the attack on Kabul.",
        "If we support Kabul, Moscow will follow.",
    ],
)
def test_what_is_wanted_past_or_another_s_performs_nothing(read: Read, text: str) -> None:
    assert all(found.form != "performative" for found in read(text, speaker="TJK"))


def test_a_speaker_may_report_what_he_himself_said_before(read: Read) -> None:
    text = "As I said in Kabul, the Taliban must share power."
    own = [found for found in read(text, speaker="TJK", I="Dushanbe") if found.cue == "say"]
    assert [(codes(found), found.rule) for found in own] == [(["TJK"], "own words")]


def test_a_performative_stands_within_the_sentence_of_its_speech(read: Read) -> None:
    found = {one.cue: one for one in read("We thank Beijing for its help.", speaker="TJK")}
    assert found["thank"].within == found["speech"].id
    assert found["speech"].within is None


def test_a_report_in_a_report_stands_within_it(read: Read) -> None:
    text = "Lavrov said that Washington had told Beijing that Kabul would fall."
    outer, inner = read(text)
    assert (codes(outer), codes(inner)) == (["RUS"], ["USA"])
    assert (outer.within, inner.within) == (None, outer.id)


@pytest.mark.parametrize(
    ("text", "cue", "words"),
    [
        ("I should say that Kabul needs help.", "say", "that Kabul needs help"),
        ("Can I thank Washington for its patience?", "thank", "Washington for its patience"),
        ("One thing I would note is that Beijing agrees.", "note", "that Beijing agrees"),
        ("We are determined to help Kabul.", "determined", "to help Kabul"),
        ("Dushanbe is hoping for peace in Kabul.", "hope", "for peace in Kabul"),
    ],
)
def test_a_polite_or_roundabout_act_is_one_all_the_same(
    read: Read, text: str, cue: str, words: str
) -> None:
    (found,) = [one for one in read(text, speaker="TJK") if one.form == "performative"]
    assert found.cue == cue
    assert text[found.content_start : found.content_end] == words


@pytest.mark.parametrize(
    "text",
    [
        "Moscow would have us believe that Kabul is calm.",
        "I should not say that Kabul is calm.",
        "Can we thank Washington for that?",
    ],
)
def test_what_others_would_have_us_think_performs_nothing(read: Read, text: str) -> None:
    assert all(found.form != "performative" for found in read(text, speaker="TJK"))


def test_actors_joined_to_the_speaker_s_state_perform_with_it(read: Read) -> None:
    found = read("Dushanbe and Beijing stand with Kabul.", speaker="TJK")
    (act,) = [one for one in found if one.form == "performative"]
    assert codes(act) == ["TJK", "CHN"]


# -- words of saying that stand apart --------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "who", "words"),
    [
        ("The motto of NATO is short: “One for all.”", "IGONATO", "One for all."),
        ("Beijing’s position was plain: “We will not yield.”", "CHN", "We will not yield."),
        ("Moscow’s message — “We will not yield” — was heard.", "RUS", "We will not yield"),
    ],
)
def test_a_quotation_after_a_colon_or_dash_belongs_to_the_owner_of_its_noun(
    read: Read, text: str, who: str, words: str
) -> None:
    (found,) = read(text)
    assert codes(found) == [who]
    assert quoted(text, found) == [words]


def test_a_term_in_marks_behind_a_goal_is_nobody_s_words(read: Read) -> None:
    assert read("Moscow, with its goal of “victory”, sent lorries to Kabul.") == []


@pytest.mark.parametrize("verb", ["supported", "backed", "endorsed"])
def test_to_back_a_call_is_to_join_it(read: Read, verb: str) -> None:
    found = read(f"Beijing {verb} the call for a truce in Kabul.")
    assert [codes(one) for one in found if one.cue != "call"] == [["CHN"]]
    assert read(f"Beijing {verb} the army in Kabul.") == []


def test_a_commitment_that_is_announced_is_one_statement(read: Read) -> None:
    (found,) = read("Moscow announced its commitment to leave Kabul.", its="Moscow")
    assert found.cue == "announce"


def test_a_name_is_not_said_by_what_bears_it(read: Read) -> None:
    assert read("Moscow joined an alliance called the Union of the North.") == []


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Kabul is far away, as Moscow likes to say.", "RUS"),
        ("As the theme of the summit of NATO indicates, Kabul needs peace.", "IGONATO"),
        ("According to data from Washington, Kabul needs grain.", "USA"),
        ("A study by Beijing shows that Kabul needs grain.", "CHN"),
        ("Kabul needs grain, Moscow’s spokesman said.", "RUS"),
    ],
)
def test_words_reported_at_one_remove_have_a_speaker(read: Read, text: str, who: str) -> None:
    (found,) = read(text)
    assert codes(found) == [who]


def test_studies_that_nobody_owns_have_no_speaker(read: Read) -> None:
    (found,) = read("Studies show that Kabul needs grain.")
    assert found.speakers == ()
