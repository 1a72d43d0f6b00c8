"""Pack the outlines of states that the map of the workbench is drawn with.

    python scripts/build_outlines.py countries-110m.json [--out outlines.js]

The file is that of the index package `world-atlas` 2.0.2: Natural Earth 4.1.0 at 1:110 million, in
the public domain, as TopoJSON. States there bear numbers of ISO 3166, which `pycountry` turns into
three letters; the product needs neither, so install them elsewhere. The same file gives the same
bytes.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

OUT = Path(__file__).parents[1] / "src" / "inconcert" / "web" / "static" / "outlines.js"
HEAD = """// Outlines of states, TopoJSON: `id` is the ISO-3 code, empty where a land has none.
// Source: Natural Earth 4.1.0, 1:110 million (naturalearthdata.com), by way of the index package
// world-atlas 2.0.2; made by scripts/build_outlines.py. Licence: public domain.
// Borders are drawn as Natural Earth has them: as held, not as claimed. Checked: 2026-11-22.
"""
OWN = {"Kosovo": "KOS"}
"""Codes of the register for lands that ISO 3166 does not number."""
LEFT_OUT = {"Antarctica"}


def main() -> None:
    """Read the file named on the command line and write the module."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("atlas", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    atlas = json.loads(given.atlas.read_text(encoding="utf-8"))
    told = json.dumps(packed(atlas), ensure_ascii=False, separators=(",", ":"))
    given.out.write_text(f"{HEAD}export default {told};\n", encoding="utf-8")


def packed(atlas: dict[str, Any]) -> dict[str, Any]:
    """States with their codes, and only the arcs that these use.

    Args:
        atlas: the TopoJSON of world-atlas.
    """
    import pycountry

    states = []
    place: dict[int, int] = {}
    for one in atlas["objects"]["countries"]["geometries"]:
        name = one["properties"]["name"]
        if name in LEFT_OUT:
            continue
        known = pycountry.countries.get(numeric=one["id"]) if one.get("id") else None
        code = known.alpha_3 if known is not None else OWN.get(name, "")
        arcs = _renumbered(one["arcs"], place)
        states.append({"type": one["type"], "id": code, "arcs": arcs})
    arcs = [atlas["arcs"][old] for old in place]
    objects = {"states": {"type": "GeometryCollection", "geometries": states}}
    return {"type": "Topology", "transform": atlas["transform"], "objects": objects, "arcs": arcs}


def _renumbered(arcs: Any, place: dict[int, int]) -> Any:
    """Arcs by their new numbers; one that is run backwards is told as `~number`."""
    if isinstance(arcs, list):
        return [_renumbered(one, place) for one in arcs]
    forward = arcs if arcs >= 0 else ~arcs
    new = place.setdefault(forward, len(place))
    return new if arcs >= 0 else ~new


if __name__ == "__main__":
    main()
