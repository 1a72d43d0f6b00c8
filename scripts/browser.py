"""A Chromium without a window, driven over a pipe: pages, keys, mouse, pictures, what it asked for.

It speaks the browser's own protocol (https://chromedevtools.github.io/devtools-protocol/) in JSON,
so that nothing has to be installed beside the browser itself.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
HOW_TO_GET_ONE = """no Chromium was found: none of {names} is on the PATH.
Install one (Debian, Ubuntu: apt install chromium; Fedora: dnf install chromium; macOS: brew install
--cask google-chrome), or say where it lies: make screens CHROME=/path/to/chromium"""
PATIENCE = 90.0
"""Seconds that the browser has for one answer, and a page to load."""
QUIET = (
    "--headless=new", "--remote-debugging-pipe", "--no-first-run", "--no-default-browser-check",
    "--disable-gpu", "--disable-sync", "--disable-extensions", "--disable-default-apps",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
    "--disable-features=Translate,MediaRouter,OptimizationHints", "--metrics-recording-only",
    "--mute-audio", "--hide-scrollbars", "--force-color-profile=srgb", "--lang=en-GB",
)  # fmt: skip
NUMBERS: Mapping[str, int] = {
    "Tab": 9, "Enter": 13, "Escape": 27, " ": 32, "PageUp": 33, "PageDown": 34, "End": 35,
    "Home": 36, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40,
}  # fmt: skip
"""Numbers of the keys that are no letters."""
SHIFT = 8
Message = dict[str, Any]


class BrowserFault(Exception):
    """The browser is missing, does not answer, or refuses what was asked of it."""


def found_chrome(named: str | None = None) -> str:
    """Where a Chromium lies.

    Args:
        named: name or path of the one to take; None for the first that is found.

    Raises:
        BrowserFault: there is none; tells how to get one.
    """
    for name in (named,) if named else (*NAMES, MAC):
        path = shutil.which(name)
        if path is not None:
            return path
    if named:
        raise BrowserFault(f"no Chromium at {named!r}, where CHROME says that one is")
    raise BrowserFault(HOW_TO_GET_ONE.format(names=", ".join(NAMES)))


@contextmanager
def browsing(chrome: str) -> Iterator[Browser]:
    """A browser with a profile of its own, which is gone with it.

    Raises:
        BrowserFault: it does not begin.
    """
    theirs_in, tell = os.pipe()
    hear, theirs_out = os.pipe()
    # the browser reads from 3 and writes to 4: our ends of that name would be in the way
    given = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in (theirs_in, theirs_out)]
    nowhere = os.open(os.devnull, os.O_RDWR)
    moves = [(os.POSIX_SPAWN_DUP2, end, at) for end, at in zip(given, (3, 4), strict=True)]
    moves += [(os.POSIX_SPAWN_DUP2, nowhere, at) for at in (0, 1, 2)]
    # root, as in a container, may not use the sandbox; the pages are our own
    more = ("--no-sandbox",) if os.geteuid() == 0 else ()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        words = [chrome, *QUIET, *more, f"--user-data-dir={profile}", "about:blank"]
        process = os.posix_spawn(chrome, words, os.environ, file_actions=moves, setpgroup=0)
        for end in (theirs_in, theirs_out, *given, nowhere):
            os.close(end)
        try:
            yield Browser(tell, hear)
        finally:
            os.close(tell)
            _ended(process)
            os.close(hear)


def _ended(process: int) -> None:
    """Wait for the browser to end; end it and its children where it does not."""
    until = time.monotonic() + 5
    while time.monotonic() < until:
        if os.waitpid(process, os.WNOHANG)[0]:
            return
        time.sleep(0.05)
    os.killpg(process, signal.SIGKILL)
    os.waitpid(process, 0)


class Browser:
    """Our ends of the pipes.

    Args:
        tell: where to write.
        hear: where to read.
    """

    def __init__(self, tell: int, hear: int) -> None:
        self._tell, self._hear = tell, hear
        self._number, self._heard = 0, b""
        self._tabs: dict[str, Tab] = {}

    @contextmanager
    def tab(self, *, width: int = 1280, height: int = 900, is_dark: bool = False) -> Iterator[Tab]:
        """A tab as wide and as high as told, in CSS pixels, with light or dark as is liked."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        tab = Tab(self, attached["sessionId"])
        self._tabs[tab.session] = tab
        for room in ("Page", "Runtime", "Network", "Log"):
            tab.call(f"{room}.enable")
        tab.resize(width, height)
        tab.show_as(is_dark=is_dark)
        try:
            yield tab
        finally:
            del self._tabs[tab.session]
            self.call("Target.closeTarget", targetId=target)

    def call(self, method: str, session: str | None = None, **given: object) -> Message:
        """Ask for something and wait for the answer; what happens meanwhile is told to its tab.

        Raises:
            BrowserFault: it is refused, takes too long, or the browser has ended.
        """
        self._number += 1
        number = self._number
        words: Message = {"id": number, "method": method, "params": given}
        if session is not None:
            words["sessionId"] = session
        left = json.dumps(words).encode() + b"\0"
        while left:
            left = left[os.write(self._tell, left) :]
        until = time.monotonic() + PATIENCE
        while True:
            told = self._next(until, method)
            if told.get("id") != number:
                continue
            if "error" in told:
                raise BrowserFault(f"{method}: {told['error'].get('message')}")
            result: Message = told.get("result", {})
            return result

    def wait(self, what: str, done: Callable[[], bool], *, seconds: float = PATIENCE) -> None:
        """Listen until something is so.

        Raises:
            BrowserFault: it is not so in time.
        """
        until = time.monotonic() + seconds
        while not done():
            if time.monotonic() > until:
                raise BrowserFault(f"waited {seconds:.0f} s in vain: {what}")
            self.call("Browser.getVersion")  # hears all that happened until now
            time.sleep(0.03)

    def _next(self, until: float, what: str) -> Message:
        while b"\0" not in self._heard:
            ready, _, _ = select.select([self._hear], [], [], max(0.0, until - time.monotonic()))
            piece = os.read(self._hear, 1 << 20) if ready else b""
            if not piece:
                raise BrowserFault(f"the browser {'has ended' if ready else 'is silent'}: {what}")
            self._heard += piece
        one, _, self._heard = self._heard.partition(b"\0")
        told: Message = json.loads(one)
        tab = self._tabs.get(told.get("sessionId", ""))
        if tab is not None and "method" in told:
            tab.happened(told["method"], told["params"])
        return told


@dataclass
class Seen:
    """What happened in a tab since it was last looked at.

    Attributes:
        asked: every address that was asked for.
        replies: status by address, the last one of each.
        faults: errors and warnings of the console, errors of scripts, dialogs, files not loaded.
        bytes: that came over the wire.
    """

    asked: list[str] = field(default_factory=list)
    replies: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    bytes: int = 0


class Tab:
    """A page in the browser.

    Args:
        browser: whose it is.
        session: name under which it is spoken to.
    """

    def __init__(self, browser: Browser, session: str) -> None:
        self.browser, self.session = browser, session
        self.seen = Seen()
        self._loads = 0

    def call(self, method: str, **given: object) -> Message:
        """As `Browser.call`, of this tab."""
        return self.browser.call(method, self.session, **given)

    def happened(self, method: str, told: Message) -> None:
        """Take down what the browser tells of this tab."""
        seen = self.seen
        if method == "Page.loadEventFired":
            self._loads += 1
        elif method == "Network.requestWillBeSent":
            seen.asked.append(told["request"]["url"])
        elif method == "Network.responseReceived":
            seen.replies[told["response"]["url"]] = told["response"]["status"]
        elif method == "Network.loadingFinished":
            seen.bytes += int(told["encodedDataLength"])
        elif method == "Network.loadingFailed" and not told.get("canceled"):
            seen.faults.append(
                f"not loaded: {told.get('errorText')} {told.get('blockedReason', '')}"
            )
        elif method == "Runtime.exceptionThrown":
            thrown = told["exceptionDetails"]
            words = thrown.get("exception", {}).get("description", thrown["text"])
            seen.faults.append(f"script: {words[:300]}")
        elif method == "Runtime.consoleAPICalled" and told["type"] in (
            "error",
            "warning",
            "assert",
        ):
            words = " ".join(str(one.get("value", one.get("description"))) for one in told["args"])
            seen.faults.append(f"console {told['type']}: {words[:300]}")
        elif method == "Log.entryAdded" and told["entry"]["level"] in ("error", "warning"):
            seen.faults.append(f"log: {told['entry']['text'][:300]}")
        elif method == "Page.javascriptDialogOpening":
            seen.faults.append(f"dialog: {told['message'][:100]}")

    def look(self) -> Seen:
        """What happened since the last look."""
        seen, self.seen = self.seen, Seen()
        return seen

    # -- pages

    def go(self, address: str) -> None:
        """Load a page, and wait until its drawings are there.

        Raises:
            BrowserFault: there is no such address, or it takes too long.
        """
        with self.loading():
            told = self.call("Page.navigate", url=address)
            if "errorText" in told:
                raise BrowserFault(f"{address}: {told['errorText']}")

    @contextmanager
    def loading(self) -> Iterator[None]:
        """Wait, at the end, until the page that is led to is there and drawn."""
        before = self._loads
        yield
        self.browser.wait("a page loads", lambda: self._loads > before)
        self.browser.wait("its drawings", lambda: bool(self.js(_DRAWN)))

    def back(self) -> None:
        """Go back by one page."""
        self.js("history.back()")
        self.browser.wait("going back", lambda: self.js("document.readyState") == "complete")
        time.sleep(0.3)  # a page kept in memory tells of no load

    def reload(self) -> None:
        """Load the page again."""
        with self.loading():
            self.call("Page.reload")

    def js(self, expression: str) -> Any:
        """What an expression gives; a promise is waited for.

        Raises:
            BrowserFault: it throws.
        """
        told = self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        if "exceptionDetails" in told:
            thrown = told["exceptionDetails"]
            words = thrown.get("exception", {}).get("description", thrown["text"])
            raise BrowserFault(f"{expression[:80]}: {words[:300]}")
        return told["result"].get("value")

    def until(self, expression: str, *, seconds: float = 20.0) -> bool:
        """Whether an expression becomes true in time."""
        try:
            self.browser.wait(expression, lambda: bool(self.js(expression)), seconds=seconds)
        except BrowserFault:
            return False
        return True

    # -- the way it is looked at

    def resize(self, width: int, height: int) -> None:
        """Make it so wide and high, in CSS pixels."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=1, mobile=width < 600,
        )  # fmt: skip

    def show_as(self, *, is_dark: bool = False, is_print: bool = False) -> None:
        """Like light or dark; the screen or paper."""
        liked = {"name": "prefers-color-scheme", "value": "dark" if is_dark else "light"}
        still = {"name": "prefers-reduced-motion", "value": "reduce"}
        media = "print" if is_print else ""
        self.call("Emulation.setEmulatedMedia", media=media, features=[liked, still])

    def picture(self) -> bytes:
        """What is seen, as PNG."""
        return base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"])

    # -- hands

    def press(self, key: str, *, shift: bool = False) -> None:
        """Press and release a key: a letter, or one of `NUMBERS`."""
        text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
        number = NUMBERS.get(key, ord(key.upper()) if len(key) == 1 else 0)
        given = {
            "key": key, "windowsVirtualKeyCode": number, "modifiers": SHIFT if shift else 0,
            "code": f"Key{key.upper()}" if key.isalpha() and len(key) == 1 else key,
        }  # fmt: skip
        self.call(
            "Input.dispatchKeyEvent", type="keyDown", **given, **({"text": text} if text else {})
        )
        self.call("Input.dispatchKeyEvent", type="keyUp", **given)

    def drag(self, x: float, y: float, to: float, *, steps: int = 8) -> None:
        """Press the mouse at a place, move it sideways, let go."""
        held = {"button": "left", "clickCount": 1, "y": y}
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        self.call("Input.dispatchMouseEvent", type="mousePressed", x=x, **held)
        for step in range(1, steps + 1):
            at = x + (to - x) * step / steps
            self.call("Input.dispatchMouseEvent", type="mouseMoved", x=at, buttons=1, **held)
        self.call("Input.dispatchMouseEvent", type="mouseReleased", x=to, **held)


_DRAWN = (
    "document.readyState === 'complete' && "
    "[...document.querySelectorAll('.draw')].every(one => one.dataset.drawn || !one.dataset.spec)"
)
