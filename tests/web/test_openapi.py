"""The description in OpenAPI says what the server does, and the server does what it says."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from starlette.datastructures import QueryParams
from starlette.routing import Route
from starlette.testclient import TestClient
from tests.web.conftest import HERE, PAIR, PORT

from inconcert import Workbench
from inconcert.errors import BadSetting
from inconcert.web.app import application
from inconcert.web.guard import TOKEN_HEADER, own_hosts
from inconcert.web.openapi import document
from inconcert.web.parameters import pages, parameters
from inconcert.web.schemas import schema_of
from inconcert.workbench.pages_evidence import LISTS

schemathesis = pytest.importorskip("schemathesis", reason="in the group dev of pyproject.toml")
checks = pytest.importorskip("schemathesis.specs.openapi.checks")

EXAMPLES = int(os.environ.get("INCONCERT_EXAMPLES", "2"))
"""Requests made up for each operation and kind; the variable asks for a longer run."""
KNOWN = {"a": "RUS", "b": "CHN", "toward": "AFG+AFGTAL", "source": []}
KNOWN |= dict.fromkeys(("c", "d", "e", "f", "g", "h", "from", "to", "split"), "")
KINDS = ("any", "known", "odd")
METHODS = {"get", "post"}
REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "http.md"


def operations():
    """Operations with the kinds of requests made up: all kinds where JSON is given.

    Any that fit the description, ones about a question with an answer, ones that do not fit.
    """
    loaded = schemathesis.openapi.from_dict(document())
    for found in loaded.get_all_operations():
        one = found.ok()
        names = {each.name for each in one.query}
        kinds = KINDS if one.path.endswith(".json") or EXAMPLES > 2 else KINDS[1:2]
        for kind in kinds:
            if kind == "odd" and not names and one.method == "get":
                continue
            yield pytest.param(one, kind, id=f"{one.label} {kind}")


@pytest.fixture(scope="module")
def served(case, token, tmp_path_factory):
    """A copy of the case that may be written to, and a browser at it."""
    folder = tmp_path_factory.mktemp("openapi") / "case"
    shutil.copytree(case, folder)
    app = application(folder, hosts=own_hosts(PORT), token=token)
    with TestClient(app, base_url=HERE, raise_server_exceptions=False) as client:
        yield client


@pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning")
@pytest.mark.parametrize(("operation", "kind"), list(operations()))
def test_every_reply_to_made_up_requests_is_one_that_is_described(
    client, served, token, operation, kind
):
    asked = client if operation.method == "get" else served
    mode = schemathesis.GenerationMode("negative" if kind == "odd" else "positive")
    takes_question = "toward" in {each.name for each in operation.query}
    query = dict(KNOWN) if kind == "known" and takes_question else {}
    own = {"origin": HERE, TOKEN_HEADER: token}

    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode, query=query))
    def ask(case):
        sent = case.as_transport_kwargs(base_url=HERE, headers=own)
        reply = asked.request(**{**sent, "cookies": None}, follow_redirects=False)
        # Whether there is an actor of some name no schema can say; what is sent to be kept may be
        # refused for what the case holds.
        case.validate_response(
            reply, excluded_checks=[checks.positive_data_acceptance, checks.ignored_auth]
        )

    ask()


def test_every_address_is_described_and_nothing_else(client):
    routes = [one for one in client.app.app.routes if isinstance(one, Route)]
    served = {
        (one.path, method.lower())
        for one in routes
        if one.include_in_schema
        for method in one.methods or ()
        if method.lower() in METHODS
    }
    paths = document()["paths"]
    assert served == {(path, method) for path, found in paths.items() for method in found}
    names = [one["operationId"] for found in paths.values() for one in found.values()]
    assert len(names) == len(set(names))
    assert all(one["summary"] for found in paths.values() for one in found.values())


def test_the_tables_name_pages_that_are_there(client):
    served = {re.sub(r"\.(json|csv)$", "", path) for path in document()["paths"]} | {"/"}
    assert {page for page in pages() if not page.endswith((".json", ".jsonl"))} <= served
    assert {one.group for one in parameters()} == {
        group for row in pages().values() for group in row["takes"].split()
    }
    (lists,) = (one for one in parameters() if (one.group, one.name) == ("of", "of"))
    assert lists.choices == tuple(LISTS)


def test_every_parameter_stands_in_the_reference():
    page = REFERENCE.read_text(encoding="utf-8")
    missing = {
        one.name for one in parameters() if not one.is_in_path and f"`{one.name}`" not in page
    }
    assert not missing - set("cdefg")  # the page says `b`, … `h`


@pytest.mark.parametrize("page", [page for page in pages() if "{" not in page and page != "/"])
def test_a_page_reads_no_parameter_that_is_not_described(client, monkeypatch, page):
    if page.endswith((".json", ".jsonl")):
        pytest.skip("it has one form only")
    read = set()
    get, has = QueryParams.get, QueryParams.__contains__
    monkeypatch.setattr(QueryParams, "get", lambda s, key, *d: (read.add(key), get(s, key, *d))[1])
    monkeypatch.setattr(QueryParams, "__contains__", lambda s, key: (read.add(key), has(s, key))[1])
    reply = client.get(f"{page}?{PAIR}&q=food&x=RUS&key=none&note=1")
    assert reply.status_code == 200
    described = {one.name for one in parameters()}
    assert read - {"form"} <= described


def undescribed(schema, value, where="reply"):
    """Keys of a reply that its schema does not name."""
    known = document()["components"]["schemas"]
    if "$ref" in schema:
        return undescribed(known[schema["$ref"].rpartition("/")[2]], value, where)
    if "anyOf" in schema:
        found = [undescribed(each, value, where) for each in schema["anyOf"]]
        return min(found, key=len)
    if isinstance(value, list) and "items" in schema:
        return [each for one in value[:50] for each in undescribed(schema["items"], one, where)]
    if not isinstance(value, dict) or "properties" not in schema:
        is_told = "type" not in schema or "additionalProperties" in schema
        return [] if is_told or not isinstance(value, dict) else [where]
    named = keys_of(schema)
    found = [f"{where}.{key}" for key in value if key not in named]
    for key, one in value.items():
        if key in named:
            found += undescribed(named[key], one, f"{where}.{key}")
    return found


def keys_of(schema):
    known = document()["components"]["schemas"]
    inner = [keys_of(known[each["$ref"].rpartition("/")[2]]) for each in schema.get("allOf", ())]
    return {key: one for found in (*inner, schema["properties"]) for key, one in found.items()}


JSON_PAGES = [
    *(f"{page}.json" for page in pages() if not page.endswith((".json", ".jsonl", "}", "/"))),
    "/index.json", "/evidence.json?of=bearing", "/evidence.json?of=named",
    "/evidence.json?of=rows&in=ICEWS", "/evidence.json?of=statements&page=1",
    "/review.json?reviewer=Anna",
]  # fmt: skip


@pytest.mark.parametrize("path", JSON_PAGES)
def test_a_reply_holds_no_key_that_is_not_described(client, path):
    path, _, query = path.partition("?")
    words = "q=food" if path == "/search.json" else PAIR
    reply = client.get(f"{path}?{words}&{query}")
    assert reply.status_code == 200, reply.text
    described = document()["paths"][path]["get"]["responses"]["200"]["content"]
    schema = described["application/json"]["schema"]
    missing = set(undescribed(schema, reply.json()))
    assert not missing, f"to be described in web/data/records.tsv: {sorted(missing)}"


def test_a_document_and_a_row_hold_no_key_that_is_not_described(client):
    (hit,) = client.get("/search.json?q=tanks").json()["hits"]
    (item,) = client.get(f"/evidence.json?{PAIR}&of=deeds&actor=1&page=1").json()["items"][:1]
    reply = client.get(f"/document/{hit['id']}.json?mark={item['id']}").json()
    assert not undescribed({"$ref": "#/components/schemas/Document"}, reply)


@pytest.mark.parametrize(
    ("query", "advice"),
    [
        (f"/ask?{PAIR}&show=everything", "One of: both, deeds, statements."),
        (f"/timeline?{PAIR}&first=2021-8", "Write 2021, 2021-08 or 2021-08-15."),
        (f"/ask?{PAIR}&from=99999999999999999999", "Write 2021, 2021-08 or 2021-08-15."),
        (f"/ask?{PAIR}&from=2021..2022", "Write 2021, 2021-08 or 2021-08-15."),
        (f"/evidence?{PAIR}&outlet={'x' * 301}", "have at most 300 characters."),
        (f"/evidence?{PAIR}&page=0", "Follow a link."),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_with_those_that_do(client, query, advice):
    path, _, rest = query.partition("?")
    reply = client.get(f"{path}.json?{rest}")
    assert reply.status_code == 400
    assert advice in reply.json()["advice"]


def test_an_empty_value_of_a_form_counts_as_none(client):
    plain = client.get(f"/evidence.json?{PAIR}").json()
    assert (
        client.get(f"/evidence.json?{PAIR}&first=&last=&type=&page=&actor=").json()["count"]
        == (plain["count"])
    )


def test_a_program_without_a_question_is_told_and_not_sent_to_a_page(tmp_path):
    bench = Workbench.create(tmp_path / "case")
    app = application(bench.folder, hosts=own_hosts(PORT))
    with TestClient(app, base_url=HERE, raise_server_exceptions=False) as client:
        reply = client.get("/ask.json", follow_redirects=False)
        assert (reply.status_code, reply.json()["error"]) == (400, "BadQuestion")
        assert client.get("/ask", follow_redirects=False).headers["location"] == "/"


def test_a_method_that_is_not_allowed_is_told_with_those_that_are(client, token):
    own = {"origin": HERE, TOKEN_HEADER: token}
    reply = client.delete("/ask.json", headers=own)
    assert reply.status_code == 405
    assert reply.headers["allow"] == "GET, HEAD"
    assert "Use GET, HEAD." in reply.json()["advice"]
    assert client.get("/review/decide.json").headers["allow"] == "POST"


def test_the_description_is_served_as_it_is(client):
    reply = client.get("/openapi.json")
    assert reply.json() == document()
    assert reply.headers["content-type"] == "application/json"


def test_a_type_that_no_table_has_is_refused():
    with pytest.raises(BadSetting, match="'Nothing' is no type"):
        schema_of("[Nothing?]")
