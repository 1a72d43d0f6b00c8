"""Who does which part as plain records, for `--json`."""

from __future__ import annotations

from collections.abc import Mapping

from inconcert.core.findings import Cell, Facts, Measured, SourceFindings
from inconcert.judge.reliability import Graded
from inconcert.show.record_sources import rounded, row_record


def findings_record(one: SourceFindings, graded: Graded | None = None) -> dict[str, object]:
    """All that one source says; keys as in docs/reference/answer.md."""
    return {
        "source": one.source,
        "kind": one.kind,
        "from": one.span.first,
        "to": one.span.last,
        "tests": one.tests,
        "found": [_measured(each, graded) for each in one.found],
        "notes": list(one.notes),
        "query": one.query,
    }


def _measured(one: Measured, graded: Graded | None) -> dict[str, object]:
    return {
        "key": one.key,
        "group": one.group,
        "title": one.title,
        "value": one.value,
        "strength": one.strength,
        "sentence": one.sentence,
        "effect": rounded(one.effect),
        "unit": one.unit,
        "interval": None if one.interval is None else [rounded(edge) for edge in one.interval],
        "level": one.level,
        "p": one.p,
        "p_holm": one.corrected,
        "null": one.null,
        "n": one.n,
        "n_of": one.n_of,
        "refused": one.refused or None,
        "not_to_mean": one.mind,
        "rests_on": list(one.rests_on),
        "facts": {facts.name: _table(facts) for facts in one.facts},
        "ids": list(one.ids),
        "rows": [row_record(row, graded) for row in one.rows],
        "events": [record.event.id for record in one.records],
        "statements": [record.statement.id for record in one.statements],
    }


def _table(facts: Facts) -> list[dict[str, object]]:
    return [_row(row) for row in facts.rows]


def _row(row: Mapping[str, Cell]) -> dict[str, object]:
    return {name: _cell(cell) for name, cell in row.items()}


def _cell(cell: Cell) -> object:
    if isinstance(cell, tuple):
        return list(cell)
    return rounded(cell) if isinstance(cell, float) else cell
