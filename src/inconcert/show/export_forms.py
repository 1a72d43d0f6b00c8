"""Which form a file is to have, and the writer for it: one door to all forms for other programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, Protocol

from inconcert.errors import BadQuestion
from inconcert.show.export_acts import Act, Names
from inconcert.show.export_file import Exported
from inconcert.show.ftm import write_ftm
from inconcert.show.gdelt_csv import write_gdelt
from inconcert.show.geojson import write_geojson
from inconcert.show.gexf import write_gexf
from inconcert.show.graphml import write_graphml
from inconcert.show.stix import write_stix
from inconcert.show.tie_list import write_ties


class Writer(Protocol):
    """Writes acts to a file."""

    def __call__(self, acts: Iterable[Act], path: Path, *, names: Names | None = None) -> Exported:
        """Write, and say how many acts were written and how many the form cannot hold."""


class FormExport(NamedTuple):
    """What was written.

    Attributes:
        written: acts in the file.
        not_plain: reports left out as they tell of what is planned, denied, supposed or long past.
        unfit: acts left out that this form cannot hold.
        why: what these lack, in words.
    """

    written: int
    not_plain: int
    unfit: int
    why: str


class _Form(NamedTuple):
    write: Writer
    suffixes: tuple[str, ...]
    why: str


_NO_TEXT = "with characters that stand for nothing"
_FORMS: Mapping[str, _Form] = MappingProxyType(
    {
        "ties": _Form(write_ties, (), "without two different actors toward each other"),
        "gexf": _Form(write_gexf, (".gexf",), "without two different actors toward each other"),
        "graphml": _Form(
            write_graphml, (".graphml",), "without two different actors toward each other"
        ),
        "geojson": _Form(write_geojson, (".geojson",), "without coordinates"),
        "gdelt": _Form(write_gdelt, (), "without a day, an actor or a CAMEO code"),
        "ftm": _Form(write_ftm, (), _NO_TEXT),
        "stix": _Form(write_stix, (), _NO_TEXT),
    }
)
FORMS = ("auto", "plover", *_FORMS)
"""Names of forms; `auto` goes by the ending of the name."""

TABLE = "table"
"""CSV, JSON lines or Parquet, which `export` and `export_dataset` write."""


def form_of(path: Path, form: str = "auto") -> str:
    """The form of a file: as asked for, else by its ending, else a table.

    Raises:
        BadQuestion: no such form.
    """
    if form not in FORMS:
        raise BadQuestion(
            f"no form is called {form!r}", where="--format", advice=f"One of {', '.join(FORMS)}."
        )
    if form != "auto":
        return form
    ending = path.suffix.lower()
    return next((name for name, each in _FORMS.items() if ending in each.suffixes), TABLE)


def export_acts(
    form: str,
    acts: Iterable[Act | None],
    path: Path,
    *,
    names: Names | None = None,
    plain_only: bool = False,
) -> FormExport:
    """Write acts in one of the forms that start from acts.

    Args:
        form: as `form_of` gives it, neither `table` nor `plover`.
        acts: None for what is not counted (`act_of_row`).
        names: what codes are called and of what kind they are.
        plain_only: leave out acts with an auxiliary mode.

    Raises:
        BadQuestion: no such form, or the name of the file ends otherwise.
        BadInput, StorageFull: the file cannot be written.
    """
    if form not in _FORMS:
        raise BadQuestion(
            f"no form is called {form!r}", where="--format", advice=f"One of {', '.join(FORMS)}."
        )
    drawn = _Plain(acts, plain_only)
    found = _FORMS[form]
    done = found.write(drawn, path, names=names)
    return FormExport(done.written, drawn.left_out, done.left_out, found.why)


class _Plain:
    """Passes on acts that are to be written and counts those left out as not plain."""

    def __init__(self, acts: Iterable[Act | None], plain_only: bool) -> None:
        self._acts, self._plain_only = acts, plain_only
        self.left_out = 0

    def __iter__(self) -> Iterator[Act]:
        for act in self._acts:
            if act is None:
                continue
            if self._plain_only and act.auxiliary:
                self.left_out += 1
            else:
                yield act
