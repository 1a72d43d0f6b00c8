"""Words that every form of a brief shares."""

from __future__ import annotations

import pytest

from inconcert.core.mention import Participant
from inconcert.show.words import safe_url, who_words


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org/x",
        "file:///etc/passwd",
        "https://",
        "http://[broken",
        "https://example.org/a b",
        "https://example.org/\u202ex",
        None,
    ],
)
def test_only_plain_web_addresses_become_links(url: str | None) -> None:
    assert safe_url(url) is None


def test_a_web_address_is_kept_as_it_is() -> None:
    assert safe_url("https://example.org/a?b=c#d") == "https://example.org/a?b=c#d"


def test_a_person_is_named_after_the_state_and_once() -> None:
    lavrov = Participant("RUS", ("GOV",), "Sergey Lavrov", 0, 6)
    names = {"RUS": "Russia"}.__getitem__
    assert who_words([lavrov, lavrov], names) == "Russia (GOV), Sergey Lavrov"
