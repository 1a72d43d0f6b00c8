"""Counts by kind of act turned into counts by domain, instrument, role or nature."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from inconcert.errors import BadInput
from inconcert.ontology.domains import Act


def act_of_cell(kind: str, cell: str = "", mode: str = "", contexts: str = "") -> Act:
    """A kind of act as the event store counts it, in the form that the tables look at.

    Args:
        kind: PLOVER type, STATEMENT or APPEAL.
        cell: CAMEO root, or the kind again where the source has no CAMEO codes.
        mode: PLOVER mode; empty for none.
        contexts: PLOVER contexts, joined by `;`.

    Example:
        >>> act_of_cell("AID", "07", "", "military;economic").code
        '07'
    """
    named = tuple(name for name in contexts.split(";") if name)
    return Act(kind, mode or None, named, cell if cell.isdigit() else "")


def sorted_counts(
    counts: npt.NDArray[Any],
    acts: Sequence[Act],
    labels_of: Callable[[Act], str | Iterable[str]],
    labels: Sequence[str],
) -> npt.NDArray[np.int64]:
    """Add up counts by label.

    Args:
        counts: shape (..., acts, periods).
        acts: what each place of the last axis but one stands for.
        labels_of: the label or labels of an act, as `tables().domain` gives; an act with several
            counts under each, one with none of `labels` nowhere.
        labels: the new axis.

    Returns:
        Shape (..., labels, periods).

    Raises:
        BadInput: counts and acts do not fit.

    Example:
        >>> from inconcert.ontology.domains import tables
        >>> counts = np.ones((1, 2, 3), dtype=int)
        >>> acts = [Act("AID"), Act("ASSAULT")]
        >>> sorted_counts(counts, acts, tables().domain, ("security",)).tolist()
        [[[1, 1, 1]]]
    """
    if counts.shape[-2] != len(acts):
        raise BadInput(
            f"{len(acts)} kinds of act for counts of shape {counts.shape}.",
            advice="The last axis but one is that of the kinds.",
        )
    member = np.zeros((len(labels), len(acts)), dtype=np.int64)
    places = {label: place for place, label in enumerate(labels)}
    for column, act in enumerate(acts):
        given = labels_of(act)
        for label in (given,) if isinstance(given, str) else given:
            if label in places:
                member[places[label], column] = 1
    return np.asarray(np.einsum("lk,...kp->...lp", member, counts.astype(np.int64)))
