"""Hold the register against Archigos and REIGN: is each leader in office there in each year?

    python scripts/check_leaders.py DATA [--list N]

For every leader and year from 1990 to 2021 in each file, the register must have a head of state or
government of that state by that surname in that year. Counted twice: by the surname as the file
spells it (accents and a letter or two aside), and with the names of scripts/data/leader_names.tsv
for those whom a file calls by another name. Then where the two files name different persons, whom
the register has; then where a file and the register differ on who is a woman. Exit status 1 when
fewer than 99 % of a file's person-years are found.
"""

from __future__ import annotations

import argparse
import difflib
import math
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from build_leaders import ARCHIGOS, NAMES, REIGN, Names, Spell, archigos, day, reign, slug

from inconcert.core.actor import Actor
from inconcert.core.span import TimeSpan
from inconcert.resolve import tables
from inconcert.resolve.register import Register

YEARS = range(1990, 2022)
GOAL = 0.99
HEAD = re.compile(
    r"president|premier|prime minister|chancellor|taoiseach|king|queen|emir|sultan|emperor|prince"
    r"|pope|leader|ruler|chairm|chairwom|captain regent|chief|secretary of the|secretary of state"
    r"|counsellor|head|administrator|director of reconstruction|commander of the coalition|speaker"
    r"|member of the military council|grand duke|agong|yang"
)
LESSER = re.compile(r"\b(?:former|deputy|vice|crown|opposition|spokes\w*|minister for)\b")
ALIKE = 0.8  # of the letters of a surname


def main() -> None:
    """Compare and print."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("data", type=Path)
    asked.add_argument("--list", type=int, default=1000, help="how many disagreements to print")
    given = asked.parse_args()
    register, names = Register.load(), Names(NAMES)
    heads = heads_by_state(register)
    files = {
        ARCHIGOS: list(archigos(given.data / ARCHIGOS)),
        REIGN: list(reign(given.data / REIGN)),
    }
    shares = [agreement(file, spells, names, heads, given.list) for file, spells in files.items()]
    differences(files[ARCHIGOS], files[REIGN], names, heads)
    women(files, names)
    sys.exit(1 if min(shares) < GOAL else 0)


def heads_by_state(register: Register) -> dict[str, list[Actor]]:
    """Persons with a head's office, by ISO-3 code of the state."""
    found: dict[str, list[Actor]] = {}
    for actor in register.actors.values():
        codes = {role.code[:3] for role in actor.roles if is_head(role.title)}
        for code in codes if actor.kind == "person" else ():
            found.setdefault(code, []).append(actor)
    return found


def is_head(title: str | None) -> bool:
    """Whether a title may be that of a head of state or government."""
    words = (title or "").lower()
    return bool(HEAD.search(words)) and not LESSER.search(words)


def in_office(actor: Actor, code: str, year: int) -> bool:
    """Whether somebody heads a state on some day of a year."""
    span = TimeSpan.parse(str(year))
    return any(
        role.code[:3] == code and is_head(role.title) and role.holds(span)
        for role in actor.roles
        if "REB" not in role.sectors
    )


def years(spell: Spell) -> Iterator[int]:
    """Years in which a spell has a day."""
    last = day(spell.last, last=True).year
    yield from (year for year in YEARS if day(spell.since).year <= year <= last)


def agreement(
    file: str, spells: Iterable[Spell], names: Names, heads: dict[str, list[Actor]], listed: int
) -> float:
    """Print how many person-years of a file the register has; the share with all names known."""
    seen: set[tuple[str, str, int]] = set()
    by_surname = by_name = 0
    missing: dict[tuple[str, str], list[int]] = {}
    for spell in spells:
        about = names.of(spell)
        code = about[0]["code"] if about else ""
        known = {row["name"] for row in about}
        for year in years(spell):
            if (code, spell.leader, year) in seen:
                continue
            seen.add((code, spell.leader, year))
            held = [one for one in heads.get(code[:3], []) if in_office(one, code[:3], year)]
            surname = any(is_called(one, spell.leader) for one in held)
            by_surname += surname
            if surname or any(slug(name) in forms(one) for one in held for name in known):
                by_name += 1
            else:
                missing.setdefault((code, spell.leader), []).append(year)
    print(f"{file}: {len(seen)} person-years {YEARS[0]}-{YEARS[-1]}")
    print(f"  by the surname of the file {share(by_surname, len(seen))}")
    print(f"  with the table of names    {share(by_name, len(seen))}")
    for (code, leader), at in sorted(missing.items())[:listed]:
        print(f"    not found: {code} {leader} {at[0]}-{at[-1]}")
    return by_name / len(seen)


def forms(actor: Actor) -> frozenset[str]:
    """Everything that a person is called, as ids."""
    found = _FORMS.get(actor.id)
    if found is None:
        for name in tables.TABLES:
            if name.startswith(("persons", "leaders")):
                for row in tables.read(name):
                    own = (row["id"], *(slug(one) for one in calls(row)))
                    _FORMS[row["id"]] = _FORMS.get(row["id"], frozenset()) | frozenset(own)
        found = _FORMS.get(actor.id, frozenset())
    return found


_FORMS: dict[str, frozenset[str]] = {}


def calls(row: dict[str, str]) -> Iterator[str]:
    """Name, other names and surnames of a row."""
    yield row["name"]
    yield from (one for one in row["aliases"].split("|") if one)
    yield from (one for one in row["surname"].split("|") if one)


def is_called(actor: Actor, leader: str) -> bool:
    """Whether a person bears the surname that a file gives, a letter or two aside."""
    if slug(leader) in forms(actor):
        return True
    wanted = [word for word in slug(leader).split("-") if len(word) > 2]
    words = {word for form in forms(actor) for word in form.split("-") if len(word) > 2}
    near = [bool(difflib.get_close_matches(word, words, 1, ALIKE)) for word in wanted]
    return bool(near) and near[-1]


def share(hits: int, count: int) -> str:
    """A share in per cent with its Wilson interval (95 %)."""
    z, rate = 1.959964, hits / count
    middle = (rate + z * z / (2 * count)) / (1 + z * z / count)
    root = math.sqrt(rate * (1 - rate) / count + z * z / (4 * count * count))
    half = z * root / (1 + z * z / count)
    return (
        f"{hits}/{count} = {100 * rate:.2f} %"
        f" (95 % interval {100 * (middle - half):.2f}-{100 * (middle + half):.2f})"
    )


def differences(
    first: list[Spell], second: list[Spell], names: Names, heads: dict[str, list[Actor]]
) -> None:
    """Where the two files name different persons in a year, and whom the register has then."""
    sides = [leaders_by_year(spells, names) for spells in (first, second)]
    both = sorted(set(sides[0]) & set(sides[1]))
    lines: dict[tuple[str, str, str], list[int]] = {}
    for code, year in both:
        one, other = sides[0][code, year], sides[1][code, year]
        if one != other and year < 2015:  # Archigos ends in 2015, in some states in 2014
            key = (code, ", ".join(sorted(one - other)), ", ".join(sorted(other - one)))
            lines.setdefault(key, []).append(year)
    count = sum(map(len, lines.values()))
    print(f"state-years in both files to 2014: {sum(year < 2015 for _, year in both)}")
    print(f"  in {count} the files do not name the same persons")
    for (code, left, right), at in sorted(lines.items()):
        held = sorted(
            {
                actor.name
                for year in at
                for actor in heads.get(code, [])
                if in_office(actor, code, year)
            }
        )
        print(
            f"    {code} {at[0]}-{at[-1]}: Archigos alone [{left}], REIGN alone [{right}],"
            f" register {', '.join(held)}"
        )


def leaders_by_year(spells: Iterable[Spell], names: Names) -> dict[tuple[str, int], set[str]]:
    """Names by state and year."""
    found: dict[tuple[str, int], set[str]] = {}
    for spell in spells:
        for row in names.of(spell):
            for year in years(spell):
                found.setdefault((row["code"], year), set()).add(row["name"])
    return found


def women(files: dict[str, list[Spell]], names: Names) -> None:
    """Where a file and the register differ on who is a woman."""
    told: dict[str, dict[str, bool]] = {}
    for file, spells in files.items():
        for spell in spells:
            about = names.of(spell)
            if len(about) == 1 and spell.woman is not None:
                told.setdefault(about[0]["name"], {})[file] = spell.woman
    listed = tables.women()
    print(f"persons of whom the files tell whether they are women: {len(told)}")
    for name, says in sorted(told.items()):
        if set(says.values()) != {name in listed}:
            print(f"  {name}: {says}, register {name in listed}")


if __name__ == "__main__":
    main()
