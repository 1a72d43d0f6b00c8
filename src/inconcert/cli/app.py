"""The Typer application: one command a question a person has."""

from __future__ import annotations

import shlex
from enum import StrEnum
from pathlib import Path
from time import monotonic
from typing import Annotated, Optional

import typer

from inconcert.cli.actors import actors_app
from inconcert.cli.console import (
    errors_told,
    note,
    prepare_streams,
    progress,
    say,
    say_error,
    say_json,
    say_marked,
)
from inconcert.cli.mcp import mcp
from inconcert.cli.ontology import ontology_app
from inconcert.cli.review import review_app
from inconcert.cli.serve import serve
from inconcert.cli.sources import sources_app
from inconcert.cli.store import store_app
from inconcert.errors import BadInput, BadQuestion
from inconcert.workbench import Workbench, demo_case, doctor_report, grade_file, version
from inconcert.workbench.briefing import two_briefs
from inconcert.workbench.datasets import sniffed
from inconcert.workbench.reviewing import Reviewing
from inconcert.workbench.scan_rows import told
from inconcert.workbench.scanning import scan as scan_case

app = typer.Typer(
    name="inconcert",
    help="Who does what to whom, who says what, and are they acting in concert? From a pile of "
    "news to an answer with its sentences.\n\nA case is a folder. Start with: inconcert demo",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(actors_app, name="actors")
app.add_typer(ontology_app, name="ontology")
app.add_typer(review_app, name="review")
app.add_typer(sources_app, name="sources")
app.add_typer(store_app, name="store")
app.command()(serve)
app.command()(mcp)

Case = Annotated[Path, typer.Option("--case", "-c", help="Case folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
Processes = Annotated[
    Optional[int],  # noqa: UP045  typer reads the annotation at run time
    typer.Option("--processes", "-p", help="Worker processes; 0 for one a core."),
]


class GradeFormat(StrEnum):
    """Forms of what to grade by."""

    auto = "auto"
    key = "key"
    plover = "plover"
    sentences = "sentences"
    references = "references"


class ExportFormat(StrEnum):
    """Forms of a file that is written."""

    auto = "auto"
    plover = "plover"
    gdelt = "gdelt"
    ties = "ties"
    gexf = "gexf"
    graphml = "graphml"
    geojson = "geojson"
    ftm = "ftm"
    stix = "stix"


def main() -> None:
    """Entry point of the `inconcert` command."""
    prepare_streams()
    app()


@app.callback(invoke_without_command=True)
def _root(
    show_version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if show_version:
        say(version())
        raise typer.Exit


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="Folder to make the case in.")],
    title: Annotated[str, typer.Option(help="What the case is about.")] = "",
    as_json: AsJson = False,
) -> None:
    """Make a case: a folder with `case.toml` and an empty database.

    Example: `inconcert init border-2021 --title "The Tajik border, 2021"`
    """
    with errors_told(as_json):
        bench = Workbench.create(folder, title=title or None)
        if as_json:
            say_json({"case": str(bench.folder)})
        else:
            say(f"Made the case {bench.folder}.")
            say(f"Next: inconcert read FILES --case {shlex.quote(str(folder))}")


@app.command()
def read(
    places: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Argument(help="Files, folders, or - for standard input; default: case.toml's."),
    ] = None,
    case: Case = Path(),
    source: Annotated[str, typer.Option(help="Publisher, where the files do not say.")] = "",
    country: Annotated[str, typer.Option(help="Publisher's country, ISO-3.")] = "",
    speaker: Annotated[str, typer.Option(help="Code of who speaks as 'we' (speeches).")] = "",
    date: Annotated[str, typer.Option(help="Date of publication of all that is read.")] = "",
    column: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(help="FIELD=COLUMN for CSV and JSONL, as in text=body; repeatable."),
    ] = None,
    layout: Annotated[
        str, typer.Option(help="Event data: name of a layout, or a mapping.toml; else by content.")
    ] = "",
    sniff: Annotated[
        bool, typer.Option("--sniff", help="Only tell what event data a file holds, as a mapping.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Take in documents and event datasets; what each file is, its content tells.

    Documents: text, HTML, PDF, Word, mail, feeds, WARC, saved searches, JSONL, CSV. Event data:
    GDELT, ICEWS, POLECAT, Phoenix, TERRIER, ACLED, UCDP, PLOVER JSON, or any table by a mapping;
    plain, .gz, .zip or Parquet.

    Examples: `inconcert read articles/ --case border-2021 --source "The Paper" --country GBR`;
    `inconcert read 2021*.export.CSV.zip events.tab --case border-2021`;
    `inconcert read --sniff mine.csv > mapping.toml`
    """
    with errors_told(as_json):
        if sniff:
            if not places:
                raise BadQuestion(
                    "nothing to look at was named", where="--sniff", advice="Name a file after it."
                )
            proposed = {place: sniffed(place) for place in places}
            if as_json:
                say_json(proposed)
            else:
                say("\n".join(proposed.values()))
            return
        bench = Workbench.open(
            case,
            overrides={
                "read.source": source or None,
                "read.country": country or None,
                "read.speaker": speaker or None,
            },
        )
        with progress("Reading", quiet=as_json) as report:
            result = bench.read(
                places or None,
                columns=column or (),
                published=date or None,
                layout=layout or None,
                progress=report,
                rows=report,
            )
        if as_json:
            say_json(result.as_record())
        else:
            say(result.as_text())
            if result.new:
                say(f"Next: inconcert code --case {shlex.quote(str(case))}")
        if result.is_empty:
            raise typer.Exit(BadInput.exit_code)


@app.command()
def code(
    case: Case = Path(),
    processes: Processes = None,
    explain: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="Code this text alone and show why; stores nothing."),
    ] = None,
    date: Annotated[str, typer.Option(help="With --explain: the date of the text.")] = "",
    as_json: AsJson = False,
) -> None:
    """Code the documents that wait: events, statements, actors. Run it again after a break.

    Examples: `inconcert code --case border-2021`;
    `inconcert code --explain "Russia held joint drills with Tajikistan." --date 2021-09-01`
    """
    with errors_told(as_json):
        if explain is not None:
            explained = Workbench.explain(explain, published=date or None)
            if as_json:
                say_json(explained)
            else:
                say_marked(
                    Workbench.explained_lines(explained), plain=Workbench.tell_explained(explained)
                )
            return
        if date:
            raise BadQuestion(
                "--date goes with --explain only",
                where="--date",
                advice="Give documents their date when you read them: inconcert read --date.",
            )
        bench = Workbench.open(case, overrides={"code.processes": processes})
        with progress("Coding", quiet=as_json) as report:
            result = bench.code(progress=report, joining=report)
        if as_json:
            say_json(result.as_record())
        else:
            say(result.as_text())


@app.command()
def ask(
    actors: Annotated[list[str], typer.Argument(help="Actors by name or code; two for concert.")],
    toward: Annotated[str, typer.Option("--toward", "-t", help="The other side: codes or names.")],
    first: Annotated[str, typer.Option("--from", help="First day, month or year.")] = "",
    last: Annotated[str, typer.Option("--to", help="Last day, month or year.")] = "",
    split: Annotated[str, typer.Option(help="Day that parts before from after.")] = "",
    findings: Annotated[
        bool, typer.Option("--findings/--no-findings", help="Also who does which part.")
    ] = True,
    more: Annotated[
        bool, typer.Option("--more", help="Also what takes long on a large dataset.")
    ] = False,
    source: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(help="Only this: a dataset, a source of documents, or `texts`; repeatable."),
    ] = None,
    case: Case = Path(),
    as_json: AsJson = False,
) -> None:
    """Ask what actors did and said toward another, and whether two are in concert.

    Example: `inconcert ask RUS CHN --toward AFG+AFGTAL --from 2021-08 --case demo`
    """
    with errors_told(as_json):
        bench = Workbench.open(case)
        answer = bench.ask(
            *actors,
            toward=toward,
            since=first or None,
            until=last or None,
            split=split or None,
            sources=source or (),
            findings=findings,
            more=more,
        )
        _tell_outdated(bench)
        if as_json:
            say_json(bench.show(answer, form="record"))
        else:
            say(str(bench.show(answer, form="text")))


@app.command()
def scan(
    toward: Annotated[str, typer.Option("--toward", "-t", help="One target: codes or names.")] = "",
    everywhere: Annotated[
        bool, typer.Option("--all", help="The targets that are acted upon most.")
    ] = False,
    source: Annotated[str, typer.Option(help="Event dataset; needed where there are many.")] = "",
    first: Annotated[str, typer.Option("--from", help="First day, month or year.")] = "",
    last: Annotated[str, typer.Option("--to", help="Last day, month or year.")] = "",
    level: Annotated[float, typer.Option(help="Share of false discoveries put up with.")] = 0.1,
    states: Annotated[bool, typer.Option("--states", help="Pairs of states only.")] = False,
    everything: Annotated[
        bool, typer.Option("--everything", help="Rows of all pairs, not only of p < .05.")
    ] = False,
    workers: Annotated[int, typer.Option(help="Worker processes.")] = 1,
    case: Case = Path(),
    as_json: AsJson = False,
) -> None:
    """Test every two actors toward a target, or toward all, in an event dataset of the case.

    Co-action beyond what third parties predict, with stance, false discovery rate and the pairs
    that had too little to say anything counted.

    Examples: `inconcert scan --toward AFG+AFGTAL --case border-2021`;
    `inconcert scan --all --from 2021 --json --case border-2021`
    """
    with errors_told(as_json):
        if everywhere == bool(toward):
            raise BadQuestion(
                "say toward whom",
                where="--toward, --all",
                advice="Name one target with --toward, or take them all with --all.",
            )
        bench = Workbench.open(case)
        with progress("Scanning", quiet=as_json):
            found = scan_case(
                bench,
                toward=toward or None,
                source=source or None,
                since=first or None,
                until=last or None,
                level=level,
                states_only=states,
                workers=workers,
                everything=everything,
            )
        if as_json:
            say_json(found.as_record())
        else:
            say(told(found, bench.register.name_of))


@app.command()
def brief(
    actors: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Argument(help="Actors; without them the questions of case.toml are answered."),
    ] = None,
    toward: Annotated[str, typer.Option("--toward", "-t", help="The other side.")] = "",
    first: Annotated[str, typer.Option("--from", help="First day, month or year.")] = "",
    last: Annotated[str, typer.Option("--to", help="Last day, month or year.")] = "",
    split: Annotated[str, typer.Option(help="Day that parts before from after.")] = "",
    out: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--out", "-o", help="Folder for brief.md and brief.html."),
    ] = None,
    forms: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option("--format", help="Also docx, pdf (extra report); md and html always."),
    ] = None,
    since: Annotated[
        str, typer.Option(help="Say what is new since this brief: last, or its folder.")
    ] = "",
    case: Case = Path(),
    as_json: AsJson = False,
) -> None:
    """Write brief.md and one self-contained brief.html; every count opens its sentences.

    `inconcert brief diff LEFT RIGHT` lays two briefs side by side, by their folders.

    Examples: `inconcert brief RUS CHN --toward AFG+AFGTAL --case demo`;
    `inconcert brief --format docx --since last --case demo`
    """
    with errors_told(as_json):
        if actors and actors[0] == "diff" and not toward:
            lines = two_briefs(actors[1:])
            if as_json:
                say_json({"markdown": lines})
            else:
                say(lines)
            return
        bench = Workbench.open(case)
        if actors or toward or first or last or split:
            answers = [
                bench.ask(
                    *(actors or ()),
                    toward=toward,
                    since=first or None,
                    until=last or None,
                    split=split or None,
                )
            ]
        else:
            with progress("Answering", quiet=as_json) as report:
                answers = bench.answers(progress=report)
        files = bench.brief(answers, out=out, forms=forms or (), since=since or None)
        _tell_outdated(bench)
        if as_json:
            say_json(files.as_record())
        else:
            written = (files.markdown, files.html, *files.others)
            say("Wrote " + "\n      ".join(map(str, written)))


def _tell_outdated(bench: Workbench) -> None:
    told = bench.outdated()
    if told is not None:
        note(f"Note: {told}.")


@app.command()
def export(
    out: Annotated[
        Path,
        typer.Argument(help="File: .csv, .jsonl, .parquet, .gexf, .graphml, .geojson, .json."),
    ],
    what: Annotated[str, typer.Option(help="events or statements.")] = "events",
    auxiliary: Annotated[
        bool,
        typer.Option(
            "--all",
            help="Also events that are future, negated, hypothetical; of a dataset also repeats.",
        ),
    ] = False,
    form: Annotated[
        ExportFormat,
        typer.Option("--format", help="auto goes by the ending: a table, or a graph or map."),
    ] = ExportFormat.auto,
    source: Annotated[
        str, typer.Option(help="A dataset of the case, instead of what was coded in texts.")
    ] = "",
    codebook: Annotated[
        bool, typer.Option("--codebook", help="Codebook and JSON Schema beside the file.")
    ] = False,
    case: Case = Path(),
    as_json: AsJson = False,
) -> None:
    """Write events or statements to a file that other programs read.

    Forms: tables (.csv, .jsonl, .parquet); `plover`, PLOVER JSON; `gdelt`, the columns of GDELT 2;
    `ties`, who acts toward whom as .csv; `gexf` (Gephi) and `graphml`; `geojson`; `ftm`
    (FollowTheMoney, .jsonl); `stix` (STIX 2.1, .json).

    Examples: `inconcert export events.csv --codebook --case demo`;
    `inconcert export acts.gexf --case demo`;
    `inconcert export acts.stix.json --format stix --case demo`;
    `inconcert export icews.parquet --source ICEWS --case border-2021`
    """
    with errors_told(as_json):
        bench = Workbench.open(case)
        written = bench.export(
            out,
            what=what,
            with_auxiliary=auxiliary,
            form=form.value,
            source=source or None,
            codebook=codebook,
        )
        if as_json:
            say_json(written.as_record())
        else:
            say(written.as_text())


@app.command()
def grade(
    key: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Argument(help="Key, marked sentences or labelled sentences."),
    ] = None,
    texts: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(help="Folder with the texts that a JSONL key names."),
    ] = None,
    form: Annotated[
        GradeFormat, typer.Option("--format", help="Form of the file; auto goes by its ending.")
    ] = GradeFormat.auto,
    against_reviews: Annotated[
        bool, typer.Option("--against-reviews", help="Against what reviewers decided in a case.")
    ] = False,
    sample: Annotated[
        str, typer.Option(help="With --against-reviews: all, or random for a fair estimate.")
    ] = "all",
    seed: Annotated[int, typer.Option(help="With --sample random: that of the review.")] = 0,
    case: Case = Path(),
    as_json: AsJson = False,
) -> None:
    """Score the coder against what people found, with misses and false events.

    Forms: `key`, JSONL with events, traps and statements of whole texts (`--texts` names their
    folder); `plover`, TSV with one marked event a sentence (columns sentence, marked_sentence with
    <s> and <t>, gold_root); `sentences`, labelled sentences in the form of the training corpus;
    `references`, running text labelled with who is meant, who says what, and when.

    With `--against-reviews` it is scored against the decisions of reviewers in a case.

    Examples: `inconcert grade gold.jsonl --texts articles/`;
    `inconcert grade PLV.tsv --format plover --json`; `inconcert grade corpus/test/detection.txt`;
    `inconcert grade --against-reviews --case border-2021`
    """
    if against_reviews:
        with errors_told(as_json):
            measured = Reviewing(Workbench.open(case)).grade(sample=sample, seed=seed)
            if as_json:
                say_json(measured.as_json())
            else:
                say(measured.as_text())
        return
    with errors_told(as_json):
        if key is None:
            raise BadQuestion(
                "nothing to grade by was named",
                where="KEY",
                advice="Name a file, or --against-reviews with --case.",
            )
    with errors_told(as_json), progress("Grading", quiet=as_json):
        result = grade_file(key, texts=texts, form=form.value)
    with errors_told(as_json):
        if as_json:
            say_json(result.as_json())
        else:
            say(result.as_text())


@app.command()
def demo(
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the case.")] = Path("demo"),
    processes: Processes = None,
    as_json: AsJson = False,
) -> None:
    """Read, code and brief the example that ships: Afghanistan, July to October 2021.

    Example: `inconcert demo --out demo`
    """
    with errors_told(as_json):
        started = monotonic()
        bench = demo_case(out)
        with progress("Reading", quiet=as_json) as report:
            taken = bench.read(progress=report)
        if not as_json:
            note(taken.as_text())
        if processes is not None:
            bench = Workbench.open(out, overrides={"code.processes": processes})
        with progress("Coding", quiet=as_json) as report:
            coded = bench.code(progress=report, joining=report)
        if not as_json:
            note(coded.as_text())
        answers = bench.answers()
        files = bench.brief(answers)
        seconds = monotonic() - started
        if as_json:
            say_json({**files.as_record(), **coded.as_record(), "seconds": round(seconds, 1)})
            return
        for answer in answers:
            say(str(bench.show(answer, form="summary")))
            say("")
        say(f"Done in {seconds:.0f} s. Open {files.html} in a browser.")


@app.command()
def doctor(
    case: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--case", "-c", help="Also look into this case."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check the installation: Python, packages, language model and its hashes, the case.

    Example: `inconcert doctor --case demo`
    """
    with errors_told(as_json):
        found = doctor_report(case)
        if as_json:
            say_json(found.as_record())
        else:
            width = max(len(name) for name in found.facts)
            say("\n".join(f"{name:<{width}}  {value}" for name, value in found.facts.items()))
            for problem in found.problems:
                say_error(problem)
            if not found.problems:
                say("All is well.")
        if found.problems:
            raise typer.Exit(found.problems[0].exit_code)


@app.command()
def config(case: Case = Path(), as_json: AsJson = False) -> None:
    """Show every setting of the case, its value and where it comes from.

    Example: `inconcert config --case demo`
    """
    with errors_told(as_json):
        rows = Workbench.open(case).settings.explain()
        if as_json:
            say_json([{"key": k, "value": v, "origin": origin} for k, v, origin in rows])
        else:
            width = max(len(key) for key, _, _ in rows)
            say("\n".join(f"{key:<{width}}  {value!r}  ({origin})" for key, value, origin in rows))
