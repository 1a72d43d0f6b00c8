"""What pages load: our own style and script, and Vega out of the package that carries it.

Nothing comes from outside. Each file has its hash in its address, so that a browser keeps it.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import threading
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files

from inconcert.errors import InConcertError
from inconcert.web.bodies import Body

VEGA = "vega.js"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
FOREVER = "public, max-age=31536000, immutable"
_BUNDLE = "import sys, vl_convert; sys.stdout.buffer.write(vl_convert.javascript_bundle().encode())"
_PATIENCE = 120
_making = threading.Lock()


@cache
def own(name: str) -> Body:
    """A file of `static`.

    Raises:
        KeyError: there is no such file.
    """
    if name not in _names():
        raise KeyError(name)
    content = files("inconcert.web").joinpath("static", name).read_bytes()
    return Body.of(content, KINDS[name[name.rindex(".") :]], keep=FOREVER)


@cache
def _names() -> frozenset[str]:
    return frozenset(each.name for each in files("inconcert.web").joinpath("static").iterdir())


@cache
def asset(name: str) -> str:
    """The address of a file, with its hash in it."""
    if name == VEGA:
        mark = hashlib.sha256(_vega_version().encode()).hexdigest()[:12]
    else:
        mark = hashlib.sha256(own(name).content).hexdigest()[:12]
    return f"/static/{mark}/{name}"


def vega() -> Body:
    """Vega, Vega-Lite and Vega-Embed in one file, made once.

    Another process makes it: what it needs for that, about 150 MB, is gone again with it.

    Raises:
        InConcertError: the package is missing, fails, or takes too long.
    """
    with _making:
        return _vega()


@cache
def _vega() -> Body:
    try:
        done = subprocess.run(
            [sys.executable, "-c", _BUNDLE], capture_output=True, timeout=_PATIENCE, check=False
        )
        made = b"" if done.returncode else done.stdout
    except subprocess.TimeoutExpired as error:
        raise InConcertError(
            f"the drawings were not made within {_PATIENCE} seconds",
            where="vl-convert-python",
            advice="Load the page again when this machine has less to do. Tables are shown.",
        ) from error
    if len(made) < 100_000:
        raise InConcertError(
            "the drawings cannot be made",
            where="vl-convert-python",
            advice="Install it again: pip install vl-convert-python. Tables are shown without it.",
        )
    return Body.of(made, KINDS[".js"], keep=FOREVER)


def _vega_version() -> str:
    try:
        return version("vl-convert-python")
    except PackageNotFoundError:
        return "missing"
