"""Who does which part, laid out as plain words: the same for terminal, Markdown and HTML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import groupby

from inconcert.core.evidence import EventRecord, StatementRecord
from inconcert.core.findings import Measured, SourceFindings
from inconcert.core.reading import TEXTS
from inconcert.core.verdict import Answer
from inconcert.judge.amounts import NO_BREAK, counted, days_between
from inconcert.judge.claims import p_words
from inconcert.show.by_source import bare, row_words

Names = Callable[[str], str]

TITLE = "Who does which part"
FAMILY_NOTE = (
    "p: how often chance alone would bring about as much; after Holm over all tests of this "
    f"section. Brackets: 90{NO_BREAK}% intervals unless said. Nothing here enters the verdict, and "
    "nothing here is a cause, an agreement or an intent."
)
SUGGESTIVE = "Suggestive, no more: "


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding.

    Attributes:
        title: what was asked.
        value: the answer in a word or two.
        text: the answer with its numbers.
        figures: effect, interval, p, n; empty where the text has them.
        null: the null model; empty for an estimate.
        strength: as of the finding.
        is_aside: a table that stands in the brief, and in a terminal only takes room.
        rows: of a dataset, a line a row.
        records: of texts.
        statements: likewise.
        more: how many further acts it rests on.
    """

    title: str
    value: str
    text: str
    figures: str
    null: str
    strength: str
    is_aside: bool
    rows: tuple[str, ...]
    records: tuple[EventRecord, ...]
    statements: tuple[StatementRecord, ...]
    more: int


@dataclass(frozen=True, slots=True)
class GroupView:
    """Findings under one heading.

    Attributes:
        found: what is said.
        refused: what could not be told, with the reason, a line a reason.
        minds: what it may not be taken to mean, each once.
    """

    title: str
    found: tuple[FindingView, ...]
    refused: tuple[str, ...]
    minds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FindingsView:
    """All that one source says.

    Attributes:
        name: of the source.
        head: days, and how many tests stand in the answer.
        groups: in order.
        silent: where nothing at all could be told: the reasons, in place of the groups.
        notes: what else a reader must know.
    """

    name: str
    head: str
    groups: tuple[GroupView, ...]
    silent: tuple[str, ...]
    notes: tuple[str, ...]


def findings_of(answer: Answer, names: Names = str) -> tuple[FindingsView, ...]:
    """The findings of an answer, source by source; none where they were not asked for."""
    return tuple(_source(one, names) for one in answer.findings)


def _source(one: SourceFindings, names: Names) -> FindingsView:
    groups = tuple(
        _group(title, tuple(found), names)
        for title, found in groupby(one.found, key=lambda each: each.group)
    )
    name = "the texts of the case" if one.source == TEXTS else one.source
    is_silent = not any(group.found for group in groups)
    return FindingsView(
        name=name,
        head=f"{days_between(one.span.first, one.span.last)}; "
        f"{counted(one.tests, 'test')} in this section of the answer",
        groups=() if is_silent else groups,
        silent=_in_short(one.found) if is_silent else (),
        notes=one.notes,
    )


def _group(title: str, found: tuple[Measured, ...], names: Names) -> GroupView:
    told = [one for one in found if not one.refused]
    views: list[FindingView] = []
    seen: set[tuple[str, ...]] = set()
    for one in told:
        # what rests on the same acts as a finding above need not show them again
        views.append(_finding(one if one.ids not in seen else _bare_of_rows(one), names))
        seen.add(one.ids)
    return GroupView(
        title=title,
        found=tuple(views),
        refused=_reasons(found),
        minds=tuple(dict.fromkeys(one.mind for one in told if one.mind)),
    )


def _bare_of_rows(one: Measured) -> Measured:
    return replace(one, rows=(), records=(), statements=(), ids=())


def _reasons(found: tuple[Measured, ...]) -> tuple[str, ...]:
    """Refusals with the same reason in one line."""
    by_reason: dict[str, list[str]] = {}
    for one in found:
        if one.refused:
            by_reason.setdefault(one.refused, []).append(one.title)
    return tuple(f"{', '.join(titles)}: {why}" for why, titles in by_reason.items())


def _in_short(found: tuple[Measured, ...]) -> tuple[str, ...]:
    """The first refusal under each heading: where nothing can be told, the others are like it."""
    first: dict[str, Measured] = {}
    for one in found:
        first.setdefault(one.group, one)
    return tuple(
        f"{group.capitalize()}, {one.title}: {one.refused}" for group, one in first.items()
    )


def _finding(one: Measured, names: Names) -> FindingView:
    return FindingView(
        title=one.title,
        value=one.value,
        text=f"{SUGGESTIVE if one.strength == 'suggestive' else ''}{one.sentence}",
        figures=figures(one),
        null=one.null,
        strength=one.strength,
        is_aside=one.key.startswith("turns.around") and one.p is None,
        rows=tuple(row_words(row, names) for row in one.rows),
        records=one.records,
        statements=one.statements,
        more=max(0, len(one.ids) - len(one.rows) - len(one.records) - len(one.statements)),
    )


def figures(one: Measured) -> str:
    """Effect with its interval, p and its correction, and n, in brackets' room.

    Args:
        one: a finding that says something.
    """
    parts = []
    if one.interval is not None and one.effect is not None and one.unit != "share":
        low, high = one.interval
        level = "" if one.level == 0.9 else f" at {100 * (one.level or 0):.0f}{NO_BREAK}%"
        digits = 3 if one.unit == "bits" else 2
        told = (_plain(value, digits) for value in (one.effect, low, high))
        parts.append("{} [{}, {}]".format(*told) + level)
    if one.p is not None:
        after = "" if one.corrected is None else f", {bare(one.corrected)} after Holm"
        parts.append(f"{p_words(one.p)}{after}")
    if one.n and parts:
        parts.append(f"n {one.n} {one.n_of}")
    return "; ".join(parts)


def _plain(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".replace("-", "−") if abs(value) < 100 else "over 100"
