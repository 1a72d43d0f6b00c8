"""Which coded event found which item of the key: rule (c) of the scorer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from inconcert.core.event import EventMention
from inconcert.grade.codes import Codes, comparable_set
from inconcert.grade.key import KeyEvent, Span

Fits = Callable[[KeyEvent, EventMention], bool]


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans of characters share one."""
    return one[0] < other[1] and other[0] < one[1]


def always(item: KeyEvent, event: EventMention) -> bool:  # noqa: ARG001
    """Asks for nothing beside sentence, actors and type."""
    return True


def actors_of(event: EventMention) -> Codes:
    """The actors of a coded event, as they compare."""
    return comparable_set(actor.code for actor in event.actors)


def is_told_in(item: KeyEvent, event: EventMention) -> bool:
    """Whether the predicate begins in the item's sentence, or in a further span that tells it."""
    return any(start <= event.start < end for start, end in (item.at.sentence, *item.at.also))


def match(items: Sequence[KeyEvent], events: Sequence[EventMention], fits: Fits) -> dict[int, int]:
    """Give events to items so that as many items as possible are found.

    An event finds one item, or all items of one anchor whose actors it unites. Among the ways to
    find the most items one is taken that leaves the fewest events over, and among those one in
    which the most predicates overlap the anchors.

    Args:
        items: of one text.
        events: plain ones, coded in the same text.
        fits: what must agree beside sentence, actors and type.

    Returns:
        Position of the event that found it, by position of the item found.
    """
    graph = _graph(items, events, fits)
    found: dict[int, int] = {}
    for part in _parts(graph):
        found.update(_best(part).found)
    return found


@dataclass(frozen=True, slots=True)
class _Graph:
    """What may be matched: pairs with 1 where predicate and anchor overlap; events that unite."""

    pairs: Mapping[tuple[int, int], int]
    unions: tuple[tuple[int, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to match; the better has found more, used more events, overlaps more."""

    value: tuple[int, int, int] = (0, 0, 0)
    found: Mapping[int, int] = field(default_factory=dict)


def _graph(items: Sequence[KeyEvent], events: Sequence[EventMention], fits: Fits) -> _Graph:
    pairs: dict[tuple[int, int], int] = {}
    unions: list[tuple[int, tuple[int, ...]]] = []
    sets = [comparable_set(item.actors) for item in items]
    for e, event in enumerate(events):
        actors = actors_of(event)
        near = [
            i
            for i, item in enumerate(items)
            if event.type in item.accepted and is_told_in(item, event) and fits(item, event)
        ]
        for i in near:
            if sets[i] == actors:
                pairs[i, e] = int(overlap(items[i].at.anchor, (event.start, event.end)))
        parts = [i for i in near if sets[i] < actors]
        for anchor in sorted({items[i].at.anchor for i in parts}):
            group = tuple(i for i in parts if items[i].at.anchor == anchor)
            if frozenset[str]().union(*(sets[i] for i in group)) == actors:
                unions.append((e, group))
    return _Graph(pairs, tuple(unions))


def _parts(graph: _Graph) -> Iterator[_Graph]:
    """The graph cut into parts that share neither item nor event, so that each is small."""
    links = list(graph.pairs) + [(i, e) for e, group in graph.unions for i in group]
    pending = set(links)
    while pending:
        seed = min(pending)
        items, events = {seed[0]}, {seed[1]}
        grown = True
        while grown:
            reached = {(i, e) for i, e in pending if i in items or e in events}
            pending -= reached
            items |= {i for i, _ in reached}
            events |= {e for _, e in reached}
            grown = bool(reached)
        yield _Graph(
            {pair: weight for pair, weight in graph.pairs.items() if pair[0] in items},
            tuple((e, group) for e, group in graph.unions if e in events),
        )


def _best(graph: _Graph) -> _Way:
    """The best way, trying each uniting event as one and as none."""
    best = _heaviest(graph.pairs)
    for place, (event, group) in enumerate(graph.unions):
        rest = _Graph(
            {
                (i, e): weight
                for (i, e), weight in graph.pairs.items()
                if i not in group and e != event
            },
            tuple(
                (e, other)
                for e, other in graph.unions[place + 1 :]
                if e != event and not set(other) & set(group)
            ),
        )
        below = _best(rest)
        found, used, overlaps = below.value
        way = _Way(
            (found + len(group), used + 1, overlaps),
            {**below.found, **dict.fromkeys(group, event)},
        )
        best = max(best, way, key=lambda each: each.value)
    return best


def _heaviest(pairs: Mapping[tuple[int, int], int]) -> _Way:
    """The one-to-one matching with the most pairs, and of those the one with the most overlaps."""
    items = sorted({i for i, _ in pairs})
    events = sorted({e for _, e in pairs})
    holder: dict[int, int] = {}
    for _ in items:
        path = _augmenting(pairs, items, events, holder)
        if not path:
            break
        holder.update({e: i for i, e in path})
    found = {i: e for e, i in sorted(holder.items())}
    overlaps = sum(pairs[i, e] for i, e in found.items())
    return _Way((len(found), len(found), overlaps), found)


def _augmenting(
    pairs: Mapping[tuple[int, int], int],
    items: Sequence[int],
    events: Sequence[int],
    holder: Mapping[int, int],
) -> list[tuple[int, int]]:
    """The heaviest path that adds a pair (Bellman-Ford on the alternating graph); empty if none."""
    held = {i: e for e, i in holder.items()}
    gain: dict[int, int] = {i: 0 for i in items if i not in held}
    came: dict[int, int] = {}
    best: dict[int, int] = {}
    for _ in range(len(items) + 1):
        changed = False
        for (i, e), weight in pairs.items():
            if i not in gain or held.get(i) == e:
                continue
            reach = gain[i] + weight
            if e not in best or reach > best[e]:
                best[e], came[e], changed = reach, i, True
                if e in holder:
                    gain[holder[e]] = reach - pairs[holder[e], e]
        if not changed:
            break
    free = [e for e in events if e in best and e not in holder]
    if not free:
        return []
    path = []
    end: int | None = max(free, key=lambda each: (best[each], -each))
    while end is not None:
        path.append((came[end], end))
        end = held.get(came[end])
    return path
