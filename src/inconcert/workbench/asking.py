"""Questions put to a case: to its datasets, each by itself, and to its texts."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from inconcert.code.heads import intensity_with, read_heads
from inconcert.core.evidence import Corpus, Located
from inconcert.core.question import Question
from inconcert.core.verdict import Answer
from inconcert.errors import BadQuestion, ModelError, NothingCoded
from inconcert.judge.amounts import counted, listed
from inconcert.judge.answer import answer as judge_answer
from inconcert.store.store import Store
from inconcert.store.view import WAITING
from inconcert.workbench import findings as parts
from inconcert.workbench import timing
from inconcert.workbench.chain import provenance_of
from inconcert.workbench.findings_texts import of_texts as parts_of_texts
from inconcert.workbench.found import NO_TEXTS, FoundInTexts
from inconcert.workbench.opened import Opened

OUTDATED = (
    "records were made by another version of the coder, or with other actors or types of the "
    "case's own: "
    "run `inconcert code`"
)


def answer(
    case: Opened, question: Question, *, findings: bool = True, more: bool = False
) -> Answer:
    """What datasets and texts of a case tell of a question; errors as in `Workbench.ask`."""
    with timing.event_store(case.folder) as query:
        chosen = timing.choose(question.sources, timing.known_datasets(query))
        spread = case.register.merged.spread
        readings = timing.of_datasets(query, chosen, question, spread)
        found_in_rows = parts.of_datasets(
            query if findings else None, readings, question, spread,
            states=case.register.states, anchors=case.anchors, more=more,
        )  # fmt: skip
    if not chosen.with_texts:
        alone = judge_answer(
            question, (), (), NO_TEXTS, datasets=readings, names=case.register.name_of
        )
        return replace(alone, findings=parts.together(found_in_rows))
    own = () if case.ontology is None else read_heads(case.ontology)
    _require_texts(case, question, chosen)
    found = _found_in_texts(case, question, chosen.texts, needed=not readings)
    texts = timing.of_texts(found.events, found.corpus, question)
    told = judge_answer(
        question, found.events, found.statements, found.corpus, named=found.named,
        of_both=found.of_both, datasets=readings, names=case.register.name_of, texts=texts,
        intensity=intensity_with(own),
    )  # fmt: skip
    found_in_texts = parts_of_texts(
        found.events, found.statements, question, texts if findings else None
    )
    return replace(told, findings=parts.together(found_in_rows, found_in_texts))


def outdated(case: Opened) -> str | None:
    """Says so where answers come from another coder or `actors.toml` than the present ones.

    Raises:
        BadSetting: `actors.toml` cannot be read.
    """
    with case.store(write=False) as store:
        told = _outdated(case, store)
        if store.shown_as_of is None:
            return told
    since = f"{store.shown_as_of:%Y-%m-%d %H:%M} UTC"
    return f"another process is writing; this is the case as of {since}" + (
        "" if told is None else f"; {told}"
    )


def require_coded(case: Opened, store: Store) -> None:
    """Refuse to answer from nothing; where all that was given was left out, the answer says so.

    Raises:
        NothingCoded: nothing was read, or nothing of it coded.
    """
    corpus = store.corpus(languages=case.languages)
    if corpus.documents:
        return
    folder = shlex.quote(str(case.folder))
    waiting = dict(corpus.not_coded).get(WAITING, 0)
    if waiting:
        raise NothingCoded(
            f"nothing of the case has been coded yet; {counted(waiting, 'document')} waiting",
            where=str(case.folder),
            advice=f"Run `inconcert code --case {folder}`.",
        )
    if not corpus.not_coded and not corpus.left_out:
        raise NothingCoded(
            "the case holds no documents",
            where=str(case.folder),
            advice=f"Run `inconcert read FILES --case {folder}`, then `inconcert code`.",
        )


def _require_texts(case: Opened, question: Question, chosen: timing.Chosen) -> None:
    """Refuse a question that only texts answer where the case has event data and no texts.

    Raises:
        BadQuestion: event data answer about two actors, and one or more than two were named.
    """
    if not chosen.datasets or len(question.actors) == 2:
        return
    with case.store(write=False) as store:
        corpus = store.corpus(languages=case.languages)
    if corpus.documents or corpus.not_coded or corpus.left_out:
        return
    held = listed([dataset.name for dataset in chosen.datasets])
    raise BadQuestion(
        f"{held} answers about two actors, not {len(question.actors)}, and the case has no texts",
        where="actors",
        advice="Name two actors, read texts for questions about one, or look at the acts of "
        "one in the browser: `inconcert serve`, timeline, words and deeds, who to whom.",
    )


def _found_in_texts(
    case: Opened, question: Question, sources: Sequence[str], *, needed: bool
) -> FoundInTexts:
    """What the texts of the case hold for a question.

    Args:
        question: what is asked.
        sources: names of the only sources of texts used; all if empty.
        needed: whether there must be texts, because nothing else answers.

    Raises:
        NothingCoded: texts are needed, and none was read or coded.
    """
    merged = case.register.merged
    side = merged.spread(question.toward)
    with case.store(write=False) as store:
        if needed:
            require_coded(case, store)
        corpus = store.corpus(sources=sources, languages=case.languages)
        corpus = _with_outdated(case, store, corpus)
        events = case.merged(store.events(sources=sources, span=question.span))
        statements = case.merged(store.statements(sources=sources, span=question.span))
        named: list[Located] = []
        of_both: list[Located] = []
        if len(question.actors) == 2:
            first, second = (merged.spread(codes) for codes in question.actors)
            naming = partial(store.sentences_naming, sources=sources, span=question.span)
            named = naming((*first, *second), side)
            of_both = naming(first, second)
    return FoundInTexts(corpus, events, statements, named, of_both)


def _outdated(case: Opened, store: Store) -> str | None:
    found = store.provenances()
    try:
        present = provenance_of(case.settings.code.model, case.extra, case.ontology, case.anchors)
    except ModelError:  # what was coded can be asked about without the model
        return None
    return None if not found or found[0].id == present.id else OUTDATED


def _with_outdated(case: Opened, store: Store, corpus: Corpus) -> Corpus:
    told = _outdated(case, store)
    if told is None:
        return corpus
    return replace(corpus, notes=(*corpus.notes, (told, corpus.documents, ())))
