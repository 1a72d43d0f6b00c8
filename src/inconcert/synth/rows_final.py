"""Made-up rows as a store must hold them: mapped, resolved, folded, with repeats marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from inconcert.ontology import cameo
from inconcert.ontology.cameo import StatementCode, Translation
from inconcert.synth.events import Rows
from inconcert.synth.rows_cast import FORMS, event_kinds, players

_TEXTS, _NUMBERS = pa.string(), pa.int32()
_MANY = pa.list_(pa.string())
_EMPTY = {
    "auxiliary": _MANY,
    "about": _MANY,
    "mentions": _NUMBERS,
    "articles": _NUMBERS,
    "outlets": _NUMBERS,
    "tone": pa.float64(),
    "confidence": pa.float64(),
    "place": _TEXTS,
    "place_country": _TEXTS,
    "latitude": pa.float64(),
    "longitude": pa.float64(),
    "place_precision": _TEXTS,
    "outlet": _TEXTS,
    "note": _TEXTS,
    "fatalities": _NUMBERS,
}
"""Columns of which made-up rows tell nothing, with their types; lists are empty, others NULL."""


def final_rows(rows: Rows, *, source: str = "GDELT", batch: str = "made-up") -> pa.Table:
    """The rows of a piece as the view `events` of a store has them.

    Mirrors are folded into the rows that they mirror, damaged rows are left out, repeats stay and
    name the row that they repeat.
    """
    taken = np.flatnonzero(~(rows.is_mirror | rows.is_damaged))
    kinds = [cameo.to_plover(kind.code) for kind in event_kinds()]
    kind, swapped = rows.kind[taken], _swapped(rows)[taken]
    first, second = (rows.a[taken], rows.a_form[taken]), (rows.b[taken], rows.b_form[taken])
    both = rows.is_mirrored[taken]
    a_side, b_side = _side(first, second, swapped), _side(second, first, swapped)
    for row in np.flatnonzero(both).tolist():  # a folded event: both are actors and recipients
        a_side[row] = b_side[row] = a_side[row] + b_side[row]
    day = np.datetime64(rows.world.first) + rows.day[taken].astype("timedelta64[D]")
    number = rows.number[taken]
    columns: dict[str, pa.Array] = {
        "id": _ids(number),
        "source": _same(source, len(taken)),
        "batch": _same(batch, len(taken)),
        "source_row": pa.array(number).cast(_TEXTS),
        "day": pa.array(day),
        "day_last": pa.array(day),
        "type": _by([each.type if isinstance(each, Translation) else None for each in kinds], kind),
        "mode": _by([each.mode if isinstance(each, Translation) else None for each in kinds], kind),
        "contexts": _lists(
            [each.contexts if isinstance(each, Translation) else () for each in kinds], kind
        ),
        "is_statement": _by([isinstance(each, StatementCode) for each in kinds], kind),
        "statement_kind": _by(
            [each.kind if isinstance(each, StatementCode) else None for each in kinds], kind
        ),
        **_named(a_side, "actor"),
        **_named(b_side, "recipient"),
        "code": _by([each.code for each in event_kinds()], kind),
        "scheme": _same("cameo", len(taken)),
        "event_text": _by([each.text for each in event_kinds()], kind),
        "score": _by([each.weight for each in event_kinds()], kind),
        "url": pa.array([f"https://made.example/{each}" for each in rows.address[taken].tolist()]),
        "directed": _same(True, len(taken)),  # noqa: FBT003 — a cell
        "swapped": pa.array(swapped),
        **_history(rows, taken),
        "year": pa.array(day.astype("datetime64[Y]").astype(int) + 1970),
        "month": pa.array(day.astype("datetime64[M]").astype(int) % 12 + 1),
    }
    for name, form in _EMPTY.items():
        cells: list[object] = [[] if form == _MANY else None] * len(taken)
        columns[name] = pa.array(cells, form)
    return pa.table(columns)


def _swapped(rows: Rows) -> npt.NDArray[np.bool_]:
    by_kind = np.array([kind.is_swapped for kind in event_kinds()])
    return np.asarray(by_kind[rows.kind] & ~rows.is_mirrored & (rows.b >= 0))


def _ids(number: npt.NDArray[np.int64]) -> pa.Array:
    return pa.array([f"e{each}" for each in number.tolist()])


def _same(value: object, many: int) -> pa.Array:
    return pa.array([value] * many)


def _by(cells: Sequence[object], index: npt.NDArray[np.uint8]) -> pa.Array:
    return pa.array(cells).take(pa.array(index.astype(np.int64)))


def _lists(cells: Sequence[Sequence[str]], index: npt.NDArray[np.uint8]) -> pa.Array:
    return pa.array([list(cell) for cell in cells], _MANY).take(pa.array(index.astype(np.int64)))


Side = tuple[npt.NDArray[np.int16], npt.NDArray[np.uint8]]


def _side(own: Side, other: Side, swapped: npt.NDArray[np.bool_]) -> list[list[tuple[int, int]]]:
    """Actor and form on one side of each row; the other side's where the sides change places."""
    actor = np.where(swapped, other[0], own[0]).tolist()
    form = np.where(swapped, other[1], own[1]).tolist()
    return [[(a, f)] if a >= 0 else [] for a, f in zip(actor, form, strict=True)]


def _named(side: list[list[tuple[int, int]]], what: str) -> dict[str, pa.Array]:
    cast, forms = players(), [form for player in players() for form in player.forms]

    def each(cell: Callable[[int, int], str]) -> pa.Array:
        return pa.array([[cell(*one) for one in row] for row in side], _MANY)

    return {
        f"{what}s": each(lambda actor, _: cast[actor].code),
        f"{what}_sectors": each(lambda actor, form: forms[actor * FORMS + form].part),
        f"{what}_names": each(lambda actor, form: forms[actor * FORMS + form].gdelt),
    }


def _history(rows: Rows, taken: npt.NDArray[np.int64]) -> dict[str, pa.Array]:
    """What was folded into a row, how often it stands, and which row it repeats."""
    whole = ~rows.is_damaged
    mirrors = {
        int(act): str(number)
        for act, number, is_one in zip(
            rows.act, rows.number, rows.is_mirror & ~rows.is_repeat & whole, strict=True
        )
        if is_one
    }
    first: dict[int, int] = {}
    copies: dict[int, int] = {}
    for row in taken.tolist():
        said = int(rows.address[row])
        copies[said] = copies.get(said, 0) + 1
        if not rows.is_repeat[row]:
            first[said] = int(rows.number[row])
    folded = [
        [mirrors[int(rows.act[row])]] if rows.is_mirrored[row] and not rows.is_repeat[row] else []
        for row in taken
    ]
    kept = [f"e{first[int(rows.address[row])]}" if rows.is_repeat[row] else None for row in taken]
    many = [1 if rows.is_repeat[row] else copies[int(rows.address[row])] for row in taken]
    return {
        "folded_from": pa.array(folded, _MANY),
        "copies": pa.array(many, _NUMBERS),
        "kept_as": pa.array(kept, _TEXTS),
    }
