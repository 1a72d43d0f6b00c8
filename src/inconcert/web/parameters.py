"""What may stand in an address: one table that the server checks by and OpenAPI is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from starlette.datastructures import QueryParams

from inconcert.errors import BadQuestion
from inconcert.ontology.tables import read_table
from inconcert.web.asking import LONGEST, number

DAY = r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$"
"""A day, month or year; empty for none."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an address.

    Attributes:
        group: of parameters that go together.
        kind: as `data/parameters.tsv` writes it.
        example: a value that makes sense; empty for none.
        what: what it holds, in one line.
    """

    group: str
    name: str
    kind: str
    example: str
    what: str

    @property
    def is_in_path(self) -> bool:
        """Whether it is a part of the path."""
        return self.kind == "path"

    @property
    def choices(self) -> tuple[str, ...]:
        """The only values it may have; none where it is free."""
        kind, words = self.kind.removeprefix("one of "), self.kind.startswith("one of ")
        return tuple(word.strip() for word in kind.split(",")) if words else ()

    @property
    def range(self) -> tuple[int, int] | None:
        """Least and most of a number."""
        if not self.kind.startswith("number "):
            return None
        least, most = self.kind.removeprefix("number ").split("-")
        return int(least), int(most)

    def schema(self) -> dict[str, Any]:
        """As JSON Schema; an empty value is the same as none."""
        if self.choices:
            return {"type": "string", "enum": [*self.choices, ""]}
        if self.range is not None:
            whole = {"type": "integer", "minimum": self.range[0], "maximum": self.range[1]}
            return {"anyOf": [whole, {"const": ""}]}
        if self.kind == "day":
            return {"type": "string", "pattern": DAY}
        text = {"type": "string", "maxLength": LONGEST}
        return {"type": "array", "items": text} if self.kind == "texts" else text

    def check(self, params: QueryParams) -> None:
        """Refuse what cannot be a value of this parameter; an empty one counts as none.

        Raises:
            BadQuestion: it is too long, no number, no date, or no word of the list.
        """
        for value in params.getlist(self.name):
            if len(value) > LONGEST:
                raise BadQuestion(
                    "a name in the address is too long",
                    where=self.name,
                    advice=f"Names, codes and words have at most {LONGEST} characters.",
                )
            if self.choices and value and value not in self.choices:
                raise BadQuestion(
                    f"{value!r} is none of the words there are",
                    where=self.name,
                    advice=f"One of: {', '.join(self.choices)}.",
                )
            if self.kind == "day" and not re.fullmatch(DAY, value.strip()):
                raise BadQuestion(
                    f"{value!r} is no date",
                    where=self.name,
                    advice="Write 2021, 2021-08 or 2021-08-15.",
                )
            if self.range is not None:
                number({self.name: value}, self.name, least=self.range[0], most=self.range[1])


def parameters() -> Iterator[Parameter]:
    """All parameters, in the order of the table."""
    for row in read_table("inconcert.web", "data/parameters.tsv"):
        yield Parameter(row["group"], row["name"], row["kind"], row["example"], row["what"])


@cache
def of_page(page: str) -> tuple[Parameter, ...]:
    """The parameters that a page takes, by its path without form; those of the path first.

    A page that is not in the table takes a question.
    """
    row = pages().get(page)
    groups = ["question"] if row is None else row["takes"].split()
    found = [each for group in groups for each in _by_group().get(group, ())]
    in_path = set(re.findall(r"{(\w+)}", page))
    return tuple(
        sorted(
            {each.name: each for each in found if each.is_in_path == (each.name in in_path)}
            .values(),
            key=lambda each: not each.is_in_path,
        )
    )  # fmt: skip


@cache
def pages() -> Mapping[str, Mapping[str, str]]:
    """What is known of each page, by its path without form."""
    return {row["page"]: row for row in read_table("inconcert.web", "data/pages.tsv")}


@cache
def _by_group() -> Mapping[str, tuple[Parameter, ...]]:
    found: dict[str, list[Parameter]] = {}
    for one in parameters():
        found.setdefault(one.group, []).append(one)
    return {group: tuple(each) for group, each in found.items()}
