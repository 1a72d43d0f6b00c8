"""The family of errors a caller may meet, drawn as a tree.

InConcertError
├── BadInput                something given from outside cannot be used
│   ├── UnreadableDocument      a file, line or page that holds no usable text
│   ├── UnknownActor            a name or code that stands for nobody in the register
│   ├── BadQuestion             a question that has no answer by its form (A is T, empty span)
│   ├── BadKey                  a grading key with a line that breaks its format
│   └── BadSetting              a setting in case.toml that is unknown or has no sense
├── CaseError               the case folder cannot be used
│   ├── NoCase                  no case in this folder
│   ├── CaseExists              `init` on a folder that already is a case
│   ├── CaseBusy                another process is writing to the case
│   ├── CaseTooNew              written by a newer version of InConcert
│   ├── CaseDamaged             the database cannot be opened or lacks its tables
│   └── NothingCoded            the case holds no coded document to answer from yet
├── StorageFull             the disk holds no more; nothing half-written was kept
├── ModelError              the language model is missing or is not the official one
├── CodingFailed            not one document of a run could be coded
└── TooFewEvents            a test was asked for on fewer events than it can bear

Every message has three parts: *what* was wrong, *where*, and *what to do*. The facts are kept as
attributes, so that a program can read them and `--json` can print them.
"""

from __future__ import annotations

from typing import Any


class InConcertError(Exception):
    """Base of all errors that InConcert raises on purpose.

    Attributes:
        what: what was wrong.
        where: file, line, document or setting, as exact as known.
        advice: what the reader can do about it.
    """

    exit_code = 1

    def __init__(self, what: str, *, where: str = "", advice: str = "") -> None:
        self.what, self.where, self.advice = what, where, advice
        place = f" [{where}]" if where else ""
        super().__init__(f"{what}{place}{' ' + advice if advice else ''}")

    def __reduce__(self) -> tuple[Any, ...]:
        """What another process makes it anew from, whatever it was made with."""
        return _restored, (type(self), self.args, self.__dict__)

    def as_record(self) -> dict[str, str]:
        """The error as a flat record, for `--json`."""
        return {
            "error": type(self).__name__,
            "what": self.what,
            "where": self.where,
            "advice": self.advice,
        }


def _restored(
    kind: type[InConcertError], args: tuple[object, ...], held: dict[str, object]
) -> InConcertError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(held)
    return error


class BadInput(InConcertError):
    """Something given from outside cannot be used as it is."""

    exit_code = 2


class UnreadableDocument(BadInput):
    """A file, line or page holds no usable text; names file and line."""


class UnknownActor(BadInput):
    """A name or code stands for nobody in the register."""


class BadQuestion(BadInput):
    """A question that cannot have an answer as it is put."""


class BadKey(BadInput):
    """A grading key breaks its format; names file and line."""


class BadSetting(BadInput):
    """A setting is unknown or makes no sense; names file, line and the nearest good key."""


class CaseError(InConcertError):
    """The case folder cannot be used."""

    exit_code = 3


class NoCase(CaseError):
    """No case in this folder; `inconcert init` makes one."""


class CaseExists(CaseError):
    """The folder already is a case."""


class CaseBusy(CaseError):
    """Another process is writing to the case; the message names it where it can."""


class CaseTooNew(CaseError):
    """The case was written by a newer version of InConcert."""


class CaseDamaged(CaseError):
    """The database of the case cannot be opened or lacks its tables."""


class NothingCoded(CaseError):
    """The case holds no coded document yet, so there is nothing to answer from."""


class StorageFull(InConcertError):
    """The disk holds no more; what was stored before stands, nothing half-written was kept."""

    exit_code = 4


class ModelError(InConcertError):
    """The language model is missing, too old, or not the official one."""

    exit_code = 5


class CodingFailed(InConcertError):
    """Not one document of a run could be coded; names the first reason."""


class TooFewEvents(InConcertError):
    """A test was asked for on fewer events than it can bear."""

    exit_code = 6

    def __init__(self, what: str, got: int, need: int, unit: str = "events") -> None:
        self.got, self.need = got, need
        super().__init__(
            f"{what}: {got} {unit}, at least {need} needed.",
            advice="Widen the window, add sources, or ask about a broader class of events.",
        )
