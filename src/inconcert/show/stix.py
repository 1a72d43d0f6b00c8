"""Events for threat-intelligence platforms: a STIX 2.1 bundle.

- `identity`: actors, by code; and outlets.
- `x-inconcert-event`: an act, an object of our own by an `extension-definition` in the bundle.
- `relationship`: who acts toward whom in it, for programs that pass over objects they do not know.
- `report`: a text, or a dataset as a whole, with all that was taken from it.

`confidence` is our confidence times 100, and absent where there is none. Ids are UUIDs of version
5, made of content, and `created` is the day of what is told: the same case gives the same bundle.

References:
    OASIS, STIX Version 2.1, chapters 3 (confidence), 4.5, 4.16, 5.1 and 7.3.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from hashlib import blake2b
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from inconcert.show.export_acts import Act, Happening, Names, Party, happenings, ordered_pairs
from inconcert.show.export_file import Exported, is_text, replacing, require_suffix

NAMESPACE: UUID = uuid5(NAMESPACE_URL, "urn:inconcert:stix")
"""Namespace of all ids."""

EVENT_TYPE = "x-inconcert-event"
_EXTENSION = f"extension-definition--{uuid5(NAMESPACE, 'extension')}"
_OURS = f"identity--{uuid5(NAMESPACE, 'inconcert')}"
_UNKNOWN_DAY = date(1970, 1, 1)
_CLASSES = {
    "state": "organization",
    "organisation": "organization",
    "group": "group",
    "bloc": "group",
    "person": "individual",
}
_SCHEMA = (
    "An act of some actors toward others, as reported. event_kind: PLOVER event type; mode, "
    "contexts, auxiliary_modes: as in PLOVER; actor_refs, recipient_refs, about_refs: identities; "
    "named: persons and bodies of theirs that are named; "
    "start_time, stop_time: from the first day to the end of the last; place, place_country, "
    "latitude, longitude, place_precision: where; mentions, outlets: how often, by how many told."
)
Object = dict[str, object]


def write_stix(acts: Iterable[Act], path: Path, *, names: Names | None = None) -> Exported:
    """Write events as a STIX bundle to a .json file, one object a line.

    Held in memory are the ids of the objects, for the reports name them.

    Args:
        names: what codes are called and of what kind they are.

    Returns:
        Events written, and events left out as they hold characters that stand for nothing.

    Raises:
        BadQuestion: not a .json file.
        BadInput, StorageFull: the file cannot be written.
    """
    require_suffix(path, (".json",), "STIX")
    bundle = _Bundle(names or Names())
    with replacing(path) as fresh, fresh.open("w", encoding="utf-8", newline="\n") as out:
        out.write('{"type": "bundle", "objects": [\n')
        for number, each in enumerate(bundle.objects(happenings(acts))):
            out.write((",\n" if number else "") + json.dumps(each, ensure_ascii=False))
        out.write(f'\n], "id": "bundle--{bundle.uuid()}"}}\n')
    return Exported(bundle.written, bundle.left_out)


class _Bundle:
    """The objects of a bundle, each once, and what the reports hold."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._seen: set[str] = set()
        self._actors: dict[str, Object] = {}
        self._reports: dict[str, tuple[Act, dict[str, None]]] = {}
        self._digest = blake2b(digest_size=16)
        self.written = self.left_out = 0

    def uuid(self) -> UUID:
        """Id of the bundle, made of the ids of what was put into it."""
        return uuid5(NAMESPACE, f"bundle {self._digest.hexdigest()}")

    def objects(self, told: Iterable[Happening]) -> Iterator[Object]:
        """All objects; reports last, when all that they hold is known."""
        yield from _own_objects()
        for happening in told:
            made = list(self._of(happening))
            if not is_text(made):
                self.left_out += 1
                continue
            self.written += 1
            for report in happening.reports:
                _, held = self._reports.setdefault(_report_key(report), (report, {}))
                held.update(dict.fromkeys(str(each["id"]) for each in made))
            for each in made:
                if each["id"] not in self._seen:
                    self._seen.add(str(each["id"]))
                    self._digest.update(str(each["id"]).encode())
                    yield each
        for key, (act, held) in self._reports.items():
            yield self._report(key, act, list(held))

    def _of(self, happening: Happening) -> Iterator[Object]:
        act = happening.act
        for report in happening.reports:
            yield _object("identity", f"outlet {report.outlet}", None, name=report.outlet,
                          identity_class="organization", roles=["publisher"])  # fmt: skip
        for who in act.parties:
            yield self._identity(who)
        yield self._event(happening)
        for one, other, is_mutual in ordered_pairs(act):
            if is_mutual and other < one:
                continue  # a meeting is one relationship, not two
            yield _object(
                "relationship",
                f"tie {act.source if act.is_row else ''} {act.event} {one} {other}",
                act.day,
                relationship_type=_slug(act.kind or act.code or "act"),
                source_ref=_actor_id(one),
                target_ref=_actor_id(other),
                description=act.text or None,
                confidence=_percent(happening.confidence),
                external_references=_references(happening),
                **_times(act),
            )

    def _event(self, happening: Happening) -> Object:
        act, place = happening.act, happening.act.place
        ids = {
            f"{role}_refs": list(dict.fromkeys(self._id_of(who) for who in cast))
            for role, cast in (
                ("actor", act.actors),
                ("recipient", act.recipients),
                ("about", act.about),
            )
        }
        where: Object = {}
        if place is not None:
            where = {
                "place": place.name or None,
                "place_country": place.country,
                "latitude": place.latitude,
                "longitude": place.longitude,
                "place_precision": place.precision,
            }
        return _object(
            EVENT_TYPE,
            f"event {act.source if act.is_row else ''} {act.event}",
            act.day,
            name=f"{act.kind or act.code or 'act'} of {act.day or 'an unknown day'}",
            description=act.text or None,
            event_kind=act.kind or None,
            mode=act.mode,
            contexts=list(act.contexts),
            auxiliary_modes=list(act.auxiliary),
            **ids,
            named=list(dict.fromkeys(who.name for who in act.parties if who.code and who.name)),
            **where,
            **_times(act),
            mentions=happening.mentions,
            outlets=happening.outlets,
            confidence=_percent(happening.confidence),
            external_references=_references(happening),
            extensions={_EXTENSION: {"extension_type": "new-sdo"}},
        )

    def _identity(self, who: Party) -> Object:
        code = who.code
        if code is not None:
            if code not in self._actors:
                self._actors[code] = self._actor(code)
            return self._actors[code]
        return _object(
            "identity", f"name {who.name}", None, name=who.name, identity_class="unknown"
        )

    def _actor(self, code: str) -> Object:
        return _object(
            "identity",
            f"actor {code}",
            None,
            name=self._names.name_of(code),
            identity_class=_CLASSES.get(self._names.kind(code), "unknown"),
            external_references=[{"source_name": "inconcert", "external_id": code}],
        )

    def _id_of(self, who: Party) -> str:
        return str(self._identity(who)["id"])

    def _report(self, key: str, act: Act, held: list[str]) -> Object:
        if act.document is None:
            name, day, link = f"Dataset {act.source}", None, None
        else:
            name, day, link = act.title or f"Text of {act.source}", act.published, act.url
        source: Object = {"source_name": act.source, "url": link, "external_id": act.document}
        return _object(
            "report",
            key,
            day,
            name=name,
            published=_moment(day or _UNKNOWN_DAY),
            report_types=["observed-data"],
            object_refs=held,
            external_references=[_kept(source)] if link or act.document else None,
        )


def _own_objects() -> Iterator[Object]:
    yield _object("identity", "inconcert", None, name="InConcert", identity_class="system")
    yield _object(
        "extension-definition",
        "extension",
        None,
        name="Acts between actors",
        description="Adds objects for reported acts, coded in PLOVER.",
        schema=_SCHEMA,
        version="1.0.0",
        extension_types=["new-sdo"],
    )


def _object(kind: str, key: str, day: date | None, **members: object) -> Object:
    """An object with what it must have and the members that are there."""
    moment = _moment(day or _UNKNOWN_DAY)
    made: Object = {
        "type": kind,
        "spec_version": "2.1",
        "id": f"{kind}--{uuid5(NAMESPACE, key.encode('utf-8', 'replace').decode())}",
        "created": moment,
        "modified": moment,
    }
    if key != "inconcert":
        made["created_by_ref"] = _OURS
    return {**made, **_kept(members)}


def _kept(members: Object) -> Object:
    """Members with a value; STIX has neither null nor empty lists."""
    return {name: value for name, value in members.items() if value is not None and value != []}


def _actor_id(code: str) -> str:
    return f"identity--{uuid5(NAMESPACE, f'actor {code}')}"


def _report_key(act: Act) -> str:
    return f"report {act.document}" if act.document else f"dataset {act.source}"


def _references(happening: Happening) -> list[Object]:
    """Where it is told, each text once, and its id here."""
    event: Object = {"source_name": "inconcert", "external_id": happening.act.event}
    told = [
        _kept(
            {
                "source_name": report.outlet,
                "description": report.title,
                "url": report.url,
                "external_id": report.document,
            }
        )
        for report in happening.reports
        if report.document or report.url
    ]
    return [event, *(each for number, each in enumerate(told) if each not in told[:number])]


def _times(act: Act) -> Object:
    """From the first day to the end of the last one: the end has to be later than the start."""
    first, last = act.first or act.day, act.last or act.first or act.day
    if first is None or last is None:
        return {}
    end = last + timedelta(days=1) if last < date.max else last
    return {"start_time": _moment(first), "stop_time": _moment(end)} if end > first else {}


def _percent(confidence: float | None) -> int | None:
    return None if confidence is None else round(100 * min(1.0, max(0.0, confidence)))


def _slug(kind: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", kind.lower()).strip("-") or "act"


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00.000Z"
