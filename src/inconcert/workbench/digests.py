"""A case in small records for programs that read for somebody: amounts, and the ids of evidence.

Nothing here gives a text at length: a sentence is cut, a list has few items, and what stands behind
a number is asked for by its id. An id is `DOCUMENT/RECORD` in the texts and `DATASET/ROW` else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from inconcert.errors import BadInput
from inconcert.workbench.pages import Asked, Pages, Record
from inconcert.workbench.pages_acts import dataset_row, timeline
from inconcert.workbench.pages_evidence import PAGE, Wanted, evidence, speakers
from inconcert.workbench.pages_network import Shown, networks
from inconcert.workbench.pages_texts import Index, document, sources
from inconcert.workbench.pages_words import visible

QUOTED = 240
"""Characters of a sentence that are given."""
MOST = 25
"""Items of a list, rows of a table."""
_PARTS = ("contact", "timing", "stance")
_TEST = ("direction", "observed", "expected", "lift", "lift_interval", "p", "p_holm")
_FINDING = ("key", "title", "value", "strength", "sentence", "refused", "not_to_mean")
_FACTS = ("id", "title", "source", "country", "affiliation", "published", "url", "language")


class Digests:
    """A case that is asked by a program.

    Args:
        case: its folder.

    Raises:
        NoCase: the folder is no case.
        BadSetting: case.toml makes no sense.
    """

    def __init__(self, case: Path) -> None:
        self.pages = Pages(case)
        self.index = Index(self.pages)

    def close(self) -> None:
        """Let go what is held."""
        self.index.close()

    def case(self) -> Record:
        """Title, questions, sides and amounts of the case."""
        found = self.pages.case()
        questions = [
            {"title": one["title"], **_as_asked(one["asked"]), "verdict": one["head"]}
            for one in found["questions"]
        ]
        return {**found, "questions": questions}

    def ask(self, asked: Asked) -> Record:
        """The verdict on a question, its parts, tests and findings, and what can be looked at.

        Returns:
            `lists` says which lists of acts and statements there are, and how long.
        """
        record = self.pages.answer(asked)
        return {
            "question": record["question"],
            "verdict": record["verdict"],
            "read_from": record["read_from"],
            "by_source": [_one_source(one) for one in record["by_source"]],
            "actors": [
                {
                    "name": one["name"],
                    "codes": one["codes"],
                    **one["counts"],
                    "statements": len(one["statements"]),
                    "set_aside": len(one["set_aside"]),
                }
                for one in record["actors"]
            ],
            "counts": record["counts"],
            "read": {key: record["corpus"][key] for key in ("documents", "sentences", "undated")},
            "lists": _lists(record),
        }

    def findings(self, asked: Asked, *, refused: bool = False) -> Record:
        """Who does which part, how words match deeds, when it changed: finding by finding.

        Args:
            refused: also what the data are too few for, with the reason.
        """
        record = self.pages.answer(asked)
        found = [
            {"source": source["source"], **{key: one[key] for key in _FINDING},
             "rests_on": len(one["ids"])}
            for source in record["findings"]
            for one in source["found"]
            if refused or one["refused"] is None
        ]  # fmt: skip
        return {"question": record["question"], "findings": found}

    def timeline(self, asked: Asked) -> Record:
        """Acts of each actor by day, week or month, known events, and days that stand out."""
        found = dict(timeline(self.pages, asked))
        found["days"] = found["days"][:MOST]
        return found

    def ties(self, asked: Asked, source: str = "") -> Record:
        """Who is friendly or hostile to whom: the strongest ties."""
        found = networks(self.pages, asked, Shown(source=source))
        ties = sorted(found["edges"], key=_acts_of, reverse=True)
        return {
            **{key: found[key] for key in ("question", "source", "sources")},
            "actors": [
                {key: one[key] for key in ("code", "name", "acts", "part")}
                for one in found["nodes"]
            ],
            "ties": ties[: 2 * MOST],
            "ties_left_out": max(0, len(ties) - 2 * MOST) + int(found["not_drawn"]),
        }

    def acts(self, asked: Asked, wanted: Wanted) -> Record:
        """A list of an answer, a page of it, each item with its id and a cut sentence."""
        found = evidence(self.pages, asked, wanted)
        items = [_item(one, wanted.source) for one in found["items"][:MOST]]
        kept = ("question", "of", "title", "count", "reports", "page", "pages")
        return {**{key: found[key] for key in kept}, "items": items}

    def statements(self, asked: Asked, *, speaker: str = "", page: int = 1) -> Record:
        """Who said how much of the other side, and a page of what was said."""
        wanted = Wanted("statements", speaker=speaker, page=page, most=PAGE)
        who = speakers(self.pages.answer(asked))
        return {**self.acts(asked, wanted), "speakers": who[: 2 * MOST]}

    def evidence(self, id: str) -> Record:
        """One event mention, statement or row, by its id, and where it stands.

        Raises:
            BadInput: there is no such record.
        """
        first, _, last = id.rpartition("/")
        if first and first in self._datasets():
            return {"kind": "row", **dataset_row(self.pages, first, last)}
        marked = document(self.pages, first, mark=last)["marked"] if first and last else None
        if marked is None:
            raise BadInput(
                f"there is no record {id[:80]!r}",
                where="id",
                advice="Take the id of an item of a list: DOCUMENT/RECORD or DATASET/ROW.",
            )
        return {**marked, "sentence": quoted(marked), "id": id}

    def sources(self) -> Record:
        """What was read: sources of texts and datasets, with how much of each."""
        found = sources(self.pages)
        kept = {key: found[key] for key in ("texts", "datasets", "undated", "by_country", "coders")}
        counts = ("not_coded", "left_out", "notes")
        return kept | {key: [_without_places(one) for one in found[key]] for key in counts}

    def search(self, words: str, *, source: str = "", page: int = 1) -> Record:
        """Documents that hold some words: what is known of each, and one passage, cut."""
        found = self.index.search(words, source=source, page=page, most=10)
        hits = [
            {**{key: one[key] for key in _FACTS}, "passage": _passage(one["segments"])}
            for one in found["hits"]
        ]
        return {**found, "hits": hits, "page": page}

    def _datasets(self) -> list[str]:
        events = self.pages.case()["holds"]["events"]
        return [] if events is None else [str(one["name"]) for one in events["sources"]]


def quoted(record: Record, most: int = QUOTED) -> str:
    """The sentence of a record, cut around what was coded in it, odd characters made visible.

    Example:
        >>> quoted({"sentence": "She said that it would rain.", "sentence_start": 7}, 8)
        'She said…'
    """
    sentence = str(record["sentence"])
    begin = int(record["start"] if "start" in record else record["sentence_start"])
    begin -= int(record["sentence_start"])
    first = max(0, min(begin - most // 3, len(sentence) - most))
    cut = sentence[first : first + most]
    before, after = "…" if first else "", "…" if first + most < len(sentence) else ""
    return visible(f"{before}{cut}{after}")


# -- parts


def _as_asked(asked: Asked) -> Record:
    return {
        "actors": list(asked.actors), "toward": asked.toward, "since": asked.since,
        "until": asked.until, "sources": list(asked.sources),
    }  # fmt: skip


def _one_source(one: Record) -> Record:
    cover = one["coverage"]
    return {
        **{key: one[key] for key in ("source", "kind", "leading", "leads", "refused", "power")},
        "verdict": one["verdict"]["head"],
        **{part: one["verdict"][part] for part in _PARTS},
        "tests": [{key: test[key] for key in _TEST} for test in one["tests"]],
        "stance_gap": {key: one["stance"][key] for key in ("acts", "shares", "gap", "interval")},
        "coverage": None if cover is None else {
            key: cover[key] for key in ("from", "to", "days_covered", "counted", "acts",
                                        "third_parties", "placebos")
        },
        "days_against_expectation": [str(day["day"]) for day in one["strongest_days"][:MOST]],
        "false_calls": one["false_calls"],
        "notes": one["notes"],
    }  # fmt: skip


def _lists(record: Record) -> list[Record]:
    """Which lists the answer has, and how long they are."""
    found: list[Record] = []
    for place, actor in enumerate(record["actors"], start=1):
        for of, count in (
            ("deeds", actor["counts"]["events"]),
            ("statements", len(actor["statements"])),
            ("aside", len({one["event"] for one in actor["set_aside"]})),
        ):
            found.append({"of": of, "actor": place, "count": count})
    found += [
        {"of": of, "count": len({one["event"] for one in record[key]})}
        for of, key in (("joint", "joint_acts"), ("consultations", "consultations"),
                        ("bearing", "bearing"))
    ]  # fmt: skip
    found += [{"of": of, "count": len(record[of])} for of in ("named", "sayings")]
    for one in record["by_source"]:
        if one["kind"] == "dataset" and one["coverage"] is not None:
            talks, counted = one["contact_rows"]["consultations"], one["coverage"]["counted"]
            found.append({"of": "rows", "source": one["source"], "count": counted})
            found.append({"of": "talks", "source": one["source"], "count": talks})
    return [one for one in found if one["count"]]


def _item(one: Record, source: str) -> Record:
    """An item of a list: what, who, when, where it stands, and a cut sentence."""
    if one["kind"] == "row":
        kept = ("day", "type", "code", "actors", "recipients", "text", "outlet", "url", "copies")
        row = {key: one[key] for key in kept}
        return {"kind": "row", "id": f"{one.get('source', source)}/{one['id']}", **row}
    place = {key: one[key] for key in ("source", "title", "published", "url")}
    told: Record = {"kind": one["kind"], "day": one["day"], **place, "sentence": quoted(one)}
    if one["kind"] == "sentence":
        return {**told, **({"says": one["says"]} if "says" in one else {})}
    people: Record = {
        key: _people(one[key])
        for key in ("actors", "recipients", "speakers", "addressees", "about")
        if key in one
    }
    more: Record = {
        key: one[key] for key in ("type", "mode", "commitment", "confidence") if key in one
    }
    if "reports" in one:
        more["reports"] = len(one["reports"])
    return {"id": f"{one['document']}/{one['id']}", **told, **people, **more}


def _people(found: Iterable[Record]) -> list[str]:
    return [str(who["code"]) for who in found]


def _passage(segments: Sequence[Record]) -> str:
    whole = "".join(str(one["text"]) for one in segments)
    return whole if len(whole) <= QUOTED else f"{whole[:QUOTED]}…"


def _without_places(one: Record) -> Record:
    return {"reason": one["reason"], "count": one["count"]}


def _acts_of(tie: Record) -> int:
    return int(tie["positive"] + tie["negative"] + tie["unsigned"])
