"""All findings of an answer as one family of tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from inconcert.core.findings import Measured, SourceFindings
from inconcert.measure.multiplicity import holm


def as_family(sources: Sequence[SourceFindings]) -> tuple[SourceFindings, ...]:
    """Findings with p corrected for having asked all that stand in the answer.

    A reading that rests on tests has no p of its own; where one of them does not hold after
    correction, it says so.

    Args:
        sources: of one answer, each by itself.
    """
    p = {
        f"{source.source}\n{one.key}": one.p
        for source in sources
        for one in source.found
        if one.p is not None
    }
    corrected = holm(p)

    def adjusted(source: SourceFindings, one: Measured) -> Measured:
        return replace(one, corrected=corrected.get(f"{source.source}\n{one.key}"))

    found = []
    for source in sources:
        first = tuple(adjusted(source, one) for one in source.found)
        by_key = {one.key: one for one in first}
        found.append(
            replace(
                source, found=tuple(_with_doubt(one, by_key) for one in first), tests=len(corrected)
            )
        )
    return tuple(found)


def _with_doubt(one: Measured, by_key: dict[str, Measured]) -> Measured:
    """A reading of tests that do not hold after correction says so."""
    weak = [
        by_key[key].title
        for key in one.rests_on
        if key in by_key and by_key[key].strength == "suggestive"
    ]
    if not weak:
        return one
    return replace(
        one, value=f"{one.value} (suggestive)",
        sentence=f"{one.sentence} No more than suggestive: it rests on a test that does not hold "
        "after Holm.",
    )  # fmt: skip
