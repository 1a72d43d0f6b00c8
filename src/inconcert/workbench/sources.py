"""The sources of a case with their grades, and grades given and taken back, as commands do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from inconcert.errors import BadInput, BadQuestion
from inconcert.judge.amounts import counted
from inconcert.judge.reliability import FIGURES, LETTERS
from inconcert.workbench.bench import Workbench
from inconcert.workbench.reliability import (
    Record,
    give,
    give_item,
    grades_of,
    line_record,
    log_of,
    of_file,
    source_records,
    standing,
    take_back,
)
from inconcert.workbench.reviewing_case import ReviewedCase


class CaseSources:
    """The sources of a case and what is said of their reliability.

    Args:
        case: its folder.
        by: name under which grades stand; empty for who is logged in.

    Raises:
        NoCase: there is none.
        BadSetting: `case.toml` has a setting that is unknown or without sense.
    """

    def __init__(self, case: Path, by: str = "") -> None:
        self.bench, self.by = Workbench.open(case), by
        self._reading = ReviewedCase(self.bench.folder).reading

    def held(self) -> list[Record]:
        """Sources of the texts of the case, those with most texts first, and graded outlets.

        Returns:
            Of each `name`, `documents`, `owner`, `country`, `is_state_media`, `grade`,
            `grade_means`, `grade_basis`, `grade_by`, `grade_on`. Outlets that the case grades and
            has no text of, as those that a dataset names, come last with 0 documents.

        Raises:
            BadSetting: `sources.toml` or the log of grades breaks its form.
            CaseBusy: another process uses the case.
        """
        case = self.bench.folder
        with self._reading() as store:
            found = store.corpus(languages=self.bench.settings.code.languages).sources
            speakers = {
                each.source.name: each.speaker
                for each in store.documents()
                if each.speaker
            } if found else {}  # fmt: skip
        graded = source_records(case, found, speakers)
        rows: list[Record] = [
            {"name": one.source.name, "documents": one.documents, **graded[one.source.name]}
            for one in sorted(found, key=lambda one: (-one.documents, one.source.name.casefold()))
        ]
        known = {one.source.name.casefold() for one in found}
        named = {name: None for name, _ in of_file(case)}
        named |= {one.about: None for one in standing(log_of(case)) if not one.is_item}
        grades = grades_of(case)
        for name in sorted(named, key=str.casefold):
            if name.casefold() not in known:
                known.add(name.casefold())
                grade = grades.of(name)
                rows.append({
                    "name": name, "documents": 0, "owner": None, "country": None,
                    "is_state_media": None, "grade": grade.letter,
                    "grade_means": LETTERS[grade.letter], "grade_basis": grade.basis,
                    "grade_by": grade.by or None, "grade_on": grade.on,
                })  # fmt: skip
        return rows

    def grade(self, outlet: str, letter: str, *, why: str) -> Record:
        """Grade an outlet; whether the case has texts of it stands in the answer.

        Returns:
            The line of the log, with `documents` of this outlet in the case.

        Raises:
            BadQuestion: no such letter, no outlet or no basis.
            BadSetting, CaseBusy, CaseError, StorageFull: as the log has it.
        """
        with self._reading() as store:  # first: what is told as busy was not graded
            sources = store.corpus(languages=self.bench.settings.code.languages).sources
        made = give(self.bench.folder, outlet, letter, basis=why, by=self.by)
        key = str(made["source"]).casefold()
        same = (one.documents for one in sources if one.source.name.casefold() == key)
        return {**made, "documents": sum(same)}

    def grade_item(self, item: str, figure: str, *, why: str) -> Record:
        """Grade a document, event or statement by its id, or by how that begins.

        Returns:
            The line of the log, with `kind`: `document`, `event` or `statement`.

        Raises:
            BadQuestion: no such item or figure, several items, or no basis.
            BadSetting, CaseBusy, CaseError, StorageFull: as the log has it.
        """
        kind, id = self._item(item.strip())
        return {**give_item(self.bench.folder, id, figure, basis=why, by=self.by), "kind": kind}

    def undo(self, id: str) -> Record:
        """Take back the last grade that stands, or the one with this id.

        Raises:
            BadQuestion: there is none.
        """
        return take_back(self.bench.folder, id, by=self.by)

    def log(self) -> list[Record]:
        """All lines of the log in order, each with whether it holds."""
        lines = log_of(self.bench.folder)
        kept = {one.id for one in standing(lines)}
        return [{**line_record(one), "holds": one.id in kept} for one in lines]

    def _item(self, wanted: str) -> tuple[str, str]:
        """Kind and whole id of an item."""
        if not wanted:
            raise BadQuestion("no item was named", where="--item", advice=_WHERE_IDS)
        with self._reading() as store:
            try:
                return "document", store.document(wanted).id
            except BadInput:
                records = store.candidates(wanted.casefold())
                found = {(one.kind, one.id) for one in records}
            if not found:
                found = {
                    ("document", one.document)
                    for one in store.candidates()
                    if one.document.startswith(wanted)
                }
        if len(found) == 1:
            return found.pop()
        raise BadQuestion(
            f"the ids of {len(found):,} items begin with {wanted!r}"
            if found
            else f"no items have the id {wanted!r}",
            where="--item",
            advice=_WHERE_IDS,
        )


_WHERE_IDS = (
    "Give the id of a document, event or statement: `inconcert ask --json` has them, and the "
    "address of every document and record in the browser."
)


def tell_sources(found: Sequence[Record]) -> str:
    """One source a line, with its grade and what that rests on."""
    if not found:
        return "The case holds no texts and grades no outlet."
    width = max(len(str(one["name"])) for one in found)
    return "\n".join(
        f"{one['grade']}  {one['name']!s:<{width}}  {_facts(one)}; {_basis(one)}" for one in found
    )


def tell_given(made: Record) -> str:
    """What was graded, and what follows."""
    sign = made["grade"]
    if "item" in made:
        means = FIGURES[int(str(sign))]
        tail = ", for all that it says did happen" if made["kind"] == "document" else ""
        head = f"{made['kind']} {made['item']}: {sign}, {means}{tail}"
    else:
        count = int(str(made.get("documents") or 0))
        head = f"{made['source']}: {sign}, {LETTERS[str(sign)]}; " + (
            counted(count, "text") + " of it in the case"
            if count
            else "no text of the case has this name: it counts where a dataset or a later text does"
        )
    return f"{head}.\nTake it back with: inconcert sources undo {made['id']}"


def tell_undone(made: Record) -> str:
    """What was taken back."""
    about = made.get("source") or made.get("item")
    return f"Taken back: the grade of {about} ({made['undoes']}). What stood before counts again."


def tell_grade_log(found: Sequence[Record]) -> str:
    """All lines of the log, one a line."""
    return "\n".join(map(_line_told, found)) or "No grade was given in this case by command."


def _facts(one: Record) -> str:
    country = f"{one['country']}, " if one["country"] else ""
    state = "state media, " if one["is_state_media"] else ""
    return f"{country}{state}{counted(int(str(one['documents'])), 'text')}"


def _basis(one: Record) -> str:
    by = f", {one['grade_by']}" if one["grade_by"] else ""
    on = f", {one['grade_on']}" if one["grade_on"] else ""
    return f"{one['grade_basis']}{by}{on}"


def _line_told(one: Record) -> str:
    about = one.get("source") or one.get("item")
    state = "" if one["holds"] or one["undoes"] else " (taken back)"
    what = f"undo of {one['undoes']}" if one["undoes"] else f"{one['grade']}: {one['basis']}"
    return f"{one['id']} {one['at']} {one['by']}: {about} {what}{state}"
