"""Types and modes of a user's own, and files of labelled sentences that tell what they are.

Such a file has the format of the corpus (`corpus/GUIDELINES.md`) with one rule more: the name of
the own type, or the own mode behind PLOVER's type, may stand in the type field. Only events of the
own name must be labelled; where others are, they count as words that do not tell one.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from inconcert.errors import BadInput
from inconcert.labels.corpus import Labelled, Record, read_file
from inconcert.ontology import plover

_TYPE, _MODE = re.compile(r"[A-Z][A-Z0-9_]{1,31}"), re.compile(r"[a-z][a-z0-9-]{1,31}")
_FORM = "Write a type in capitals (BORDER), a mode behind PLOVER's type (ASSAULT.border)."
_SHOWN = 3
"""So many faults of a file are named."""


@dataclass(frozen=True, slots=True)
class OwnName:
    """What a type or mode of a user's own is called.

    Attributes:
        type: the own type; for a mode PLOVER's type that it belongs to.
        mode: the own mode, None for a type.
        like: PLOVER's type whose quad class and score it takes; None where it has neither.
    """

    type: str
    mode: str | None
    like: str | None

    @classmethod
    def parse(cls, name: str, like: str | None = None) -> OwnName:
        """A name as written by a user.

        Raises:
            BadInput: it has another form, or PLOVER has it already, or `like` is no type.
        """
        kind, dot, mode = name.strip().partition(".")
        if not _TYPE.fullmatch(kind) or (dot and not _MODE.fullmatch(mode)):
            raise BadInput(f"{name!r} is no name for a type or mode", where="--name", advice=_FORM)
        if dot:
            if mode in plover.modes(kind):
                raise _taken(name)
            if like not in (None, kind):
                raise BadInput(
                    f"a mode of {kind} is like {kind}", where="--like", advice="Leave --like out."
                )
            return cls(kind, mode, kind)
        if kind == "NONE" or kind in plover.event_types():
            raise _taken(name)
        return cls(kind, None, None if like is None else plover.event_type(like).name)

    def __str__(self) -> str:
        return self.type if self.mode is None else f"{self.type}.{self.mode}"

    @property
    def quad(self) -> str | None:
        """Quad class, None where the user did not say."""
        return None if self.like is None else plover.quad_class(self.like)

    def is_told_by(self, event: Labelled) -> bool:
        """Whether a labelled event is of this type or mode."""
        return event.type == self.type and (self.mode is None or self.mode in event.modes)


def read_own(path: Path, name: OwnName, others: Collection[str] = ()) -> list[Record]:
    """All sentences of a file.

    Args:
        name: the type or mode to be learned from it.
        others: further own names that may stand in it.

    Raises:
        BadInput: the file cannot be read, or breaks its format; names file and line.
    """
    try:
        records, wrong = read_file(path, {str(name), *others})
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            f"the labelled sentences cannot be read: {error}",
            where=str(path),
            advice="Name a text file in UTF-8.",
        ) from error
    if wrong:
        more = f", and {len(wrong) - _SHOWN} more" if len(wrong) > _SHOWN else ""
        raise BadInput(
            "; ".join(map(str, wrong[:_SHOWN])) + more,
            where=str(path),
            advice="corpus/GUIDELINES.md tells the format.",
        )
    if not records:
        raise BadInput(
            "no labelled sentences",
            where=str(path),
            advice="A sentence stands behind `S `, its events behind `E ` below it.",
        )
    return records


def _taken(name: str) -> BadInput:
    return BadInput(f"PLOVER has {name} already", where="--name", advice="Choose another name.")
