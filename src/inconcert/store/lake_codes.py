"""What the codes of a dataset become, as a small table that the rows are joined with."""

from __future__ import annotations

import pyarrow as pa

from inconcert.ontology import cameo, plover

CONSULTATIONS = {
    "036": "036",
    "040": "040",
    "041": "041",
    "042": "visit",
    "043": "visit",
    "044": "044",
    "045": "045",
    "046": "046",
}
"""CAMEO codes that a source writes from either side, and what must be the same in both rows."""


def code_table() -> pa.Table:
    """What each code becomes: type, mode, contexts, whether sides change, statement, fold."""
    rows: list[dict[str, object]] = [
        {
            "scheme": "cameo",
            "code": code,
            "type": each.type,
            "mode": each.mode,
            "contexts": ";".join(each.contexts) or None,
            "is_swapped": each.is_swapped,
            "kind": None,
            "meaning": each.meaning,
            "fold": CONSULTATIONS.get(code),
        }
        for code, each in cameo.codes().items()
    ]
    rows += [
        {
            "scheme": "cameo",
            "code": code,
            "type": None,
            "mode": None,
            "contexts": None,
            "is_swapped": False,
            "kind": said.kind,
            "meaning": said.meaning,
            "fold": None,
        }
        for code, said in cameo.statement_codes().items()
    ]
    rows += [
        {
            "scheme": "plover",
            "code": kind,
            "type": kind,
            "mode": None,
            "contexts": None,
            "is_swapped": False,
            "kind": None,
            "meaning": None,
            "fold": "CONSULT" if kind == "CONSULT" else None,
        }
        for kind in plover.event_types()
    ]
    text = pa.string()
    schema = pa.schema(
        {
            "scheme": text,
            "code": text,
            "type": text,
            "mode": text,
            "contexts": text,
            "is_swapped": pa.bool_(),
            "kind": text,
            "meaning": text,
            "fold": text,
        }
    )
    return pa.Table.from_pylist(rows, schema)
