"""What pages need of the register of actors: names and mergers alone, a tenth of its memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from inconcert.resolve.decisions import Merged
from inconcert.resolve.register import Register


@dataclass(frozen=True, slots=True)
class Names:
    """Names of all actors of a case, and who answers as whom.

    Attributes:
        called: name of each actor, by id.
        merged: who answers as whom, by the decisions of the case.
    """

    called: Mapping[str, str]
    merged: Merged

    @classmethod
    def of(cls, register: Register) -> Names:
        """Those of a register."""
        return cls({key: one.name for key, one in register.actors.items()}, register.merged)

    def name_of(self, code: str) -> str:
        """A code as shown to readers, as `Register.name_of` has it.

        Example:
            >>> Names({"SYR": "Syria"}, Merged()).name_of("SYRREB")
            'Syria (REB)'
        """
        return self.merged.name_of(code, self.called.get)

    def spread(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Codes with all that were merged into them."""
        return self.merged.spread(codes)
