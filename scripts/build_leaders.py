"""Build the register's table of heads of state and government from Archigos, REIGN and Wikidata.

    python scripts/build_leaders.py DATA [--out FILE]

DATA is a folder with `archigos_4_1.parquet`, `reign_leaderlist_2021_03.csv` and
`world_leaders_2021_wikidata.csv`. Archigos gives the days up to 2015, REIGN the months to March
2021 and the small states that Archigos leaves out, Wikidata the years of heads in office in 2021
whom nothing else has. `scripts/data/leader_names.tsv` says who a surname is and which office is
behind the spell. Whoever is in the other tables keeps his id there; an office that they date is
not repeated but compared. Exit status 1 when a leader of the files has no name in the table.
"""

from __future__ import annotations

import argparse
import collections
import csv
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import duckdb

from inconcert.core.span import TimeSpan
from inconcert.ontology.tables import parse_table
from inconcert.resolve import tables

HERE = Path(__file__).parent
NAMES = HERE / "data" / "leader_names.tsv"
OUT = HERE.parent / "src" / "inconcert" / "resolve" / "data" / "leaders.tsv"
ARCHIGOS, REIGN = "archigos_4_1.parquet", "reign_leaderlist_2021_03.csv"
WIKIDATA = "world_leaders_2021_wikidata.csv"
DATED = ("persons", "leaders_recalled")  # their dates stand instead of the files'
FIRST = date(1990, 1, 1)
COLUMNS = (
    *("id", "name", "aliases", "surname", "alone", "code"),
    *("sectors", "title", "since", "until", "basis"),
)
HEAD = """\
# Heads of state and government since 1990 who are in the files below: one office a line, newest
# first. The files name the one who held power; the other head, and all after March 2021, stands in
# leaders_recalled.tsv. Built by scripts/build_leaders.py: change its sources, not this file.
# Dates: day (Archigos), month (REIGN) or year (Wikidata); first and last included; empty: open or
# not known.
# Source: facts from Archigos 4.1, from REIGN's list of leaders of March 2021 (MIT) and from
# Wikidata of 2021 through every-politician-scrapers/world-leaders-2021 (CC0 1.0); full names and
# offices written down from general knowledge. Licence: CC0 1.0. Checked: 2026-11-22.
"""
_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "ı": "i", "ß": "ss", "æ": "ae"}
    | {"ð": "d", "þ": "th", "ʻ": "", "'": "", "’": "", ".": " "}
)
_LANDS = {"Ivory Coast": "CIV", "Czech Republic": "CZE", "People's Republic of China": "CHN"}


@dataclass(frozen=True, slots=True)
class Spell:
    """A leader's spell as a file has it.

    Attributes:
        state: number of the state in Archigos and REIGN.
        since: first day or month.
        until: last day or month; empty where the file ends before the spell does.
        woman: what the file says; None where it says nothing.
    """

    state: str
    leader: str
    since: str
    until: str
    basis: str
    woman: bool | None

    @property
    def last(self) -> str:
        """The last day that the file knows of."""
        return self.until or ("2015-12-31" if self.basis == ARCHIGOS else "2021-03-31")


def main() -> None:
    """Build, write, say what was done."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("data", type=Path)
    asked.add_argument("--out", type=Path, default=OUT)
    given = asked.parse_args()
    known = [row | {"table": name} for name in other_tables() for row in tables.read(name)]
    spells = [*archigos(given.data / ARCHIGOS), *reign(given.data / REIGN)]
    names = Names(NAMES)
    nameless = sorted({(one.state, one.leader) for one in spells if not names.of(one)})
    for state, leader in nameless:
        print(f"no name for {leader} of state {state}")
    rows = joined(spells, names, known)
    rows, repeated = without_known(rows, [row for row in known if row["table"] in DATED])
    more = list(wikidata(given.data / WIKIDATA, [*known, *rows]))
    report(rows, repeated, more)
    write(given.out, [*rows, *more])
    sys.exit(1 if nameless else 0)


def other_tables() -> list[str]:
    """Tables of persons that are not built here."""
    own = OUT.stem
    return [one for one in tables.TABLES if one.startswith(("persons", "leaders")) and one != own]


# -- the files -----------------------------------------------------------------------------------


def archigos(path: Path) -> Iterator[Spell]:
    """Spells that reach into 1990; those that the file's end cuts off are open."""
    query = (
        "select cast(gwcode as integer), leader, startdate, enddate, gender from read_parquet(?)"
        " where enddate >= '1990-01-01' order by gwcode, startdate"
    )
    rows = duckdb.execute(query, [str(path)]).fetchall()
    latest = {row[0]: row[2] for row in rows}
    for state, leader, since, until, gender in rows:
        is_cut = until in {"2014-12-31", "2015-12-31"} and since == latest[state]
        yield Spell(
            str(state), leader.strip(), since, "" if is_cut else until, ARCHIGOS, gender == "F"
        )


def reign(path: Path) -> Iterator[Spell]:
    """Spells that reach into 1990; those that were open in March 2021 have no end."""
    with path.open(encoding="latin-1", newline="") as file:
        for row in csv.DictReader(file):
            since = f"{int(row['syear'])}-{int(row['smonth']):02d}"
            until = f"{int(row['eyear'])}-{int(row['emonth']):02d}" if row["eyear"] else ""
            if until and until < FIRST.isoformat()[:7]:
                continue
            leader = re.sub(r"\s*\((?:[fm]|\d\w\w time)\)", "", unmangled(row["leader"])).strip()
            gender = {"0": True, "1": False}.get(row["gender"])
            yield Spell(row["ccode"], leader, since, until, REIGN, gender)


def unmangled(text: str) -> str:
    """UTF-8 that was read as Latin-1, put right."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return text


class Names:
    """What news call the leaders whom the files name."""

    def __init__(self, path: Path) -> None:
        self._rows: dict[tuple[str, str, str], list[dict[str, str]]] = {}
        for row in parse_table(path.read_text(encoding="utf-8"), where=path.name):
            key = (row["state"], row["file_name"], row["since"])
            self._rows.setdefault(key, []).append(row)

    def of(self, spell: Spell) -> list[dict[str, str]]:
        """The person of a spell, or two who held it together; empty when nobody is known."""
        exact = self._rows.get((spell.state, spell.leader, spell.since[:4]))
        return exact or self._rows.get((spell.state, spell.leader, ""), [])


# -- joining -------------------------------------------------------------------------------------


def joined(
    spells: Iterable[Spell], names: Names, known: Iterable[dict[str, str]]
) -> list[dict[str, str]]:
    """One row for each office held without a break; days of Archigos before months of REIGN.

    Who is in persons.tsv or leaders_recalled.tsv is called here as there.
    """
    known = list(known)
    ids = ids_by_name(known)
    called = {row["id"]: row for row in reversed(known) if row["table"] in DATED}
    found: dict[tuple[str, str, str], list[Spell]] = {}
    about: dict[tuple[str, str, str], dict[str, str]] = {}
    for spell in spells:
        for row in names.of(spell):
            if row["title"] == "-":
                continue
            key = (id_of(row, ids), row["code"], row["title"])
            about.setdefault(key, called.get(key[0], row))
            found.setdefault(key, []).append(spell)
    return [as_row(key, about[key], spell) for key, held in found.items() for spell in merged(held)]


def merged(held: Iterable[Spell]) -> list[Spell]:
    """Spells of one office that overlap or meet, as one.

    A spell that Archigos' end cuts off ends when REIGN's spell over that day does.
    """
    kept: list[Spell] = []
    for spell in sorted(held, key=lambda one: (one.basis != ARCHIGOS, one.since)):
        place = next((at for at, one in enumerate(kept) if touches(one, spell)), None)
        if place is None:
            kept.append(spell)
            continue
        one = kept[place]
        if one.basis == spell.basis or (not one.until and reaches(spell, one.last)):
            until = "" if "" in (one.until, spell.until) else max(one.until, spell.until)
            if one.basis != spell.basis:
                until = spell.until
            basis = one.basis if one.basis == spell.basis else f"{one.basis}, {spell.basis}"
            kept[place] = replace(one, until=until, basis=basis)
    return kept


def touches(one: Spell, other: Spell) -> bool:
    """Whether two spells share a day, or one follows the other within a month."""
    gap = timedelta(days=31)
    return (
        day(other.since) <= day(one.last, last=True) + gap
        and day(one.since) <= day(other.last, last=True) + gap
    )


def reaches(spell: Spell, until: str) -> bool:
    """Whether a spell goes on after a day."""
    return day(spell.since) <= day(until) + timedelta(days=31) and spell.last >= until[:7]


def day(text: str, *, last: bool = False) -> date:
    """First or last day of a day, month or year."""
    span = TimeSpan.parse(text)
    return span.last if last else span.first


def as_row(key: tuple[str, str, str], about: Mapping[str, str], spell: Spell) -> dict[str, str]:
    """A row of the table."""
    name = about["name"]
    aliases = [form for form in about["aliases"].split("|") if form]
    surnames = [form for form in about["surname"].split("|") if form]
    return {
        "id": key[0],
        "name": name,
        "aliases": "|".join(with_plain([name, *aliases], without=name)),
        "surname": "|".join(with_plain(surnames)),
        "alone": about["alone"],
        "code": key[1],
        "sectors": "GOV",
        "title": key[2],
        "since": spell.since,
        "until": spell.until,
        "basis": spell.basis,
    }


def with_plain(forms: Iterable[str], *, without: str = "") -> list[str]:
    """Forms, each followed by itself without accents."""
    both = [spelt for form in forms for spelt in (form, plain(form))]
    return [form for form in dict.fromkeys(both) if form and form != without]


def plain(name: str) -> str:
    """A name in the letters of English; its apostrophes and points stay."""
    kept = {ord(mark): to for mark, to in {"ʻ": "'", "’": "'"}.items()}
    letters = {mark: to for mark, to in _LETTERS.items() if chr(mark) not in "ʻ'’."}
    text = unicodedata.normalize("NFKD", name.translate(kept | letters))
    return text.encode("ascii", "ignore").decode()


def slug(name: str) -> str:
    """The id that a name makes: `boris-yeltsin`."""
    text = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    return re.sub(r"[^a-z0-9]+", "-", text.encode("ascii", "ignore").decode().lower()).strip("-")


# -- what the other tables have --------------------------------------------------------------------


def ids_by_name(rows: Iterable[Mapping[str, str]]) -> dict[tuple[str, str], str]:
    """Ids by name and state, `IGO` for all bodies of states together."""
    found: dict[tuple[str, str], str] = {}
    for row in rows:
        for name in (row["name"], *row["aliases"].split("|")):
            if name:
                found.setdefault((row["code"][:3], slug(name)), row["id"])
    return found


def id_of(row: Mapping[str, str], ids: Mapping[tuple[str, str], str]) -> str:
    """The id that a person has in another table, or the one that the name makes."""
    if row["id"]:
        return row["id"]
    here = row["code"][:3]
    for name in (row["name"], *row["aliases"].split("|")):
        for code in (here, "IGO"):
            if name and (code, slug(name)) in ids:
                return ids[code, slug(name)]
    return slug(row["name"])


def without_known(
    rows: Iterable[dict[str, str]], known: Iterable[Mapping[str, str]]
) -> tuple[list[dict[str, str]], list[tuple[dict[str, str], Mapping[str, str]]]]:
    """Rows that no other table has, and those that one has, beside its row."""
    offices: dict[tuple[str, str], list[Mapping[str, str]]] = {}
    for row in known:
        offices.setdefault((row["id"], row["title"]), []).append(row)
    kept: list[dict[str, str]] = []
    repeated: list[tuple[dict[str, str], Mapping[str, str]]] = []
    for row in rows:
        held = offices.get((row["id"], row["title"]), [])
        same = [one for one in held if overlap(one, row)]
        if same:
            repeated.append(
                (row, min(same, key=lambda one: days_apart(one["since"], row["since"])))
            )
        else:
            kept.append(row)
    return kept, repeated


def overlap(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether two rows of the same state share more than the day on which terms meet."""
    both = (one, other)
    since = max(day(row["since"]) if row["since"] else date.min for row in both)
    until = min(day(row["until"], last=True) if row["until"] else date.max for row in both)
    return one["code"][:3] == other["code"][:3] and since < until


# -- heads in office in 2021 -----------------------------------------------------------------------


def wikidata(path: Path, known: list[Mapping[str, str]]) -> Iterator[dict[str, str]]:
    """Heads of 2021 whom no table has under their name, nor under a surname in that office."""
    lands = _LANDS | {
        form: row["code"]
        for row in tables.read("states")
        for form in (row["name"], *row["other_names"].split("|"))
    }
    words: dict[str, list[set[str]]] = collections.defaultdict(list)
    elsewhere = {row["id"] for row in known}
    for row in known:
        forms = (row["name"], *row["aliases"].split("|"))
        words[row["code"][:3]] += [set(slug(form).split("-")) for form in forms if form]
        elsewhere.update(slug(form) for form in forms)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            code, name = lands.get(row["country"].removeprefix("the ")), row["officeholderLabel"]
            own = set(slug(name).split("-"))
            if code is None or re.fullmatch(r"Q\d+", name) or slug(name) in elsewhere:
                continue  # a king of many realms acts for the one that the register gives him
            if any(len(own & one) >= min(2, len(one)) for one in words[code]):
                continue
            title = re.sub(rf" (?:of|in) (?:the )?{row['country']}$", "", row["positionLabel"])
            last = name.split()[-1]
            surname = "" if re.fullmatch(r"[IVX]+|Jr\.", last) else last
            about = {"name": name, "aliases": "", "surname": surname, "alone": "no"}
            spell = Spell("", name, row["start_year"], row["end_year"], WIKIDATA, None)
            yield as_row((slug(name), code, title[:1].upper() + title[1:]), about, spell)


# -- out -------------------------------------------------------------------------------------------


def report(
    rows: list[dict[str, str]],
    repeated: list[tuple[dict[str, str], Mapping[str, str]]],
    more: list[dict[str, str]],
) -> None:
    """Counts, and offices that another table dates otherwise than the files."""
    tally = collections.Counter(other["table"] for _, other in repeated)
    print(f"{len(rows)} offices from Archigos and REIGN, {len(more)} from Wikidata")
    for table, count in tally.items():
        print(f"{count} offices of the files stand in {table}.tsv and are not repeated")
    for row, other in repeated:
        apart = [
            f"{row[side]} in the file, {other[side]} in {other['table']}"
            for side in ("since", "until")
            if days_apart(row[side], other[side]) > 31
        ]
        if apart:
            print(f"  {other['code']} {other['name']}, {other['title']}: {'; '.join(apart)}")


def days_apart(one: str, other: str) -> int:
    """Days between two dates as far as they are known; 0 when one of them is open."""
    if not one or not other:
        return 0
    left, right = TimeSpan.parse(one), TimeSpan.parse(other)
    return max(0, (right.first - left.last).days, (left.first - right.last).days)


def write(path: Path, rows: list[dict[str, str]]) -> None:
    """Write the table, by state, newest first."""
    rows = sorted(rows, key=lambda row: row["id"])
    rows = sorted(rows, key=lambda row: row["since"], reverse=True)
    rows = sorted(rows, key=lambda row: row["code"])
    lines = ["\t".join(COLUMNS), *("\t".join(row[name] for name in COLUMNS) for row in rows)]
    path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
