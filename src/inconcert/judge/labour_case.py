"""The arrays that the measures of who does which part are made on, and how a refusal reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from inconcert.core.findings import Measured
from inconcert.core.result import TestResult
from inconcert.errors import TooFewEvents
from inconcert.judge.amounts import NO_BREAK, counted
from inconcert.measure.portfolio_sorting import sorted_counts
from inconcert.ontology.domains import Act, tables

Ints = npt.NDArray[np.int64]

PAIR = ("A", "B")
LEVEL = 0.9
CANNOT_TELL = "cannot tell"
DEGENERATE = "Nothing varies in these counts that it could be told by"
COUNTED = ("promises", "statements", "deeds")
"""What `n` counts in some findings; in others a refusal for want of events speaks of acts."""


@dataclass(frozen=True, slots=True)
class Acts:
    """Acts toward one side by kind and day, from one source.

    Attributes:
        names: of the two actors, as shown.
        other: name of the side.
        actors: the two first, codes of a group joined by `+`; then third parties.
        kinds: what each place of the second axis is.
        cells: CAMEO root or PLOVER type of each kind.
        counts: shape (actors, kinds, days).
        days: shape (days,), consecutive.
        volume: counted events of the source that are not toward the side, shape (days,).
        covered: days with any event of the source, shape (days,).
        seed: of every draw.
    """

    names: tuple[str, str]
    other: str
    actors: tuple[str, ...]
    kinds: tuple[Act, ...]
    cells: tuple[str, ...]
    counts: Ints
    days: npt.NDArray[np.datetime64]
    volume: Ints
    covered: npt.NDArray[np.bool_]
    seed: int

    def rng(self, *of: int) -> np.random.Generator:
        """Draws of one measure; they do not hang on what was asked before it."""
        return np.random.default_rng((self.seed, *of))

    def by(
        self, label: Callable[[Act], str | Iterable[str]], labels: Sequence[str]
    ) -> npt.NDArray[np.int64]:
        """Counts by label, shape (actors, labels, days)."""
        return sorted_counts(self.counts, self.kinds, label, labels)

    def deeds(self) -> Acts:
        """The same with deeds alone."""
        sorts = tables()
        kept = [place for place, kind in enumerate(self.kinds) if sorts.nature(kind) == "deed"]
        return replace(
            self,
            kinds=tuple(self.kinds[place] for place in kept),
            cells=tuple(self.cells[place] for place in kept),
            counts=self.counts[:, kept],
        )

    def signs(self, nature: str = "") -> Ints:
        """Cooperative and conflictual acts, shape (actors, 2, days); neutral and apart left out.

        Args:
            nature: `word` or `deed`; empty for both.
        """
        sorts = tables()

        def label(act: Act) -> str:
            return sorts.stance_of(act) if nature in ("", sorts.nature(act)) else ""

        return self.by(label, ("cooperative", "conflictual"))

    def total(self, actor: int) -> int:
        """All acts of one actor."""
        return int(self.counts[actor].sum())

    def day(self, place: int) -> date:
        """A day by its place."""
        found: date = self.days[place].astype("datetime64[D]").item()
        return found

    def days_with(self, acts: npt.NDArray[np.int64]) -> tuple[date, ...]:
        """Days with an act, those with most first; shape of `acts` (days,)."""
        places = np.flatnonzero(acts)
        order = places[np.argsort(-acts[places], kind="stable")]
        return tuple(self.day(int(place)) for place in order)


def tried(refusal: Measured, ask: Callable[[], Measured]) -> Measured:
    """What a measure found, or the refusal with its reason.

    Args:
        refusal: as it stands where there are too few events, or nothing varies in them; its
            `refused` is filled in.
        ask: makes the finding.
    """
    try:
        return ask()
    except TooFewEvents as error:
        return refused(refusal, _plainly(error, refusal.n_of))
    except (ArithmeticError, np.linalg.LinAlgError):
        # all acts of one kind, or all on one day: a finding beside the verdict must not end it
        return refused(refusal, DEGENERATE)


def _plainly(error: TooFewEvents, n_of: str) -> str:
    """What there is too little of, without the name of the measure.

    Example:
        >>> _plainly(TooFewEvents("spill-over, shocks", 2, 5), "shocks")
        'shocks: 2, of 5 needed'
        >>> _plainly(TooFewEvents("stance", 3, 10), "statements")
        '3 statements, of 10 needed'
    """
    head, _, tail = error.what.partition(f": {error.got} ")
    unit = tail.partition(", at least")[0]
    what = head.partition(", ")[2]
    if what and unit == "events":
        return f"{what}: {error.got}, of {error.need} needed"
    if unit == "events":
        unit = n_of if n_of in COUNTED else "acts"
        return f"{counted(error.got, unit.removesuffix('s'))}, of {error.need} needed"
    return f"{error.got} {unit}, of {error.need} needed"


def of_test(empty: Measured, test: TestResult, *, value: str, sentence: str, unit: str) -> Measured:
    """A finding with the numbers of one test: effect with its 90 % interval, p and n.

    Args:
        empty: key, group, title, null and what it does not mean.
        test: what was found.
        value: the answer in a word or two.
        sentence: the same with its amounts.
        unit: of the effect.
    """
    return replace(
        empty, value=value, sentence=sentence, effect=test.statistic, unit=unit,
        interval=test.interval, level=LEVEL, p=test.p, n=test.n,
    )  # fmt: skip


def refused(empty: Measured, why: str) -> Measured:
    """A finding that says nothing, with the reason."""
    return Measured(
        empty.key,
        empty.group,
        empty.title,
        CANNOT_TELL,
        refused=why if why.endswith(".") else f"{why}.",
        mind=empty.mind,
        null=empty.null,
        n_of=empty.n_of,
    )


def share_words(share: float, bounds: Sequence[float]) -> str:
    """A share with its bounds, in percent.

    Example:
        >>> share_words(0.5, (0.4, 0.6)).replace(NO_BREAK, " ")
        '50 % [40 to 60]'
    """
    low, high = (f"{100 * bound:.0f}" for bound in bounds)
    return f"{100 * share:.0f}{NO_BREAK}% [{low} to {high}]"


def known(value: float) -> float | None:
    """A number; None for what is unknown or beyond all numbers."""
    return float(value) if np.isfinite(value) else None


def number_words(value: float, digits: int = 2) -> str:
    """A number with a true minus."""
    shown = f"{value:.{digits}f}"
    return shown.replace("-", "−") if float(shown) else f"{0:.{digits}f}"
