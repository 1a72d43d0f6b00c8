"""An explained text in words: the sentence with its parties marked, and how each event came about.

Pure: a record of plain data goes in, lines of pieces come out. A piece is words and what they are
(`actor`, `predicate` and so on); who prints them chooses brackets or colours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Piece = tuple[str, str]
"""Words and their kind: `actor`, `recipient`, `predicate`, `about`, `head`, `aside`, or nothing."""
Line = list[Piece]
BRACKETS = {"actor": "A", "predicate": "P", "recipient": "R", "about": "about"}
"""What stands before the words of a kind where there are no colours."""
_MOST_WORDS = 30
"""More are in the record only."""
_NAMES = ("predicate", "actor", "recipient", "about")
_HIDDEN = {
    **dict.fromkeys((*range(32), *range(127, 160), *range(0xD800, 0xE000)), "\ufffd"),
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd"),
    **dict.fromkeys((9, 10, 11, 12, 13, 0x85, 0x2028, 0x2029), " "),
}
"""Characters that would move the cursor, change colours or turn the direction of writing."""


def text(found: Mapping[str, Any]) -> str:
    """An explained text with its parties in brackets."""
    return "\n".join("".join(_bracketed(*piece) for piece in line) for line in lines(found))


def lines(found: Mapping[str, Any]) -> list[Line]:
    """An explained text, line by line."""
    told: list[Line] = []
    for number, sentence in enumerate(found["sentences"]):
        events = [event for event in found["events"] if event.get("sentence") == number]
        told += [*_sentence(sentence, events, found), []]
    if not found["sentences"]:
        told += [[("No sentence in it.", "")], []]
    told += _actors(found["actors"])
    told += _statements(found["statements"])
    return told


def marked(words: str, offset: int, event: Mapping[str, Any]) -> Line:
    """A sentence with the predicate and the parties of one event marked.

    Args:
        offset: first character of the sentence in the text.
    """
    spans = [(first - offset, last - offset, "predicate") for first, last in _predicate(event)]
    for kind, people in (("actor", "actors"), ("recipient", "recipients"), ("about", "about")):
        spans += [(one["start"] - offset, one["end"] - offset, kind) for one in event[people]]
    line: Line = []
    at = 0
    for start, end, kind in _apart(spans, len(words)):
        line += [(words[at:start], "")] if start > at else []
        line.append((words[start:end], kind))
        at = end
    rest = [(words[at:], "")] if at < len(words) else []
    return [(_clean(piece), kind) for piece, kind in [*line, *rest]]


def _bracketed(words: str, kind: str) -> str:
    return f"[{BRACKETS[kind]}:{words}]" if kind in BRACKETS else words


def _predicate(event: Mapping[str, Any]) -> Sequence[Sequence[int]]:
    found: Sequence[Sequence[int]] = event.get("predicate_spans") or ()
    return found or [(event["start"], event["end"])]


def _apart(spans: Iterable[tuple[int, int, str]], length: int) -> list[tuple[int, int, str]]:
    """Spans that lie in the sentence and not in each other; the predicate wins, then who acts."""
    kept: list[tuple[int, int, str]] = []
    for span in sorted(spans, key=lambda span: (_NAMES.index(span[2]), span[0])):
        is_inside = 0 <= span[0] < span[1] <= length
        if is_inside and all(span[1] <= other[0] or span[0] >= other[1] for other in kept):
            kept.append(span)
    return sorted(kept)


def _sentence(
    sentence: Mapping[str, Any], events: Sequence[Mapping[str, Any]], found: Mapping[str, Any]
) -> list[Line]:
    told: list[Line] = [[(_clean(sentence["text"]), "head")]]
    if not sentence["coded"]:
        return [*told, [(f"  not coded: {sentence['reason']}", "aside")]]
    told.append([("  Events", "head")])
    for event in events:
        told += _event(sentence, event)
    told += [] if events else [[("    none", "")]]
    told += _words(sentence["words"])
    return told + _left_out(sentence["left_out"], found["floor"])


def _event(sentence: Mapping[str, Any], event: Mapping[str, Any]) -> list[Line]:
    mode = f"-{event['mode']}" if event["mode"] else ""
    auxiliary = f" [{', '.join(event['auxiliary'])}]" if event["auxiliary"] else ""
    about = f", about {_codes(event['about'])}" if event["about"] else ""
    what = f"    {event['type']}{mode}{auxiliary}: {_parties(event)}{about}"
    told: list[Line] = [
        [(what, "head"), (f"; confidence {event['confidence']:.2f}, calibrated", "")],
        [("      ", ""), *marked(sentence["text"], sentence["start"], event)],
    ]
    by = event.get("decided")
    told.append([(f"      decided by {f'{by}: ' if by else ''}{event['rule']}", "")])
    features = event.get("features", ())
    grounds = [f"{one['name']} {one['adds']:+.2f}" for one in features if one["adds"]]
    if grounds:
        told.append([(f"      confidence from {', '.join(grounds)}", "aside")])
    return told


def _words(words: Sequence[Mapping[str, Any]]) -> list[Line]:
    told: list[Line] = [[("  Words looked at", "head")]]
    for word in words[:_MOST_WORDS]:
        told.append(
            [("    ", ""), (repr(_clean(word["text"])), "head"), (f": {_outcome(word)}", "")]
        )
        told.append([(f"      {_gate(word)}; {_model(word)}", "aside")])
        told.append([(f"      {_rules(word)}", "aside")])
    if len(words) > _MOST_WORDS:
        told.append([(f"    … and {len(words) - _MOST_WORDS} more; --json has them all", "")])
    return told if words else [*told, [("    none", "")]]


def _outcome(word: Mapping[str, Any]) -> str:
    outcome = word["outcome"]
    if outcome["type"] is None:
        return f"left out: {outcome['reason']}"
    by = f"{outcome['type']}, by {outcome['decided']}"
    return by if outcome["coded"] else f"{by}; left out: {outcome['reason']}"


def _gate(word: Mapping[str, Any]) -> str:
    gate = word["gate"]
    if gate is None:
        return "gate: not a word that told events before"
    sign = "passes" if gate["passes"] else "held back"
    return f"gate: {gate['score']:.2f}, {sign} (threshold {gate['threshold']:.2f})"


def _model(word: Mapping[str, Any]) -> str:
    model = word["model"]
    if model is None:
        return "model: not asked"
    types = ", ".join(f"{one['type']} {one['chance']:.2f}" for one in model["types"])
    named = [
        f"{BRACKETS[kind]} {', '.join(repr(_clean(one['text'])) for one in model[role])}"
        for kind, role in (("actor", "actors"), ("recipient", "recipients"), ("about", "about"))
        if model[role]
    ]
    return "; ".join([f"model: {types}", *named])


def _rules(word: Mapping[str, Any]) -> str:
    if not word["rules"]:
        return "rules: none fits"
    return "rules: " + "; ".join(
        f"{one['rule']} → {one['type']}" + ("" if one["event"] else " (makes no event here)")
        for one in word["rules"]
    )


def _left_out(left: Sequence[Mapping[str, Any]], floor: float) -> list[Line]:
    if not left:
        return []
    told: list[Line] = [[("  Considered and left out", "head")]]
    for one in left:
        what = repr(_clean(one["text"]))
        if one["type"] is not None:
            what += f" {one['type']} {_parties(one)}, confidence {one['confidence']:.2f}"
        reason = one["reason"]
        if one.get("repeats"):
            reason += f" ({_clean(one['repeats']['text'])!r})"
        elif one["confidence"] is not None:
            reason += f" of {floor:.2f}"
        told.append([(f"    {what}: {reason}", "")])
    return told


def _actors(actors: Sequence[Mapping[str, Any]]) -> list[Line]:
    told: list[Line] = [[("Actors", "head")]]
    for one in actors:
        who = _codes(one["actors"]) or "nobody in the register"
        told.append([(f"  {_clean(one['text'])!r} → {who} ({one['how']})", "")])
    return told if actors else [*told, [("  none", "")]]


def _statements(statements: Sequence[Mapping[str, Any]]) -> list[Line]:
    told: list[Line] = [[("Statements", "head")]]
    for one in statements:
        speaker = _codes(one["speakers"]) or _clean(one["speaker_text"] or "") or "unnamed"
        how = f"{one['form']}, {one['cue']}"
        told.append([(f"  {speaker} ({how}): {_clean(one['content'])!r}", "")])
    return told if statements else [*told, [("  none", "")]]


def _parties(event: Mapping[str, Any]) -> str:
    return f"{_codes(event['actors'])} → {_codes(event['recipients']) or '–'}"


def _codes(people: Iterable[Mapping[str, Any]]) -> str:
    return " + ".join(
        f"{who['code']}{'/' + who['sectors'][0] if who['sectors'] else ''}" for who in people
    )


def _clean(words: str) -> str:
    """Words that do nothing to a terminal; every character keeps its place."""
    return words.translate(_HIDDEN)
