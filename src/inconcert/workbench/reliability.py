"""Grades that a case gives: of outlets in `sources.toml`, by hand, of both in a log only added to.

What the log holds goes before the file, and both go before the table that ships and before what is
counted. Who graded an outlet or an item, when and why stands in every grade.
"""

from __future__ import annotations

import getpass
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast

from inconcert.core.document import Source
from inconcert.core.evidence import SourceSummary
from inconcert.core.ids import content_id
from inconcert.errors import BadQuestion, BadSetting
from inconcert.judge.media import country_of, is_state, owner_of
from inconcert.judge.reliability import FIGURES, LETTERS, Figure, Grades, ItemGrade, OutletGrade
from inconcert.workbench.files import alone, append_line

FILE = "sources.toml"
LOG = "sources.log.jsonl"
_KEYS = ("name", "grade", "basis", "by", "on")
Record = dict[str, object]


@dataclass(frozen=True, slots=True)
class Given:
    """A line of the log: a grade that was given, or taken back.

    Attributes:
        id: hash of the other fields.
        at: when, with its zone.
        about: name of the outlet, or id of the document, event or statement.
        grade: what was given; None for a line that takes one back.
        undoes: id of the line that this one takes back.
        is_item: whether this is about an item.
    """

    id: str
    at: datetime
    by: str
    about: str
    grade: OutletGrade | ItemGrade | None
    undoes: str | None = None
    is_item: bool = False


def grades_of(case: Path) -> Grades:
    """The grades of a case; those of the table alone where it gives none.

    Raises:
        BadSetting: `sources.toml` or the log breaks its form; names the place.
    """
    own = {name.casefold(): grade for name, grade in of_file(case)}
    items: dict[str, ItemGrade] = {}
    for one in standing(log_of(case)):
        if isinstance(one.grade, OutletGrade):
            own[one.about.casefold()] = one.grade
        elif one.grade is not None:
            items[one.about] = one.grade
    return Grades(own, items)


def of_file(case: Path) -> list[tuple[str, OutletGrade]]:
    """Outlets and grades of `sources.toml`; none where there is no such file.

    Raises:
        BadSetting: it breaks its form; names the place.
    """
    return list(_of_file(case / FILE))


def give(
    case: Path, source: str, letter: str, *, basis: str, by: str = "", at: datetime | None = None
) -> Record:
    """Grade an outlet; a line is added to the log.

    Args:
        case: its folder.
        source: name of the outlet, as its texts have it.
        letter: A to F.
        basis: what the grade rests on, in words; a grade without one is not taken.
        by: who gives it; whoever is logged in if empty.
        at: when; now if not given.

    Returns:
        The line: `id`, `at`, `by`, `source`, `grade`, `basis`, `undoes`.

    Raises:
        BadQuestion: no such letter, no outlet or no basis.
        BadSetting: the log cannot be read.
        CaseError, StorageFull: it cannot be written.
    """
    log_of(case)  # a line is not added to a log that cannot be read
    name, why = _line_of(source), _line_of(basis)
    if letter.upper() not in LETTERS or not name or not why:
        raise BadQuestion(
            f"no grade can be made of {letter!r} for {name!r}"
            + ("" if why else ", which rests on nothing"),
            where="grade",
            advice=f"Give a letter of {', '.join(LETTERS)}, an outlet, and a basis in words.",
        )
    moment = at or datetime.now(UTC)
    who = _line_of(by) or _who()
    grade = OutletGrade(letter.upper(), why, who, moment.date())
    return _add(case, Given(_id(moment, who, name, letter, why), moment, who, name, grade))


def give_item(
    case: Path, item: str, figure: str, *, basis: str, by: str = "", at: datetime | None = None
) -> Record:
    """Grade an item; a line is added to the log.

    Args:
        case: its folder.
        item: id of an event or statement, or of a document, for all that it says did happen.
        figure: 1 to 6.
        basis, by, at: as for `give`.

    Returns:
        The line: `id`, `at`, `by`, `item`, `grade`, `basis`, `undoes`.

    Raises:
        BadQuestion: no such figure, no item or no basis.
        BadSetting: the log cannot be read.
        CaseError, StorageFull: it cannot be written.
    """
    log_of(case)
    about, why = item.strip(), _line_of(basis)
    if figure.strip() not in set(map(str, FIGURES)) or not about or not why:
        raise BadQuestion(
            f"no grade can be made of {figure!r} for {about!r}"
            + ("" if why else ", which rests on nothing"),
            where="grade",
            advice=f"Give a figure of {', '.join(map(str, FIGURES))}, an item, and a basis in "
            "words.",
        )
    moment, who = at or datetime.now(UTC), _line_of(by) or _who()
    grade = _item_grade(int(figure), why, who, moment.date())
    made = Given(_id(moment, who, about, figure, why), moment, who, about, grade, is_item=True)
    return _add(case, made)


def take_back(case: Path, id: str, *, by: str = "", at: datetime | None = None) -> Record:
    """Take a grade of the log back; a line is added to it, and what stood before stands again.

    Args:
        id: of its line, or how that begins; empty for the last that stands.

    Raises:
        BadQuestion: no grade that stands has this id, or several do.
        BadSetting: the log cannot be read.
        CaseError, StorageFull: it cannot be written.
    """
    kept = standing(log_of(case))
    named = [one for one in kept if one.id.startswith(id.strip())] if id.strip() else kept[-1:]
    if len(named) != 1:
        raise BadQuestion(
            f"{len(named) or 'no'} grades that stand have the id {id!r}" if id.strip()
            else "no grade stands that was given by command",
            where=LOG,
            advice="`inconcert sources log` lists them; what is in sources.toml, change there.",
        )  # fmt: skip
    found = named[0]
    moment, who = at or datetime.now(UTC), _line_of(by) or _who()
    key = _id(moment, who, found.about, "undo", found.id)
    made = Given(key, moment, who, found.about, None, found.id, found.is_item)
    return _add(case, made)


def standing(log: Sequence[Given]) -> list[Given]:
    """Lines of the log not taken back, in order; of one outlet or item the last counts."""
    gone = {one.undoes for one in log}
    return [one for one in log if one.grade is not None and one.id not in gone]


def log_of(case: Path) -> list[Given]:
    """The log of a case; empty where there is none.

    Raises:
        BadSetting: a line is no grade; names file and line.
    """
    path = case / LOG
    if not path.is_file():
        return []
    lines = _text(path).splitlines()
    return [
        _line(line, f"{LOG}:{number}") for number, line in enumerate(lines, start=1) if line.strip()
    ]


def source_record(source: Source, grades: Grades, *, speaks: str | None = None) -> Record:
    """What pages and `--json` tell of a source: owner, country, whether state media, its grade.

    Args:
        source: who publishes.
        grades: of the case.
        speaks: code of the actor whose voice its texts are in, if any.
    """
    grade = grades.of(source.name, is_official=bool(speaks))
    return {
        "owner": owner_of(source, speaks=speaks),
        "country": country_of(source),
        "is_state_media": is_state(source),
        "grade": grade.letter,
        "grade_means": LETTERS[grade.letter],
        "grade_basis": grade.basis,
        "grade_by": grade.by or None,
        "grade_on": grade.on,
    }


def source_records(
    case: Path, summaries: Iterable[SourceSummary], speakers: Mapping[str, str] | None = None
) -> dict[str, Record]:
    """`source_record` of every source of a case, by its name.

    Args:
        case: its folder.
        summaries: of the corpus.
        speakers: code of the actor in whose voice the texts of a source are, by its name; None
            where that is not known.
    """
    grades, speaks = grades_of(case), speakers or {}
    return {
        each.source.name: source_record(each.source, grades, speaks=speaks.get(each.source.name))
        for each in summaries
    }


# -- files


def _of_file(path: Path) -> Iterator[tuple[str, OutletGrade]]:
    if not path.is_file():
        return
    try:
        held = tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise _bad(FILE, f"this is no TOML: {error}") from error
    rows = held.get("source", [])
    if set(held) - {"source"} or not isinstance(rows, list):
        raise _bad(FILE, "only tables [[source]] are known here")
    seen: set[str] = set()
    for place, row in enumerate(rows, start=1):
        name, grade = _row(row, f"{FILE}, source {place}")
        if name.casefold() in seen:
            raise _bad(f"{FILE}, source {place}", f"{name!r} is graded twice")
        seen.add(name.casefold())
        yield name, grade


def _row(row: object, where: str) -> tuple[str, OutletGrade]:
    if not isinstance(row, dict) or set(row) - set(_KEYS):
        raise _bad(where, f"keys of a source are {', '.join(_KEYS)}")
    texts = {key: row.get(key, "") for key in _KEYS[:4]}
    if not all(isinstance(value, str) for value in texts.values()):
        raise _bad(where, "name, grade, basis and by are texts")
    if not texts["name"] or texts["grade"] not in LETTERS or not texts["basis"]:
        raise _bad(where, f"a name, a grade of {', '.join(LETTERS)} and a basis are needed")
    on = row.get("on")
    if on is not None and (not isinstance(on, date) or isinstance(on, datetime)):
        raise _bad(where, "`on` is a day: 2022-03-04")
    return texts["name"], OutletGrade(texts["grade"], texts["basis"], texts["by"], on)


def _line(line: str, where: str) -> Given:
    try:
        held: Any = json.loads(line)
        at, sign, by = datetime.fromisoformat(held["at"]), held["grade"], str(held["by"])
        is_item = "item" in held
        if sign is not None and sign not in (FIGURES if is_item else LETTERS):
            raise ValueError(f"no grade {sign!r}")
        grade: OutletGrade | ItemGrade | None = None
        if sign is not None:
            made = _item_grade if is_item else OutletGrade
            grade = made(sign, str(held["basis"]), by, at.date())
        about = str(held["item" if is_item else "source"])
        return Given(str(held["id"]), at, by, about, grade, held.get("undoes"), is_item)
    except (json.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        raise _bad(where, f"this line is no grade: {error}") from error


def _item_grade(figure: int, basis: str, by: str, on: date) -> ItemGrade:
    return ItemGrade(cast("Figure", figure), basis, by, on)


def line_record(one: Given) -> Record:
    """A line of the log as it is written, and as `--json` tells it."""
    grade = one.grade
    sign = grade.figure if isinstance(grade, ItemGrade) else grade and grade.letter
    return {
        "id": one.id,
        "at": one.at.isoformat(),
        "by": one.by,
        "item" if one.is_item else "source": one.about,
        "grade": sign,
        "basis": None if grade is None else grade.basis,
        "undoes": one.undoes,
    }


def _add(case: Path, one: Given) -> Record:
    told = line_record(one)
    with alone(case / LOG):
        append_line(case / LOG, json.dumps(told, ensure_ascii=False))
    return told


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _bad(path.name, f"it cannot be read: {error}") from error


def _bad(where: str, what: str) -> BadSetting:
    return BadSetting(what, where=where, advice="Correct it, or move the file away.")


def _line_of(words: str) -> str:
    """Words on one line that can be stored; halves of a character are shown as such."""
    return " ".join(words.encode("utf-8", "replace").decode("utf-8").split())


def _id(*parts: object) -> str:
    return content_id("grade", *map(str, parts))


def _who() -> str:
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):  # no such table of people on this system
        return "unknown"
