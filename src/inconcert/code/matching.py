"""Whether a row of the tables fits a clause, and who fills its slots."""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.code.clauses import CONTAINERS, Clauses, distinct
from inconcert.code.tables import Condition, Pattern, Tables
from inconcert.core.mention import Participant

_OWNED = {"about", "over", "on", "against", "at", "of", "for"}
"""Prepositions whose object may stand for its owner: "concern about Russia's invasion"."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """Logical subject and object of a verb: voice undone.

    Attributes:
        subjects: heads of who acts.
        objects: heads of what is acted upon.
        receivers: heads of the indirect object.
    """

    subjects: tuple[int, ...]
    objects: tuple[int, ...]
    receivers: tuple[int, ...]


def arguments(clauses: Clauses, verb: int) -> Arguments:
    """Undo the passive: the by-phrase acts, the subject is acted upon (or given to)."""
    if clauses.tokens[verb].pos == "ADJ":
        return Arguments(tuple(clauses.subjects_of_adjective(verb)), (), ())
    objects = tuple(clauses.objects(verb))
    datives = tuple(
        kid.index for kid in clauses.parsed.kids(verb, "dative") if kid.pos not in {"ADP", "PART"}
    )
    if not clauses.is_passive(verb):
        return Arguments(tuple(clauses.subjects(verb)), objects, datives)
    surface = tuple(clauses.subjects(verb))
    agents = tuple(clauses.agents(verb))
    if objects:
        return Arguments(agents, objects, surface)
    return Arguments(agents, surface, datives)


def best_pattern(clauses: Clauses, tables: Tables, verb: int) -> Pattern | None:
    """The most demanding row of the verb's table that holds; one of type `NONE` is a veto."""
    for pattern in tables.verbs.get(clauses.tokens[verb].lemma.lower(), ()):
        if all(holds(clauses, condition, verb) for condition in pattern.conditions):
            return pattern
    return None


def holds(clauses: Clauses, condition: Condition, verb: int) -> bool:
    """Whether one requirement of a row holds for a verb (or governing noun or adjective)."""
    match condition.key:
        case "prt":
            return _has_particle(clauses, verb, condition.word or "")
        case "obj":
            objects = arguments(clauses, verb).objects
            return bool(objects) and any(_fits(clauses, condition, head) for head in objects)
        case "noobj":
            return not arguments(clauses, verb).objects
        case "prep":
            return _has_phrase(clauses, condition, verb)
        case "subj":
            return _subject_fits(clauses, condition, verb)
        case "xcomp":
            return bool(complements(clauses, verb))
        case "ccomp":
            return any(
                clauses.parsed.kids(inner, "nsubj", "nsubjpass", "expl")
                for inner in complements(clauses, verb, "ccomp")
            )
        case "passive":
            return clauses.is_passive(verb)
        case "active":
            return not clauses.is_passive(verb)
        case "mod":
            kids = clauses.parsed.kids(verb, "advmod", "acomp", "oprd", "prt", "attr", "npadvmod")
            return any(kid.lemma.lower() in condition.values for kid in kids)
        case _:
            return False


def complements(
    clauses: Clauses, verb: int, kind: str = "xcomp", *, quoted: bool = False
) -> list[int]:
    """Verbal complements of a verb, adjective or noun.

    Args:
        kind: `xcomp` for to-infinitives and -ing forms, `ccomp` for clauses with a subject of
            their own as well.
        quoted: also words inside quotation marks, where the verb stands outside.
    """
    found = []
    for kid in clauses.parsed.kids(verb, "xcomp", "ccomp", "advcl"):
        is_words = clauses.is_quoted(kid.index) and not clauses.is_quoted(verb)
        if kid.pos not in {"VERB", "AUX"} or (is_words and not quoted):
            continue
        is_bare = _is_infinitive(clauses, kid.index) or (
            kid.tag == "VBG" and not clauses.parsed.kids(kid.index, "aux")
        )
        if kid.dep == "advcl":
            is_complement = _is_infinitive(clauses, kid.index)
        else:
            is_complement = is_bare or kind == "ccomp"
        if is_complement:
            found.append(kid.index)
    for kid in clauses.parsed.kids(verb, "prep"):
        found += [inner.index for inner in clauses.parsed.kids(kid.index, "pcomp")]
    return found


def _is_infinitive(clauses: Clauses, verb: int) -> bool:
    return any(kid.tag == "TO" for kid in clauses.parsed.kids(verb, "aux"))


def head_lemmas(clauses: Clauses, head: int) -> set[str]:
    """Lemmas a noun phrase may be tested by: its head, its conjuncts, what a container holds."""
    token = clauses.tokens[head]
    found = {token.lemma.lower()}
    if token.lemma.lower() in CONTAINERS:
        for preposition in ("of", "in"):  # tons of food, $300 million in aid
            for noun in clauses.prepositional(head, preposition):
                found.add(clauses.tokens[noun].lemma.lower())
    for kid in clauses.parsed.kids(head, "conj"):
        found.add(kid.lemma.lower())
    return found


def _fits(clauses: Clauses, condition: Condition, head: int) -> bool:
    if condition.needs_actor:
        return bool(clauses.actors_at(head)) or clauses.place_at(head) is not None
    if not condition.values or condition.values & head_lemmas(clauses, head):
        return True
    actors = clauses.actors_at(head)
    if "actors" in condition.values and len({actor.code for actor in actors}) > 1:
        return True
    return any(sector in condition.values for actor in actors for sector in actor.sectors)


def _has_particle(clauses: Clauses, verb: int, word: str) -> bool:
    kids = clauses.parsed.kids(verb, "prt", "advmod", "prep")
    return any(kid.text.lower() == word for kid in kids)


def _has_phrase(clauses: Clauses, condition: Condition, verb: int) -> bool:
    word = condition.word or ""
    heads = clauses.prepositional(verb, word)
    for head in arguments(clauses, verb).objects if not heads else ():
        heads = heads + clauses.prepositional(head, word)
    if not heads:
        return clauses.has_preposition(verb, word) and not (
            condition.values or condition.needs_actor
        )
    return any(_fits(clauses, condition, head) for head in heads)


def _subject_fits(clauses: Clauses, condition: Condition, verb: int) -> bool:
    return any(_fits(clauses, condition, head) for head in arguments(clauses, verb).subjects)


def fill(
    clauses: Clauses, verb: int, found: Arguments, slots: tuple[str, ...]
) -> tuple[Participant, ...]:
    """The first slot that yields an actor."""
    for slot in slots:
        named = _slot(clauses, verb, found, slot)
        if named:
            return named
    return ()


def _slot(clauses: Clauses, verb: int, found: Arguments, slot: str) -> tuple[Participant, ...]:
    if slot == "obj":
        return _all(clauses, found.objects)
    if slot == "iobj":
        return _all(clauses, found.receivers) or _all(clauses, clauses.prepositional(verb, "to"))
    if slot == "comp":
        return _of_complement(clauses, verb)
    if slot.startswith("obj."):
        return _inside_objects(clauses, found.objects, slot.removeprefix("obj."))
    first, _, inner = slot.partition(".")
    heads = clauses.prepositional(verb, first)
    for head in (*found.objects, *clauses.phrases(verb)):  # took part in drills with B
        heads += clauses.prepositional(head, first)
    if inner:  # under.from: "came under attack from"
        heads = [noun for head in heads for noun in clauses.prepositional(head, inner)]
        return _all(clauses, heads)
    return _all(clauses, heads) or (
        distinct(actor for head in heads for actor in clauses.possessors(head))
        if first in _OWNED
        else ()
    )


def _inside_objects(
    clauses: Clauses, objects: tuple[int, ...], part: str
) -> tuple[Participant, ...]:
    named: list[Participant] = []
    for head in objects:
        if part == "poss":
            named += clauses.possessors(head)
        elif part == "mod":
            named += clauses.modifiers(head)
        else:
            for noun in clauses.prepositional(head, part):
                named += clauses.actors_at(noun)
    return distinct(named)


def _of_complement(clauses: Clauses, verb: int, depth: int = 0) -> tuple[Participant, ...]:
    """Actors in a complement: its subject, else its object ("get B to pay": B)."""
    for complement in complements(clauses, verb, "ccomp"):
        subjects = clauses.parsed.kids(complement, "nsubj", "nsubjpass")
        named = _all(clauses, tuple(kid.index for kid in subjects))
        named = named or _all(clauses, clauses.objects(complement))
        if not named and depth < 1:
            named = _of_complement(clauses, complement, depth + 1)
        if named:
            return named
    return ()


def _all(clauses: Clauses, heads: tuple[int, ...] | list[int]) -> tuple[Participant, ...]:
    return distinct(actor for head in heads for actor in clauses.actors_at(head))
