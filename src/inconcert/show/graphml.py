"""Networks for igraph, networkx, yEd, visone and others: GraphML.

The same nodes and edges as in `gexf`, without days: GraphML knows no time. All edges are directed,
for many readers refuse a file that mixes; a meeting is one edge each way, both `mutual`.

References:
    The GraphML File Format, graphml.graphdrawing.org, with its attributes extension.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from inconcert.show.export_acts import Act, Names
from inconcert.show.export_file import Exported, replacing, require_suffix
from inconcert.show.gexf import attribute, content
from inconcert.show.tie_list import Ties, ties_of

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns \
http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_KEYS = (
    ("node", "label", "string"),
    ("node", "given", "int"),
    ("node", "received", "int"),
    ("edge", "type", "string"),
    ("edge", "sign", "int"),
    ("edge", "mutual", "boolean"),
    ("edge", "weight", "int"),
    ("edge", "mentions", "int"),
    ("edge", "undated", "int"),
    ("edge", "first", "string"),
    ("edge", "last", "string"),
)


def write_graphml(acts: Iterable[Act], path: Path, *, names: Names | None = None) -> Exported:
    """Write the network of some acts to a .graphml file, as `gexf.write_gexf` does."""
    require_suffix(path, (".graphml",), "GraphML")
    network = ties_of(acts)
    with replacing(path) as fresh, fresh.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(_lines(network, names or Names()))
    return Exported(network.acts, network.left_out)


def _lines(network: Ties, names: Names) -> Iterator[str]:
    yield _HEAD
    for of, name, kind in _KEYS:
        yield f'<key id="{of}_{name}" for="{of}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '<graph id="acts" edgedefault="directed">\n'
    given, received = network.given(), network.received()
    for code in network.actors:
        yield f"<node id={attribute(code)}>"
        counts = {"given": given.get(code, 0), "received": received.get(code, 0)}
        yield from _data("node", {"label": names.name_of(code), **counts})
        yield "</node>\n"
    for number, tie in enumerate(network.ties):
        ends = f"source={attribute(tie.actor)} target={attribute(tie.recipient)}"
        yield f'<edge id="e{number}" {ends}>'
        values = {
            "type": tie.kind,
            "sign": tie.sign,
            "mutual": str(tie.is_mutual).lower(),
            "weight": tie.n,
            "mentions": tie.mentions.total(),
            "undated": tie.undated,
            "first": tie.first,
            "last": tie.last,
        }
        yield from _data("edge", values)
        yield "</edge>\n"
    yield "</graph>\n</graphml>\n"


def _data(of: str, values: dict[str, object]) -> Iterator[str]:
    for name, value in values.items():
        if value is not None:
            yield f'<data key="{of}_{name}">{content(value)}</data>'
