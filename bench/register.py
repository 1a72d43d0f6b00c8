"""Measures how fast the register is loaded, and how fast names become actors.

    python bench/register.py [MENTIONS]

Prints one JSON object a figure, as `bench/run.py` reads them. Times are those of the processor, of
one core. Measured are: reading all tables from cold (in a process of its own, files in the cache of
the system); the path that the coder takes from words to an actor in the role of a day, for every
form of a name in the register, each on many days; and `find` for phrases that it has met before on
that day, and for phrases that are new to it.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from datetime import date, timedelta

from figures import tell
from inconcert.core.span import TimeSpan
from inconcert.resolve.register import Register

MENTIONS = 200_000
DAYS = 60
PHRASES = 2_000
_DOCUMENT = 50
"""Names a document."""
_COLD = (
    "import time, inconcert.resolve.lookup\n"
    "from inconcert.resolve.register import Register\n"
    "begin = time.process_time()\n"
    "Register.load()\n"
    "print(time.process_time() - begin)\n"
)


def main() -> None:
    """Measure and print."""
    mentions = int(sys.argv[1]) if len(sys.argv) > 1 else MENTIONS
    cold = min(_cold_load() for _ in range(3))
    register = Register.load()
    rng = random.Random(2026)
    days = [TimeSpan.day(date(1995, 1, 1) + timedelta(rng.randrange(11_000))) for _ in range(DAYS)]
    tell("register: cold load", cold, "s", note=f"{len(register.actors)} actors")
    tell("register: actors", len(register.actors), "")
    tell(
        "register: names to actors as of the day", _words(register, mentions, days, rng), "a second"
    )
    seen, fresh = _phrases(register, mentions, days, rng)
    tell("register: find, phrases seen before on that day", seen, "a second")
    tell("register: find, phrases new to it", fresh, "a second")


def _cold_load() -> float:
    """Seconds in which a fresh process reads the tables."""
    done = subprocess.run([sys.executable, "-c", _COLD], check=True, capture_output=True, text=True)
    return float(done.stdout)


def _words(register: Register, mentions: int, days: list[TimeSpan], rng: random.Random) -> float:
    """Mentions a second from words to code and sectors, as the coder goes: document by document.

    Every form is met once before the clock starts.
    """
    forms = [tuple(form.split()) for form, entry in register.lexicon.forms() if entry.actors]
    drawn = [(words, tuple(map(str.lower, words))) for words in rng.choices(forms, k=mentions)]
    documents = [
        (rng.choice(days), drawn[first : first + _DOCUMENT])
        for first in range(0, mentions, _DOCUMENT)
    ]
    for number in range(2):
        begin = time.process_time()
        for day, named in documents:
            for words, lowered in named:
                entries = register.lexicon.at(words, lowered, 0)
                if entries and entries[0].actors:
                    register.role_on(register.actors[entries[0].actors[0]], day)
        if number:
            return mentions / (time.process_time() - begin)
    raise AssertionError


def _phrases(
    register: Register, mentions: int, days: list[TimeSpan], rng: random.Random
) -> tuple[float, float]:
    """Phrases a second that `find` has met before, and that it meets for the first time."""
    forms = [form for form, entry in register.lexicon.forms() if entry.actors]
    nouns = ("", " officials", " troops", "'s spokesman", " diplomats in Kabul")
    phrases = [(rng.choice(forms) + rng.choice(nouns), rng.choice(days)) for _ in range(PHRASES)]
    register.find("nobody", days[0])
    begin = time.process_time()
    for name, day in phrases:
        register.find(name, day)
    fresh = PHRASES / (time.process_time() - begin)
    drawn = rng.choices(phrases, k=mentions)
    begin = time.process_time()
    for name, day in drawn:
        register.find(name, day)
    return mentions / (time.process_time() - begin), fresh


if __name__ == "__main__":
    main()
