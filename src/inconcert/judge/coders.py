"""Which coders have been measured well enough for a verdict to rest on them."""

from __future__ import annotations

from collections.abc import Sequence

MEASURED: frozenset[str] = frozenset()
"""`name version` of coders whose precision and recall are published in docs/benchmarks.md on a
key large enough to bear a claim. None yet: the first coder is graded on one article only."""


def are_measured(coders: Sequence[str]) -> bool:
    """Whether there are coders and every one of them (`name version`) has been measured."""
    return bool(coders) and all(coder in MEASURED for coder in coders)
