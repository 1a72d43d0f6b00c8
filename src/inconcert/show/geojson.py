"""Events on the map: GeoJSON, one point an event, with how narrow its place is.

A point is the middle of the place told: of a state, where no more is told. `precision` says so, and
a map of points without it shows crowds in the middle of states. Events without coordinates are not
in the file; its end says how many.

References:
    RFC 7946, The GeoJSON Format (longitude comes first; members of our own stand at the end).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from inconcert.show.export_acts import Act, Happening, Names, happenings
from inconcert.show.export_file import Exported, is_text, replacing, require_suffix


def write_geojson(acts: Iterable[Act], path: Path, *, names: Names | None = None) -> Exported:
    """Write events with a place to a .geojson or .json file, one a line.

    Args:
        names: what the codes are called.

    Returns:
        Events written, and events without coordinates, or with some that are not on earth.

    Raises:
        BadQuestion: the name ends otherwise.
        BadInput, StorageFull: the file cannot be written.
    """
    require_suffix(path, (".geojson", ".json"), "GeoJSON")
    called, written, left_out = names or Names(), 0, 0
    with replacing(path) as fresh, fresh.open("w", encoding="utf-8", newline="\n") as out:
        out.write('{"type": "FeatureCollection", "features": [\n')
        for happening in happenings(acts):
            point = _point(happening.act)
            feature = point and {
                "type": "Feature",
                "id": happening.act.event,
                "geometry": {"type": "Point", "coordinates": list(point)},
                "properties": _properties(happening, called),
            }
            if feature is None or not is_text(feature):
                left_out += 1
                continue
            lead = ",\n" if written else ""
            out.write(lead + json.dumps(feature, ensure_ascii=False))
            written += 1
        counts = {"events": written, "events_without_coordinates": left_out}
        out.write('\n], "inconcert": ' + json.dumps(counts) + "}\n")
    return Exported(written, left_out)


def _point(act: Act) -> tuple[float, float] | None:
    place = act.place
    if place is None or place.latitude is None or place.longitude is None:
        return None
    if not (abs(place.latitude) <= 90 and abs(place.longitude) <= 180):  # false for NaN as well
        return None
    return place.longitude, place.latitude


def _properties(happening: Happening, names: Names) -> dict[str, object]:
    act = happening.act
    assert act.place is not None
    actors = [who.code for who in act.actors if who.code]
    recipients = [who.code for who in act.recipients if who.code]
    return {
        "day": None if act.day is None else act.day.isoformat(),
        "first": None if act.first is None else act.first.isoformat(),
        "last": None if act.last is None else act.last.isoformat(),
        "type": act.kind,
        "mode": act.mode,
        "contexts": list(act.contexts),
        "auxiliary": list(act.auxiliary),
        "actors": actors,
        "actor_names": [names.name_of(code) for code in actors],
        "recipients": recipients,
        "recipient_names": [names.name_of(code) for code in recipients],
        "place": act.place.name,
        "country": act.place.country,
        "precision": act.place.precision,
        "place_basis": act.place.basis or None,
        "code": act.code,
        "mentions": happening.mentions,
        "outlets": happening.outlets,
        "confidence": happening.confidence,
        "source": act.source,
        "title": act.title,
        "url": act.url,
        "text": act.text,
    }
