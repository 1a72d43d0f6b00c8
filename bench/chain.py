"""Takes documents through the whole chain in one process, and tells what each step cost.

Run by `bench/run.py`: python bench/chain.py FOLDER PLACE…  It prints one JSON object:
words, CPU seconds (user and system, all threads of this process) for start, read, code, brief and
for parsing alone, and of the code step how many words the model was asked about and the CPU seconds
it took. The start, in which models and tables are loaded, is a case of one sentence
taken through the same chain.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from inconcert.code.model import EventModel, Question, Reading
from inconcert.core.document import Document
from inconcert.parse.pipeline import Parser
from inconcert.read import read_documents
from inconcert.read.settings import ReadSettings
from inconcert.workbench import Workbench

OTHER_SIDE = "AFG+AFGTAL+AFGGOV+AFGMIL"
SENTENCE = "Russia criticised the Taliban on Sunday, the foreign minister of China said in Kabul.\n"


def main(folder: Path, places: list[Path]) -> dict[str, float]:
    """Make cases in the folder, take the material through them, and count."""
    one = folder / "one.txt"
    folder.mkdir(parents=True, exist_ok=True)
    one.write_text(SENTENCE, encoding="utf-8")
    asked = watched()
    through(folder / "start", [one])
    start = time.process_time()  # since this process began: imports, models, tables
    asked.update(asked=0, model=0.0)
    spent = {"start": start, **through(folder / "case", places), **asked}
    parser, given = Parser(), documents(places)
    spent["parse"] = seconds(lambda: sum(len(done.tokens) for done in parser.parse(given)))
    words = sum(len(document.text.split()) for document in given)
    return {"documents": len(given), "words": words, **spent}


def watched() -> dict[str, float]:
    """Questions put to the model from now on and the CPU seconds it takes, counted as they come."""
    counted, read = {"asked": 0, "model": 0.0}, EventModel.read

    def read_and_count(self: EventModel, questions: Sequence[Question]) -> list[Reading]:
        before = time.process_time()
        readings = read(self, questions)
        counted["model"] += time.process_time() - before
        counted["asked"] += len(questions)
        return readings

    EventModel.read = read_and_count  # type: ignore[method-assign]
    return counted


def through(case: Path, places: list[Path]) -> dict[str, float]:
    """CPU seconds of each step of a new case."""
    bench = Workbench.create(case)
    return {
        "read": seconds(lambda: bench.read(places)),
        "code": seconds(lambda: bench.code(processes=1)),
        "brief": seconds(lambda: bench.brief([bench.ask("RUS", "CHN", toward=OTHER_SIDE)])),
    }


def documents(places: list[Path]) -> list[Document]:
    """The documents at the places, as `read` takes them."""
    return list(read_documents(places, settings=ReadSettings(), left_out=lambda _: None))


def seconds(step: Callable[[], object]) -> float:
    """CPU seconds of this process while it does something."""
    before = time.process_time()
    step()
    return time.process_time() - before


if __name__ == "__main__":
    case_folder, *given_places = (Path(argument) for argument in sys.argv[1:])
    sys.stdout.write(json.dumps(main(case_folder, given_places)) + "\n")
