"""The coder run over what waits in a case, batch by batch, so that a break loses little."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from inconcert.code.heads import CustomHeads, digest_of_heads
from inconcert.core.coding import Coding
from inconcert.core.document import Document
from inconcert.core.evidence import Corpus
from inconcert.errors import CodingFailed
from inconcert.judge.amounts import counted
from inconcert.resolve.anchors import read_anchors
from inconcert.run.parallel import Failure, run_batches
from inconcert.workbench.chain import code_documents, digest_of, provenance_of
from inconcert.workbench.joining import Joining, join_reports, joining_of
from inconcert.workbench.opened import Opened
from inconcert.workbench.reports import CodeReport, Failed

_BATCH = 8
"""Documents coded and stored in one transaction; a break loses at most this much work a process."""

Progress = Callable[[int, int, float], None]
"""Called with items done, all items, and the share of the work done; 0 for what is not known."""


def code_waiting(
    case: Opened, *, processes: int | None, progress: Progress, joining: Progress
) -> CodeReport:
    """Code the documents that wait; arguments and errors as in `Workbench.code`."""
    settings, extra, ontology = case.settings.code, case.extra, case.ontology
    anchors = case.anchors
    wanted = settings.processes if processes is None else processes
    provenance = provenance_of(settings.model, extra, ontology, anchors)
    if ontology is not None:
        CustomHeads.load(ontology)  # refuses what cannot be used, once, as with actors.toml
    if anchors is not None:
        read_anchors(anchors)
    _ = case.register  # refuses a bad actors.toml here, once, and not in every worker
    work = partial(
        code_documents,
        model=settings.model,
        extra=None if extra is None else str(extra.resolve()),
        digest=digest_of(extra),
        ontology=None if ontology is None else str(ontology.resolve()),
        own=None if ontology is None else digest_of_heads(ontology),
        anchors=None if anchors is None else str(anchors.resolve()),
        dated=digest_of(anchors),
    )
    with case.store(write=True, is_long=True) as store:
        waiting = store.pending(provenance, languages=case.languages)
        tally = _Tally(store.lengths(waiting))
        progress(0, len(waiting), 0.0)
        results = run_batches(
            store.documents(waiting),
            work,
            processes=min(_workers(wanted), max(1, len(waiting) // _BATCH)),
            batch_size=_BATCH,
            size=lambda document: len(document.text),
        )
        for result in results:
            if isinstance(result, Failure):
                tally.fail(result)
            else:
                store.add_codings(result, provenance)
                tally.add(result)
            progress(tally.documents + len(tally.failed), len(waiting), tally.share)
        corpus = store.corpus(provenance=provenance, languages=case.languages)
        if corpus.documents:  # else it is no fault of the documents: try them all again
            marks = [(item.document, item.mark) for item in tally.failed]
            store.mark_all_not_coded(marks, provenance=provenance)
            corpus = store.corpus(provenance=provenance, languages=case.languages)
        join_reports(store, provenance, progress=joining)
        found = joining_of(store, provenance)
    if tally.failed and not tally.documents:
        raise _all_failed(tally.failed)
    return tally.report(len(waiting), corpus, found)


@dataclass(slots=True)
class _Tally:
    """Counts of a run of the coder.

    Attributes:
        lengths: characters of the documents that wait, by id; the work goes with them.
    """

    lengths: Mapping[str, int]
    characters: int = 0
    documents: int = 0
    sentences: int = 0
    events: int = 0
    statements: int = 0
    failed: list[Failed] = field(default_factory=list)

    def add(self, codings: Sequence[Coding]) -> None:
        self.documents += len(codings)
        self.characters += sum(self.lengths[coding.document] for coding in codings)
        self.sentences += sum(len(coding.sentences) for coding in codings)
        self.events += sum(len(coding.events) for coding in codings)
        self.statements += sum(len(coding.statements) for coding in codings)

    def fail(self, failure: Failure[Document]) -> None:
        self.characters += sum(self.lengths[document.id] for document in failure.items)
        self.failed += [
            Failed(document.id, document.place, failure.reason, failure.detail)
            for document in failure.items
        ]

    @property
    def share(self) -> float:
        """How much of the work is done, from 0 to 1."""
        return self.characters / max(1, sum(self.lengths.values()))

    def report(self, pending: int, corpus: Corpus, joined: Joining) -> CodeReport:
        return CodeReport(
            documents=self.documents,
            pending=pending,
            sentences=self.sentences,
            events=self.events,
            statements=self.statements,
            failed=tuple(self.failed),
            coded=corpus.documents,
            not_coded=corpus.not_coded,
            joined=joined,
        )


def _all_failed(failed: Sequence[Failed]) -> CodingFailed:
    first = failed[0]
    return CodingFailed(
        f"not one of {counted(len(failed), 'document')} could be coded; "
        f"{first.document} failed with {first.reason}",
        where=first.place,
        advice="Run `inconcert doctor`. If it finds nothing, this is a fault of InConcert: "
        "report it with the text.",
    )


def _workers(wanted: int) -> int:
    return wanted if wanted > 0 else (os.cpu_count() or 1)
