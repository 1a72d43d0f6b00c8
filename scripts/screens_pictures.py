"""The pictures of the docs: pages of the example case, in few colours, small enough to keep."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

from browser import Browser, BrowserFault, Tab
from screens_scenes import Served, brush

MOST_BYTES = 200_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as the docs show it, of the first question of the case.

    Attributes:
        name: of the file, without `.png`.
        path: of the page.
        more: further parameters.
    """

    name: str
    path: str
    more: str = ""
    width: int = 1120
    height: int = 820


PICTURES = (
    Picture("question", "/ask", height=920),
    Picture("question-phone", "/ask", width=390, height=844),
    Picture("timeline", "/timeline", height=1040),
    Picture("network", "/network", height=1130),
    Picture("review", "/review", "reviewer=Anna"),
)


def take(browser: Browser, case: Served, folder: Path) -> None:
    """Write the pictures.

    Raises:
        BrowserFault: a picture is too large to keep.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with browser.tab() as blank:
        for one in PICTURES:
            with browser.tab(width=one.width, height=one.height) as tab:
                query = "&".join(part for part in (case.question, one.more) if part)
                address = f"{one.path}?{query}"
                tab.look()
                tab.go(case.base + address)
                if tab.look().replies.get(case.base + address) != 200:
                    continue
                if one.name == "timeline":
                    brush(tab)
                made = in_few_colours(blank, tab.picture())
            if len(made) > MOST_BYTES:
                raise BrowserFault(f"{one.name}.png has {len(made):,} bytes")
            (folder / f"{one.name}.png").write_bytes(made)


def in_few_colours(tab: Tab, picture: bytes) -> bytes:
    """A picture in its 256 most used colours, each other one as the nearest of them.

    Args:
        tab: an empty one, in which the picture is unpacked.
        picture: a PNG.
    """
    source = json.dumps(f"data:image/png;base64,{base64.b64encode(picture).decode()}")
    width, height, colours, places = tab.js(_UNPACKED % source)
    rows = base64.b64decode(places)
    lines = b"".join(b"\0" + rows[at : at + width] for at in range(0, len(rows), width))
    palette = b"".join(struct.pack(">I", colour)[1:] for colour in colours)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0))
        + _chunk(b"PLTE", palette)
        + _chunk(b"IDAT", zlib.compress(lines, 9))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    mark = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", mark)


_UNPACKED = """(async () => {
  const image = new Image();
  image.src = %s;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const pen = canvas.getContext('2d');
  pen.drawImage(image, 0, 0);
  const { data } = pen.getImageData(0, 0, image.width, image.height);
  const often = new Map();
  const colour = (at) => (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
  for (let at = 0; at < data.length; at += 4) {
    often.set(colour(at), (often.get(colour(at)) ?? 0) + 1);
  }
  const kept = [...often].sort((a, b) => b[1] - a[1]).slice(0, 256).map(([one]) => one);
  const far = (a, b) => ((a >> 16) - (b >> 16)) ** 2 + ((a >> 8 & 255) - (b >> 8 & 255)) ** 2
    + ((a & 255) - (b & 255)) ** 2;
  const place = new Map(kept.map((one, at) => [one, at]));
  for (const one of often.keys()) {
    if (place.has(one)) continue;
    let best = 0;
    kept.forEach((other, at) => { if (far(one, other) < far(one, kept[best])) best = at; });
    place.set(one, best);
  }
  const bytes = new Uint8Array(data.length / 4);
  for (let at = 0; at < data.length; at += 4) bytes[at / 4] = place.get(colour(at));
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return [image.width, image.height, kept, btoa(text)];
})()"""
