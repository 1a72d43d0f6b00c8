"""What must hold of every page in a browser: nothing from outside, no fault, reachable, legible.

The rules of accessibility are those of axe-core (WCAG 2.0 to 2.2, levels A and AA). What is printed
is looked at in the PDF that the browser makes of it.
"""

from __future__ import annotations

import base64
import ctypes
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pypdfium2
import pypdfium2.raw as pdf
from browser import Tab

WIDE, PHONE = 1280, 390
PALEST = 4.5
"""Contrast with white paper that text must have, as WCAG AA asks on a screen."""
MOST_TABS = 150
"""Steps with the Tab key on one page."""
THINGS = ("document", "row")
"""Begin the paths that end with the id of a single thing."""
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that must not be.

    Attributes:
        page: address within the case.
        look: how it was looked at: `light`, `dark`, `390 px`, `print`, `keys`, …
        what: in words, with the element where there is one.
    """

    page: str
    look: str
    what: str

    def __str__(self) -> str:
        return f"{self.page} [{self.look}]: {self.what}"


@dataclass
class Visit:
    """A page that was looked at.

    Attributes:
        kind: the pages that are alike share it.
        status: of the reply; 0 where none was heard.
        bytes: over the wire, with what the browser did not have yet.
        asked: paths that were asked for.
    """

    page: str
    kind: str
    status: int = 0
    bytes: int = 0
    asked: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)

    def add(self, look: str, what: str) -> None:
        """Take down a fault."""
        self.faults.append(Fault(self.page, look, what))


def kind_of(address: str) -> str:
    """What kind of page an address is: ids and values aside.

    Example:
        >>> kind_of("/document/ab12?at=0"), kind_of("/evidence?a=RUS&of=deeds")
        ('/document/*', '/evidence of=deeds')
    """
    parts = urlsplit(address)
    head, *rest = parts.path.strip("/").split("/")
    stem = f"/{head}" + "/*" * len(rest) if head in THINGS else parts.path
    of = parse_qs(parts.query).get("of")
    return f"{stem} of={of[0]}" if of else stem


def links(tab: Tab, base: str) -> list[str]:
    """Addresses of the case that the page leads to, without its files and places within it."""
    found = tab.js("[...document.querySelectorAll('a[href]')].map(one => one.href)")
    own = [one.removeprefix(base).split("#")[0] for one in found if one.startswith(f"{base}/")]
    pages = [one for one in own if not urlsplit(one).path.endswith((".json", ".csv"))]
    return list(dict.fromkeys(pages))


# -- one page, in all its looks


def look_at(tab: Tab, base: str, page: str, axe: str) -> Visit:
    """Load a page and hold it against all rules; it is left as wide and light as it was.

    Args:
        base: where the case is served, without a slash at the end.
        axe: the program of axe-core; empty to leave its rules out.
    """
    visit = Visit(page, kind_of(page))
    tab.look()
    tab.go(base + page)
    _read(tab, base, visit)
    for words in _shape(tab):
        visit.add("light", words)
    for look, width, is_dark in (
        ("light", WIDE, False), ("dark", WIDE, True), ("390 px", PHONE, False),
    ):  # fmt: skip
        _turn(tab, width, is_dark=is_dark)
        if axe:
            for words in violations(tab, axe):
                visit.add(look, words)
        if width == PHONE:
            for words in too_wide(tab):
                visit.add(look, words)
    _turn(tab, WIDE, is_dark=True)
    for words in printed(tab):
        visit.add("print", words)
    _turn(tab, WIDE, is_dark=False)
    visit.faults += [Fault(page, "after all looks", words) for words in tab.look().faults]
    return visit


def _turn(tab: Tab, width: int, *, is_dark: bool) -> None:
    tab.resize(width, 900)
    tab.show_as(is_dark=is_dark)
    time.sleep(0.35)  # drawings wait until the width rests
    tab.until("document.querySelectorAll('[aria-busy=true]').length === 0")


def _read(tab: Tab, base: str, visit: Visit) -> None:
    """What the browser heard while the page came."""
    seen = tab.look()
    visit.status, visit.bytes = seen.replies.get(base + visit.page, 0), seen.bytes
    if visit.status != 200:
        visit.add("load", f"status {visit.status}")
    for address in seen.asked:
        if address.startswith(f"{base}/"):
            visit.asked.add(urlsplit(address).path)
        elif not address.startswith(("data:", "blob:", "about:")):
            visit.add("load", f"asks outside: {address[:120]}")
    for address, status in seen.replies.items():
        if status >= 400 and address != base + visit.page:
            visit.add("load", f"status {status}: {address.removeprefix(base)[:120]}")
    for words in seen.faults:
        visit.add("load", words)


def _shape(tab: Tab) -> Iterator[str]:
    """What every page must have: a title, a language, one headline, ids that stand once."""
    found = tab.js(_SHAPE)
    if not found["title"].strip():
        yield "no title"
    if found["language"] != "en":
        yield "its language is not told"
    if found["headlines"] != 1:
        yield f"{found['headlines']} headlines of the first rank"
    if found["twice"]:
        yield f"ids that stand twice: {', '.join(found['twice'][:5])}"
    for word in found["raw"]:
        yield f"shows {word!r}"


def violations(tab: Tab, axe: str) -> Iterator[str]:
    """What axe-core finds, one sentence a rule, with the first elements that break it."""
    if not tab.js("Boolean(window.axe)"):
        tab.js(f"{axe}\n;0")
    for found in tab.js(_AXE % json.dumps({"runOnly": RULES, "resultTypes": ["violations"]})):
        where = "; ".join(f"`{one['at']}` {one['html']}" for one in found["nodes"])
        yield f"axe {found['id']} ({found['count']}): {found['help']}. {found['why']} {where}"


def too_wide(tab: Tab) -> Iterator[str]:
    """Elements for which a phone would have to be scrolled sideways."""
    width = tab.js("document.documentElement.scrollWidth")
    if width > PHONE:
        yield f"{width} px wide, {PHONE} fit: {'; '.join(tab.js(_WIDE % PHONE)) or 'unclear what'}"


# -- on paper


def printed(tab: Tab) -> Iterator[str]:
    """What is wrong with the page on paper, printed from a dark screen."""
    tab.show_as(is_dark=True, is_print=True)
    for name in tab.js(_ON_PAPER):
        yield f"on paper stands {name}, which can only be clicked"
    tab.show_as(is_dark=True)
    content = base64.b64decode(tab.call("Page.printToPDF", printBackground=False)["data"])
    document = pypdfium2.PdfDocument(content)
    try:
        pale, count = _pale(document)
    finally:
        document.close()
    if not count:
        yield "nothing is printed"
    if pale:
        shown = ", ".join(f"{colour} ({n})" for colour, n in sorted(pale.items()))
        yield f"pale text on white paper: {shown} of {count} pieces"


def _pale(document: Any, most: int = 4) -> tuple[dict[str, int], int]:
    """Colours too pale for white paper with how often they are used, and all pieces of text."""
    pale: dict[str, int] = {}
    count = 0
    for number in range(min(most, len(document))):
        page = document[number]
        for item in page.get_objects(filter=[pdf.FPDF_PAGEOBJ_TEXT], max_depth=8):
            parts = [ctypes.c_uint() for _ in range(4)]
            if not pdf.FPDFPageObj_GetFillColor(item.raw, *(ctypes.byref(one) for one in parts)):
                continue
            count += 1
            red, green, blue, opaque = (one.value for one in parts)
            if opaque and _contrast((red, green, blue)) < PALEST:
                name = f"#{red:02x}{green:02x}{blue:02x}"
                pale[name] = pale.get(name, 0) + 1
        page.close()
    return pale, count


def _contrast(colour: Sequence[int]) -> float:
    """Contrast of a colour with white, as WCAG reckons it."""
    parts = [one / 255 for one in colour]
    light = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 1.05 / (0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2] + 0.05)


# -- by keyboard


def by_keyboard(tab: Tab, base: str, page: str) -> list[Fault]:
    """Go through a page with the Tab key: all is reached, in order, and one sees where one is."""
    faults: list[Fault] = []
    tab.go(base + page)
    tab.js(_NUMBERED)
    tab.press("Tab")
    if not tab.js("document.activeElement.matches('.skip')"):
        faults.append(Fault(page, "keys", "the first stop does not skip to the page"))
    wanted = tab.js("window.stops.length")
    reached, last = set[int](), -1
    for _ in range(min(MOST_TABS, wanted + 30)):
        at = tab.js(_HERE)
        if at is None or (at["place"] == 0 and reached - {0}):
            break  # through the whole page
        if at["place"] is not None:
            if at["place"] < last:
                faults.append(Fault(page, "keys", f"out of order: {at['name']}"))
            last = max(last, at["place"])
            reached.add(at["place"])
        if not at["seen"]:
            faults.append(Fault(page, "keys", f"one does not see the focus on {at['name']}"))
        tab.press("Tab")
    missed = [place for place in range(min(wanted, last + 1)) if place not in reached]
    if missed or (wanted < MOST_TABS and len(reached) < wanted):
        names = tab.js(
            f"{json.dumps(missed[:4] or [last + 1])}.map(one => named(window.stops[one]))"
        )
        faults.append(Fault(page, "keys", f"not reached: {', '.join(names)}"))
    return faults


def skips(tab: Tab, base: str, page: str) -> list[Fault]:
    """Whether the first link leads past the navigation."""
    tab.go(base + page)
    tab.press("Tab")
    tab.press("Enter")
    tab.press("Tab")
    inside = tab.js("document.querySelector('main').contains(document.activeElement)")
    return [] if inside else [Fault(page, "keys", "the skip link does not lead into the page")]


_SHAPE = """({
  title: document.title,
  language: document.documentElement.lang,
  headlines: document.querySelectorAll('h1').length,
  twice: [...document.querySelectorAll('[id]')].map(one => one.id)
    .filter((id, at, all) => all.indexOf(id) !== at),
  raw: ['Traceback (most', 'undefined', '{{', '[object Object]', 'NaN']
    .filter(word => [...document.querySelectorAll('h1, h2, th, td, dt, dd, p, .draw text')]
      .some(one => !one.closest('blockquote') && one.innerText?.includes(word))),
})"""
_AXE = """axe.run(document, %s).then(found => found.violations.map(one => ({
  id: one.id, help: one.help, count: one.nodes.length,
  why: one.nodes[0].failureSummary.split('\\n')[1]?.trim() ?? '',
  nodes: one.nodes.slice(0, 3)
    .map(node => ({ at: node.target.join(' '), html: node.html.slice(0, 160) })),
})))"""
_WIDE = """[...document.querySelectorAll('body *')]
  .filter(one => one.getBoundingClientRect().right > %d + 1 && !one.closest('.scroll, .skip, svg'))
  .slice(-4).map(one => `<${one.localName} class="${one.className}"> ends at `
    + Math.round(one.getBoundingClientRect().right))"""
_ON_PAPER = """['nav', 'form', 'button', 'input', '.skip']
  .filter(name => [...document.querySelectorAll(name)]
    .some(one => one.checkVisibility() && one.clientHeight))"""
_NUMBERED = """
window.named = one =>
  `<${one.localName}> ${(one.innerText || one.name || one.id || '').slice(0, 40)}`;
window.stops = [...document.querySelectorAll(
  'a[href], button, input, select, textarea, summary, [tabindex="0"]')]
  .filter(one => !one.disabled && one.tabIndex >= 0 && one.type !== 'hidden'
    && one.checkVisibility({ visibilityProperty: true }) && !one.closest('[inert]')
    && !(one.type === 'radio' && !one.checked && document.querySelector(
      `input[name="${one.name}"]:checked`)));
document.activeElement.blur(); 0"""
_HERE = """(() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const style = getComputedStyle(one), at = window.stops.indexOf(one);
  const seen = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1)
    || style.boxShadow !== 'none';
  return { place: at < 0 ? null : at, name: named(one), seen };
})()"""
