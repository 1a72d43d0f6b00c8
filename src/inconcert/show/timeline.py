"""The timeline as a drawing: bars of acts and of statements for each actor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from markupsafe import Markup

from inconcert.judge.amounts import MONTHS, counted, dated
from inconcert.show.ledger import Number
from inconcert.show.marks import visible
from inconcert.show.parts import Timeline, Track
from inconcert.show.periods import Period

WIDTH, LEFT, RIGHT = 900, 84, 12
TITLE, ROW, GAP, AXIS = 26, 54, 10, 34
LABEL_ROOM = 46
"""Least distance between two labels of the axis, in units of the drawing."""


def drawing(timeline: Timeline, key: str) -> Markup:
    """The timeline as SVG, with title and description; empty where there is nothing to draw.

    Args:
        timeline: what to draw.
        key: anchor of the question, so that ids on a page differ.
    """
    if not timeline.periods:
        return Markup("")
    return _Drawing(timeline, key).svg()


class _Drawing:
    """One drawing, from the top down."""

    def __init__(self, timeline: Timeline, key: str) -> None:
        self.timeline, self.key = timeline, key
        self.step = (WIDTH - LEFT - RIGHT) / len(timeline.periods)
        self.block = TITLE + 2 * (ROW + GAP)
        self.height = self.block * len(timeline.tracks) + AXIS
        self.most_acts = _most(track.acts for track in timeline.tracks)
        self.most_said = _most(track.statements for track in timeline.tracks)

    def svg(self) -> Markup:
        """The whole drawing."""
        pieces = [
            self._track(track, self.block * index)
            for index, track in enumerate(self.timeline.tracks)
        ]
        return Markup(
            '<svg class="timeline" viewBox="0 0 {w} {h}" role="img" '
            'aria-labelledby="{k}-tt {k}-td"><title id="{k}-tt">{title}</title>'
            '<desc id="{k}-td">{desc}</desc>{hatch}{axis}{body}{split}</svg>'
        ).format(
            w=WIDTH,
            h=self.height,
            k=self.key,
            title=f"Acts and statements by {self.timeline.periods[0].unit}",
            desc=self._description(),
            hatch=self._hatch(),
            axis=self._axis(),
            body=Markup("").join(pieces),
            split=self._split(),
        )

    def _description(self) -> str:
        """What the drawing shows, in words."""
        within = [each for each in self.timeline.periods if not each.beyond]
        beyond = [each for each in self.timeline.periods if each.beyond]
        reach = f"From {within[0]} to {within[-1]}" if within else ""
        reach += "".join(f"{', and ' if reach else ''}{each}" for each in beyond)
        told = [
            f"{visible(track.name)}: {counted(_sum(track.acts), 'act')}, "
            f"{counted(_sum(track.statements), 'statement')}"
            for track in self.timeline.tracks
        ]
        return f"{reach}. {'; '.join(told)}. The table below holds every number."

    def _hatch(self) -> Markup:
        """Hatching for statements: they differ from acts without colour too."""
        return Markup(
            '<defs><pattern id="{k}-h" width="5" height="5" patternUnits="userSpaceOnUse" '
            'patternTransform="rotate(45)"><rect class="said-ground" width="5" height="5"/>'
            '<rect class="said-line" width="2.2" height="5"/></pattern></defs>'
        ).format(k=self.key)

    def _track(self, track: Track, top: float) -> Markup:
        acts = self._row(track, track.acts, top + TITLE, self.most_acts, "act")
        said = self._row(
            track, track.statements, top + TITLE + ROW + GAP, self.most_said, "statement"
        )
        return Markup('<text class="who" x="0" y="{y}">{name}</text>{acts}{said}').format(
            y=top + 17, name=visible(track.name), acts=acts, said=said
        )

    def _row(
        self, track: Track, numbers: Sequence[Number], top: float, most: int, kind: str
    ) -> Markup:
        """One row of bars; its scale is that of the same row of every actor."""
        base = top + ROW
        bars = [
            self._bar(track, number, index, base, most, kind)
            for index, number in enumerate(numbers)
            if number.count
        ]
        return Markup(
            '<line class="grid" x1="{x}" x2="{x2}" y1="{y}" y2="{y}"/>'
            '<line class="base" x1="{x}" x2="{x2}" y1="{b}" y2="{b}"/>'
            '<text class="scale" x="{t}" y="{y4}">{most}</text>'
            '<text class="scale" x="{t}" y="{b}">0</text>'
            '<text class="kind" x="0" y="{m}">{kind}s</text>{bars}'
        ).format(
            x=LEFT,
            x2=WIDTH - RIGHT,
            y=top,
            y4=top + 8,
            b=base,
            t=LEFT - 6,
            m=top + ROW / 2 + 4,
            most=most,
            kind=kind,
            bars=Markup("").join(bars),
        )

    def _bar(
        self, track: Track, number: Number, index: int, base: float, most: int, kind: str
    ) -> Markup:
        told = f"{self.timeline.periods[index]}: {counted(number.count, kind)}"
        size = max(1.5, ROW * number.count / most)
        fill = Markup(' style="fill:url(#{}-h)"').format(self.key) if kind == "statement" else ""
        return Markup(
            '<a href="#{group}" tabindex="-1"><rect class="{kind}" x="{x:.1f}" y="{y:.1f}" '
            'width="{w:.1f}" height="{h:.1f}"{fill}><title>{told}</title></rect></a>'
        ).format(
            group=number.key,
            kind=kind,
            x=LEFT + index * self.step,
            y=base - size,
            w=max(self.step - (1 if self.step > 4 else 0.3), 1),
            h=size,
            fill=fill,
            told=f"{visible(track.name)}, {told}",
        )

    def _axis(self) -> Markup:
        """Labels of the axis, no closer than they can be read."""
        periods = self.timeline.periods
        ends_later = periods[-1].beyond == "later"
        end = WIDTH - RIGHT - LABEL_ROOM * (1.75 if ends_later else 0.5)
        pieces, free_from, year = [], float(LEFT), 0
        for index, period in enumerate(periods):
            label = _label(periods, index, year)
            x = LEFT + index * self.step
            if label is None or x < free_from or x > end:
                continue
            free_from = x + LABEL_ROOM
            year = year if period.beyond else _middle(period).year
            pieces.append(self._label_at(x, label))
        if ends_later:
            pieces.append(self._label_at(WIDTH - RIGHT, periods[-1].beyond, anchor="end"))
        return Markup("").join(pieces)

    def _label_at(self, x: float, label: str, *, anchor: str = "start") -> Markup:
        base = self.height - AXIS
        return Markup(
            '<line class="tick" x1="{x:.1f}" x2="{x:.1f}" y1="{y}" y2="{y2}"/>'
            '<text class="when" x="{x:.1f}" y="{t}" text-anchor="{anchor}">{label}</text>'
        ).format(x=x, y=base - GAP, y2=base - GAP + 5, t=base + 9, label=label, anchor=anchor)

    def _split(self) -> Markup:
        """The line between before and after."""
        day, periods = self.timeline.split, self.timeline.periods
        if day is None:
            return Markup("")
        last = periods[-1].next.first
        share = (min(max(day, periods[0].first), last) - periods[0].first).days / max(
            (last - periods[0].first).days, 1
        )
        x = LEFT + share * (WIDTH - LEFT - RIGHT)
        end = x > WIDTH - 130
        return Markup(
            '<line class="split" x1="{x:.1f}" x2="{x:.1f}" y1="6" y2="{b}"/>'
            '<text class="split-day" x="{t:.1f}" y="16" text-anchor="{anchor}">{day}</text>'
        ).format(
            x=x,
            b=self.height - AXIS - GAP,
            t=x - 5 if end else x + 5,
            anchor="end" if end else "start",
            day=dated(day),
        )


def _label(periods: Sequence[Period], index: int, year: int) -> str | None:
    """What the axis says under a period: the month where a new one begins, the year where new.

    Args:
        year: the last one that the axis has told.
    """
    period, middle = periods[index], _middle(periods[index])
    if period.beyond:
        return period.beyond
    if period.unit == "year":
        return str(period.first.year)
    before = periods[index - 1] if index else None
    if before is not None and not before.beyond and _middle(before).month == middle.month:
        return None
    short = MONTHS[middle.month - 1][:3]
    return short if middle.year == year else f"{short} {middle.year}"


def _middle(period: Period) -> date:
    """The day that decides to which month a week belongs (its Thursday)."""
    return period.first.fromordinal(period.first.toordinal() + 3)


def _most(rows: Iterable[Sequence[Number]]) -> int:
    """The largest count of all rows, at least 1."""
    counts = [number.count for row in rows for number in row]
    return max([1, *counts])


def _sum(numbers: Sequence[Number]) -> int:
    return sum(number.count for number in numbers)
