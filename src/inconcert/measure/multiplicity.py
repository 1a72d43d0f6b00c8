"""What becomes of a p-value when many things are asked, or when one was picked by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from inconcert.errors import BadInput

Floats = npt.NDArray[np.float64]


def false_discovery(p_values: npt.ArrayLike) -> Floats:
    """The q-value of every test of a family: the least false-discovery rate that lets it in.

    Args:
        p_values: shape (n,), 0–1, the whole declared family, abstentions left out.

    Returns:
        q-values in the order given, shape (n,). `q <= 0.1` is the family of discoveries of which
        a tenth, on average, is false.

    Null: the p-values of true nulls are uniform or larger, and independent or positively tied.

    Blind to: how the family was chosen; tests dropped before they were counted.

    Raises:
        BadInput: a value is no probability.

    References:
        [benjamini1995]: the step-up procedure.
    """
    p = np.asarray(p_values, dtype=float)
    if p.size and not (np.all(p >= 0) and np.all(p <= 1)):
        raise BadInput("A p-value lies outside 0 to 1.", advice="Leave abstentions out.")
    order = np.argsort(p, kind="stable")
    raw = p[order] * p.size / np.arange(1, p.size + 1)
    q = np.empty_like(p)
    q[order] = np.minimum(1.0, np.minimum.accumulate(raw[::-1])[::-1])
    return q


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """p-values corrected for having asked them all together: for the directions of one question.

    Args:
        p_values: p by name of the direction, 0–1.

    Returns:
        Corrected p by name, in the order given.

    Null: each of the hypotheses is true; nothing is assumed about how they hang together.

    Blind to: directions that were looked at and not counted.

    References:
        [holm1979]: the step-down procedure.
    """
    ranked = sorted(p_values, key=p_values.__getitem__)
    corrected: dict[str, float] = {}
    least = 0.0
    for place, name in enumerate(ranked):
        least = max(least, min(1.0, (len(ranked) - place) * p_values[name]))
        corrected[name] = least
    return {name: corrected[name] for name in p_values}


def rank_among(score: float, others: Sequence[float] | Floats) -> tuple[int, int]:
    """Place of a hand-picked pair among the placebo pairs of its target, best first.

    Args:
        score: the pair's statistic; larger is more co-action.
        others: the same statistic of all other pairs, shape (n,).

    Returns:
        Rank and number of pairs, both with the asked pair counted: (4, 120) is "4th of 120".
        Ties count against the asked pair.

    Null: the asked pair is one like the others, picked before the scores were seen.

    Blind to: placebo pairs that truly co-act; they make the rank worse, not better.

    References:
        [lipsitch2010]: negative controls.
    """
    values = np.asarray(others, dtype=float)
    return 1 + int((values >= score).sum()), 1 + int(values.size)
