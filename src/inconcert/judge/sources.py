"""One verdict a source, never pooled; and from which of them the head of an answer is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from inconcert.core.question import Question
from inconcert.core.reading import TEXTS, Reading
from inconcert.core.verdict import Part, SourceVerdict, Verdict
from inconcert.judge.amounts import NO_BREAK, asked_days, counted, days_between, listed, number
from inconcert.judge.claims import BLOC_MEMBERS, CLAIM, bears_claim, p_words, stance, timing
from inconcert.judge.parts import ContactFound
from inconcert.judge.rules import CANNOT_TELL, head

Names = Callable[[str], str]

SHOWN = ("joint acts", "consulted")
INTERVALS = (
    f"90{NO_BREAK}% intervals of the lift and of the share joined are too narrow where shocks hit "
    f"the two and a few others: on made-up worlds they hold the truth in 90{NO_BREAK}% over all, "
    f"and in 57{NO_BREAK}% at worst, with shocks of a bloc over four years."
)
"""What is said wherever such an interval stands (docs/methods/coaction.md)."""
NOT_TAKEN_TO_MEAN = (
    "Acting together in time is no proof of an agreement, an intent or a cause, and its p-value is "
    "not the chance of one. What is not found in time is not thereby absent."
)


def of_dataset(question: Question, reading: Reading, *, names: Names) -> SourceVerdict:
    """The verdict of an event dataset: its contact, timing and stance, and the head off the table.

    Args:
        question: what was asked of two actors.
        reading: what the dataset says.
        names: name of a code as shown.
    """
    pair = (question.names[0], question.names[1])
    touch = contact_of_dataset(question, reading)
    when = timing(reading, pair, names=names)
    attitude = stance(reading, *pair, question.toward_name)
    found, why = head(touch.value, when.value, attitude.value, stories=touch.stories, measured=True)
    return SourceVerdict(
        reading,
        Verdict(
            head=found,
            parts=(
                Part("contact", touch.value, touch.reason),
                Part("timing", when.value, when.reason),
                Part("stance", attitude.value, attitude.reason),
            ),
            caveats=(why, *caveats_of_dataset(question, reading)),
            missing=missing_of_timing(reading),
        ),
    )


def contact_of_dataset(question: Question, reading: Reading) -> ContactFound:
    """Contact as far as a dataset of coded rows can tell of it.

    A row with both among those who act toward the other side is a joint act. Talks of the two are
    listed, but what they were about no row says: that is not testable.

    Args:
        question: names the two and the other side.
        reading: of the dataset.
    """
    found, pair = reading.documented, listed(question.names)
    talks = (
        f"{counted(found.consultation_count, 'consultation')} between {pair} on "
        f"{counted(found.consultation_days, 'day')}, about what {reading.source} does not tell"
    )
    if found.joint_count:
        days = len({row.day for row in found.joint})
        return ContactFound(
            "joint acts",
            days,
            f"{counted(found.joint_count, 'joint act')} of {pair} toward {question.toward_name}; "
            f"{talks}.",
        )
    return ContactFound("not testable", 0, f"No row names {pair} as acting jointly; {talks}.")


def caveats_of_dataset(question: Question, reading: Reading) -> tuple[str, ...]:
    """What a reader must know before quoting a dataset's figures."""
    source, cover = reading.source, reading.coverage
    unknown = (
        f"{source} is coded by others; how often its codes are wrong is not known to us, and its "
        "rows were not checked against any text."
    )
    bundled = (
        f"Whether one sentence named both, {source} does not tell: acts of one day and type may be "
        "one report that bundles the two."
    )
    found = [unknown, bundled]
    if cover is not None:
        found.append(
            f"Rows of the two toward {question.toward_name}: {number(cover.rows)} before, "
            f"{number(cover.counted)} after folding and without duplicates."
        )
        found += about_days(question, reading)
    found += reading.notes
    found += of_claim(reading)
    found.append(NOT_TAKEN_TO_MEAN)
    return tuple(found)


def about_days(question: Question, reading: Reading) -> list[str]:
    """Says so where more days were asked about than the source has."""
    cover, span = reading.coverage, question.span
    if cover is None or span is None:
        return []
    wide = span.first < cover.source_span.first or span.last > cover.source_span.last
    has = days_between(cover.source_span.first, cover.source_span.last)
    if not wide or asked_days(span).startswith(("from", "until", "all")):
        return []
    told = f"Asked about were {asked_days(span)}; {reading.source} runs over {has}"
    return [f"{told}, and the rest is not tested."]


def of_claim(reading: Reading) -> list[str]:
    """What belongs to what is said of timing: false claims, weak shocks, narrow intervals."""
    found = []
    if reading.false_calls is not None:
        calls = reading.false_calls
        many = f"about {calls.count:.0f}" if calls.count >= 1 else "fewer than one"
        verb = "is" if calls.count < 1.5 else "are"
        found.append(
            f"Of a hundred such calls at this amount of data {many} {verb} false, if "
            f"{100 * calls.base_rate:.0f}{NO_BREAK}% of the pairs asked about truly act together "
            f"(calibrated on made-up worlds of {number(calls.act_days)} act-days)."
        )
    if reading.erasing_shock is not None and reading.erasing_shock > 0:
        found.append(
            "A shock that only these two answer would undo the finding if it moved them "
            f"{reading.erasing_shock:.1f} times as much as what moves third parties does."
        )
    if reading.tests:
        found.append(INTERVALS)
    return found


def missing_of_timing(reading: Reading) -> tuple[str, ...]:
    """What would change the reading of timing, or let one be made.

    Args:
        reading: of one source.
    """
    if reading.refused:
        return (f"For timing, from {source_name(reading)}: {' '.join(reading.refused)}",)
    leading = reading.leading
    if leading is None:
        return ()
    is_claimed = bears_claim(leading)
    if is_claimed and len(leading.bloc) >= BLOC_MEMBERS:
        return (f"What would change timing: fewer than {BLOC_MEMBERS} that act with both alike.",)
    if is_claimed:
        cause = f"a cause that moves these two and none of {reading.source}'s third parties"
        return (f"What would change timing: {cause}.",)
    if leading.corrected < CLAIM:
        interval = f"90{NO_BREAK}% interval of the lift"
        return (f"For a claim of timing: a {interval} above 1; p is small enough as it is.",)
    now = p_words(leading.corrected)
    need = "p < .01 after Holm over the directions"
    return (f"For a claim of timing: {need}; it is {now} now. More days would tell more.",)


def in_order(verdicts: Sequence[SourceVerdict], asked: Sequence[str]) -> tuple[SourceVerdict, ...]:
    """The verdicts, that from which the head is read first.

    The head is read from the source named first by whoever asks; else from the one with most
    act-days of the rarer actor. The choice looks at amounts alone, never at what a source says.

    Args:
        verdicts: one a source.
        asked: names of the sources asked for, in that order.
    """
    wanted = {name.casefold(): place for place, name in reversed(list(enumerate(asked)))}

    def place(one: SourceVerdict) -> tuple[int, int, bool]:
        cover = one.reading.coverage
        return (
            wanted.get(one.reading.source.casefold(), len(wanted)),
            0 if cover is None else -cover.rarer,
            one.reading.source != TEXTS,
        )

    return tuple(sorted(verdicts, key=place))


def read_from(verdicts: Sequence[SourceVerdict], asked: Sequence[str]) -> str | None:
    """Which source the head is read from and why that one; None where there is only one.

    Args:
        verdicts: in the order of `in_order`.
        asked: names of the sources asked for.
    """
    if len(verdicts) < 2:
        return None
    first, others = verdicts[0], verdicts[1:]
    name = source_name(first.reading)
    why = "named first" if asked else "most act-days of the rarer actor"
    told = listed([f"{source_name(one.reading)}: “{one.verdict.head}”" for one in others])
    met = _contact_elsewhere(first, others)
    agree = all(one.verdict.head == first.verdict.head for one in others)
    if agree:
        return f"Read from {name} ({why}); the other sources, each by itself, read the same.{met}"
    known = [one for one in verdicts if one.verdict.head != CANNOT_TELL]
    clash = "The sources do not agree" if len(known) > 1 else "Not every source tells as much"
    return f"Read from {name} ({why}). {clash}: {told}. They are not pooled.{met}"


def _contact_elsewhere(first: SourceVerdict, others: Sequence[SourceVerdict]) -> str:
    """Says so where another source tells of contact and the one of the head does not."""
    if first.value("contact") in SHOWN:
        return ""
    told = [
        f"{source_name(one.reading)} ({one.value('contact')})"
        for one in others
        if one.value("contact") in SHOWN
    ]
    return f" Contact is told of by {listed(told)}." if told else ""


def source_name(reading: Reading) -> str:
    """The name of a source in a sentence."""
    return "the texts of the case" if reading.source == TEXTS else reading.source
