"""What is asked of corrected records, and what an answer tells of the corrections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import duckdb

from inconcert.core.event import EventMention
from inconcert.core.statement import Statement
from inconcert.store.joining import reviews
from inconcert.store.queries import rows
from inconcert.store.reviewed import KINDS, Laid

REJECTED = "records of the coder left out by reviewers"
CORRECTED = "records of the coder corrected by reviewers"
"""Reasons under which `Corpus.notes` counts what is returned otherwise than it was coded."""


def is_asked(
    event: EventMention,
    actor_codes: Sequence[str] | None,
    any_codes: Sequence[str] | None,
    types: Sequence[str] | None,
) -> bool:
    """Whether a mention is still asked about after corrections, as the query has it."""
    actors = {who.code for who in event.actors}
    anyone = actors | {who.code for who in (*event.recipients, *event.about)}
    return (
        (types is None or event.type in types)
        and (actor_codes is None or not actors.isdisjoint(actor_codes))
        and (any_codes is None or not anyone.isdisjoint(any_codes))
    )


def is_said_asked(
    said: Statement, speaker_codes: Sequence[str] | None, any_codes: Sequence[str] | None
) -> bool:
    """Whether a statement is still asked about after corrections, as the query has it."""
    speakers = {who.code for who in said.speakers}
    anyone = speakers | {who.code for who in (*said.addressees, *said.about)}
    return (speaker_codes is None or not speakers.isdisjoint(speaker_codes)) and (
        any_codes is None or not anyone.isdisjoint(any_codes)
    )


def notes_of_reviews(
    connection: duckdb.DuckDBPyConnection, given: Mapping[str, object]
) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    """How many records are returned otherwise than they were coded, and by whose decision."""
    laid = [Laid.of(reviews(connection, kind), kind) for kind in KINDS]
    for reason, judgement in ((REJECTED, "wrong"), (CORRECTED, "changed")):
        stands = {
            key: stand.by
            for one in laid
            for key, stand in one.stands.items()
            if stand.judgement == judgement
        }
        if stands and given["provenance"] is not None:
            ((count,),) = rows(connection, "review_present", {**given, "ids": list(stands)})
            if count:
                yield reason, int(str(count)), tuple(sorted(set(stands.values())))
