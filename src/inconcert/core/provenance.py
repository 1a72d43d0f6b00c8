"""What made a record."""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.core.ids import content_id


@dataclass(frozen=True, slots=True)
class Provenance:
    """The program part, version and settings that made a record.

    Attributes:
        stage: `read`, `code` …
        coder: name of the part (`patterns`).
        version: its version; raised whenever its output may change.
        settings: hash of what steers it: program and tables, the case's actors, name and version of
            the model (its weights are checked against a lock where it is the official one).
    """

    stage: str
    coder: str
    version: str
    settings: str

    @property
    def id(self) -> str:
        """Hash of the four fields."""
        return content_id(self.stage, self.coder, self.version, self.settings)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something given that did not become a document or was not coded, and why.

    Attributes:
        place: file, line, or document.
        reason: short class of reason, the same words for the same cause (`empty`, `not text`,
            `language not coded`), so that reasons can be counted.
        detail: the particular case in words.
    """

    place: str
    reason: str
    detail: str
