"""What there is to say about actors, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime


def tell_shown(one: Mapping[str, object]) -> str:
    """An actor with names, roles and memberships; what rests on no document is so marked."""
    mark = ", no document opened" if one["is_recalled"] else ""
    lines = [f"{one['name']} ({one['id']}), {one['kind']}; basis: {one['basis']}{mark}"]
    if one.get("merged"):
        lines.append(f"  answers also for: {_joined(one['merged'])}")
    names = [item["form"] for item in _items(one["names"])]
    lines.append(f"  names: {'; '.join(map(str, names))}")
    lines += [f"  {role['title'] or 'role'}: {_role_told(role)}" for role in _items(one["roles"])]
    for key, word in (("member_of", "member of"), ("members", "has the member")):
        for item in _items(one[key]):
            recalled = " (recalled)" if item["is_recalled"] else ""
            lines.append(f"  {word} {item['code']}: {_days_told(item)}{recalled}")
    lines += [
        f"  {item['title']} today: {item['name']} ({item['id']})" for item in _items(one["offices"])
    ]
    return "\n".join(lines)


def tell_list(found: Sequence[Mapping[str, object]]) -> str:
    """Actors, one a line."""
    if not found:
        return "Nobody in the register is of this kind and country."
    lines = [
        f"{one['name']} ({one['id']}): {one['kind']}, {_role_told(one)}"
        if "code" in one
        else f"{one['name']} ({one['id']}): {one['kind']}"
        for one in found
    ]
    return "\n".join([*lines, f"{len(found)} in all."])


def tell_unknown(found: Sequence[Mapping[str, object]]) -> str:
    """Unknown names with guess and example."""
    if not found:
        return "No name in the texts is missing from the register."
    lines = []
    for one in found:
        sectors = _joined(one["sectors"])
        told = " ".join(filter(None, (str(one["country"] or ""), sectors)))
        guess = f"guess: {one['kind']} {told}".rstrip() if one["kind"] else "no guess"
        lines.append(f"{one['name']}: {one['times']} times in {one['documents']} texts; {guess}")
        lines.append(f"  {one['sentence']}")
    advice = "Add them with `inconcert actors add ID --name … --code … --case …`."
    return "\n".join([*lines, advice])


def tell_decision(one: Mapping[str, object]) -> str:
    """A decision in words, with which id counts."""
    answers = one.get("answer_as")
    lines = [_line_told(one)]
    if isinstance(answers, dict):
        lines += [
            f"  {key} answers as {counts}; the code that counts is {counts}'s"
            if key != counts
            else f"  {key} answers as itself"
            for key, counts in answers.items()
        ]
    return "\n".join(lines)


def tell_log(found: Sequence[Mapping[str, object]]) -> str:
    """All decisions, one a line."""
    return "\n".join(map(_line_told, found)) or "No decisions on actors in this case."


def tell_as_of(asked: str | None) -> str | None:
    """For which day candidates are told, where none was given."""
    if asked is not None:
        return None
    return f"As of today, {datetime.now(UTC).date()}: no --date was given."


def _line_told(one: Mapping[str, object]) -> str:
    state = "" if one["holds"] else " (does not hold)"
    undoes = f" of {one['undoes']}" if one["undoes"] else ""
    note = f": {one['note']}" if one["note"] else ""
    subjects = _joined(one["subjects"])
    return f"{one['id']} {one['at']} {one['by']}: {one['decision']}{undoes} {subjects}{note}{state}"


def _role_told(role: Mapping[str, object]) -> str:
    return f"{role['code']} {_joined(role['sectors'])}".rstrip() + f"; {_days_told(role)}"


def _days_told(item: Mapping[str, object]) -> str:
    return f"{item['since'] or '…'} to {item['until'] or '…'}"


def _joined(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _items(value: object) -> list[dict[str, object]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
