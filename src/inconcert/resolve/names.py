"""Names in the text, as of the date: states, seats, peoples, persons and the offices they hold."""

from __future__ import annotations

from inconcert.core.mention import Participant
from inconcert.resolve import beside
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
_NO_PERSON = ("organisation_word", "no_name", "place_part")


class Names:
    """Reads the names of one document."""

    def __init__(self, text: Text, plan: Plan) -> None:
        self.text, self.plan = text, plan
        self.strangers: dict[str, Participant] = {}
        beside.bind(text, plan)

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
        of_people = entry.kind == "adjective" and self._is_of_people(hit.head)
        if of_people:
            nature = "people"
        return Found(
            hit.first,
            hit.head,
            tuple(found),
            "name",
            how,
            0.8 if entry.kind == "adjective" else sure,
            nature=nature,
            is_plural=entry.kind in {"group", "bloc"} or of_people,
        )

    def _is_of_people(self, place: int) -> bool:
        """`my Palestinian brothers`: the adjective tells who they are."""
        text = self.text
        noun = text.tokens[place].head
        return text.lowered[noun] in text.cues["people_noun"] and noun not in text.hits

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
        code = beside.told_state(self.text, hit) if entry.kind == "metonym" else None
        one, sure = self.acting(code or entry.actors[0], sectors, set(), start, end)
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

    def person(self, hit: Hit, *, title: int | None = None) -> Participant | None:
        """The person a name means on that day, by title and nation where several fit.

        Args:
            title: the one office beside the name that is asked for; all of them if None.
        """
        one = self._person(hit)
        return None if one is None else beside.in_office_told(self.text, hit, one, title)

    def _person(self, hit: Hit) -> Participant | None:
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
                if entry.kind == "surname" and beside.is_of_other_sex(
                    self.text, register.actors[key].name, words
                ):
                    continue
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

    # -- persons whom nobody knows -----------------------------------------------------------

    def stranger(self, place: int, *, home: str | None) -> Found | None:
        """An unknown person: `the Swedish author Hans Rosling`.

        At home any two capitalised words in the place of one who acts or is chosen for an office.

        Args:
            home: state of the people whom the document tells of; None where that is not told.
        """
        text = self.text
        token = text.tokens[place]
        if token.dep == "compound" or not token.text[0].isupper() or not token.text[-1].isalpha():
            return None
        first = self._run(place)
        last_name = text.lowered[place]
        if first == place:
            known = self.strangers.get(last_name)
            return None if known is None else self._stranger(place, place, known)
        words = text.lowered[first : place + 1]
        if any(not text.cues[kind].isdisjoint(words) for kind in _NO_PERSON):
            return None
        code = self._nation_of_title(place) or (home if self._is_person_here(place) else None)
        if code is None:
            return None
        name = " ".join(text.words[first : place + 1])
        one = Participant(code, ("CVL",), name, text.tokens[first].start, token.end)
        self.strangers[last_name] = one
        return self._stranger(first, place, one)

    def _stranger(self, first: int, place: int, one: Participant) -> Found:
        tokens = self.text.tokens
        here = Participant(one.code, one.sectors, one.name, tokens[first].start, tokens[place].end)
        return Found(
            first, place, (here,), "name", "unknown person of this nation", 0.4, "person",
            is_person=True,
        )  # fmt: skip

    def _run(self, place: int) -> int:
        """First token of the capitalised words that make a name, titles left out."""
        text, first = self.text, place
        while first > 0:
            before = text.tokens[first - 1]
            is_part = before.pos == "PROPN" and before.dep == "compound" and before.head == place
            is_part = is_part and before.text[0].isalpha() and "=" not in before.text
            if not is_part or before.index in text.agents or before.index in text.hits:
                break
            if text.lowered[before.index] in text.cues["honorific"]:
                break
            first -= 1
        return first

    def _nation_of_title(self, place: int) -> str | None:
        """`Swedish` of `the Swedish author Hans Rosling`."""
        text = self.text
        for title in text.kids(place):
            agent = text.agents.get(title.index)
            if agent is None or not agent.is_person or title.index > place:
                continue
            for kid in (*text.kids(title.index), *text.kids(place)):
                hit = text.hits.get(kid.index)
                if hit is not None and hit.entry.kind in {"adjective", "state"}:
                    return hit.entry.actors[0] if kid.index < place else None
        return None

    def _is_person_here(self, place: int) -> bool:
        """Whether a name stands where persons do: no article, who acts or is chosen."""
        text = self.text
        if text.has_kid(place, "the", "of", "for", "on"):
            return False
        sentence = text.parsed.sentences[text.tokens[place].sentence]
        if self._run(place) == sentence.first and text.lowered[place + 1 : place + 2] == [","]:
            return True  # a heading: `Laurie Stone, Director of …`
        token = text.tokens[text.top_conjunct(place)]
        if token.dep == "conj":  # joined to the verb by a slip of the parser
            return text.has_kid(place, "as")
        return token.dep in {"nsubj", "nsubjpass", "dobj", "ROOT"}

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
        while first < place and lowered[first] in self.text.cues["office_adjective"]:
            first += 1  # `seventh President`
        if self.text.is_secretary_general(place):
            lesser = self.lesser(place)
            return [f"{lesser}secretary-general", f"{lesser}secretary general"]
        titles = [" ".join(lowered[first : place + 1])]
        if place + 2 < len(lowered) and lowered[place + 1] == "of":
            here = " ".join(lowered[first : place + 1])
            start = place + 3 if lowered[place + 2] == "the" else place + 2
            between = " ".join(lowered[place + 1 : start])
            titles = [
                f"{here} {between} {' '.join(lowered[start:end])}" for end in (start + 2, start + 1)
            ] + titles
        return titles

    def lesser(self, place: int) -> str:
        """`deputy ` of `Deputy Secretary-General`, at its last word; empty for the chief."""
        lowered = self.text.lowered
        start = place - 2 if lowered[place - 1] == "-" else place - 1
        before = [word for word in lowered[max(0, start - 2) : start] if word != "-"]
        is_lesser = bool(before) and before[-1] in self.text.cues["lesser_office"]
        return f"{before[-1]} " if is_lesser else ""

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
