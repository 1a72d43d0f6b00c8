"""The settings of a case: shipped defaults, below `case.toml`, below the command line.

The three layers are read and checked once, into one typed value that is passed to whoever needs
it. Every value knows where it came from.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from inconcert.core.config_checks import (
    MANY_TEXTS,
    ONE_TEXT,
    check_of,
    checked,
    dotted_name,
    unknown,
)
from inconcert.core.toml_text import Key, key_lines, render
from inconcert.errors import BadSetting, NoCase

DEFAULT = "default"
COMMAND_LINE = "command line"


@dataclass(frozen=True, slots=True)
class ReadSection:
    """How material becomes documents; what a document tells of itself goes before these.

    Attributes:
        places: files, folders or `-`, as written; relative ones are seen from the case folder.
        source: name of the publisher.
        country: ISO-3 code of the publisher's country.
        speaker: code of the actor who speaks in the first person.
        licence: terms under which the texts may be passed on.
        language: ISO-639-1 code, where it shall not be detected.
        mapping: pairs (what it is, name of the column or JSON key that holds it).
        max_megabytes: files larger than this are left out; so are pages, lines and records
            larger than a tenth of it.
    """

    places: tuple[str, ...] = ()
    source: str | None = None
    country: str | None = None
    speaker: str | None = None
    licence: str | None = None
    language: str | None = None
    mapping: tuple[tuple[str, str], ...] = ()
    max_megabytes: float = 50.0

    @property
    def columns(self) -> dict[str, str]:
        """The mapping as a dictionary: what it is → name of the column."""
        return dict(self.mapping)


@dataclass(frozen=True, slots=True)
class CodeSection:
    """How documents are coded.

    Attributes:
        processes: number of worker processes; 0 for one a core.
        languages: ISO-639-1 codes of the languages that are coded.
        model: name or folder of the language model; None for the one that ships.
    """

    processes: int = 0
    languages: tuple[str, ...] = ("en",)
    model: str | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """A name for a group of codes or actors' names."""

    name: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionSection:
    """A question as written in `case.toml`; names are not yet looked up in the register.

    Attributes:
        actors: one group of names or codes an actor.
        toward: name of a side, or a name or code, or codes joined by `+`.
        first: first day asked about (`from`), None for open.
        last: last day asked about (`to`), None for open.
        split: a day that parts the answer in before and after.
        sources: names of the sources to be used; empty for all.
    """

    title: str | None
    actors: tuple[tuple[str, ...], ...]
    toward: str
    first: date | None = None
    last: date | None = None
    split: date | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a case.

    Attributes:
        origins: where each value came from: `default`, `case.toml:12`, `command line`.
    """

    title: str
    read: ReadSection
    code: CodeSection
    sides: tuple[Side, ...] = ()
    questions: tuple[QuestionSection, ...] = ()
    origins: tuple[tuple[Key, str], ...] = field(default=(), repr=False, compare=False)

    @classmethod
    def load(
        cls, path: Path | None = None, *, overrides: Mapping[str, object] | None = None
    ) -> Settings:
        """Lay the three layers on each other and check the result.

        Args:
            path: the `case.toml`; None for the defaults alone.
            overrides: values from the command line by dotted key (`code.processes`); None means
                that an option was not given. A text is taken as TOML where the key holds
                something else than text.

        Raises:
            NoCase: the file is missing.
            BadSetting: unknown key or a value without sense; names file, line and nearest key.
        """
        layers = _Layers()
        layers.add(tomllib.loads(_shipped("defaults.toml")), lambda _key: DEFAULT)
        if path is not None:
            text = _text_of(path)
            table, lines = _parsed(text, path), key_lines(text)
            layers.add(table, lambda key: f"{path.name}:{_line(lines, key)}")
        for dotted, value in (overrides or {}).items():
            if value is not None:
                key = _overridden(dotted)
                layers.add(_nested(key, _read_as_toml(key, value)), lambda _key: COMMAND_LINE)
        return layers.settings()

    def side(self, name: str) -> Side | None:
        """The side of that name, whatever the case of its letters."""
        wanted = name.casefold()
        return next((side for side in self.sides if side.name.casefold() == wanted), None)

    def explain(self) -> list[tuple[str, object, str]]:
        """Every setting with its value and origin, in order of the sections.

        Values are as in TOML: lists, texts, numbers, days; None where nothing is set.
        """
        origins, values = dict(self.origins), self._values()
        return [
            (dotted_name(key), value, origins.get(key, DEFAULT)) for key, value in values.items()
        ]

    def text(self) -> str:
        """These settings as a `case.toml` with comments; reading it gives the same settings.

        Example:
            >>> fresh = Settings.load(overrides={"title": "Harbour dispute"})
            >>> 'title = "Harbour dispute"' in fresh.text()
            True
        """
        return render(_shipped("case_template.toml"), self._values())

    def _values(self) -> dict[Key, object]:
        read, code = self.read, self.code
        values: dict[Key, object] = {
            ("title",): self.title,
            ("read", "places"): list(read.places),
            ("read", "source"): read.source,
            ("read", "country"): read.country,
            ("read", "speaker"): read.speaker,
            ("read", "licence"): read.licence,
            ("read", "language"): read.language,
            ("read", "max_megabytes"): read.max_megabytes,
        }
        values |= {("read", "mapping", name): column for name, column in read.mapping}
        values[("code", "processes")] = code.processes
        values[("code", "languages")] = list(code.languages)
        values[("code", "model")] = code.model
        values |= {("sides", side.name): list(side.codes) for side in self.sides}
        for number, question in enumerate(self.questions):
            for name, value in _question_values(question).items():
                values[("questions", number, name)] = value
        return values


@dataclass(slots=True)
class _Layers:
    """Collects checked values by key, a later layer over an earlier one."""

    values: dict[Key, object] = field(default_factory=dict)
    origins: dict[Key, str] = field(default_factory=dict)

    def add(self, table: Mapping[str, object], origin: Callable[[Key], str]) -> None:
        if "questions" in table:  # a list of questions replaces the list below it
            for key in [key for key in self.values if key[0] == "questions"]:
                del self.values[key], self.origins[key]
        for key, value in _leaves(table, origin):
            self.values[key] = checked(key, value, where=origin(key))
            self.origins[key] = origin(key)

    def settings(self) -> Settings:
        values = self.values
        return Settings(
            title=str(values[("title",)]),
            read=ReadSection(mapping=self._pairs("read", "mapping"), **self._section("read")),
            code=CodeSection(**self._section("code")),
            sides=tuple(Side(name, codes) for name, codes in self._pairs("sides")),
            questions=self._questions(),
            origins=tuple(self.origins.items()),
        )

    def _section(self, name: str) -> dict[str, Any]:
        return {
            str(key[1]): value
            for key, value in self.values.items()
            if len(key) == 2 and key[0] == name
        }

    def _pairs(self, *section: str) -> tuple[tuple[str, Any], ...]:
        depth = len(section)
        return tuple(
            (str(key[depth]), value)
            for key, value in self.values.items()
            if key[:depth] == section and len(key) == depth + 1
        )

    def _questions(self) -> tuple[QuestionSection, ...]:
        asked: dict[int, dict[str, Any]] = {}
        for key, value in self.values.items():
            if key[0] == "questions" and len(key) == 3:
                asked.setdefault(int(key[1]), {})[str(key[2])] = value
        return tuple(self._question(number, asked[number]) for number in sorted(asked))

    def _question(self, number: int, given: dict[str, Any]) -> QuestionSection:
        first_key = next(key for key in self.values if key[:2] == ("questions", number))
        where = self.origins[first_key]
        for needed in ("actors", "toward"):
            if needed not in given:
                raise BadSetting(
                    f"question {number + 1} has no `{needed}`",
                    where=where,
                    advice=f"Add `{needed} = …` to it.",
                )
        first = given["from"].first if "from" in given else None
        last = given["to"].last if "to" in given else None
        if first is not None and last is not None and last < first:
            raise BadSetting(
                f"question {number + 1} ends ({last}) before it begins ({first})",
                where=self.origins[("questions", number, "to")],
                advice="Exchange `from` and `to`.",
            )
        return QuestionSection(
            title=given.get("title"),
            actors=given["actors"],
            toward=given["toward"],
            first=first,
            last=last,
            split=given["split"].first if "split" in given else None,
            sources=given.get("sources", ()),
        )


def _leaves(table: Mapping[str, object], origin: Callable[[Key], str]) -> list[tuple[Key, object]]:
    """The single settings of a layer, each with its place; tables where tables belong."""
    found: list[tuple[Key, object]] = []
    for name, value in table.items():
        key: Key = (name,)
        if name in ("read", "code", "sides"):
            for inner, leaf in _as_table(value, origin(key), name).items():
                if (name, inner) == ("read", "mapping"):
                    mapping = _as_table(leaf, origin((name, inner)), "read.mapping")
                    found += [((name, inner, column), named) for column, named in mapping.items()]
                else:
                    found.append(((name, inner), leaf))
        elif name == "questions":
            if not isinstance(value, list):
                raise BadSetting(
                    "`questions` is not a list of tables",
                    where=origin(key),
                    advice="Begin each question with the line `[[questions]]`.",
                )
            for number, question in enumerate(value):
                inside = _as_table(question, origin((name, number)), "questions")
                found += [((name, number, inner), leaf) for inner, leaf in inside.items()]
        else:
            found.append((key, value))
    return found


def _as_table(value: object, where: str, name: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise BadSetting(
            f"`{name}` is not a table", where=where, advice=f"Begin it with the line `[{name}]`."
        )
    return value


def _question_values(question: QuestionSection) -> dict[str, object]:
    values: dict[str, object] = {
        "title": question.title,
        "actors": [g[0] if len(g) == 1 else list(g) for g in question.actors],
        "toward": question.toward,
        "from": question.first,
        "to": question.last,
        "split": question.split,
        "sources": list(question.sources),
    }
    return {name: value for name, value in values.items() if value not in (None, [])}


def _shipped(name: str) -> str:
    return files("inconcert.core").joinpath(name).read_text(encoding="utf-8")


def _text_of(path: Path) -> str:
    if not path.is_file():
        raise NoCase(
            "no case here", where=str(path), advice="Make one with `inconcert init FOLDER`."
        )
    try:
        return path.read_bytes().decode("utf-8-sig")  # editors on Windows put a mark at the start
    except UnicodeDecodeError as error:
        raise BadSetting(
            f"the file is not UTF-8 (byte {error.start})",
            where=str(path),
            advice="Save it as UTF-8.",
        ) from error
    except OSError as error:
        raise BadSetting(
            f"the file cannot be read: {error.strerror}",
            where=str(path),
            advice="Check who may read it.",
        ) from error


def _parsed(text: str, path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        _, _, place = str(error).rpartition("(at line ")
        line = place.partition(",")[0]
        raise BadSetting(
            f"not TOML: {error}",
            where=f"{path.name}:{line}" if line.isdigit() else path.name,
            advice="Texts stand in quotation marks, lists in square brackets.",
        ) from error


def _line(lines: Mapping[Key, int], key: Key) -> int:
    """The line of a key, or of the table it stands in."""
    while key and key not in lines:
        key = key[:-1]
    return lines.get(key, 1)


def _overridden(dotted: str) -> Key:
    key: Key = tuple(dotted.split(".", maxsplit=2 if dotted.startswith("read.mapping.") else 1))
    if check_of(key) is None:
        raise unknown(key, COMMAND_LINE)
    return key


def _read_as_toml(key: Key, value: object) -> object:
    """A text from the command line as number, list or day, where the key wants one."""
    if not isinstance(value, str) or check_of(key) in ONE_TEXT:
        return list(value) if isinstance(value, tuple) else value
    is_list = check_of(key) in MANY_TEXTS
    try:
        read = tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        read = value
    return [value] if is_list and not isinstance(read, list) else read


def _nested(key: Key, value: object) -> dict[str, object]:
    for name in reversed(key):
        value = {str(name): value}
    return value  # type: ignore[return-value]
