from __future__ import annotations

import random
import warnings
from datetime import date, timedelta
from itertools import product

import pytest
from starlette.testclient import TestClient
from tests.read.events import made

from inconcert import Workbench
from inconcert.web.app import application
from inconcert.web.guard import own_hosts

PORT = 8765
HERE = f"http://127.0.0.1:{PORT}"
PAIR = "a=RUS&b=CHN&toward=AFG%2BAFGTAL"
BIDI = "\u202egnitseb\u202c"
TEXTS = {
    "2021-08-14 talks.txt": "China and Russia met the Taliban in Doha on Saturday. "
    "Russia sent food to Afghanistan.",
    "2021-08-20 aid.txt": "China sent food to Afghanistan on Friday, officials in Beijing said. "
    "“Afghanistan needs peace,” Russian President Vladimir Putin said on Friday.",
    "2021-08-21 hostile.txt": "Russia sent tanks to Afghanistan <script>alert(1)</script> "
    f"{BIDI} & <img src=x onerror=alert(2)> on Saturday.\n\n=cmd|' /C calc'!A0 is not a formula.",
}
OTHERS = (
    "Pakistan", "Iran", "India", "Turkey", "Qatar", "Germany", "France", "Japan", "Uzbekistan",
    "Tajikistan", "Kazakhstan", "Italy", "Spain", "Norway", "Canada",
)  # fmt: skip
FIRST, DAYS = date(2021, 5, 1), 120
CASE = """title = "A made case"

[sides]
"the other side" = ["AFG", "AFGTAL"]

[[questions]]
title = "In concert, or <b>merely</b> in parallel?"
actors = ["RUS", "CHN"]
toward = "the other side"
"""


def rows() -> list[str]:
    """Rows of a dataset: two actors and others toward a third, at random."""
    draw = random.Random(4)
    found = []
    for at in range(DAYS):
        day = (FIRST + timedelta(days=at)).isoformat()
        for who, whom in product(("Russia", "China", *OTHERS), ("Afghanistan", "Yemen")):
            if draw.random() < 0.28:
                code = draw.choice(["040", "051", "112", "070", "190", "010"])
                cells = {"event_date": day, "source_name": f"Government ({who})"}
                cells |= {"source_country": who, "target_name": whom, "target_country": whom}
                cells |= {"cameo_code": code, "event_text": "Do =it"}
                found.append(made.icews(len(found) + 1, **cells))
    return found


@pytest.fixture(scope="session")
def bench(tmp_path_factory):
    """A case with three articles, one of them hostile, and a dataset; made once."""
    folder = tmp_path_factory.mktemp("web")
    articles = folder / "articles"
    articles.mkdir()
    for name, text in TEXTS.items():
        (articles / name).write_text(text, encoding="utf-8")
    (folder / "events.tab").write_text("\n".join([made.ICEWS_HEAD, *rows()]) + "\n")
    bench = Workbench.create(folder / "case", settings=CASE)
    bench.read([articles, folder / "events.tab"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        bench.code(processes=1)
    return bench


@pytest.fixture(scope="session")
def case(bench):
    """Its folder."""
    return bench.folder


@pytest.fixture(scope="session")
def token():
    return "a token for tests"


@pytest.fixture(scope="session")
def client(case, token):
    """A browser on this machine."""
    app = application(case, hosts=own_hosts(PORT), token=token)
    with TestClient(app, base_url=HERE, raise_server_exceptions=False) as found:
        yield found


@pytest.fixture(scope="session")
def get(client):
    """The text of a page that must be there."""

    def page(path: str) -> str:
        reply = client.get(path)
        assert reply.status_code == 200, (path, reply.text)
        return reply.text

    return page
