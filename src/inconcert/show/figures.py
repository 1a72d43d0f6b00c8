"""Drawings of a brief: what is drawn, its caption, and the picture for each form."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from json import dumps

from inconcert.core.reading import TEXTS
from inconcert.core.verdict import Answer
from inconcert.judge.amounts import counted, listed
from inconcert.show.brief_blocks import Figure
from inconcert.show.charts import PAPER, Record, portfolio_spec, timeline_spec

LEAST = 10
"""Acts below which nothing is drawn over time: a sentence tells as much."""
SHARES = "labour.shares"
DOTS = 2.5
"""Dots of a picture for each point, where a form takes no drawing."""


def figures(answer: Answer, number: int, drawn: Record | None) -> Iterator[Figure]:
    """The drawings of one question.

    Args:
        answer: to the question.
        number: of the question in the brief.
        drawn: acts over time, as `charts.timeline_spec` takes them; None where nobody counted.
    """
    other = answer.question.toward_name
    if drawn is not None and sum(one["n"] for one in drawn["series"]) >= LEAST:
        spec = timeline_spec(drawn, PAPER)
        if spec is not None:
            yield Figure(f"q{number}-timeline", spec, _caption(drawn, other), _told(drawn, other))
    for source in answer.findings:
        for one in source.found:
            if one.key == SHARES and not one.refused and one.facts and one.facts[0].rows:
                yield Figure(
                    f"q{number}-portfolio",
                    portfolio_spec(one.facts[0].rows, answer.question.names, PAPER),
                    f"Acts toward {other} by domain, {source.source}: share of each with its "
                    "90 % interval.",
                    one.sentence,
                )
                return


def _caption(drawn: Record, other: str) -> str:
    told = f"Acts {_toward(drawn, other)} by {drawn['unit']}; conflict hangs below the line."
    if drawn["days"]:
        told += " Triangles: days on which both act against expectation."
    if drawn.get("left"):
        told += f" Not drawn: {counted(drawn['left'], 'act')} outside the days of the documents."
    if drawn["anchors"]:
        told += f" Dashed: {listed([one['name'] for one in drawn['anchors']])}."
    return told


def _toward(drawn: Record, other: str) -> str:
    """What is drawn: of texts also what an actor did to others about the other side."""
    of_texts = any(one["source"] == TEXTS for one in drawn["series"])
    return f"toward, with or about {other}" if of_texts else f"toward {other}"


def _told(drawn: Record, other: str) -> str:
    """The drawing for those who have it read to them."""
    sums: dict[tuple[str, str], int] = {}
    for one in drawn["series"]:
        key = (one["actor"], one["source"])
        sums[key] = sums.get(key, 0) + one["n"]
    told = [f"{actor} {counted(n, 'act')} in {source}" for (actor, source), n in sums.items()]
    return f"Bars of acts {_toward(drawn, other)} by {drawn['unit']}: {listed(told)}."


def svg(figure: Figure) -> str:
    """The drawing as SVG, with nothing loaded from anywhere."""
    return _svg(dumps(figure.spec))


def png(figure: Figure) -> bytes:
    """The drawing as PNG, for forms that take no SVG."""
    return _png(dumps(figure.spec))


@cache
def _svg(spec: str) -> str:
    import vl_convert  # starts an engine: only when something is drawn

    return str(vl_convert.vegalite_to_svg(spec))


@cache
def _png(spec: str) -> bytes:
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(spec, scale=DOTS))
