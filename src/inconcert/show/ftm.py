"""Events for Aleph, OpenAleph and other programs that speak FollowTheMoney: one entity a line.

- `Event`: an act, with all who take part (`involved`); who acted and upon whom stands in `notes`,
  for the schema does not tell them apart.
- `Article`: a text that tells of it, which is the `proof` of the event.
- `Mention`: words of an article and whom they name (`resolved`).
- `PublicBody` (states), `Organization` (bodies, groups), `Person`, and `LegalEntity` where it is
  not known which of them: those who take part.

Ids are made of content: the same case gives the same ids, and a second upload renews the first.
Dates are days, countries ISO-2 codes in small letters, as the model wants them.

References:
    FollowTheMoney, schemata Event, Interval, Thing, Article, Document, Mention, LegalEntity,
    Person, Organization, PublicBody (followthemoney.tech; read in the schema files of the package).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from inconcert.core.ids import content_id
from inconcert.show.country_codes import state_of, two_letters
from inconcert.show.export_acts import Act, Happening, Names, Party, happenings
from inconcert.show.export_cells import iso
from inconcert.show.export_file import Exported, is_text, replacing, require_suffix

_SCHEMAS = {
    "state": "PublicBody",
    "organisation": "Organization",
    "group": "Organization",
    "bloc": "Organization",
    "person": "Person",
}
_NAMED = "inconcert-name-"
Entity = dict[str, object]


def write_ftm(acts: Iterable[Act], path: Path, *, names: Names | None = None) -> Exported:
    """Write events and those who take part as entities, one a line, to a .jsonl or .json file.

    An entity stands before those that refer to it, and once. Held in memory are the mentions of
    texts and the ids of actors, articles and mentions; rows of datasets are passed on.

    Args:
        names: what codes are called and of what kind they are.

    Returns:
        Events written, and events left out as they hold characters that stand for nothing.

    Raises:
        BadQuestion: the name ends otherwise.
        BadInput, StorageFull: the file cannot be written.
    """
    require_suffix(path, (".jsonl", ".json"), "FollowTheMoney")
    called, seen, written, left_out = names or Names(), set[str](), 0, 0
    with replacing(path) as fresh, fresh.open("w", encoding="utf-8", newline="\n") as out:
        for happening in happenings(acts):
            entities = list(_entities(happening, called))
            if not is_text(entities):
                left_out += 1
                continue
            written += 1
            for entity in entities:
                key = str(entity["id"])
                if key not in seen:
                    if entity["schema"] != "Event":  # comes once anyway
                        seen.add(key)
                    out.write(json.dumps(entity, ensure_ascii=False) + "\n")
    return Exported(written, left_out)


def _entities(happening: Happening, names: Names) -> Iterator[Entity]:
    """Those who take part, the articles, the mentions in them, and the event, in this order."""
    for report in happening.reports:
        for who in report.parties:
            yield from _who(who, names)
        article = _article(report)
        if article is None:
            continue
        yield article
        for who in report.parties:
            if who.words:
                yield _mention(who, who.words, str(article["id"]), names)
    yield _event(happening, names)


def _event(happening: Happening, names: Names) -> Entity:
    act = happening.act
    actors, recipients = _called(act.actors, names), _called(act.recipients, names)
    toward = f" toward {', '.join(recipients)}" if recipients else ""
    proofs = [_article_id(report) for report in happening.reports]
    place = act.place
    return _entity(
        "Event",
        _event_id(act),
        name=[f"{act.kind or act.code or 'act'}: {', '.join(actors) or 'unknown'}{toward}"],
        startDate=[iso(act.first or act.day)],
        endDate=[iso(act.last or act.first or act.day)],
        summary=[report.text for report in happening.reports],
        notes=[
            f"actors: {', '.join(actors)}" if actors else None,
            f"recipients: {', '.join(recipients)}" if recipients else None,
        ],
        keywords=[act.kind, act.mode, *act.contexts, *act.auxiliary],
        involved=[key for who in act.parties for key in _ids(who, names)],
        location=[None if place is None else place.name],
        country=[None if place is None else _iso2(place.country)],
        proof=proofs,
        publisher=sorted({report.outlet for report in happening.reports}),
        sourceUrl=[report.url for report in happening.reports],
        recordId=[act.event],
    )


def _article(act: Act) -> Entity | None:
    key = _article_id(act)
    if key is None:
        return None
    return _entity(
        "Article",
        key,
        name=[act.title or act.url or f"Text of {act.source}"],
        title=[act.title],
        publishedAt=[None if act.is_row else iso(act.published)],
        publisher=[act.source if act.document else act.outlet],
        country=[_iso2(act.outlet_country)],
        sourceUrl=[act.url],
    )


def _mention(who: Party, words: str, article: str, names: Names) -> Entity:
    ids = list(_ids(who, names))
    is_named = ids[0].startswith(_NAMED)
    schema = _schema_of_name(who.name or "", names) if is_named else _schema(who.code or "", names)
    return _entity(
        "Mention",
        f"inconcert-mention-{content_id(article, words, *ids)}",
        document=[article],
        name=[words],
        resolved=ids[:1],
        detectedSchema=[schema],
        contextCountry=[_iso2(state_of(who.code))],
    )


def _who(who: Party, names: Names) -> Iterator[Entity]:
    ids = list(_ids(who, names))
    if who.name and ids[0].startswith(_NAMED):
        yield _entity(
            _schema_of_name(who.name, names),
            ids[0],
            name=[who.name],
            country=[_iso2(state_of(who.code))],
        )
    if who.code:
        yield _entity(
            _schema(who.code, names),
            ids[-1],
            name=[names.name_of(who.code)],
            country=[_iso2(state_of(who.code))],
            notes=[f"actor code {who.code}"],
        )


def _ids(who: Party, names: Names) -> Iterator[str]:
    """Ids of the one who is named, if any, and of the actor whose acts count."""
    if who.name and who.name != (who.code and names.name_of(who.code)):
        yield f"{_NAMED}{content_id(who.name, who.code)}"
    if who.code:
        yield f"inconcert-actor-{content_id(who.code)}"


def _schema(code: str, names: Names) -> str:
    return _SCHEMAS.get(names.kind(code), "LegalEntity")


def _schema_of_name(name: str, names: Names) -> str:
    return _SCHEMAS.get(names.kind_of(name), "LegalEntity")


def _called(cast: tuple[Party, ...], names: Names) -> list[str]:
    return [who.name or names.name_of(who.code or "") for who in cast]


def _event_id(act: Act) -> str:
    return f"inconcert-event-{content_id(act.source if act.is_row else '', act.event)}"


def _article_id(act: Act) -> str | None:
    """Id of the text, or of the page behind a row; None for rows without one."""
    if act.document is None and act.url is None:
        return None
    return f"inconcert-article-{content_id(act.document or act.url)}"


def _entity(schema: str, key: str, **properties: Iterable[str | None]) -> Entity:
    """An entity with the values that are there, each once; none where a property has no value."""
    kept = {
        name: list(dict.fromkeys(value for value in values if value))
        for name, values in properties.items()
    }
    return {
        "id": key,
        "schema": schema,
        "properties": {name: values for name, values in kept.items() if values},
    }


def _iso2(code: str | None) -> str | None:
    found = two_letters().get(code or "")
    return None if found is None else found.lower()
