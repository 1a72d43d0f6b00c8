"""Draw runs of sentences from public-domain texts for labelling by hand.

    python scripts/draw_real_text.py DATA [--out corpus/real]

DATA holds `wh_briefings_2021/` and `ungd_2021/`. Documents of the example case are left out, since
the rules were written while reading them; so are those named in `corpus/plan/seen.txt`, which were
read when the rules were judged. Texts and the place where a run starts are drawn with a fixed seed:
nobody chooses sentences. Sets:

- `detection`: test of events in running text, every sentence labelled with its actors' countries;
- `neutral`: test of silence, sentences without an event are kept;
- `dev`: for calibration and thresholds; `train`: for fitting;
- drawn later, from other documents: `dev2` to `dev4`, because `dev` held too few events to
  calibrate on, and `about`, a test of what meetings and statements are about: single sentences
  with names of two other states or more and a word of meeting or saying;
- `--fourth`: `train6` and `train7`, further runs of the documents that are trained on already;
- `--mentions`: `mentions2`, three more sentences of each speech, as `mentions` held too few names;
- `--third`: `train2` to `train5`, more to fit on; `reference`, longer runs for who, when and in
  whose words; `mentions`, single sentences of the General Debate, in which every name of an actor
  is marked. From documents that no set in `corpus/` has.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from inconcert.core.document import Document
from inconcert.parse.pipeline import Parser

SEED = 7601
SETS = {
    "detection": (330, 30), "neutral": (1500, 60), "dev": (330, 30), "train": (360, 30),
    "neutral-more": (180, 60),
}  # fmt: skip
"""Sentences in the set, sentences in a run."""
CORPUS = Path(__file__).parent.parent / "corpus"
BRIEFINGS = "wh_briefings_2021/wh_briefings_20210701_20211031.jsonl.gz"
SPEECHES = "ungd_2021/ungd_session76_2021.jsonl.gz"
SELECTION = CORPUS.parent / "examples" / "afghanistan-2021" / "selection.toml"
EXAMPLE = CORPUS.parent / "examples" / "afghanistan-2021" / "documents"
FOREIGN = re.compile(
    r"Russia|China|Chinese|Ukrain|Israel|Ethiopia|Haiti|Iraq|Mexic|Japan|Korea|NATO|European Union"
    r"|France|French|German|India|Taiwan|Belarus|Turk|Syria|Iran|Cuba|Venezuela|Australia|Canad"
)
LEAST_FOREIGN = 4
"""White House texts that name other states less often than this are domestic, not our field."""
WHITE_HOUSE = 0.6
"""Share of runs from the White House, the others from the General Debate."""


THIRD_SEED, THIRD_RUN = 7607, 40
THIRD = {f"train{number}": 560 for number in range(2, 6)} | {"reference": 760}
MENTIONS_SEED = 7611
FOURTH_SEED, FOURTH = 7609, ("train6", "train7")
LATER_SEED, LATER_SIZE, LATER_RUN = 7603, 270, 30
ABOUT_HOUSE, ABOUT_MOST, ABOUT_WORDS = 0.7, 3, 70
STATES = re.compile(
    r"Russia|China|Ukrain|Israel|Palestin|Ethiopia|Haiti|Iraq|Mexic|Japan|Korea|France|French|German"
    r"|India|Taiwan|Belarus|Turk|Syria|Iran|Cuba|Venezuela|Australia|Canad|Yemen|Libya|Myanmar|Burma"
    r"|Saudi|Egypt|Sudan|Lebanon|Brazil|Colombia|Jordan|Poland|Afghan|Armenia|Azerbaijan|Georgia"
    r"|Kosovo|Serbia|Cyprus|Sahel|Mali|Somalia|Tigray|Western Sahara"
)
SAYING = re.compile(
    r"\b(met|meet|meeting|discuss\w*|spoke|speak|talks?|call|consult\w*|agree\w*|commit\w*|pledge\w*"
    r"|reaffirm\w*|welcome\w*|condemn\w*|urge\w*|call(s|ed|ing)? (on|for)|support\w*|negotiat\w*"
    r"|coordinat\w*|concern\w*|thank\w*)\b",
    re.IGNORECASE,
)


def main() -> None:
    """Draw and write all sets."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("data", type=Path)
    asked.add_argument("--out", type=Path, default=CORPUS / "real")
    asked.add_argument("--third", action="store_true", help="draw the third lot only")
    asked.add_argument("--fourth", action="store_true", help="draw the fourth lot only")
    asked.add_argument("--mentions", action="store_true", help="draw more names to mark only")
    given = asked.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    if given.mentions:
        draw_mentions(given.data, Parser(), given.out)
        return
    if given.fourth:
        draw_fourth(given.data, Parser(), given.out)
        return
    if given.third:
        draw_third(given.data, Parser(), given.out)
        return
    rng = random.Random(SEED)
    read = {d["id"] for path in EXAMPLE.glob("*.jsonl") for d in lines(path)} | seen()
    houses = [d for d in white_house(given.data) if d["id"] not in read]
    speeches = [d for d in united_nations(given.data) if d["id"] not in read]
    rng.shuffle(houses)
    rng.shuffle(speeches)
    parser = Parser()
    taken = set(read)
    for name, (size, run) in SETS.items():
        drawn = 0
        with (given.out / f"{name}.unlabelled.txt").open(
            "w", encoding="utf-8", newline="\n"
        ) as file:
            while drawn < size:
                pile = houses if rng.random() < WHITE_HOUSE else speeches
                document = pile.pop()
                sentences = split(parser, document)
                if len(sentences) < run // 2:
                    continue
                start = rng.randrange(max(1, len(sentences) - run))
                taken.add(document["id"])
                file.write(
                    f"// {document['id']} | {document['title']} | speaker {document['speaker']}\n"
                )
                for number in range(start, min(start + run, len(sentences))):
                    file.write(f"# {document['id']}/{number}\nS {sentences[number]}\n")
                    drawn += 1
        print(name, drawn)
    draw_later(given.data, parser, taken, given.out)


def draw_later(data: Path, parser: Parser, taken: set[str], out: Path) -> None:
    """The sets that were drawn later, from documents that no other set has."""
    houses = [d for d in white_house(data) if d["id"] not in taken]
    speeches = [d for d in united_nations(data) if d["id"] not in taken]
    rng = random.Random(LATER_SEED)
    rng.shuffle(houses)
    rng.shuffle(speeches)
    for name in ("dev2", "dev3", "dev4"):
        drawn: list[str] = []
        while sum(line.startswith("S ") for line in drawn) < LATER_SIZE:
            document = (houses if rng.random() < WHITE_HOUSE else speeches).pop()
            sentences = split(parser, document)
            if len(sentences) >= LATER_RUN // 2:
                start = rng.randrange(max(1, len(sentences) - LATER_RUN))
                places = range(start, min(start + LATER_RUN, len(sentences)))
                drawn += lines_of(document, sentences, places)
        (out / f"{name}.unlabelled.txt").write_text("".join(drawn), encoding="utf-8")
    drawn = []
    while houses or speeches:
        document = (houses if rng.random() < ABOUT_HOUSE and houses else speeches).pop()
        sentences = split(parser, document)
        places = [place for place, text in enumerate(sentences) if is_about_others(text)]
        rng.shuffle(places)
        drawn += lines_of(document, sentences, sorted(places[:ABOUT_MOST])) if places else []
    (out / "about.unlabelled.txt").write_text("".join(drawn), encoding="utf-8")


def draw_third(data: Path, parser: Parser, out: Path) -> None:
    """More to train on, and the sets of issue 4, from documents that no set has."""
    read = {d["id"] for path in EXAMPLE.glob("*.jsonl") for d in lines(path)} | seen() | used()
    houses = [d for d in white_house(data) if d["id"] not in read]
    speeches = [d for d in united_nations(data) if d["id"] not in read]
    rng = random.Random(THIRD_SEED)
    rng.shuffle(houses)
    rng.shuffle(speeches)
    print(len(houses), "documents of the White House,", len(speeches), "speeches left")
    mentions = speeches[: len(speeches) // 3]
    speeches = speeches[len(mentions) :]
    drawn: list[str] = []
    further = random.Random(THIRD_SEED + 1)
    for document in mentions:
        sentences = split(parser, document)
        places = rng.sample(range(len(sentences)), min(len(sentences), 8))
        rest = sorted(set(range(len(sentences))) - set(places))
        places += further.sample(rest, min(len(rest), 8))
        drawn += lines_of(document, sentences, sorted(places))
    (out / "mentions.unlabelled.txt").write_text("".join(drawn), encoding="utf-8")
    for name in ("reference", *(name for name in THIRD if name != "reference")):
        drawn = []
        while sum(line.startswith("S ") for line in drawn) < THIRD[name] and (houses or speeches):
            pile = houses if houses and (rng.random() < WHITE_HOUSE or not speeches) else speeches
            document = pile.pop()
            sentences = split(parser, document)
            if len(sentences) >= THIRD_RUN // 4:
                start = rng.randrange(max(1, len(sentences) - THIRD_RUN))
                places = range(start, min(start + THIRD_RUN, len(sentences)))
                drawn += lines_of(document, sentences, places)
        (out / f"{name}.unlabelled.txt").write_text("".join(drawn), encoding="utf-8")
        print(name, sum(line.startswith("S ") for line in drawn))


def draw_fourth(data: Path, parser: Parser, out: Path) -> None:
    """Another run of each document that is trained on, away from the sentences labelled already."""
    taken: dict[str, list[int]] = {}
    for path in sorted((CORPUS / "real").glob("train*.txt")):
        if path.stem not in FOURTH:
            for line in path.read_text(encoding="utf-8").splitlines():
                if line.startswith("# "):
                    name, _, number = line[2:].rpartition("/")
                    taken.setdefault(name, []).append(int(number))
    known = {d["id"]: d for d in (*white_house(data), *united_nations(data)) if d["id"] in taken}
    rng = random.Random(FOURTH_SEED)
    order = sorted(known)
    rng.shuffle(order)
    sets: dict[str, list[str]] = {name: [] for name in FOURTH}
    for name in order:
        sentences = split(parser, known[name])
        first, last = min(taken[name]), max(taken[name])
        before, after = range(first), range(last + 1, len(sentences))
        room = max(before, after, key=len)
        if len(room) < THIRD_RUN // 4:
            continue
        start = room.start + rng.randrange(max(1, len(room) - THIRD_RUN))
        places = range(start, min(start + THIRD_RUN, room.stop))
        smallest = min(sets, key=lambda one: len(sets[one]))
        sets[smallest] += lines_of(known[name], sentences, places)
    for name, drawn in sets.items():
        (out / f"{name}.unlabelled.txt").write_text("".join(drawn), encoding="utf-8")
        print(name, sum(line.startswith("S ") for line in drawn))


def draw_mentions(data: Path, parser: Parser, out: Path) -> None:
    """More single sentences of the General Debate, drawn from all speeches at random."""
    taken = {
        line[2:].strip()
        for line in (CORPUS / "reference" / "mentions.txt").read_text(encoding="utf-8").splitlines()
        if line.startswith("# ")
    }
    rng = random.Random(MENTIONS_SEED)
    drawn: list[str] = []
    for document in united_nations(data):
        sentences = split(parser, document)
        free = [n for n in range(len(sentences)) if f"{document['id']}/{n}" not in taken]
        drawn += lines_of(document, sentences, sorted(rng.sample(free, min(3, len(free)))))
    (out / "mentions2.unlabelled.txt").write_text("".join(drawn), encoding="utf-8")
    print("mentions2", sum(line.startswith("S ") for line in drawn))


def used() -> set[str]:
    """Documents from which a set in `corpus/` was drawn."""
    return {
        line.split(" | ")[0][2:].strip()
        for path in (*(CORPUS / "real").glob("*.txt"), *(CORPUS / "test").glob("*.txt"))
        if path.stem not in THIRD and path.stem not in FOURTH
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("D ")
    }


def is_about_others(text: str) -> bool:
    """Whether a sentence names two other states and tells of meeting or saying."""
    names = {found.group()[:5] for found in STATES.finditer(text)}
    return len(names) > 1 and bool(SAYING.search(text)) and len(text.split()) < ABOUT_WORDS


def lines_of(document: dict[str, str], sentences: list[str], places: Iterable[int]) -> list[str]:
    """A document's head line and the chosen sentences."""
    head = f"// {document['id']} | {document['title']} | speaker {document['speaker']}\n"
    return [
        head,
        *(
            line
            for place in places
            for line in (f"# {document['id']}/{place}\n", f"S {sentences[place]}\n")
        ),
    ]


def split(parser: Parser, document: dict[str, str]) -> list[str]:
    """Sentences as our parser parts them, without questions of reporters, which are not coded."""
    parsed = next(iter(parser.parse([Document.of(document["text"], title=document["title"])])))
    asked = {part.index for part in parsed.paragraphs if part.is_question}
    texts = [
        " ".join(parsed.text_of(sentence.start, sentence.end).split())
        for sentence in parsed.sentences
        if sentence.paragraph not in asked
    ]
    return [text for text in texts if len(text.split()) > 2]


def seen() -> set[str]:
    """Documents that were read when rules were judged."""
    kept = (CORPUS / "plan" / "seen.txt").read_text(encoding="utf-8").splitlines()
    return {line for line in kept if not line.startswith("#")}


def white_house(data: Path) -> list[dict[str, str]]:
    """Briefings that name other states."""
    return [
        {"id": d["id"], "title": d["title"], "text": d["text"], "speaker": "USA"}
        for d in lines(data / BRIEFINGS)
        if len(FOREIGN.findall(d["text"])) >= LEAST_FOREIGN
    ]


def united_nations(data: Path) -> list[dict[str, str]]:
    """Speeches of the General Debate."""
    return [
        {
            "id": f"ungd-{d['iso3']}",
            "title": f"Speech of {d['iso3']} in the General Debate 2021",
            "text": d["text"],
            "speaker": d["iso3"],
        }
        for d in lines(data / SPEECHES)
        if not (EXAMPLE_SPEAKERS & {d["iso3"]})
    ]


EXAMPLE_SPEAKERS = frozenset(
    tomllib.loads(SELECTION.read_text(encoding="utf-8"))["united-nations"]["speakers"]
)


def lines(path: Path) -> Iterator[dict[str, str]]:
    """Objects of a JSON-lines file, packed or not."""
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8")
    yield from (json.loads(line) for line in text.split("\n") if line)


if __name__ == "__main__":
    main()
