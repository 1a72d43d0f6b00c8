"""Make the documents of the example case from the two public collections they come from.

    python scripts/build_example.py DATA [--case FOLDER]

DATA holds `wh_briefings_2021/` and `ungd_2021/` as downloaded; what is taken from them is said in
`selection.toml` of the case. The same data give the same bytes; the hashes are printed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

BRIEFINGS = "wh_briefings_2021/wh_briefings_20210701_20211031.jsonl.gz"
SPEECHES = "ungd_2021/ungd_session76_2021.jsonl.gz"
CASE = Path(__file__).parent.parent / "examples" / "afghanistan-2021"

Record = dict[str, Any]


def main() -> None:
    """Write both files and print what they hold."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("data", type=Path, help="folder with both collections")
    asked.add_argument("--case", type=Path, default=CASE, help="case folder to write to")
    given = asked.parse_args()
    selection = tomllib.loads((given.case / "selection.toml").read_text(encoding="utf-8"))
    afghans = re.compile(selection["names_afghans"])
    documents = given.case / "documents"
    documents.mkdir(exist_ok=True)
    briefings = white_house(records(given.data / BRIEFINGS), selection["white-house"], afghans)
    write(documents / "white-house.jsonl", briefings)
    speeches = united_nations(records(given.data / SPEECHES), selection["united-nations"], afghans)
    write(documents / "united-nations.jsonl", speeches)


def white_house(found: Iterable[Record], chosen: Record, afghans: re.Pattern[str]) -> list[Record]:
    """Every text of the White House in which an Afghan name stands, whole."""
    kept = [
        {
            "id": record["id"],
            "source": chosen["source"],
            "country": chosen["country"],
            "speaker": chosen["speaker"],
            "title": record["title"],
            "date": record["date"],
            "url": record["url"],
            "licence": chosen["licence"],
            "language": "en",
            "category": record["category"],
            "text": record["text"],
        }
        for record in found
        if afghans.search(record["text"])
    ]
    if len(kept) != chosen["documents"]:
        sys.exit(f"{len(kept)} documents name Afghans, not {chosen['documents']}: other data?")
    return kept


def united_nations(
    found: Iterable[Record], chosen: Record, afghans: re.Pattern[str]
) -> list[Record]:
    """Speeches of the chosen states that name the Afghan side, and those asked for anyway."""
    kept = []
    for record in found:
        if record["iso3"] not in chosen["speakers"]:
            continue
        if record["iso3"] not in chosen["whole"] and not afghans.search(record["text"]):
            continue
        code, name = chosen["speakers"][record["iso3"]]
        kept.append(
            {
                "id": f"ungd-{record['session']}-{record['year']}-{code}",
                "source": chosen["source"],
                "country": None,
                "speaker": code,
                "title": chosen["title"].format(name=name),
                "date": chosen["date"],
                "url": chosen["url"],
                "licence": chosen["licence"],
                "language": "en",
                "category": "speech",
                "text": record["text"],
            }
        )
    return kept


def records(path: Path) -> Iterator[Record]:
    """The objects of a packed file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield json.loads(line)


def write(path: Path, kept: list[Record]) -> None:
    """Write JSON lines by date and id, and say what was written."""
    ordered = sorted(kept, key=lambda record: (record["date"], record["id"]))
    for record in ordered:
        if "\0" in record["text"] or "\r" in record["text"]:
            sys.exit(f"{record['id']}: NUL or carriage return in the text")
    lines = [json.dumps(record, ensure_ascii=False) + "\n" for record in ordered]
    content = "".join(lines).encode("utf-8")
    path.write_bytes(content)
    words = sum(len(record["text"].split()) for record in ordered)
    sys.stdout.write(
        f"{path.name}: {len(ordered)} documents, {words:,} words, {len(content):,} bytes, "
        f"sha256 {sha256(content).hexdigest()}\n"
    )


if __name__ == "__main__":
    main()
