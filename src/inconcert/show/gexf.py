"""Networks over time for Gephi: GEXF 1.3.

Nodes are actors, edges the ties of `tie_list`, directed, several between the same two where they
differ in type, sign or being mutual (`kind` of the edge). An edge is there on the days with an act
(its spells), and its `acts a day` has a value for each of them; `weight` is their sum.

References:
    GEXF 1.3, gexf.net (schema and primer); Gephi 0.9.3 and later read it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from inconcert.show.export_acts import Act, Names
from inconcert.show.export_file import Exported, replacing, require_suffix
from inconcert.show.tie_list import Tie, Ties, ties_of

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_COLOURS = {1: (0, 114, 178), 0: (128, 128, 128), -1: (213, 94, 0)}
"""Blue, grey and vermilion of Okabe and Ito, which the colour-blind tell apart."""

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">
"""
_ATTRIBUTES = """\
<attributes class="node" mode="static">
<attribute id="given" title="acts given" type="integer"/>
<attribute id="received" title="acts received" type="integer"/>
</attributes>
<attributes class="edge" mode="static">
<attribute id="type" title="type" type="string"/>
<attribute id="sign" title="sign" type="integer"/>
<attribute id="mutual" title="mutual" type="boolean"/>
<attribute id="n" title="acts" type="integer"/>
<attribute id="mentions" title="mentions" type="integer"/>
<attribute id="undated" title="acts without a day" type="integer"/>
</attributes>
<attributes class="edge" mode="dynamic">
<attribute id="count" title="acts a day" type="integer"/>
</attributes>
"""


def write_gexf(
    acts: Iterable[Act], path: Path, *, names: Names | None = None, title: str = ""
) -> Exported:
    """Write the network of some acts to a .gexf file.

    Args:
        names: what the codes are called; the labels of the nodes.
        title: what it is, for the description in the file.

    Returns:
        Acts in the network, and acts between no two actors.

    Raises:
        BadQuestion: not a .gexf file.
        BadInput, StorageFull: the file cannot be written.
    """
    require_suffix(path, (".gexf",), "GEXF")
    network = ties_of(acts)
    with replacing(path) as fresh, fresh.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(_lines(network, names or Names(), title))
    return Exported(network.acts, network.left_out)


def attribute(value: object) -> str:
    """A value as an attribute of XML, in its quotation marks."""
    return quoteattr(_NOT_IN_XML.sub("\ufffd", str(value)))


def content(value: object) -> str:
    """A value as the content of an element of XML."""
    return escape(_NOT_IN_XML.sub("\ufffd", str(value)))


def _lines(network: Ties, names: Names, title: str) -> Iterator[str]:
    yield _HEAD
    about = content(title or "acts of actors toward each other")
    yield f"<meta>\n<creator>InConcert</creator>\n<description>{about}</description>\n</meta>\n"
    bounds = ""
    if network.first is not None:
        bounds = f' start="{network.first}" end="{network.last}"'
    yield '<graph defaultedgetype="directed" mode="dynamic" timeformat="date" '
    yield f'timerepresentation="interval"{bounds}>\n{_ATTRIBUTES}<nodes>\n'
    given, received = network.given(), network.received()
    for code in network.actors:
        yield f"<node id={attribute(code)} label={attribute(names.name_of(code))}><attvalues>"
        yield f'<attvalue for="given" value="{given.get(code, 0)}"/>'
        yield f'<attvalue for="received" value="{received.get(code, 0)}"/></attvalues></node>\n'
    yield "</nodes>\n<edges>\n"
    for number, tie in enumerate(network.ties):
        yield from _edge(number, tie)
    yield "</edges>\n</graph>\n</gexf>\n"


def _edge(number: int, tie: Tie) -> Iterator[str]:
    kind = f"{tie.kind or 'unknown'} {tie.sign:+d}{' mutual' if tie.is_mutual else ''}"
    yield f'<edge id="{number}" source={attribute(tie.actor)} target={attribute(tie.recipient)} '
    yield f'kind={attribute(kind)} label={attribute(tie.kind)} weight="{tie.n}">\n<attvalues>'
    static = {
        "type": tie.kind,
        "sign": tie.sign,
        "mutual": str(tie.is_mutual).lower(),
        "n": tie.n,
        "mentions": tie.mentions.total(),
        "undated": tie.undated,
    }
    for name, value in static.items():
        yield f'<attvalue for="{name}" value={attribute(value)}/>'
    spells = list(tie.spells())
    for first, last, n in spells:
        yield f'<attvalue for="count" value="{n}" start="{first}" end="{last}"/>'
    yield "</attvalues>\n"
    if spells:
        yield "<spells>"
        for first, last, _ in spells:
            yield f'<spell start="{first}" end="{last}"/>'
        yield "</spells>\n"
    red, green, blue = _COLOURS[tie.sign]
    yield f'<viz:color r="{red}" g="{green}" b="{blue}"/>\n</edge>\n'
