"""Who says `we` and `I`: the speaker of a quotation, of a turn, of a whole document."""

from __future__ import annotations

from inconcert.core.mention import Participant
from inconcert.core.parsed import Paragraph, Quote
from inconcert.resolve.memory import Memory
from inconcert.resolve.text import Text

Answer = tuple[tuple[Participant, ...], str, float]
_NOBODY: Answer = ((), "speaker not found", 0.0)
_OPENING = 20
"""Sentences in which a joint statement says who speaks."""


class Speakers:
    """The voices of one document."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self._labels: dict[str, Answer] = {}
        self._quotes: dict[int, tuple[Participant, ...]] = {}
        self._joint = self._find_joint()
        for label in {paragraph.speaker for paragraph in text.parsed.paragraphs}:
            if label is not None:
                self._labels[label] = self._read_label(label)

    # -- the first person -------------------------------------------------------------------

    def first_person(self, place: int, *, is_one: bool) -> Answer:
        """Who says a word of the first person.

        Args:
            place: its token.
            is_one: `I`, `my`; otherwise `we`, which speaks for the state of the speaker.
        """
        text = self.text
        token = text.tokens[place]
        quote = text.quote_at(token.start)
        if quote is not None:
            speaker = self._quotes.get(quote, ())
            return (speaker, "speaker of the quotation", 0.7) if speaker else _NOBODY
        paragraph = text.parsed.paragraphs[text.parsed.sentences[token.sentence].paragraph]
        if paragraph.is_question:
            return (), "a questioner's words", 0.0
        return self._voice(paragraph, token.start, token.end, is_one=is_one)

    def of_paragraph(self, paragraph: Paragraph) -> tuple[Participant, ...]:
        """Who speaks in a paragraph; nobody in a questioner's turn or under an unknown label."""
        if paragraph.is_question:
            return ()
        return self._voice(paragraph, paragraph.start, paragraph.start, is_one=True)[0]

    def _voice(self, paragraph: Paragraph, start: int, end: int, *, is_one: bool) -> Answer:
        if paragraph.speaker is not None:
            found, how, sure = self._labels[paragraph.speaker]
            if not is_one:
                found = tuple(self._state_of(one, start, end) for one in found)
            here = tuple(Participant(one.code, one.sectors, one.name, start, end) for one in found)
            return here, how, sure
        code = self.text.parsed.document.speaker
        if self._joint:
            all_of_them = tuple(
                Participant(one.code, one.sectors, None, start, end) for one in self._joint
            )
            return all_of_them, "parties to the joint statement", 0.8
        if code is None:
            return _NOBODY
        sectors = ("GOV",) if code in self.text.register.states else ()
        one = Participant(code, sectors, None, start, end)
        return (one,), "actor in whose name the document speaks", 0.8

    def _state_of(self, one: Participant, start: int, end: int) -> Participant:
        code = self.text.register.country_of(one.code)
        if code != one.code:
            return Participant(one.code, one.sectors, None, start, end)
        return Participant(code, ("GOV",), None, start, end)

    def _find_joint(self) -> tuple[Participant, ...]:
        """The parties to a joint statement: `We, the leaders of Australia and Japan, met`."""
        text = self.text
        for token in text.tokens:
            if token.sentence >= _OPENING:
                break
            if text.lowered[token.index] not in text.cues["we_pronoun"] or token.dep != "nsubj":
                continue
            if token.text[0].islower() or text.lowered[token.index + 1] != ",":
                continue
            found: dict[str, Participant] = {}
            for place in range(token.index + 1, token.head):
                hit = text.hits.get(place)
                if hit is not None and hit.entry.kind in {"state", "adjective", "organisation"}:
                    for code in hit.entry.actors:
                        sectors = ("GOV",) if code in text.register.states else ()
                        found.setdefault(code, Participant(code, sectors, None, 0, 0))
            if len(found) > 1:
                return tuple(found.values())
        return ()

    # -- labels of turns --------------------------------------------------------------------

    def _read_label(self, label: str) -> Answer:
        """`MS. PSAKI`, `THE PRESIDENT`, `SECRETARY BLINKEN` → person."""
        text = self.text
        words = label.replace(":", "").strip().lower().split()
        title = " ".join(word for word in words if word != "the")
        if title == "president" and text.president is not None:
            text.seen.add(text.president.id)
            one = text.register.participant(text.president.id, text.span, 0, 0)
            return (one,), "turn of the president", 0.9
        if title == "vice president" and text.home is not None:
            holder = text.register.holder(text.home, "Vice President", text.span)
            if holder is not None:
                one = text.register.participant(holder.id, text.span, 0, 0)
                return (one,), "turn of the vice president", 0.9
        for width in (3, 2, 1):
            found = self._person(" ".join(words[-width:]), words)
            if found is not None:
                text.seen.add(found)
                one = text.register.participant(found, text.span, 0, 0)
                return (one,), "speaker of the turn", 0.9
        return self._stranger(words)

    def _person(self, surname: str, words: list[str]) -> str | None:
        """The person of that surname who holds an office then, at home if there are several."""
        register, span = self.text.register, self.text.span
        best, best_score = None, 0.8
        for key in register.persons_called(surname):
            role, sure = register.role_on(register.actors[key], span)
            if role is None:
                continue
            named = set((role.title or "").lower().split())
            score = sure + (role.code == self.text.home) + bool(named & set(words))
            if role.code != self.text.home and not named & set(words):
                continue
            if score > best_score:
                best, best_score = key, score
        return best

    def _stranger(self, words: list[str]) -> Answer:
        """Somebody the register does not know: an official of the country, no foreign head."""
        text = self.text
        if text.home is None or len(words) < 2 or self.text.cues["head_of_state"] & set(words):
            return _NOBODY
        name = words[-1].title()
        one = Participant(text.home, ("GOV",), name, 0, 0)
        return (one,), "speaker of a turn in a document of this country", 0.6

    # -- quotations -------------------------------------------------------------------------

    def hear(self, memory: Memory) -> None:
        """Find who speaks each quotation, when all but the first person is resolved."""
        last: tuple[int, tuple[Participant, ...]] = (-1, ())
        for number, quote in enumerate(self.text.parsed.quotes):
            if quote.is_scare:
                continue
            paragraph = self.text.parsed.sentences[quote.sentence].paragraph
            speaker = self._speaker(quote, memory)
            if not speaker and last[0] == paragraph:
                speaker = last[1]
            if speaker:
                self._quotes[number] = speaker
                last = (paragraph, speaker)

    def _speaker(self, quote: Quote, memory: Memory) -> tuple[Participant, ...]:
        text = self.text
        sentences = text.parsed.sentences
        first = sentences[quote.sentence]
        end = first.last
        for later in sentences[quote.sentence + 1 : quote.sentence + 4]:
            if later.start >= quote.end or later.paragraph != first.paragraph:
                break
            end = later.last
        best: tuple[Participant, ...] = ()
        nearest = 1 << 30
        for place in range(first.first, end):
            token = text.tokens[place]
            inside = quote.start <= token.start < quote.end
            lemma = token.lemma.lower()
            if lemma == "accord" and not inside:
                found = self._according(place, memory)
                if found:
                    return found
            if token.pos != "VERB" or lemma not in text.cues["speech"]:
                continue
            subject = text.subject_of(place)
            if subject is None or quote.start <= text.tokens[subject].start < quote.end:
                continue
            if inside and token.start > quote.start:
                continue
            found = memory.whole(subject)
            distance = min(abs(token.start - quote.end), abs(quote.start - token.start))
            if found and distance < nearest:
                best, nearest = found, distance
        return best

    def _according(self, place: int, memory: Memory) -> tuple[Participant, ...]:
        text = self.text
        for kid in text.kids(place):
            if kid.dep == "prep":
                for noun in text.kids(kid.index):
                    found = memory.whole(noun.index)
                    if found:
                        return found
            found = memory.whole(kid.index)
            if found:
                return found
        return ()
