"""Are two actors acting in concert toward a third, or merely in parallel?

The public names, and nothing else. Each is imported when it is first used, so that
`import inconcert` costs nothing and a light use never loads the parser.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inconcert.core.document import Document as Document
    from inconcert.core.document import Source as Source
    from inconcert.core.question import Question as Question
    from inconcert.core.span import TimeSpan as TimeSpan
    from inconcert.core.verdict import Answer as Answer
    from inconcert.core.verdict import Verdict as Verdict
    from inconcert.errors import InConcertError as InConcertError
    from inconcert.workbench import Workbench as Workbench

__all__ = [
    "Answer",
    "Document",
    "InConcertError",
    "Question",
    "Source",
    "TimeSpan",
    "Verdict",
    "Workbench",
    "__version__",
]

_HOMES = {
    "Answer": "inconcert.core.verdict",
    "Document": "inconcert.core.document",
    "InConcertError": "inconcert.errors",
    "Question": "inconcert.core.question",
    "Source": "inconcert.core.document",
    "TimeSpan": "inconcert.core.span",
    "Verdict": "inconcert.core.verdict",
    "Workbench": "inconcert.workbench",
}

__version__: str


def __getattr__(name: str) -> object:
    """The public name, from the module where it lives."""
    if name == "__version__":
        return version("inconcert")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'inconcert' has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
