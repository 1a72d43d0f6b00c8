"""Words that may tell an event, by their lemma and kind alone."""

from __future__ import annotations

from inconcert.code.candidates import UNSEEN_VERB, candidates, key, share, shares
from inconcert.core.parsed import Token


def token(lemma: str, pos: str) -> Token:
    return Token(0, 0, len(lemma), lemma, lemma, pos, "", "ROOT", 0, 0)


def words(ready, text: str) -> list[str]:
    found = ready(text)
    return [
        token.text
        for sentence in found.parsed.sentences
        for token in candidates(found.parsed, sentence)
    ]


def test_a_noun_and_a_verb_of_one_spelling_are_two_words() -> None:
    assert key(token("attack", "VERB")) == "attack/v"
    assert key(token("attack", "NOUN")) == key(token("Attack", "PROPN")) == "attack/n"


def test_words_of_grammar_have_no_name_in_the_table() -> None:
    assert {key(token("of", "ADP")), key(token("they", "PRON")), key(token(",", "PUNCT"))} == {""}
    assert share(token("of", "ADP")) == 0


def test_a_verb_that_the_corpus_lacks_may_tell_an_event_and_a_noun_may_not() -> None:
    assert share(token("defenestrate", "VERB")) == UNSEEN_VERB
    assert share(token("defenestration", "NOUN")) == 0


def test_shares_are_shares() -> None:
    assert len(shares()) > 100
    assert all(0 <= one <= 1 for one in shares().values())


def test_a_verb_of_conflict_and_the_noun_of_a_visit_are_candidates(ready) -> None:
    assert "attacked" in words(ready, "Russia attacked Ukraine.")
    assert "visit" in words(ready, "Putin's visit to China was short.")


def test_names_and_days_alone_are_none(ready) -> None:
    assert words(ready, "Russia, China and the Taliban, on Monday.") == []


def test_candidates_come_in_order_of_the_text(ready) -> None:
    found = words(ready, "Russia condemned Turkey, attacked Georgia and met Iran.")
    assert [one for one in found if one in {"condemned", "attacked", "met"}] == [
        "condemned", "attacked", "met",
    ]  # fmt: skip
