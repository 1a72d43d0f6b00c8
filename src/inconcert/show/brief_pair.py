"""Key judgements on two actors, from the source that the verdict is read from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from inconcert.core.evidence import EventRecord, StatementRecord, one_each, outlets
from inconcert.core.findings import Measured, SourceFindings
from inconcert.core.reading import TEXTS, Reading
from inconcert.core.verdict import Answer, Part
from inconcert.judge.amounts import NO_BREAK, counted, listed, noun, number, told_in
from inconcert.judge.answer import consultations_about
from inconcert.judge.claims import p_words
from inconcert.judge.coders import are_measured
from inconcert.judge.rules import ALIKE, CANNOT_TELL, IN_CONCERT, IN_PARALLEL, INDEPENDENT
from inconcert.judge.sayings import NOT_TOGETHER, OPEN, TOGETHER, told_by_kind
from inconcert.show.brief_confidence import (
    Confidence,
    Mark,
    agreement_of_sources,
    agreement_of_timing,
    of_reading,
    of_records,
)
from inconcert.show.brief_media import Known
from inconcert.show.brief_rows import of_each
from inconcert.show.estimative import likelihood
from inconcert.show.judgements import (
    PRIORS,
    Judged,
    Judgement,
    likelihood_of_claim,
    likelihood_of_codings,
)
from inconcert.show.notes import Cited, Notes
from inconcert.show.view import HEADS

Record = EventRecord | StatementRecord

MOST_FINDINGS = 3
"""Findings of who does which part that stand among the key judgements."""
MOST_NOTES = 3
"""Records of one judgement that are cited."""
SUGGESTIVE = "Suggestive"
TOLD = {
    "kinder in words": "{who} is kinder in words than in deeds toward {other}.",
    "kinder in deeds": "{who} is kinder in deeds than in words toward {other}.",
}
"""Findings as a sentence, by their value; any other stands as its title and value."""


class Pair:
    """Judgements on two actors, from the source that the head is read from."""

    def __init__(
        self, answer: Answer, notes: Notes, names: Callable[[str], str], known: Known
    ) -> None:
        assert answer.verdict is not None
        self.answer, self.notes, self.names, self.known = answer, notes, names, known
        self.verdict = answer.verdict
        self.asked = answer.question
        self.pair, self.other = listed(self.asked.names), self.asked.toward_name
        self.sides = (*(c for codes in self.asked.actors for c in codes), *self.asked.toward)
        self.first = answer.by_source[0] if answer.by_source else None
        self.is_texts = self.first is None or self.first.reading.source == TEXTS

    def judged(self) -> Judged:
        """Everything."""
        head, found, left = self.verdict.head, [], []
        if head != CANNOT_TELL:
            found.append(self._relation())
        for part in self.verdict.parts:
            one = self._part(part)
            if one is not None:
                found.append(one)
            elif not (part.name == "timing" and head in (ALIKE, IN_PARALLEL, INDEPENDENT)):
                left.append(f"{part.name.capitalize()} ({part.value}): {part.reason}")
        found += self._findings()
        said = self._sayings()
        bottom = HEADS[head].format(pair=self.pair, other=self.other)
        judgements = (*found, *([said] if said else []))
        return Judged(bottom, self.verdict.caveats[0], judgements, tuple(left))

    def _reading(self) -> Reading | None:
        return None if self.first is None else self.first.reading

    def _relation(self) -> Judgement:
        """The head of the verdict as a judgement, with a likelihood where one is calibrated."""
        reading, head = self._reading(), self.verdict.head
        told = HEADS[head].format(pair=self.pair, other=self.other)
        claims = reading.false_calls if reading is not None else None
        if head in (ALIKE, IN_CONCERT) and claims is not None and reading is not None:
            low, high = likelihood_of_claim(claims.count, claims.base_rate)
            told = (
                f"{likelihood(low, high)} that acts of {self.pair} toward {self.other} come "
                "together by more than what moves third parties too."
            )
            told += (
                f" The span holds if from {PRIORS[0] * 100:.0f} to "
                f"{PRIORS[1] * 100:.0f}{NO_BREAK}% of the pairs one asks about truly act together."
            )
        timing = self._value("timing")
        return Judgement(
            told,
            timing.reason if head != IN_CONCERT or timing.value == "co-acting" else "",
            self._confidence(self._timing_mark()),
            self._cite_days(),
        )

    def _value(self, name: str) -> Part:
        return next(part for part in self.verdict.parts if part.name == name)

    def _timing_mark(self) -> Mark:
        reading = self._reading()
        return Mark("unknown", "no test") if reading is None else agreement_of_timing(reading)

    def _confidence(self, agreement: Mark) -> Confidence:
        reading = self._reading()
        if reading is None or self.is_texts:
            return self._of_texts(self._deeds(), agreement)
        return of_reading(reading, agreement)

    def _of_texts(self, records: Sequence[Record], agreement: Mark) -> Confidence:
        unmeasured = not are_measured(self.answer.corpus.coders)
        return of_records(records, self.sides, agreement, known=self.known, unmeasured=unmeasured)

    def _deeds(self) -> tuple[EventRecord, ...]:
        return tuple(deed for column in self.answer.columns for deed in column.deeds)

    def _cite_days(self) -> tuple[int, ...]:
        reading = self._reading()
        if reading is None:
            return ()
        numbers: list[int] = []
        for day in reading.strongest[:MOST_NOTES]:
            numbers += self.notes.cite_all(of_each(day), source=reading.source)
            numbers += self.notes.cite_all(day.records[:2])
        return tuple(numbers)

    def _part(self, part: Part) -> Judgement | None:
        if part.name == "contact":
            return self._contact(part)
        if part.name == "stance":
            return self._stance(part)
        if part.value == "bloc-wide":
            return Judgement(
                f"{self.pair} act together with others alike: what is seen belongs to the bloc.",
                part.reason,
                self._confidence(self._timing_mark()),
                self._cite_days(),
            )
        if part.value == "undetermined" and part.reason.startswith(SUGGESTIVE):
            return Judgement(
                f"That acts of {self.pair} come together in time is suggested, not shown; no "
                "likelihood is given.",
                part.reason,
                self._confidence(self._timing_mark()),
                self._cite_days(),
            )
        return None

    def _contact(self, part: Part) -> Judgement | None:
        """Documented contact: of texts with the coder's own figures, of a dataset without any."""
        if part.value not in ("joint acts", "consulted"):
            return None
        if not self.is_texts:
            return self._contact_of_rows(part)
        found = self.answer.joint
        if part.value == "consulted":
            found = consultations_about(self.asked, self.answer.consultations)
        if not found:
            return None
        events = len(one_each(found))
        what = noun(events, "joint act" if part.value == "joint acts" else "consultation")
        low, high = likelihood_of_codings(found)
        one = "it is" if events == 1 else "at least one is"
        says = (
            f"The texts tell of {number(events)} {what} of {self.pair} "
            f"{'toward' if part.value == 'joint acts' else 'over'} {self.other}. "
            f"{likelihood(low, high)} that {one} told as coded, if the coder errs here as on the "
            "texts it was calibrated on. Read the "
            f"{noun(events, 'sentence')} before you use {'it' if events == 1 else 'them'}."
        )
        mark = agreement_of_sources(*self._contact_elsewhere())
        days = len({each.day for each in found if each.day is not None})
        on = f" on {counted(days, 'day')}" if days else ""
        why = f"Told in {told_in(len(found), outlets(found))}{on}."
        return Judgement(
            says, why, self._of_texts(found, mark), self.notes.cite_all(found[:MOST_NOTES])
        )

    def _contact_of_rows(self, part: Part) -> Judgement:
        reading = self._reading()
        assert reading is not None
        rows = reading.documented.joint[:MOST_NOTES]
        mark = agreement_of_sources(*self._contact_elsewhere())
        return Judgement(
            f"{reading.source} holds rows in which {self.pair} act jointly toward {self.other}; "
            "no likelihood is given, for how often its codes are wrong is not known to us.",
            part.reason,
            of_reading(reading, mark),
            self.notes.cite_all(rows, source=reading.source),
        )

    def _contact_elsewhere(self) -> tuple[int, int]:
        """Further sources that tell of contact, and those that could and do not."""
        values = [one.value("contact") for one in self.answer.by_source[1:]]
        same = sum(value in ("joint acts", "consulted") for value in values)
        return same, sum(value == "none found" for value in values)

    def _stance(self, part: Part) -> Judgement | None:
        words = {
            "aligned": f"{self.pair} treat {self.other} alike.",
            "apart": f"{self.pair} do not treat {self.other} alike.",
            "opposed": f"{self.pair} treat {self.other} in opposite ways.",
        }
        if part.value not in words:
            return None
        others = [one.value("stance") for one in self.answer.by_source[1:]]
        known = [value for value in others if value in words]
        same = known.count(part.value)
        mark = agreement_of_sources(same, len(known) - same)
        return Judgement(words[part.value], part.reason, self._confidence(mark))

    def _findings(self) -> list[Judgement]:
        """Of who does which part what a test has shown, strongest first; estimates are left out."""
        name = TEXTS if self.first is None else self.first.reading.source
        own = [one for one in self.answer.findings if one.source == name]
        others = [one for one in self.answer.findings if one.source != name]
        shown = [each for one in own for each in one.found if each.strength == "shown"]
        shown.sort(key=lambda each: each.corrected or 0.0)
        return [self._finding(each, name, others) for each in shown[:MOST_FINDINGS]]

    def _finding(self, one: Measured, name: str, others: Sequence[SourceFindings]) -> Judgement:
        """One finding; a source that cannot tell neither agrees nor disagrees."""
        values = [
            each.value
            for source in others
            for each in source.found
            if each.key == one.key and not each.refused
        ]
        same = sum(value == one.value for value in values)
        cited: tuple[Cited, ...] = (*one.records, *one.statements)
        title = (one.title[:1].upper() + one.title[1:]).replace(": ", ", ")
        who = title.partition(",")[0]
        says = TOLD.get(one.value, "{title}: {value}.").format(
            title=title, value=one.value, who=who, other=self.other
        )
        p = "" if one.corrected is None else f" After Holm over all tests {p_words(one.corrected)}."
        return Judgement(
            says,
            f"{one.sentence}{p}",
            self._confidence(agreement_of_sources(same, len(values) - same)),
            (
                *self.notes.cite_all(one.rows[:MOST_NOTES], source=name),
                *self.notes.cite_all(cited[:MOST_NOTES]),
            ),
        )

    def _sayings(self) -> Judgement | None:
        """What those who write say of it; nothing where nobody does."""
        found = self.answer.sayings
        if not found:
            return None
        kinds = Counter(one.says for one in found)
        told = told_by_kind(kinds)
        texts = len({one.at.document for one in found})
        is_split = kinds[TOGETHER] and kinds[NOT_TOGETHER]
        says = (
            "Those who write do not agree whether the two act together."
            if is_split
            else "Some who write say themselves whether the two act together."
        )
        order = (TOGETHER, NOT_TOGETHER, OPEN)
        firsts = [next(one for one in found if one.says == says) for says in order if kinds[says]]
        return Judgement(
            says,
            f"{counted(texts, 'text')} hold {told}; it counts toward nothing."
            if texts > 1
            else f"One text holds {told}; it counts toward nothing.",
            None,
            self.notes.cite_all([one.at for one in firsts]),
        )
