"""What becomes of a type when it is promised, asked for, refused, or ended."""

from __future__ import annotations

_COOPERATION = {"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID"}
_YIELDING = {"RETREAT", "CONCEDE"}
_CONFLICT = {"ASSAULT", "COERCE", "SANCTION", "PROTEST", "THREATEN"}
_REQUEST_MODES = {
    **dict.fromkeys(("AID", "COOPERATE", "SUPPORT", "AGREE"), "assist"),
    "CONSULT": "meet",
    **dict.fromkeys(_YIELDING, "yield"),
}


def promised(type_: str | None) -> str | None:
    """The event that a promise of the type is: AGREE, CONCEDE, THREATEN, or none.

    An unknown content is an agreement: the speaker binds himself to something. So is the sending
    of troops: it is mostly promised to those who want them.
    """
    if type_ is None or type_ == "MOBILIZE" or type_ in _COOPERATION:
        return "AGREE"
    if type_ in _YIELDING:
        return "CONCEDE"
    return "THREATEN" if type_ in _CONFLICT else None


def mode_of_request(type_: str | None) -> str | None:
    """PLOVER's mode of a REQUEST or REJECT with that content (`change` for other known ones)."""
    if type_ is None:
        return None
    return _REQUEST_MODES.get(type_, "change")


def end_of(type_: str) -> tuple[str, str | None]:
    """Type and mode of ending an act: talks cancelled, aid suspended, a siege lifted."""
    if type_ == "CONSULT":
        return "REJECT", "meet"
    if type_ in _COOPERATION:
        return "SANCTION", "discontinue"
    if type_ in _CONFLICT or type_ == "MOBILIZE":
        return "RETREAT", None
    return "SANCTION", "discontinue"
