"""Which nation is meant where a phrase names none: by office, publisher, or the text before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from inconcert.core.mention import Participant
from inconcert.resolve import tables
from inconcert.resolve.lexicon import Entry, split_words
from inconcert.resolve.memory import Memory
from inconcert.resolve.names import Names
from inconcert.resolve.plan import Found
from inconcert.resolve.text import Text

Answer = tuple[tuple[Participant, ...], str, float]
NOBODY: Answer = ((), "antecedent not found", 0.0)

_WAR_WINDOW, _OFFICE_WINDOW = 6, 8
_OUTSIDE = frozenset({"REB", "PRM", "CRM", "REF", "SPY", "OPP", "INT"})
"""Sectors of those who are not taken for one's own people without a word."""
_HOLDS = 0.9
"""So sure that a person in a title holds the office on the day."""
_VOCATIVE = 8
"""Tokens of a sentence that only thanks somebody for the floor."""
_MANY = 2
"""So often a text must speak of a state at war before its refugees go without a name."""
_NEAR = 1
"""Sentences back in which another state must be named for `the country` to be that one."""
_SUMMIT = 3
"""So many persons of different states in a title speak for all of them when they say `we`."""


class Setting:
    """Where and among whom a document is spoken, as its title tells.

    Attributes:
        is_un: spoken before a body of the United Nations.
        parties: codes of those in whose common name it speaks; empty where it is one voice.
        is_domestic: of a state that speaks, with no foreigner in the title.
        is_appointing: tells of one's own people for an office.
    """

    def __init__(self, text: Text) -> None:
        self.text = text
        title = text.parsed.document.title or ""
        lowered, cues = title.lower(), text.cues
        self.is_un = any(phrase in lowered for phrase in cues["un_title"])
        named = list(self._named(title))
        self.states = tuple(code for _, code in named if code in text.register.states)
        persons = dict.fromkeys(code for kind, code in named if kind == "person")
        self.parties: tuple[str, ...] = ()
        if len(persons) >= _SUMMIT:
            self.parties = tuple(persons)
        elif any(phrase in lowered for phrase in cues["joint_title"]):
            codes = tuple(dict.fromkeys(code for _, code in named))
            self.parties = codes if len(codes) > 1 else ()
        speaker = text.parsed.document.speaker
        foreign = {code for _, code in named if code != text.home}
        is_state = speaker is not None and speaker in text.register.states
        is_state = is_state and not any(phrase in lowered for phrase in cues["abroad_title"])
        self.is_domestic = is_state and not (foreign or self.is_un or self.parties)
        self.is_appointing = self.is_domestic and not cues["appointing_word"].isdisjoint(
            lowered.split()
        )
        self._turns: list[str | None] | None = None

    def voice(self, place: int, answer: Answer, *, is_one: bool) -> Answer:
        """Whom the first person means where several speak in turn, or all together."""
        text, token = self.text, self.text.tokens[place]
        if not self.parties or not answer[0] or text.quote_at(token.start) is not None:
            return answer
        if not is_one:
            every = tuple(self._party(code, token.start, token.end) for code in self.parties)
            return every, "all in whose name the document speaks", 0.7
        if any(paragraph.speaker for paragraph in text.parsed.paragraphs):
            return answer
        if self._turns is None:
            self._turns = self._find_turns()
        code = self._turns[token.sentence]
        if code is None:
            return NOBODY
        return (self._party(code, token.start, token.end),), "whose turn it is to speak", 0.6

    def _party(self, code: str, start: int, end: int) -> Participant:
        sectors = ("GOV",) if code in self.text.register.states else ()
        return Participant(code, sectors, None, start, end)

    def _named(self, title: str) -> Iterator[tuple[str, str]]:
        """States, organisations and persons in a title, with their codes."""
        lexicon = self.text.register.lexicon
        words = split_words(title)
        lowered = tuple(word.lower() for word in words)
        place = 0
        while place < len(words):
            entries = lexicon.at(words, lowered, place) if lowered[place] in lexicon else ()
            for entry in entries[:1]:
                code = self._code(entry)
                if code is not None:
                    yield ("person" if entry.kind in {"person", "surname"} else "body"), code
            place += len(entries[0].words) if entries else 1

    def _code(self, entry: Entry) -> str | None:
        """The state or organisation of a name in a title; None for nobody."""
        register, span = self.text.register, self.text.span
        if not entry.actors or entry.kind in {"stop", "bloc"}:
            return None
        if entry.only_from not in {None, self.text.home} or (
            entry.not_from is not None and entry.not_from == self.text.home
        ):
            return None
        if entry.kind not in {"person", "surname"}:
            code = entry.actors[0]
            return register.country_of(code) or code
        for key in entry.actors:
            role, sure = register.role_on(register.actors[key], span)
            if role is not None and sure > _HOLDS:
                return role.code
        return None

    def _find_turns(self) -> list[str | None]:
        """The code of whoever speaks each sentence, where turns are not labelled.

        `I yield to my friend from India` gives the floor, `On behalf of the Australian people`
        takes it; after `Thank you, Mr. President` alone nobody knows whose it is.
        """
        text, cues = self.text, self.text.cues
        found: list[str | None] = []
        now: str | None = text.home
        for sentence in text.parsed.sentences:
            places = range(sentence.first, sentence.last)
            lowered = text.lowered[sentence.first : sentence.last]
            if "behalf" in lowered:
                start = sentence.first + lowered.index("behalf")
                now = self._party_in(range(start, min(start + 5, sentence.last))) or now
            found.append(now)
            given = [place for place in places if text.lowered[place] in cues["handover_verb"]]
            if given and not cues["i_pronoun"].isdisjoint(lowered):
                now = self._party_in(range(given[-1], sentence.last), but=now) or now
            elif lowered[:2] == ["thank", "you"] and len(lowered) <= _VOCATIVE:
                is_named = any(
                    place in text.agents and text.agents[place].is_person for place in places
                )
                now = None if is_named else now
        return found

    def _party_in(self, places: range, *, but: str | None = None) -> str | None:
        """The one party that is named among tokens."""
        hits = [self.text.hits[place] for place in places if place in self.text.hits]
        codes = {self._code(hit.entry) for hit in hits}
        codes = {code for code in codes if code in self.parties and code != but}
        return codes.pop() if len(codes) == 1 else None


class Nations:
    """Finds the nation of offices, governments, rebels and refugees told without one."""

    def __init__(self, text: Text, names: Names, memory: Memory) -> None:
        self.text, self.names, self.memory = text, names, memory
        self.setting = Setting(text)

    # -- of the publisher -------------------------------------------------------------------

    def at_home(self, found: Found, *, whole: bool = False) -> Answer:
        """`the President`, `the Secretary of State`, with capitals, in a document of a state.

        Args:
            whole: only where the of-phrase belongs to the title.
        """
        text, place = self.text, found.place
        if text.home is None or not found.is_person or not text.words[place][0].isupper():
            return NOBODY
        token = text.tokens[place]
        bare = Participant(text.home, (), None, token.start, token.end)
        one = self.names.in_office(place, bare, set(), whole=whole)
        if one is bare:
            return NOBODY
        return (one,), "holder of the office in the country whose document it is", 0.7

    def realm(self, place: int) -> Answer:
        """`the Kingdom`, `the Republic`, with a capital, in a speech of a state: itself."""
        text = self.text
        speaker = text.parsed.document.speaker
        of = any(kid.dep in {"prep", "compound", "amod"} for kid in text.kids(place))
        if speaker not in text.register.states or of or not text.has_kid(place, "the"):
            return NOBODY
        token = text.tokens[place]
        one = Participant(str(speaker), (), None, token.start, token.end)
        return (one,), "state in whose name the document speaks", 0.7

    def own_administration(self, place: int, agent: tables.Agent) -> Answer:
        """`the last administration` in a paper of a state that calls its government so."""
        text = self.text
        if agent.noun != "administration" or not text.is_own_paper or text.home is None:
            return NOBODY
        token = text.tokens[place]
        one = Participant(text.home, agent.sectors, None, token.start, token.end)
        return (one,), "government of the country whose document it is", 0.6

    def home_people(self, place: int, noun: int) -> Answer:
        """`families … their` in a document of a state on its own affairs."""
        text = self.text
        agent = text.agents.get(noun)
        sectors = ("CVL",) if agent is None else agent.sectors
        is_anybody = text.lowered[noun] in text.cues["anybody_noun"]
        code = text.home
        if code is None or is_anybody or not self.setting.is_domestic:
            return NOBODY
        if not _OUTSIDE.isdisjoint(sectors):
            return NOBODY
        token = text.tokens[place]
        one = Participant(code, sectors, None, token.start, token.end)
        return (one,), "people of the country whose document it is", 0.5

    def president(self, place: int) -> Answer:
        """`he` where no person was told before, in a document of the head of state's own house."""
        text, token = self.text, self.text.tokens[place]
        is_woman = text.lowered[place] in text.cues["she_pronoun"]
        if not self.setting.is_domestic or text.president is None:
            return NOBODY
        if (text.president.name in tables.women()) != is_woman:
            return NOBODY
        one = text.register.participant(text.president.id, text.span, token.start, token.end)
        return (one,), "head of the state whose document it is", 0.35

    def own_government(self, place: int) -> Answer:
        """`Government`, `the Government`, with a capital: of the state spoken of, or one's own."""
        text = self.text
        kids = {kid.dep for kid in text.kids(place)} - {"det", "punct", "case", "cc", "conj"}
        if kids or not text.words[place][0].isupper() or text.tokens[place].tag == "NNS":
            return NOBODY
        answer = self._state_near(place, "government of the country spoken of, or one's own")
        return tuple(
            Participant(one.code, ("GOV",), None, one.start, one.end) for one in answer[0]
        ), *answer[1:]

    def home_body(self, place: int) -> Answer:
        """`the Department`, `the agency` in a document of a state on its own affairs."""
        text = self.text
        kids = {kid.dep for kid in text.kids(place)}
        if not self.setting.is_domestic or text.home is None or not text.has_kid(place, "the"):
            return NOBODY
        if kids - {"det", "punct", "case", "relcl", "appos"}:
            return NOBODY
        token = text.tokens[place]
        one = Participant(text.home, ("GOV",), None, token.start, token.end)
        return (one,), "body of the country whose document it is", 0.5

    # -- of the country spoken of -----------------------------------------------------------

    def the_country(self, place: int) -> Answer:
        """`the country`, `the nation`: another one just named, else that of the speaker."""
        text = self.text
        kids = text.kids(place)
        if not text.has_kid(place, "the") or text.tokens[place].tag not in {"NN", "NNP"}:
            return NOBODY
        if {kid.dep for kid in kids} - {"det", "punct", "case", "amod", "cc", "conj"}:
            return NOBODY
        if any(text.lowered[kid.index] in text.cues["other_word"] for kid in kids):
            return NOBODY
        return self._state_near(place, "country spoken of last, else the speaker's")

    def the_people(self, place: int) -> Answer:
        """`the people`: of another state just named, or at home of one's own."""
        text = self.text
        kids = text.kids(place)
        extra = {kid.dep for kid in kids} - {"det", "punct", "case", "cc", "conj"}
        if extra or not text.has_kid(place, "the"):
            return NOBODY
        answer = self._state_near(place, "people of the country spoken of", _NEAR + 1)
        own = text.parsed.document.speaker
        if answer[0] and answer[0][0].code == own and not self.setting.is_domestic:
            return NOBODY
        return tuple(
            Participant(one.code, ("CVL",), None, one.start, one.end) for one in answer[0]
        ), *answer[1:]

    def _state_near(self, place: int, how: str, window: int = _NEAR) -> Answer:
        text = self.text
        token, speaker = text.tokens[place], text.parsed.document.speaker
        codes: list[str] = []
        for back in range(window + 1):
            near = self.memory.spoken_near(token.sentence, back, but=speaker)
            codes = codes or [code for code in near if code in text.register.states]
        if len(codes) == 1:
            code: str | None = codes[0]
        elif codes or speaker not in text.register.states:
            return NOBODY
        else:
            code = speaker
        if code is None:
            return NOBODY
        return (Participant(code, (), None, token.start, token.end),), how, 0.5

    def office_abroad(self, found: Found) -> Answer:
        """`the Prime Minister`: who holds that office in the state spoken of last."""
        text, place = self.text, found.place
        if not found.is_person or found.is_plural or not text.has_kid(place, "the"):
            return NOBODY
        token = text.tokens[place]
        near = self.memory.spoken_near(token.sentence, _OFFICE_WINDOW, but=text.home)
        for code in near:
            bare = Participant(code, (), None, token.start, token.end)
            one = self.names.in_office(place, bare, set())
            if one is not bare:
                return (one,), "holder of the office in the country spoken of", 0.5
        return NOBODY

    def standing(self, place: int, agent: tables.Agent, words: set[str]) -> Answer:
        """`the previous government`, `the new administration`: of the nation spoken of."""
        text, cues = self.text, self.text.cues
        words = words | {
            text.lowered[below] for kid in text.children[place] for below in text.children[kid]
        }
        standing = next((kind for kind in ("former", "new") if cues[kind] & words), "")
        if not standing or agent.group not in {"government", "force"} or agent.is_person:
            return NOBODY  # fallen soldiers are no army that fell
        if any(text.words[kid][0].isupper() for kid in text.children[place] if kid < place):
            return NOBODY
        for code, count in self.memory.states.most_common():
            if count < _MANY:
                break
            for rule in tables.splits():
                if rule.code == code and rule.standing == standing:
                    split = text.register.split(code, agent.sectors, standing, text.span)
                    if split is not None:
                        here = (text.tokens[place].start, text.tokens[place].end)
                        one = Participant(split[0], agent.sectors, None, *here)
                        return (one,), f"{standing} government of the country spoken of", 0.6
        return NOBODY

    def at_war(self, place: int, sectors: tuple[str, ...]) -> Answer:
        """Rebels or refugees without a nation: of the state at war that the text speaks of.

        It must be the one spoken of most of all states at war, and most of all states lately.
        """
        text, memory = self.text, self.memory
        counts = [
            (memory.states[role.code], role.code)
            for role in tables.conflicts()
            if role.holds(text.span) and memory.states[role.code] >= _MANY
        ]
        counts.sort(reverse=True)
        if not counts or (len(counts) > 1 and counts[0][0] < 2 * counts[1][0]):
            return NOBODY
        code = counts[0][1]
        if text.is_speech:
            sentence = text.tokens[place].sentence
            near = memory.spoken_near(sentence, _WAR_WINDOW, but=text.home)
            if not near or near.most_common(1)[0][0] != code:
                return NOBODY
        split = text.register.split(code, sectors, "", text.span)
        if split is None:
            return NOBODY
        token = text.tokens[place]
        one = Participant(split[0], sectors, None, token.start, token.end)
        return (one,), "of the country at war spoken of", 0.5

    def speaks_before(self, place: int) -> str | None:
        """The state that is the subject of the sentence before, else that of the dateline.

        Else it is the one state that the text is about.
        """
        told = self._subject_before(place) or self.text.dateline
        return told if told or self.text.home else self._about_one()

    def of_the_scene(self, place: int) -> str | None:
        """The state whose police or ministries a report speaks of without naming a nation.

        It is the subject of the sentence before, or the one state that the text is about.
        """
        return self._subject_before(place) or self._about_one()

    def _about_one(self) -> str | None:
        """The state spoken of so far, twice at least and twice as often as any other.

        A dateline counts as well, or stands alone; the title counts twice.
        """
        counts = self.memory.states + Counter(2 * self.setting.states)
        if self.text.dateline is not None:
            counts[self.text.dateline] += 1
        (code, count), (_, next_) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
        if count < 2 * max(next_, code != self.text.dateline):
            return None
        return code if code in self.text.register.states else None

    def _subject_before(self, place: int) -> str | None:
        text, memory = self.text, self.memory
        sentence = text.tokens[place].sentence
        paragraphs = text.parsed.sentences
        ref = memory.last(
            place,
            lambda one: (
                one.is_main
                and one.sentence == sentence - 1
                and one.nature in {"state", "people"}
                and len(one.participants) == 1
            ),
            since=sentence - 1,
        )
        if ref is not None and paragraphs[sentence - 1].paragraph == paragraphs[sentence].paragraph:
            return text.register.country_of(ref.participants[0].code)
        return None
