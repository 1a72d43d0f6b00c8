"""Pages out of templates: everything escaped, odd characters made visible."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from inconcert.web.assets import asset
from inconcert.workbench import pages_words as words

CLASSES = {
    "quote": "qu", "predicate": "pr", "actor": "ac", "recipient": "re", "about": "ab",
    "chosen": "ch",
}  # fmt: skip
_NAV = (
    ("ask", "Question"),
    ("timeline", "Timeline"),
    ("network", "Who to whom"),
    ("labour", "Labour"),
    ("words", "Words and deeds"),
    ("map", "Map"),
    ("statements", "Statements"),
    ("evidence", "Evidence"),
)


def render(template: str, **given: Any) -> str:
    """A page.

    Args:
        template: name of a file in `templates`.
        given: what it shows; `title` always, `asked` and `case` on pages of a case.
    """
    whole = {"asked": None, "case": None, "here": "", "notice": None, "files": {}, **given}
    return _environment().get_template(template).render(whole)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("inconcert.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    from inconcert.web import asking, charts

    environment.filters.update(
        counted=words.counted,
        number=words.number,
        day=words.day_words,
        headed=words.headed,
        listed=words.listed,
        marked=words.marked,
        sign=words.plain_sign,
        share=words.share_words,
        p=_p_words,
        url=words.safe_url,
        what=words.type_words,
        asked=words.asked_words,
        data=_data,
        grouped=_grouped,
    )
    environment.globals.update(
        asset=asset,
        address=asking.address,
        hidden=asking.hidden,
        letters=asking.LETTERS,
        classes=_classes,
        nav=_NAV,
        method=words.METHOD,
        p_note=words.P_NOTE,
        sayings_note=words.SAYINGS_NOTE,
        head_words=words.head_words,
        direction=words.direction_words,
        ordinal=words.ordinal,
        sensitivity=words.sensitivity_words,
        span=words.span_words,
        who=words.who_words,
        forest=charts.forest,
        day_before=lambda day: day - timedelta(days=1),
    )
    return environment


def _finalize(value: object) -> object:
    """Everything that is written out passes here: text that is not ours gets no odd characters."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return words.visible(value)
    return value


def _grouped(items: Iterable[Mapping[str, Any]], key: str) -> Mapping[str, list[Any]]:
    """Items by the value of a key, in the order in which the values come first."""
    found: dict[str, list[Any]] = {}
    for item in items:
        found.setdefault(item[key], []).append(item)
    return found


def _p_words(p: float) -> str:
    return words.p_words(p).removeprefix("p ").removeprefix("= ")


def _classes(segment: Any) -> str:
    return " ".join(CLASSES[part] for part in segment.parts)


def _data(value: Any) -> Markup:
    """A value as JSON inside a page; nothing in it can end the element it stands in."""
    from inconcert.web.bodies import as_json

    text = as_json(value).decode()
    for mark, code in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"),
                       ("\u2028", "\\u2028"), ("\u2029", "\\u2029")):  # fmt: skip
        text = text.replace(mark, code)
    return Markup(text)  # what could end the element was replaced above
