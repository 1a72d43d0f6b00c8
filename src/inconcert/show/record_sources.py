"""What each source says as plain records, for `--json`."""

from __future__ import annotations

import math

from inconcert.core.reading import (
    Coincidence,
    Coverage,
    Dropped,
    Finding,
    Reading,
    Row,
    Saying,
    StanceRead,
)
from inconcert.core.verdict import SourceVerdict, Verdict
from inconcert.judge.reliability import Graded, Item

DIGITS = 4


def verdict_record(verdict: Verdict) -> dict[str, object]:
    """A verdict: head, the three parts, what limits it."""
    return {
        "head": verdict.head,
        **{part.name: {"value": part.value, "reason": part.reason} for part in verdict.parts},
        "caveats": list(verdict.caveats),
        "missing": list(verdict.missing),
    }


def source_record(one: SourceVerdict, graded: Graded | None = None) -> dict[str, object]:
    """One source with its verdict and everything behind it."""
    reading = one.reading
    return {
        "source": reading.source,
        "kind": reading.kind,
        "verdict": verdict_record(one.verdict),
        "coverage": None if reading.coverage is None else _coverage(reading.coverage),
        "cell_days": reading.cell_days,
        "tests": [_tested(test) for test in reading.tests],
        "leading": None if reading.leading is None else reading.leading.direction,
        "leads": reading.leads,
        "refused": list(reading.refused),
        "power": rounded(reading.power),
        "correlation": _correlation(reading),
        "consulted": reading.consulted,
        "stance": _stance(reading.stance),
        "strongest_days": [_day(day, graded) for day in reading.strongest],
        "explained_days": [_day(day, graded) for day in reading.explained],
        "sensitivity": {
            "left_out": [_dropped(item) for item in reading.dropped],
            "erasing_shock": rounded(reading.erasing_shock),
        },
        "false_calls": None
        if reading.false_calls is None
        else {
            "of_100": rounded(reading.false_calls.count),
            "base_rate": reading.false_calls.base_rate,
            "act_days": reading.false_calls.act_days,
        },
        "contact_rows": {
            "joint_acts": reading.documented.joint_count,
            "consultations": reading.documented.consultation_count,
            "consultation_days": reading.documented.consultation_days,
            "about_is_known": reading.documented.about_is_known,
            "joint_rows": [row_record(row, graded) for row in reading.documented.joint],
            "consultation_rows": [
                row_record(row, graded) for row in reading.documented.consultations
            ],
        },
        "notes": list(reading.notes),
        "query": reading.query,
    }


def saying_record(one: Saying, graded: Graded | None = None) -> dict[str, object]:
    """A sentence that says whether the two act together."""
    return {
        "says": one.says,
        "words": one.words,
        "day": one.at.day,
        "document": one.at.document,
        "source": one.at.source.name,
        "title": one.at.title,
        "published": None if one.at.published is None else str(one.at.published),
        "url": one.at.url,
        "sentence": one.at.sentence,
        "sentence_start": one.at.start,
        **grade_record(one.at, graded),
    }


def grade_record(item: Item, graded: Graded | None) -> dict[str, object]:
    """Grade of outlet and item and what the latter rests on; nothing where none was asked for."""
    if graded is None:
        return {}
    found = graded.of(item)
    return {"grade": found.code, "grade_because": found.item.why}


def row_record(row: Row, graded: Graded | None = None) -> dict[str, object]:
    """A row of a dataset."""
    return {
        "id": row.id,
        "day": row.day,
        "actors": list(row.actors),
        "recipients": list(row.recipients),
        "type": row.kind,
        "code": row.code,
        "text": row.text,
        "outlet": row.outlet,
        "url": row.url,
        "copies": row.copies,
        **grade_record(row, graded),
    }


def _coverage(cover: Coverage) -> dict[str, object]:
    return {
        "from": cover.span.first,
        "to": cover.span.last,
        "days": cover.days,
        "days_covered": cover.covered,
        "source_from": cover.source_span.first,
        "source_to": cover.source_span.last,
        "rows": cover.rows,
        "counted": cover.counted,
        "acts": list(cover.acts),
        "act_days": list(cover.act_days),
        "third_parties": cover.third_parties,
        "third_acts": cover.third_acts,
        "placebos": cover.placebos,
        "outlets": cover.outlets,
    }


def _tested(test: Finding) -> dict[str, object]:
    return {
        "direction": test.direction,
        "observed": rounded(test.observed),
        "expected": rounded(test.expected),
        "lift": rounded(test.lift),
        "lift_interval": [rounded(edge) for edge in test.lift_interval],
        "share": rounded(test.share),
        "share_interval": [rounded(edge) for edge in test.share_interval],
        "p": test.p,
        "p_holm": test.corrected,
        "rank": list(test.rank),
        "bloc": list(test.bloc),
        "partners": list(test.partners),
        "bears_claim": test.bears_claim,
    }


def _stance(found: StanceRead) -> dict[str, object]:
    return {
        "value": found.value,
        "acts": list(found.acts),
        "shares": None if found.shares is None else [rounded(share) for share in found.shares],
        "gap": rounded(found.gap),
        "interval": None if found.interval is None else [rounded(at) for at in found.interval],
        "others": rounded(found.others),
    }


def _day(one: Coincidence, graded: Graded | None) -> dict[str, object]:
    return {
        "day": one.day,
        "partner_days": list(one.partner_days),
        "types": list(one.types),
        "chance": rounded(one.chance),
        "rows": [row_record(row, graded) for row in one.rows],
        "events": [record.event.id for record in one.records],
    }


def _dropped(one: Dropped) -> dict[str, object]:
    return {
        "what": one.what,
        "is_period": one.is_period,
        "p": one.p,
        "lift": rounded(one.lift),
    }


def _correlation(reading: Reading) -> dict[str, object] | None:
    if reading.correlation is None:
        return None
    return {"r": rounded(reading.correlation[0]), "p": reading.correlation[1]}


def rounded(value: float | None) -> float | None:
    """Rounded; None for what is unknown or beyond all numbers, which JSON has no word for."""
    return None if value is None or not math.isfinite(value) else round(float(value), DIGITS)
