"""Who does which part, of a case's event datasets: arrays, measures, and the rows behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from inconcert.core.findings import SourceFindings
from inconcert.core.question import Question
from inconcert.core.reading import Reading
from inconcert.core.span import TimeSpan
from inconcert.judge import deeds, labour, spread, turns
from inconcert.judge.labour_case import Acts, Ints
from inconcert.judge.labour_family import as_family
from inconcert.judge.spread import Around, Meetings, Nearby, Network
from inconcert.judge.turns import Known
from inconcert.measure.portfolio_blocks import LEAST_ACTS
from inconcert.measure.portfolio_sorting import act_of_cell
from inconcert.measure.spill_neighbours import land_neighbours, placebo_neighbours
from inconcert.ontology import plover
from inconcert.ontology.domains import DOMAINS, SPOKEN, roles_of, tables
from inconcert.ontology.tables import read_table
from inconcert.resolve.anchors import read_anchors
from inconcert.shape.asking import Query
from inconcert.shape.axes import Coverage, coverage
from inconcert.shape.networks import network
from inconcert.shape.portfolios import ActKind, Portfolio, portfolio, portfolios
from inconcert.workbench.findings_rows import with_rows
from inconcert.workbench.rows import SCANNED_AT_MOST, answered, day_of

SEED = 7
"""Seeds every draw, so that the same question of the same case has the same answer."""
THIRD_PARTIES, LONGEST_ANCHOR, ORGANISATION = 20, 31, "IGO"
TOO_LARGE = "At this size it takes long and is left out; ask with `--more` for it"
LEAST_IF_HUGE = 50
FEW_LEFT_OUT = (
    f"At this size third parties with fewer than {LEAST_IF_HUGE} acts toward the other side are "
    "left out."
)
Spread = Callable[[Iterable[str]], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a dataset is asked it, codes with all that were merged into them.

    Attributes:
        pair: codes of A and of B.
        side: codes of T.
        states: codes of all states of the register.
        known: events with their days.
        more: whether to compute also what takes long.
    """

    question: Question
    pair: tuple[tuple[str, ...], tuple[str, ...]]
    side: tuple[str, ...]
    states: frozenset[str]
    known: tuple[Known, ...]
    more: bool

    @property
    def labels(self) -> tuple[str, str]:
        """A and B, codes joined by `+`."""
        return "+".join(self.pair[0]), "+".join(self.pair[1])

    @property
    def names(self) -> tuple[str, str]:
        """Of A and B, as shown."""
        return self.question.names[0], self.question.names[1]


def of_datasets(
    query: Query | None,
    readings: Sequence[Reading],
    question: Question,
    spread: Spread,
    *,
    states: Iterable[str],
    anchors: Path | None = None,
    more: bool = False,
) -> tuple[SourceFindings, ...]:
    """What each dataset says of who does which part; none where not two actors are asked about.

    Args:
        query: answers SQL on the views of the event store.
        readings: of the datasets, as `timing.of_datasets` gives them.
        question: what is asked.
        spread: codes with all that were merged into them.
        states: codes of all states: other targets, neighbours and placebos.
        anchors: the case's own `anchors.toml`.
        more: also what takes long on a large dataset.

    Returns:
        One a dataset that has days asked about, p not yet corrected (`as_family`).
    """
    if query is None or len(question.actors) != 2:
        return ()
    asked = Asked(
        question,
        (spread(question.actors[0]), spread(question.actors[1])),
        spread(question.toward),
        frozenset(states),
        known_events(anchors),
        more,
    )
    return tuple(
        of_dataset(query, reading, reading.coverage.span, asked)
        for reading in readings
        if reading.kind == "dataset" and reading.coverage is not None
    )


def known_events(anchors: Path | None) -> tuple[Known, ...]:
    """Events that are listed near turning points: the case's own, then those that ship.

    Each once, by its first day; what lasts longer than a month is no day.

    Args:
        anchors: the case's own `anchors.toml`.
    """
    own = [] if anchors is None else read_anchors(anchors)
    told = [(one.name, one.span, True) for one in own]
    # read as a table: the words by which texts tell of them are not needed here
    for row in read_table("inconcert.resolve", "data/anchors.tsv"):
        first, last = (date.fromisoformat(row[edge]) for edge in ("first", "last"))
        told.append((_plain_name(row["anchor"]), TimeSpan(first, last), False))
    found: dict[tuple[TimeSpan, str], Known] = {}
    for name, span, is_own in told:
        if span.days <= LONGEST_ANCHOR:
            found.setdefault((span, name), Known(span.first, name, is_own))
    return tuple(found.values())


def _plain_name(name: str) -> str:
    """Without what tells spellings of one event apart in the table."""
    return name.split(", by ", maxsplit=1)[0].split(" by its ", maxsplit=1)[0]


def of_dataset(query: Query, reading: Reading, span: TimeSpan, asked: Asked) -> SourceFindings:
    """All findings of one dataset.

    Args:
        query: answers SQL on the views of the event store.
        reading: what it says of timing and stance.
        span: days looked at.
        asked: the question.
    """
    source, split = reading.source, asked.question.split
    cover = coverage(query, source, span)
    is_huge = int(cover.events.sum()) > SCANNED_AT_MOST
    is_large = is_huge and not asked.more
    shape = portfolio(
        query, source, asked.side, span=span, asked=asked.labels, unit="day",
        least_acts=LEAST_IF_HUGE if is_huge else 1,
    )  # fmt: skip
    acts = acts_of(shape, cover, asked)
    habit: tuple[Ints | None, Ints | None] = (None, None)
    around = Around(why_not=dict.fromkeys((spread.SPILL, spread.WITH, spread.VENUES), TOO_LARGE))
    if not is_large:
        habit = elsewhere(query, source, span, asked, acts)
        around = Around(
            nearby(query, source, span, asked, cover),
            ties(query, source, span, asked, shape),
            meetings(query, source, span, asked),
        )
    found = [
        *labour.all_of(
            acts,
            stance=reading.stance.interval,
            elsewhere=habit[0],
            elsewhere_deeds=habit[1],
            no_elsewhere=TOO_LARGE if is_large else "",
        ),
        *deeds.all_of(acts, reading.stance, split=split),
        *turns.all_of(acts, split=split, known=asked.known),
        *spread.all_of(acts, around),
    ]
    return SourceFindings(
        source,
        "dataset",
        span,
        with_rows(query, source, found, asked.pair, asked.side, _act_days(acts)),
        notes=(FEW_LEFT_OUT,) if is_huge else (),
        query=shape.query,
    )


def acts_of(shape: Portfolio, cover: Coverage, asked: Asked) -> Acts:
    """The arrays that the measures take.

    Args:
        shape: acts toward the side by kind and day.
        cover: events of the source on these days.
        asked: the question.
    """
    places: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for place, kind in enumerate(shape.kinds):
        if _is_known(kind):
            places[_alike(kind)].append(place)
    firsts = [shape.kinds[same[0]] for same in places.values()]
    counts = np.zeros((len(shape.actors), len(places), len(shape.periods)), dtype=np.int64)
    for row, same in enumerate(places.values()):
        counts[:, row] = shape.counts[:, same].sum(axis=1)
    upon = shape.counts.sum(axis=(0, 1))
    return Acts(
        names=asked.names,
        other=asked.question.toward_name,
        actors=shape.actors,
        kinds=tuple(act_of_cell(*kind) for kind in firsts),
        cells=tuple(kind.cell for kind in firsts),
        counts=counts,
        days=shape.periods,
        volume=np.maximum(cover.events - upon, 0),
        covered=cover.covered,
        seed=SEED,
    )


def _alike(kind: ActKind) -> tuple[object, ...]:
    """What the measures can tell of a kind; kinds of which it is the same are one."""
    sorts, act = tables(), act_of_cell(*kind)
    return (
        kind.kind, kind.cell, sorts.domain(act), sorts.nature(act), sorts.stance_of(act),
        roles_of(act),
    )  # fmt: skip


def _is_known(kind: ActKind) -> bool:
    return kind.kind in SPOKEN or kind.kind in plover.event_types()


def elsewhere(
    query: Query, source: str, span: TimeSpan, asked: Asked, acts: Acts
) -> tuple[Ints, Ints]:
    """Weekly acts of A, B and all others toward the side, then toward other states, by domain.

    Returns:
        Of all acts, and of deeds alone; shape (3, targets, domains, weeks).
    """
    own = {code[:3] for code in (*asked.side, *asked.pair[0], *asked.pair[1])}
    others = sorted(asked.states - own)
    sides = portfolios(query, source, others, span=span, asked=asked.labels)
    enough = [
        code
        for place, code in enumerate(sides.sides)
        if sides.totals[:2, place].min() >= LEAST_ACTS
    ]
    starts = np.arange(0, len(acts.days), 7)

    def weekly(*, deeds_only: bool) -> Ints:
        sorts = tables()

        def place(kind: ActKind) -> int:
            if not _is_known(kind):
                return -1
            act = act_of_cell(*kind)
            if deeds_only and sorts.nature(act) != "deed":
                return -1
            return DOMAINS.index(sorts.domain(act))

        here = (acts.deeds() if deeds_only else acts).by(sorts.domain, DOMAINS)
        parts = np.stack([here[0], here[1], here[2:].sum(axis=0)])
        first = np.add.reduceat(parts, starts, axis=-1)[:, None]
        return np.concatenate([first, sides.array(enough, place, len(DOMAINS))], axis=1)

    return weekly(deeds_only=False), weekly(deeds_only=True)


def nearby(query: Query, source: str, span: TimeSpan, asked: Asked, cover: Coverage) -> Nearby:
    """Acts of everybody toward the neighbours of the side, and toward placebo neighbours."""
    home = [code for code in dict.fromkeys(code[:3] for code in asked.side) if code in asked.states]
    own = {*home, *(code for codes in asked.pair for code in codes)}
    near = sorted({one for code in home for one in land_neighbours().get(code, ())} - own)
    far = set(asked.states)
    for code in home:
        far &= set(placebo_neighbours(code, asked.states))
    states = (*near, *sorted(far - own - set(near)))
    counts = np.zeros((len(states), span.days), dtype=np.int64)
    given = {"source": source, "codes": list(states), "first": span.first, "last": span.last}
    where = {code: place for place, code in enumerate(states)}
    for row in answered(query, "finding_upon", given):
        counts[where[row["code"]], (day_of(row["day"]) - span.first).days] = row["n"]
    n = len(near)
    return Nearby(tuple(near), states[n:], counts[:n], counts[n:], cover.events)


def ties(query: Query, source: str, span: TimeSpan, asked: Asked, shape: Portfolio) -> Network:
    """Friendly and hostile acts among A, B, T and the third parties that act toward T most."""
    sums = shape.counts.sum(axis=(1, 2))
    order = [int(place) for place in np.argsort(-sums, kind="stable") if place >= len(asked.labels)]
    thirds = [shape.actors[place] for place in order[:THIRD_PARTIES]]
    codes = (*asked.pair[0], *asked.pair[1], *asked.side, *thirds)
    labels = (*asked.labels, *asked.side, *thirds)
    found = network(query, source, span=span, actors=codes, unit="week")
    member = np.zeros((len(labels), len(codes)), dtype=np.int64)
    for row, label in enumerate(labels):
        for code in label.split("+"):
            member[row, codes.index(code)] = 1

    def grouped(counts: Ints) -> Ints:
        whole = np.einsum("ac,cdw,bd->wab", member, counts, member)
        return np.asarray(whole * (1 - np.eye(len(labels), dtype=np.int64)))

    return Network(labels, grouped(found.positive), grouped(found.negative))


def meetings(query: Query, source: str, span: TimeSpan, asked: Asked) -> Meetings:
    """Joint acts and consultations of A and B, and the organisations that stand in them."""
    given = {
        "source": source, "first": span.first, "last": span.last, "prefix": ORGANISATION,
        "one": list(asked.pair[0]), "other": list(asked.pair[1]), "side": list(asked.side),
    }  # fmt: skip
    rows = answered(query, "finding_meetings", given)
    venues = tuple(sorted({code for row in rows for code in row["venues"]} - set(asked.side)))
    through = np.zeros((len(venues), span.days), dtype=np.int64)
    total = np.zeros(span.days, dtype=np.int64)
    for row in rows:
        day = (day_of(row["day"]) - span.first).days
        total[day] += row["n"]
        for code in row["venues"]:
            if code in venues:
                through[venues.index(code), day] += row["n"]
    return Meetings(venues, through, total)


def _act_days(acts: Acts) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """Days with an act of A and of B, those with most first."""
    daily: npt.NDArray[np.int64] = acts.counts.sum(axis=1)
    return acts.days_with(daily[0]), acts.days_with(daily[1])


def together(*found: Sequence[SourceFindings]) -> tuple[SourceFindings, ...]:
    """The findings of all sources of an answer, p corrected over all of them."""
    return as_family([one for each in found for one in each])
