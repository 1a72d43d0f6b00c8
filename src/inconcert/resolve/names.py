"""Names in the text, as of the date: states, seats, peoples, persons and the offices they hold."""

from __future__ import annotations

from inconcert.core.mention import Participant
from inconcert.resolve.memory import Nature
from inconcert.resolve.plan import Found, Plan
from inconcert.resolve.text import MODIFIERS, Hit, Text

_NATURES: dict[str, Nature] = {
    "person": "person",
    "surname": "person",
    "state": "state",
    "adjective": "state",
    "people": "people",
    "capital": "state",
    "city": "state",
    "metonym": "state",
    "organisation": "organisation",
    "group": "group",
    "bloc": "bloc",
}


class Names:
    """Reads the names of one document."""

    def __init__(self, text: Text, plan: Plan) -> None:
        self.text, self.plan = text, plan

    def name(self, hit: Hit) -> Found | None:
        """The phrase headed by a name; None where the name means nobody here."""
        text, entry = self.text, hit.entry
        nature = _NATURES[entry.kind]
        start, end = text.tokens[hit.first].start, text.tokens[hit.last - 1].end
        if nature == "person":
            return self._person_phrase(hit)
        if entry.kind in {"capital", "metonym", "city"}:
            return self._seat(hit, start, end)
        if entry.kind in {"adjective", "people"} and not self._is_modifier(hit.head):
            return None if self._is_language(hit) else self._people(hit, start, end)
        found: list[Participant] = []
        sure = 0.95
        for key in entry.actors:
            role, sure = text.register.role_on(text.register.actors[key], text.span)
            code, sectors = (key, ()) if role is None else (role.code, role.sectors)
            found.append(Participant(code, entry.sectors or sectors, None, start, end))
        how = "adjective of a nation" if entry.kind == "adjective" else "name"
        return Found(
            hit.first,
            hit.head,
            tuple(found),
            "name",
            how,
            0.8 if entry.kind == "adjective" else sure,
            nature=nature,
            is_plural=entry.kind in {"group", "bloc"},
        )

    def _is_modifier(self, place: int) -> bool:
        token = self.text.tokens[self.text.top_conjunct(place)]
        return token.dep in MODIFIERS - {"poss"}

    def _is_language(self, hit: Hit) -> bool:
        """`He speaks French`: a bare adjective that is no subject names a language."""
        text = self.text
        top = text.tokens[text.top_conjunct(hit.head)]
        if top.dep not in {"dobj", "pobj", "attr", "appos", "oprd"}:
            return False
        for token in (text.tokens[hit.head], top):
            is_plural = token.tag in {"NNS", "NNPS"} or text.lowered[token.index].endswith("s")
            if is_plural or any(
                kid.dep in {"det", "poss", "nummod"} for kid in text.kids(token.index)
            ):
                return False
        return True

    def _people(self, hit: Hit, start: int, end: int) -> Found:
        """`the Russians`, `Afghans`, `an American`."""
        text = self.text
        token = text.tokens[hit.head]
        is_plural = token.tag in {"NNS", "NNPS"} or token.pos == "ADJ" or _has_the(text, hit)
        words = {text.lowered[kid] for kid in text.children[hit.head]}
        sectors: tuple[str, ...] = () if _has_the(text, hit) and is_plural else ("CVL",)
        if _flees(text, hit.head):
            sectors = ("REF",)
        one, sure = self.acting(hit.entry.actors[0], sectors, words, start, end)
        return Found(
            hit.first,
            hit.head,
            (one,),
            "name",
            "people of a nation",
            min(sure, 0.85),
            nature="people",
            is_plural=is_plural,
        )

    def _seat(self, hit: Hit, start: int, end: int) -> Found:
        """A capital or seat: the government where it acts, a place elsewhere."""
        entry = hit.entry
        if entry.kind == "city" or (entry.is_place and self._reads_as_place(hit)):
            return self._place(hit, start, end)
        sectors = entry.sectors or ("GOV",)
        if self.text.register.actors[entry.actors[0]].kind == "organisation":
            sectors = entry.sectors
        one, sure = self.acting(entry.actors[0], sectors, set(), start, end)
        return Found(
            hit.first,
            hit.head,
            (one,),
            "name",
            "seat of a government for the government",
            min(sure, 0.85),
            nature="state",
        )

    def _place(self, hit: Hit, start: int, end: int) -> Found:
        found = Found(hit.first, hit.head, (), "name", "a place here, nobody acts", 0.8)
        country = self.text.register.country_of(hit.entry.actors[0])
        if country is not None:
            found.seat = Participant(country, (), None, start, end)
        return found

    def _reads_as_place(self, hit: Hit) -> bool:
        text = self.text
        token = text.tokens[text.top_conjunct(hit.head)]
        cues, parent = text.cues, text.tokens[token.head]
        if token.dep in {"pobj", "pcomp"}:
            if text.lowered[parent.head] == "according":
                return False
            return text.lowered[parent.index] in cues["place_prep"]
        if token.dep == "poss":
            return parent.lemma.lower() in cues["place_noun"]
        if token.dep in {"dobj", "nsubjpass"}:
            return parent.lemma.lower() in cues["place_verb"]
        if token.dep == "nsubj":
            return parent.lemma.lower() in cues["fall_verb"]
        return True

    # -- persons ----------------------------------------------------------------------------

    def person(self, hit: Hit) -> Participant | None:
        """The person a name means on that day, by title and nation where several fit."""
        register, span = self.text.register, self.text.span
        titles = self.plan.titles.get(hit.head, [])
        words = {self.text.lowered[title] for title in titles}
        if hit.first > 0:
            words.add(self.text.lowered[hit.first - 1])
        sectors = {sector for title in titles for sector in self.text.agents[title].sectors}
        best, best_score = None, -99.0
        for entry in hit.entries:
            if entry.kind not in {"person", "surname"}:
                continue
            for key in entry.actors:
                role, sure = register.role_on(register.actors[key], span)
                if role is None:
                    continue
                named = set((role.title or "").lower().split())
                fits = bool(named & words)
                if entry.kind == "surname":
                    clashes = bool(sectors) and sectors.isdisjoint(role.sectors) and not fits
                    if clashes and role.sectors:
                        continue
                    if (
                        entry.needs_title
                        and key not in self.text.seen
                        and not (
                            fits
                            or ("MIL" in sectors and "MIL" in role.sectors)
                            or not words.isdisjoint(self.text.cues["honorific"])
                        )
                    ):
                        continue
                score = sure + fits + (not entry.needs_title) + (key in self.text.seen) / 2
                if score > best_score:
                    start = self.text.tokens[hit.first].start
                    end = self.text.tokens[hit.last - 1].end
                    best = register.participant(key, span, start, end)
                    best_score = score
        return best

    def _person_phrase(self, hit: Hit) -> Found | None:
        text = self.text
        named = self.person(hit)
        if named is None:
            return None
        first = hit.first
        titles = self.plan.titles.get(hit.head, [])
        for title in titles:
            first = min(first, title, self.plan.collect(title).first)
        for kid in text.kids(hit.head):
            if kid.dep in MODIFIERS and kid.index in text.hits and kid.index in self.plan.consumed:
                first = min(first, text.hits[kid.index].first)
        span = (text.tokens[first].start, text.tokens[hit.last - 1].end)
        one = Participant(named.code, named.sectors, named.name, *span)
        actor = text.register.actors[hit.entry.actors[0]]
        role, _ = text.register.role_on(actor, text.span)
        held = "" if role is None or role.title is None else role.title.lower()
        office = frozenset(() if held.startswith("former") else held.split())
        return Found(
            first,
            hit.head,
            (one,),
            "name",
            "person in the register, role as of the date",
            0.95 if hit.entry.kind == "person" else 0.9,
            nature="person",
            is_person=True,
            titles=office | {text.lowered[title] for title in titles},
        )

    # -- offices and standing ---------------------------------------------------------------

    def in_office(
        self, place: int, one: Participant, words: set[str], *, whole: bool = False
    ) -> Participant:
        """The person who holds the office on that day, where the words are its full title.

        Args:
            whole: only a title that holds the of-phrase after the noun (`Secretary of State`).
        """
        text = self.text
        if not words.isdisjoint(text.cues["former"]):
            return one
        titles = self._office_titles(place)
        for title in (name for name in titles if " of " in name) if whole else titles:
            holder = text.register.holder(one.code, title, text.span)
            if holder is not None:
                return text.register.participant(holder.id, text.span, one.start, one.end)
        return one

    def _office_titles(self, place: int) -> list[str]:
        """Readings of an office, longest first: `secretary of state`, `foreign minister`."""
        lowered = self.text.lowered
        first = place
        while (
            first > 0
            and self.text.tokens[first - 1].head == place
            and (
                self.text.tokens[first - 1].dep in {"compound", "amod"}
                and first - 1 not in self.text.hits
            )
        ):
            first -= 1
        titles = [" ".join(lowered[first : place + 1])]
        if place + 2 < len(lowered) and lowered[place + 1] == "of":
            here = " ".join(lowered[first : place + 1])
            start = place + 3 if lowered[place + 2] == "the" else place + 2
            between = " ".join(lowered[place + 1 : start])
            titles = [
                f"{here} {between} {' '.join(lowered[start:end])}" for end in (start + 2, start + 1)
            ] + titles
        return titles

    def acting(
        self, code: str, sectors: tuple[str, ...], words: set[str], start: int, end: int
    ) -> tuple[Participant, float]:
        """A nation in a sector, as the actor of its own that the two may be on that day."""
        split = self.text.register.split(code, sectors, self.standing(words), self.text.span)
        if split is None:
            return Participant(code, sectors, None, start, end), 0.9
        return Participant(split[0], sectors, None, start, end), split[1]

    def standing(self, words: set[str]) -> str:
        """`former` or `new` where a word says so."""
        cues = self.text.cues
        for kind in ("former", "new"):
            if not cues[kind].isdisjoint(words):
                return kind
        return ""


def _has_the(text: Text, hit: Hit) -> bool:
    return text.has_kid(hit.head, "the") or text.lowered[hit.first - 1] == "the"


def _flees(text: Text, place: int) -> bool:
    following = text.tokens[place + 1] if place + 1 < len(text.tokens) else None
    return following is not None and (
        following.tag == "VBG" and following.lemma.lower() in text.cues["flee_verb"]
    )
