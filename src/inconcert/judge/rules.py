"""The head of a verdict, read off one table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Contact = Literal["none found", "consulted", "joint acts", "not testable"]
"""`not testable`: a dataset without text, which cannot tell what talks were about."""
Timing = Literal[
    "not tested",
    "insufficient",
    "undetermined",
    "parallel",
    "independent",
    "co-acting",
    "bloc-wide",
]
Stance = Literal["too few", "not tested", "undetermined", "aligned", "apart", "opposed"]

IN_CONCERT = "in concert"
ALIKE = "acting alike, contact not shown"
IN_PARALLEL = "in parallel"
INDEPENDENT = "independent"
AT_ODDS = "at odds"
CANNOT_TELL = "cannot tell"
HEADS = (IN_CONCERT, ALIKE, IN_PARALLEL, INDEPENDENT, AT_ODDS, CANNOT_TELL)

MIN_STORIES = 2
"""Separate stories (documents on different days) that joint acts must stand in."""

ANY = "any"
NOT_OPPOSED = "aligned | apart | undetermined | too few | not tested"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: values with `|` between them, or `any`."""

    contact: str
    timing: str
    stance: str
    least_stories: int
    head: str

    def fits(self, contact: str, timing: str, stance: str, stories: int) -> bool:
        """Whether the row speaks of this case."""
        pairs = ((self.contact, contact), (self.timing, timing), (self.stance, stance))
        return stories >= self.least_stories and all(
            wanted == ANY or value in wanted.split(" | ") for wanted, value in pairs
        )


# fmt: off
TABLE: tuple[Row, ...] = (
    #   contact                   timing                  stance       stories      head
    Row(ANY,                      ANY,                    "opposed",   0,           AT_ODDS),
    Row("joint acts",             ANY,                    NOT_OPPOSED, MIN_STORIES, IN_CONCERT),
    Row("consulted | joint acts", "co-acting",            NOT_OPPOSED, 0,           IN_CONCERT),
    Row(ANY,                      "co-acting",            NOT_OPPOSED, 0,           ALIKE),
    Row(ANY,                      "parallel | bloc-wide", NOT_OPPOSED, 0,           IN_PARALLEL),
    Row(ANY,                      "independent",          NOT_OPPOSED, 0,           INDEPENDENT),
    Row(ANY,                      ANY,                    ANY,         0,           CANNOT_TELL),
)
# fmt: on
"""The first row that fits gives the head (docs/methods/verdict.md)."""


def head(
    contact: Contact, timing: Timing, stance: Stance, *, stories: int, measured: bool
) -> tuple[str, str]:
    """The head of a verdict and why it is that one.

    Args:
        contact: value of the part contact.
        timing: value of the part timing.
        stance: value of the part stance.
        stories: separate stories that tell of joint acts.
        measured: whether the coder's precision and recall have been measured on a key large
            enough to bear a claim. Without that, no head but `cannot tell` is given.

    Returns:
        The head, one of `HEADS`, and one sentence with the reason.

    Example:
        >>> head("joint acts", "not tested", "too few", stories=2, measured=True)[0]
        'in concert'
        >>> head("joint acts", "not tested", "too few", stories=2, measured=False)[0]
        'cannot tell'
    """
    found = next(row for row in TABLE if row.fits(contact, timing, stance, stories)).head
    if not measured and found != CANNOT_TELL:
        return CANNOT_TELL, (
            "The coder that found these records has not been measured, so no other answer than "
            f"“{CANNOT_TELL}” is given; the same records from a measured coder would read "
            f"“{found}”."
        )
    return found, _reason(found, contact, timing, stories)


_GLOSS = {
    "insufficient": "too little to test it on",
    "undetermined": "that they act together in time is neither shown nor ruled out",
}


def _reason(found: str, contact: str, timing: str, stories: int) -> str:
    """Why the table gives this head, in one sentence."""
    if found == AT_ODDS:
        return "The two treat the other side in opposite ways."
    if found == IN_CONCERT and stories >= MIN_STORIES:
        return f"Joint acts stand in {stories} separate stories, and the two are not opposed."
    if found == IN_CONCERT:
        met = "act jointly toward it" if contact == "joint acts" else "have consulted about it"
        return f"The two act together in time beyond what others do, and {met}."
    if found == ALIKE:
        return (
            "The two act together in time beyond what others do; that alone shows no contact "
            "and no intent."
        )
    if found != CANNOT_TELL:
        return f"The test of timing reads “{timing}”."
    gloss = _GLOSS.get(timing)
    of_timing = (
        "timing was not tested"
        if timing == "not tested"
        else f"timing reads “{timing}”{f' ({gloss})' if gloss else ''}"
    )
    if contact == "joint acts":
        return (
            f"Joint acts stand in fewer than {MIN_STORIES} separate stories (different documents "
            f"on different days), and {of_timing}."
        )
    if contact == "consulted":
        return f"The two have consulted, and {of_timing}."
    if contact == "not testable":
        return f"This source cannot tell of contact, and {of_timing}."
    return f"No joint acts were found, and {of_timing}."
