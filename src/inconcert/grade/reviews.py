"""How often the coder is right, and how far reviewers agree, by what people decided on its records.

Precision only: what the coder missed stands in no queue, so reviews tell nothing of recall. The
unit is the record (one mention in one sentence, one statement), not the event.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import isnan

from inconcert.errors import BadInput
from inconcert.grade.references import wilson

RIGHT, WRONG, CHANGED, UNSURE = "right", "wrong", "changed", "unsure"
CORE = frozenset({"type", "actors", "recipients", "speakers", "addressees"})
"""Fields of which all must be as coded for the type and the parties to be right."""
SPEAKING = frozenset({"actors", "recipients", "speakers", "addressees"})

BIASED = (
    "These records are no random sample: doubtful ones and such as bear on an answer come first in "
    "the queue, so the coder is likely better than this. For an estimate that holds for the case, "
    "review with --sample random, without passing over records, and grade with --sample random."
)
RANDOM = (
    "A random sample of the records of the case. Intervals take each record by itself; records of "
    "one text are more alike than that."
)
PRECISION_ONLY = "What the coder missed is not among its records: this says nothing of recall."


@dataclass(frozen=True, slots=True)
class Judged:
    """What one reviewer decided on one record.

    Attributes:
        kind: `event` or `statement`.
        type: PLOVER type or form of the statement, as coded.
        judgement: `right`, `wrong`, `changed` or `unsure`.
        changed: new values by corrected field.
        is_random: the record stands at the front of the random order, before any undecided one.
    """

    id: str
    kind: str
    type: str
    source: str
    by: str
    judgement: str
    changed: Mapping[str, str | None]
    is_random: bool = False

    @property
    def is_there(self) -> bool:
        """Whether there is such an event or statement at all."""
        return self.judgement != WRONG

    def keeps(self, fields: frozenset[str]) -> bool:
        """Whether it is there and none of some fields was corrected."""
        return self.is_there and fields.isdisjoint(self.changed)


MEASURES: Mapping[str, Callable[[Judged], bool]] = {
    "type and parties right": lambda one: one.keeps(CORE),
    "an event or statement there": lambda one: one.is_there,
    "type right": lambda one: one.keeps(frozenset({"type"})),
    "parties right": lambda one: one.keeps(SPEAKING),
    "date right": lambda one: one.keeps(frozenset({"date"})),
    "all right, as coded": lambda one: one.is_there and not one.changed,
}
MAIN = "type and parties right"


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its 95 % Wilson interval; all None for nothing of nothing."""

    right: int
    of: int

    def as_json(self) -> dict[str, object]:
        """Counts, share and interval."""
        value, low, high = wilson(self.right, self.of)
        told = {"value": value, "low": low, "high": high}
        clean = {name: None if isnan(one) else round(one, 4) for name, one in told.items()}
        return {"right": self.right, "n": self.of, **clean}

    def as_text(self) -> str:
        """As `0.750 [0.301, 0.954]  3 of 4`."""
        if not self.of:
            return "none reviewed"
        value, low, high = wilson(self.right, self.of)
        return f"{value:.3f} [{low:.3f}, {high:.3f}]  {self.right} of {self.of}"


@dataclass(frozen=True, slots=True)
class ReviewGrade:
    """Measured precision, from reviewed records alone.

    Attributes:
        judged: definite decisions, one a record.
        unsure: records on which nobody decided but somebody was unsure; not counted.
        held: records of the coder by kind, reviewed or not.
        gone: records that were decided on and that the present coder does not have.
        only_random: whether only the random sample was taken.
        following: the record with which the random sample goes on, by kind.
    """

    judged: tuple[Judged, ...]
    unsure: int
    held: Mapping[str, int]
    gone: int = 0
    only_random: bool = False
    following: Mapping[str, str] = field(default_factory=dict)

    @property
    def warning(self) -> str:
        """What is to be known of how these records were chosen."""
        return RANDOM if self.judged and all(one.is_random for one in self.judged) else BIASED

    def measures(self, kind: str) -> dict[str, Share]:
        """Shares of all records of a kind, by measure."""
        mine = [one for one in self.judged if one.kind == kind]
        return {name: _share(mine, test) for name, test in MEASURES.items()}

    def by(self, kind: str, key: str) -> dict[str, Share]:
        """Share of records with type and parties right, by `type` or `source`; most first."""
        groups: dict[str, list[Judged]] = defaultdict(list)
        for one in self.judged:
            if one.kind == kind:
                groups[one.type if key == "type" else one.source].append(one)
        ordered = sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        return {name: _share(group, MEASURES[MAIN]) for name, group in ordered}

    def as_json(self) -> dict[str, object]:
        """For `--json`."""
        return {
            "sample": "random" if self.only_random else "all",
            "warning": self.warning,
            "scope": PRECISION_ONLY,
            "reviewed": len(self.judged),
            "random": sum(one.is_random for one in self.judged),
            "random_goes_on_with": dict(self.following),
            "unsure": self.unsure,
            "held": dict(self.held),
            "gone": self.gone,
            **{
                f"{kind}s": {
                    "overall": {name: one.as_json() for name, one in self.measures(kind).items()},
                    "by_type": {name: one.as_json() for name, one in self.by(kind, "type").items()},
                    "by_source": {
                        name: one.as_json() for name, one in self.by(kind, "source").items()
                    },
                }
                for kind in ("event", "statement")
            },
        }

    def as_text(self) -> str:
        """As lines for people."""
        lines: list[str] = []
        for kind in ("event", "statement"):
            mine = sum(one.kind == kind for one in self.judged)
            lines.append(f"{mine} of {self.held.get(kind, 0)} {kind}s of the coder reviewed")
            if not mine:
                continue
            lines += [f"  {name:<28} {one.as_text()}" for name, one in self.measures(kind).items()]
            for key in ("type", "source"):
                lines.append(f"  by {key} ({MAIN}):")
                lines += [f"    {name:<26} {s.as_text()}" for name, s in self.by(kind, key).items()]
        if self.unsure:
            lines.append(f"{self.unsure} left unsure, not counted")
        if self.gone:
            lines.append(
                f"{self.gone} decided on that the present coder does not have, not counted"
            )
        if self.only_random:
            lines += [f"the random sample goes on with {kind} {key}"
                      for kind, key in self.following.items()]  # fmt: skip
        return "\n".join([*lines, self.warning, PRECISION_ONLY])


def grade_reviews(
    judged: Iterable[Judged],
    held: Mapping[str, int],
    *,
    gone: int = 0,
    sample: str = "all",
    following: Mapping[str, str] | None = None,
) -> ReviewGrade:
    """Measure precision from decisions, one a record.

    Args:
        judged: the decision that counts on each record.
        held: records of the coder by kind.
        gone: decisions on records that the coder no longer has.
        sample: `all`, or `random` for the random sample only.
        following: the record with which the random sample goes on, by kind.

    Raises:
        BadInput: no such sample.
    """
    if sample not in ("all", "random"):
        raise BadInput(f"{sample!r} is no sample", where="--sample", advice="Choose all or random.")
    taken = [one for one in judged if sample == "all" or one.is_random]
    definite = tuple(one for one in taken if one.judgement != UNSURE)
    return ReviewGrade(
        definite, len(taken) - len(definite), dict(held), gone,
        only_random=sample == "random", following=dict(following or {}),
    )  # fmt: skip


def _share(group: Sequence[Judged], test: Callable[[Judged], bool]) -> Share:
    return Share(sum(map(test, group)), len(group))


# -- two reviewers -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pair:
    """How far two reviewers agree on the records that both decided on.

    Attributes:
        first, second: decisions on the same records, in the same order.
        unsure: records on which one of the two was unsure; not compared.
    """

    first: tuple[Judged, ...]
    second: tuple[Judged, ...]
    names: tuple[str, str]
    unsure: int = 0

    @property
    def share(self) -> Share:
        """Records on which the judgement is the same: right, wrong or changed."""
        return Share(sum(a.judgement == b.judgement for a, b in self._both), len(self.first))

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa of the judgements; None where chance alone makes agreement certain.

        References:
            Cohen (1960), Educational and Psychological Measurement 20, 37-46: agreement above
            that of two who judge at random, each as often as here.
        """
        n = len(self.first)
        if not n:
            return None
        one, other = (Counter(j.judgement for j in side) for side in (self.first, self.second))
        by_chance = sum(one[name] * other[name] for name in one) / n**2
        return None if by_chance >= 1 else (self.share.right / n - by_chance) / (1 - by_chance)

    @property
    def differing(self) -> tuple[tuple[Judged, Judged], ...]:
        """Records on which the two differ: in judgement, or in what was corrected and to what."""
        return tuple(
            (a, b)
            for a, b in self._both
            if a.judgement != b.judgement or dict(a.changed) != dict(b.changed)
        )

    @property
    def _both(self) -> tuple[tuple[Judged, Judged], ...]:
        return tuple(zip(self.first, self.second, strict=True))

    def of_type(self) -> dict[str, Pair]:
        """The same by kind and type, most records first."""
        groups: dict[str, list[tuple[Judged, Judged]]] = defaultdict(list)
        for a, b in self._both:
            groups[f"{a.kind} {a.type}"].append((a, b))
        ordered = sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        return {
            name: Pair(tuple(a for a, _ in both), tuple(b for _, b in both), self.names)
            for name, both in ordered
        }

    def as_json(self) -> dict[str, object]:
        """For `--json`."""
        return {
            "reviewers": list(self.names),
            **self._numbers(),
            "unsure": self.unsure,
            "by_type": {name: one._numbers() for name, one in self.of_type().items()},  # noqa: SLF001
            "differing": [
                {
                    "id": a.id, "kind": a.kind, "type": a.type, "source": a.source,
                    a.by: _told(a), b.by: _told(b),
                }
                for a, b in self.differing
            ],
        }  # fmt: skip

    def _numbers(self) -> dict[str, object]:
        kappa = self.kappa
        told = self.share.as_json()
        return {
            "n": told["n"],
            "agree": told["right"],
            "share": told["value"],
            "low": told["low"],
            "high": told["high"],
            "kappa": None if kappa is None else round(kappa, 4),
        }

    def as_text(self) -> str:
        """As lines for people."""
        first, second = self.names
        lines = [f"{first} and {second}: {self.share.as_text()} alike; kappa {_number(self.kappa)}"]
        lines += [
            f"  {name:<26} {one.share.as_text()}; kappa {_number(one.kappa)}"
            for name, one in self.of_type().items()
        ]
        lines += [
            f"  {a.id} {a.type}, {a.source}: {first} {_words(a)}, {second} {_words(b)}"
            for a, b in self.differing
        ]
        if self.unsure:
            lines.append(f"  {self.unsure} on which one of them was unsure, not compared")
        return "\n".join(lines)


def agreement(judged: Iterable[Judged]) -> tuple[Pair, ...]:
    """How far each two reviewers agree, where they decided on the same records at all.

    Args:
        judged: what each reviewer left of each record, one a record and reviewer.
    """
    by: dict[str, dict[tuple[str, str], Judged]] = defaultdict(dict)
    for one in judged:
        by[one.by][one.kind, one.id] = one
    pairs = []
    for first, second in combinations(sorted(by), 2):
        both = sorted(by[first].keys() & by[second].keys())
        clear = [
            key
            for key in both
            if UNSURE not in (by[first][key].judgement, by[second][key].judgement)
        ]
        if both:
            pairs.append(
                Pair(
                    tuple(by[first][key] for key in clear),
                    tuple(by[second][key] for key in clear),
                    (first, second),
                    len(both) - len(clear),
                )
            )
    return tuple(pairs)


def _told(one: Judged) -> dict[str, object]:
    return {"judgement": one.judgement, "changed": dict(one.changed)}


def _words(one: Judged) -> str:
    fields = f" ({', '.join(sorted(one.changed))})" if one.changed else ""
    return f"{one.judgement}{fields}"


def _number(value: float | None) -> str:
    return "not defined" if value is None else f"{value:.2f}"
