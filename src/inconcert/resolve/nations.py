"""Which nation is meant where a phrase names none: by office, publisher, or the text before."""

from __future__ import annotations

from inconcert.core.mention import Participant
from inconcert.resolve import tables
from inconcert.resolve.memory import Memory
from inconcert.resolve.names import Names
from inconcert.resolve.plan import Found
from inconcert.resolve.text import Text

Answer = tuple[tuple[Participant, ...], str, float]
NOBODY: Answer = ((), "antecedent not found", 0.0)

_WAR_WINDOW, _OFFICE_WINDOW = 6, 8
_MANY = 2
"""So often a text must speak of a state at war before its refugees go without a name."""


class Nations:
    """Finds the nation of offices, governments, rebels and refugees told without one."""

    def __init__(self, text: Text, names: Names, memory: Memory) -> None:
        self.text, self.names, self.memory = text, names, memory

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

    # -- of the country spoken of -----------------------------------------------------------

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
        """The state that is the subject of the sentence before, else that of the dateline."""
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
        return text.dateline
