"""Score resolution on running text: who is meant, who says what, when, and which names are known.

A word that points to somebody is right when the same actors are found for it: the same codes by
rule (b) of the scorer, and the same person where both sides name one. A statement is right when a
coded statement over more than half of its words has the same speakers. Days are right when both
ends agree; for a vague expression when the two spans share half of the days that either covers.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from math import sqrt

from inconcert.core.event import When
from inconcert.core.mention import ActorMention, Participant
from inconcert.core.span import TimeSpan
from inconcert.core.statement import Statement
from inconcert.grade.codes import comparable_set
from inconcert.labels.references import Marked, Pointed, Said, Timed, Who
from inconcert.ontology.plover import sectors

VAGUE = frozenset({"vague", "decade", "season"})
_BEHIND = frozenset({"REB", "REF"})
_ARTICLE = re.compile(r"^(?:the|a|an) ", re.IGNORECASE)
SHARED = 0.5
"""Share of the days of both spans together that a vague expression must have in common."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the chain made of one sentence; characters count from the start of the sentence."""

    label: Marked
    mentions: tuple[ActorMention, ...]
    statements: tuple[Statement, ...]
    times: tuple[tuple[int, int, When], ...]


@dataclass(frozen=True, slots=True)
class Miss:
    """A label that was not met, for reading."""

    where: str
    kind: str
    words: str
    wanted: str
    found: str


@dataclass(slots=True)
class ReferenceGrade:
    """Counts by name, and what went wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)

    def share(self, right: str, of: str) -> tuple[float, float, float]:
        """A share with its 95 % Wilson interval."""
        return wilson(self.counts[right], self.counts[of])

    def as_json(self) -> dict[str, object]:
        """For `--json`: counts, shares with intervals, and what was not met."""
        shares = {
            name: dict(zip(("value", "low", "high"), self.share(*pair), strict=True))
            for name, pair in SHARES.items()
            if self.counts[pair[1]]
        }
        misses = [asdict(miss) for miss in self.misses]
        return {"counts": dict(sorted(self.counts.items())), "shares": shares, "misses": misses}

    def as_text(self) -> str:
        """As lines for people."""
        lines = []
        for name, (right, of) in SHARES.items():
            if self.counts[of]:
                value, low, high = self.share(right, of)
                lines.append(
                    f"{name:<34} {value:.3f} [{low:.3f}, {high:.3f}]  "
                    f"{self.counts[right]} of {self.counts[of]}"
                )
        return "\n".join(lines)


SHARES = {
    "coreference: right actor": ("reference right", "reference"),
    "coreference: right, persons": ("reference right: person", "reference: person"),
    "coreference: right, pronouns": ("reference right: pronoun", "reference: pronoun"),
    "coreference: right, descriptions": ("reference right: other", "reference: other"),
    "coreference: silent": ("reference silent", "reference"),
    "pointing to nobody, left alone": ("nobody right", "nobody"),
    "speakers: right": ("speaker right", "speaker"),
    "speakers: right, direct": ("speaker right: direct", "speaker: direct"),
    "speakers: right, mixed": ("speaker right: mixed", "speaker: mixed"),
    "speakers: right, indirect": ("speaker right: indirect", "speaker: indirect"),
    "speakers: right, performative": ("speaker right: performative", "speaker: performative"),
    "statements coded that are labelled": ("statement met", "statement coded"),
    "times: right": ("time right", "time"),
    "times: right, exact": ("time right: exact", "time: exact"),
    "times: right, vague": ("time right: vague", "time: vague"),
    "times coded that are labelled": ("time met", "time coded"),
    "names: found": ("mention found", "mention"),
    "names: right country or body": ("mention right", "mention"),
    "names: right sector": ("sector right", "sector"),
}


def grade_references(told: Iterable[Told]) -> ReferenceGrade:
    """Score all sentences."""
    grade = ReferenceGrade()
    for one in told:
        _references(one, grade)
        _statements(one, grade)
        _times(one, grade)
        _names(one, grade)
    return grade


# -- who is meant -------------------------------------------------------------------------------


def _references(told: Told, grade: ReferenceGrade) -> None:
    for label in told.label.references:
        words = told.label.sentence[label.start : label.end]
        mention = _over(told.mentions, label.start, label.end)
        people = () if mention is None else mention.participants
        if label.who.kind == "nobody":
            grade.counts["nobody"] += 1
            grade.counts["nobody right"] += not people
            if people:
                grade.misses.append(_miss(told, "nobody", words, "-", people))
            continue
        if label.who.kind != "actor":
            continue
        kind = "pronoun" if " " not in words and words.islower() else "other"
        kinds = [kind] + (["person"] if label.who.names else [])
        is_right = same(label.who, people)
        for suffix in ("", *(f": {kind}" for kind in kinds)):
            grade.counts[f"reference{suffix}"] += 1
            grade.counts[f"reference right{suffix}"] += is_right
        grade.counts["reference silent"] += not people
        if not is_right:
            grade.misses.append(_miss(told, "reference", words, tell(label.who), people))


def same(who: Who, people: Sequence[Participant]) -> bool:
    """Whether participants are the labelled actors; persons by name where both sides have one."""
    if comparable_set(who.codes) != comparable_set(one.code for one in people):
        return False
    named = [_plain(one.name) for one in people if one.name]
    if not named or not who.names or len(people) != len(who.codes):
        return True
    return all(any(_alike(_plain(name), other) for other in named) for name in who.names)


def _alike(name: str, other: str) -> bool:
    mine, others = name.split(), other.split()
    return name == other or mine[-1] in others or others[-1] in mine


def _plain(name: str) -> str:
    marked = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in marked if not unicodedata.combining(c)).replace("-", " ").strip()


def _over(mentions: Sequence[ActorMention], start: int, end: int) -> ActorMention | None:
    """The mention that covers most of the words and least besides."""
    near = [one for one in mentions if one.start < end and one.end > start]
    return max(
        near,
        key=lambda one: (
            min(one.end, end) - max(one.start, start) - 0.1 * (one.end - one.start),
            bool(one.participants),
        ),
        default=None,
    )


# -- who says what ------------------------------------------------------------------------------


def _statements(told: Told, grade: ReferenceGrade) -> None:
    met: set[str] = set()
    for label in told.label.statements:
        near = [one for one in told.statements if _shared(one, label) > SHARED]
        best = max(near, key=lambda one: _fit(one, label), default=None)
        if best is not None:
            met.add(best.id)
        if label.who.kind == "open":
            continue
        is_right = best is not None and (
            not best.speakers
            if label.who.kind in {"unnamed", "nobody"}
            else same(label.who, best.speakers)
        )
        is_main = label.form != "performative"
        for suffix in (*([""] if is_main else []), f": {label.form}"):
            grade.counts[f"speaker{suffix}"] += 1
            grade.counts[f"speaker right{suffix}"] += is_right
        if not is_right and is_main:
            words = told.label.sentence[label.start : label.end]
            found = None if best is None else best.speakers
            grade.misses.append(
                _miss(told, f"speaker, {label.form}", words, tell(label.who), found)
            )
    for one in told.statements:
        if one.cue != "speech":
            grade.counts["statement coded"] += 1
            grade.counts["statement met"] += one.id in met


def _shared(one: Statement, label: Said) -> float:
    """Share of the labelled words that a coded statement covers."""
    spans = [(one.content_start, one.content_end), *one.quotes]
    best = max(min(end, label.end) - max(start, label.start) for start, end in spans)
    return best / (label.end - label.start)


def _fit(one: Statement, label: Said) -> float:
    """Share of the words of both that they have in common: of two that hold it, the closer."""
    spans = [(one.content_start, one.content_end), *one.quotes]
    both = [(max(0, min(b, label.end) - max(a, label.start)), b - a) for a, b in spans]
    return max(same / (own + label.end - label.start - same) for same, own in both)


# -- when ---------------------------------------------------------------------------------------


def _times(told: Told, grade: ReferenceGrade) -> None:
    met: set[int] = set()
    for label in told.label.times:
        near = [
            (min(end, label.end) - max(start, label.start), number)
            for number, (start, end, _) in enumerate(told.times)
            if start < label.end and end > label.start
        ]
        place = max(near)[1] if near else None
        span = None if place is None else told.times[place][2].span
        if place is not None:
            met.add(place)
        is_right = days_agree(label, span)
        kind = "vague" if label.granularity in VAGUE else "exact"
        for suffix in ("", f": {kind}"):
            grade.counts[f"time{suffix}"] += 1
            grade.counts[f"time right{suffix}"] += is_right
        if not is_right:
            wanted = f"{label.first}..{label.last} {label.granularity}"
            words = told.label.sentence[label.start : label.end]
            grade.misses.append(Miss(told.label.where, "time", words, wanted, str(span)))
    grade.counts["time coded"] += len(told.times)
    grade.counts["time met"] += len(met)


def days_agree(label: Timed, span: TimeSpan | None) -> bool:
    """Whether days are right; an end that is open in the label is not compared."""
    if span is None:
        return label.first is None and label.last is None
    if label.first is None or label.last is None:
        ends = [(label.first, span.first), (label.last, span.last)]
        return all(mine is None or mine == other for mine, other in ends)
    wanted = TimeSpan(label.first, label.last)
    if label.granularity not in VAGUE:
        return wanted == span
    if not wanted.overlaps(span):
        return False
    both = (min(wanted.last, span.last) - max(wanted.first, span.first)).days + 1
    return both / (wanted.days + span.days - both) >= SHARED


# -- names --------------------------------------------------------------------------------------


def _names(told: Told, grade: ReferenceGrade) -> None:
    for label in told.label.mentions:
        if label.who.kind != "actor":
            continue
        words = told.label.sentence[label.start : label.end]
        mention = _headed(told, label)
        people = () if mention is None else mention.participants
        if not people and mention is not None and mention.place is not None:
            people = (mention.place,)
        is_right = same_country(label.who, people)
        grade.counts["mention"] += 1
        grade.counts["mention found"] += bool(people)
        grade.counts["mention right"] += is_right
        if is_right and label.sectors:
            grade.counts["sector"] += 1
            is_sector = any(set(label.sectors) & set(one.sectors) for one in people)
            grade.counts["sector right"] += is_sector
            if not is_sector:
                wanted = " ".join(label.sectors)
                found = " ".join(sector for one in people for sector in one.sectors) or "none"
                grade.misses.append(Miss(told.label.where, "sector", words, wanted, found))
        if not is_right:
            grade.misses.append(_miss(told, "name", words, tell(label.who), people))


def same_country(who: Who, people: Sequence[Participant]) -> bool:
    """Whether a name was read as the right state or body; the sector is scored by itself.

    States compare without what stands behind them (`AFGREF`, refugees, are Afghans), groups with a
    code of their own and organisations as `same` compares them.
    """
    here = [replace(one, code=_country(one.code)) for one in people]
    return same(replace(who, codes=tuple(_country(code) for code in who.codes)), here)


def _country(code: str) -> str:
    """The state that a code of letters behind it tells only the sector of; else the code."""
    parts = [code[place : place + 3] for place in range(3, len(code), 3)]
    is_plain = all(part in _BEHIND or part in sectors() for part in parts)
    return code[:3] if is_plain else code


def _headed(told: Told, label: Pointed) -> ActorMention | None:
    """The mention over the first of the labelled words, else the one over most of them.

    `President of the Republic of Zambia` is told by its first noun, not by the state inside it.
    """
    words = told.label.sentence[label.start : label.end]
    first = label.start + len(words) - len(_ARTICLE.sub("", words))
    near = [one for one in told.mentions if one.start <= first < one.end]
    return max(near, key=lambda one: bool(one.participants), default=None) or _over(
        told.mentions, label.start, label.end
    )


# -- telling ------------------------------------------------------------------------------------


def tell(who: Who) -> str:
    """A label in words."""
    names = f" ({', '.join(who.names)})" if who.names else ""
    return (" ".join(who.codes) or who.kind) + names


def _miss(
    told: Told, kind: str, words: str, wanted: str, found: Sequence[Participant] | None
) -> Miss:
    got = "nothing" if found is None else " ".join(
        one.code + (f" ({one.name})" if one.name else "") for one in found
    ) or "nobody"  # fmt: skip
    return Miss(told.label.where, kind, words, wanted, got)


def wilson(right: int, of: int, z: float = 1.96) -> tuple[float, float, float]:
    """A share with its Wilson interval; all nan for nothing of nothing."""
    if not of:
        return float("nan"), float("nan"), float("nan")
    share = right / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return share, max(0.0, middle - half), min(1.0, middle + half)
