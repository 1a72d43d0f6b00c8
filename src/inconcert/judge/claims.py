"""What may be claimed of timing: the rules, in one place, and the sentence that goes with each.

A claim needs p below .01 after Holm over every direction asked, and an interval of the lift that
lies above 1. A p is the chance of such a coincidence if nothing but third parties' news tied the
two; it is never the chance of an intent.
"""

from __future__ import annotations

from collections.abc import Callable

from inconcert.core.reading import AND_TYPE, Finding, Reading
from inconcert.judge.amounts import NO_BREAK, counted, listed, number, signed
from inconcert.judge.parts import StanceFound, TimingFound
from inconcert.judge.rules import Stance, Timing
from inconcert.measure.portfolio_blocks import LEAST_WEEKS
from inconcert.measure.stance import LEAST_ACTS

CLAIM, SUGGESTIVE = 0.01, 0.05
"""Corrected p below which a claim is made, and below which *suggestive* is printed."""
EQUIVALENCE = 0.15
"""Share of A's acts that B may join at most, in every untyped direction asked, where the two
are called parallel or independent."""
BLOC_MEMBERS = 3
"""Third parties that share the co-action, from which on it belongs to the bloc."""
RAW = 0.05
"""p of the plain correlation below which uncoupled acts are called parallel, not independent."""
CLAIMS: frozenset[Timing] = frozenset({"co-acting", "bloc-wide", "parallel", "independent"})

Names = Callable[[str], str]
Pair = tuple[str, str]


def timing(
    reading: Reading, pair: Pair, *, names: Names = str, is_reliable: bool = True
) -> TimingFound:
    """The value of timing of one source, and why.

    Args:
        reading: its tests.
        pair: names of A and B as shown.
        names: name of a code as shown.
        is_reliable: False where the coder that found the acts has not been measured: then nothing
            is claimed, and the reason says what would have been.
    """
    found = _timing(reading, pair, names)
    if is_reliable or found.value not in CLAIMS:
        return found
    return TimingFound(
        "undetermined",
        "The coder that found these acts has not been measured, so nothing is claimed of timing; "
        f"the same records from a measured coder would read “{found.value}”. {found.reason}",
    )


def _timing(reading: Reading, pair: Pair, names: Names) -> TimingFound:
    leading = reading.leading
    if reading.refused or leading is None:
        why = " ".join(reading.refused) or "Nothing was tested."
        return TimingFound("insufficient", f"Too little to test timing on. {why}")
    told = finding_words(leading, reading, pair)
    if bears_claim(leading):
        if len(leading.bloc) >= BLOC_MEMBERS:
            others = listed([names(code) for code in leading.bloc])
            return TimingFound("bloc-wide", f"{told} {others} act together with both alike.")
        return TimingFound(
            "co-acting", f"{told}{partners_words(leading, names)}{_led(reading, pair)}"
        )
    if leading.corrected < SUGGESTIVE:
        return TimingFound("undetermined", f"Suggestive, no more: {_lower(told)}")
    bounds = [test.share_interval[1] for test in reading.tests if not test.is_typed]
    if bounds and (bound := max(bounds)) < EQUIVALENCE:
        return _equivalent(reading, bound, told)
    return TimingFound(
        "undetermined",
        "Not shown to be more than third parties' behaviour lets one expect, and a coupling is not "
        f"ruled out either. {told}",
    )


def bears_claim(test: Finding) -> bool:
    """Whether a claim of acting together, of the two or of a bloc, is made of a leading test."""
    return test.corrected < CLAIM and test.lift_interval[0] > 1


def partners_words(test: Finding, names: Names) -> str:
    """Who else acts with both and stands apart from all others; empty where nobody does.

    Args:
        test: one of a reading's tests.
        names: name of a code as shown.
    """
    if not test.partners:
        return ""
    told = listed([names(code) for code in test.partners])
    one = len(test.partners) == 1
    return (
        f" With both alike {'acts' if one else 'act'} {told}, who {'stands' if one else 'stand'} "
        "far apart from all other third parties: read it as acts of all of them together."
    )


def _equivalent(reading: Reading, most: float, told: str) -> TimingFound:
    """Shown to be weakly coupled at most; parallel where a plain correlation would cry concert.

    Args:
        reading: of one source.
        most: largest of the upper bounds of the share joined, over every untyped direction
            asked: who is silent on the same day may still follow within five.
        told: the leading test in words.
    """
    bound = (
        f"In no direction asked does one join {EQUIVALENCE:.2f} or more of the other's acts beyond "
        f"chance (largest 95{NO_BREAK}% bound {_share(most)}). {told}"
    )
    if reading.correlation is not None and reading.correlation[1] < RAW:
        r, p = reading.correlation
        return TimingFound(
            "parallel",
            f"Their acts rise and fall together (correlation {r:.2f}, {p_words(p)}), and third "
            f"parties' behaviour accounts for it. {bound}",
        )
    return TimingFound("independent", bound)


def _led(reading: Reading, pair: Pair) -> str:
    """Who acts first, only where the contrast of lags shows it."""
    if reading.leads not in ("A leads", "B leads"):
        return ""
    first = pair["AB".index(reading.leads[0])]
    return f" Of lags of two to five days those in which {first} acts first are the stronger."


def finding_words(test: Finding, reading: Reading, pair: Pair) -> str:
    """One test in a sentence: what was found and expected, lift, p and rank.

    Args:
        test: one of the reading's tests.
        reading: its reading.
        pair: names of A and B as shown.
    """
    found = counted(round(test.observed), "coincidence")
    low, high = test.lift_interval
    place, of = test.rank
    when = direction_words(test.direction, pair, reading.cell_days)
    return (
        f"{when}: {found} against "
        f"{test.expected:.1f} expected from third parties (lift {test.lift:.2f}, "
        f"90{NO_BREAK}% interval {low:.2f} to {high:.2f}), {p_words(test.p)}, "
        f"{p_words(test.corrected)} after Holm over {counted(len(reading.tests), 'direction')}; "
        f"{ordinal(place)} of {number(of)} with its placebo pairs."
    )


def direction_words(direction: str, pair: Pair, cell_days: int = 1) -> str:
    """A direction in words.

    Example:
        >>> direction_words("same day", ("RUS", "CHN"), 3)
        'Within the same 3 days'
        >>> direction_words("A before B", ("RUS", "CHN"))
        'CHN in the five days after RUS'
    """
    same = "Same day" if cell_days == 1 else f"Within the same {cell_days} days"
    plain = direction.removesuffix(AND_TYPE)
    told = {
        "same day": same,
        "A before B": f"{pair[1]} in the five days after {pair[0]}",
        "B before A": f"{pair[0]} in the five days after {pair[1]}",
        "within two days": "Within two days of each other",
    }.get(plain, plain)
    return told if plain == direction else f"{told}, same type"


def p_words(p: float) -> str:
    """A p-value as shown: two digits, none below .001.

    Example:
        >>> p_words(0.0312), p_words(0.00001), p_words(1.0)
        ('p = .031', 'p < .001', 'p = 1')
    """
    if p < 0.001:
        return "p < .001"
    shown = f"{p:.2g}" if p < 0.995 else "1"
    return f"p = {shown.removeprefix('0')}"


def ordinal(place: int) -> str:
    """A place in a ranking.

    Example:
        >>> ordinal(1), ordinal(12), ordinal(23)
        ('1st', '12th', '23rd')
    """
    ending = {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{number(place)}{'th' if place % 100 in (11, 12, 13) else ending}"


def stance(reading: Reading, first: str, second: str, other: str) -> StanceFound:
    """The value of stance of one source, and why.

    Args:
        reading: its stance.
        first: name of A.
        second: name of B.
        other: name of the other side.
    """
    found = reading.stance
    sizes = (
        f"{first} {counted(found.acts[0], 'act')}, {second} {counted(found.acts[1], 'act')} "
        f"toward {other} that are cooperative or not"
    )
    if found.shares is None or found.gap is None or found.interval is None:
        return StanceFound("too few", f"{sizes}; {stance_need(found.acts)}.")
    low, high = found.interval
    others = "" if found.others is None else f"; third parties {found.others:.2f}"
    told = (
        f"{sizes}; cooperative share {found.shares[0]:.2f} against {found.shares[1]:.2f} "
        f"(gap {signed(found.gap, 2)}, 95{NO_BREAK}% interval {signed(low, 2)} to "
        f"{signed(high, 2)}, by weeks{others})."
    )
    known: tuple[Stance, ...] = ("aligned", "opposed", "apart")
    for value in known:
        if found.value == value:
            return StanceFound(value, told)
    return StanceFound("undetermined", f"{told} The interval is too wide to tell.")


def stance_need(acts: tuple[int, int]) -> str:
    """What it takes to compare stances where they could not be compared.

    Args:
        acts: of A and of B that are cooperative or not.
    """
    if min(acts) < LEAST_ACTS:
        return f"at least {LEAST_ACTS} of each are needed"
    return f"one of the two acts in fewer than {LEAST_WEEKS} weeks in effect, which is too few"


def _share(value: float) -> str:
    return f"{max(0.0, value):.2f}"


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
