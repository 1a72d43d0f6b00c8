"""The workbench described in OpenAPI 3.1, made of its routes and of the tables they check by."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import cache
from typing import Any

from inconcert.web.bodies import CSV, HTML, JSON
from inconcert.web.guard import TOKEN_HEADER
from inconcert.web.parameters import Parameter, of_page, pages, parameters
from inconcert.web.routes import Address, addresses
from inconcert.web.routes_review import WRITES
from inconcert.web.schemas import schema_of, schemas
from inconcert.workbench import version

Part = dict[str, Any]
PATH = "/openapi.json"
_KINDS = {"": HTML, ".json": JSON, ".csv": CSV}
_TAGS = {"": "pages", ".json": "JSON", ".csv": "CSV"}
_ERRORS = {
    "400": "What was asked makes no sense, or the server was called by another name.",
    "403": "What writes needs the token and the origin of a page of this workbench.",
    "404": "No such actor, document, row or page; or nothing has been coded yet.",
    "500": "A fault of InConcert.",
    "503": "Another process holds the case; come again after `Retry-After` seconds.",
}
_FILES = {
    PATH: "This description.",
    "/review/token.json": "The token that what writes must carry.",
    "/review/reviews.jsonl": "All reviews of the case, one a line; to be imported elsewhere.",
}
"""Addresses with one form only."""
_NOT_MODIFIED = "What the client has is still right (`If-None-Match`)."


@cache
def document() -> Part:
    """The whole description."""
    paths: Part = {one.path: {"get": _operation(one)} for one in addresses()}
    paths |= {path: {"get": _file(path, words)} for path, words in _FILES.items()}
    paths |= {path: {"post": _writing(path, _said_by(do))} for path, do, _ in WRITES}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "InConcert, the workbench over HTTP",
            "version": version(),
            "summary": "The pages of one case, each for people, as JSON and as CSV.",
            "description": "Only this machine can reach it, and GET never writes.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "tags": [
            {"name": "pages", "description": "For people."},
            {"name": "JSON", "description": "The same for programs."},
            {"name": "CSV", "description": "The rows of a page, for spreadsheets."},
            {"name": "writing", "description": "Reviews: the only addresses that write."},
        ],
        "paths": paths,
        "components": {
            "schemas": dict(schemas()),
            "parameters": {_key(one): _parameter(one) for one in parameters()},
            "responses": _errors(),
            "securitySchemes": {
                "token": {
                    "type": "apiKey",
                    "in": "header",
                    "name": TOKEN_HEADER,
                    "description": "From `/review/token.json`; `Origin` must be the server's own.",
                }
            },
        },
    }


def _operation(one: Address) -> Part:
    kind = _KINDS[one.form]
    record = pages().get(one.page, {}).get("record", "any")
    content = {JSON: schema_of(record), CSV: {"type": "string"}, HTML: {"type": "string"}}
    wanted = of_page(one.page)
    replies = _replies(kind, content[kind], 400, 404, 500, 503)
    if not one.form and any(each.name == "toward" for each in wanted):
        replies["302"] = {"description": "To the first page: there is no question to answer."}
    return {
        "operationId": _name_of(one.page, one.form),
        "summary": _said_by(one.make),
        "tags": [_TAGS[one.form]],
        "parameters": [{"$ref": f"#/components/parameters/{_key(each)}"} for each in wanted],
        "responses": dict(sorted(replies.items())),
    }


def _file(path: str, summary: str) -> Part:
    """An address that has one form only."""
    record = pages().get(path, {}).get("record", "{any}")
    is_file = "/" in record
    content = {"type": "string"} if is_file else schema_of(record)
    return {
        "operationId": _name_of(path),
        "summary": summary,
        "tags": ["JSON"],
        "responses": _replies(record if is_file else JSON, content, 400, 404, 500, 503),
    }


def _writing(path: str, summary: str) -> Part:
    row = pages().get(path, {"record": "{any}", "sends": "{any}"})
    is_file = "/" in row["sends"]
    body = {"type": "string"} if is_file else schema_of(row["sends"])
    replies = _replies(JSON, schema_of(row["record"]), 400, 403, 404, 500, 503)
    del replies["304"]
    return {
        "operationId": _name_of(path),
        "summary": summary,
        "tags": ["writing"],
        "security": [{"token": []}],
        "requestBody": {
            "required": True,
            "content": {row["sends"] if is_file else JSON: {"schema": body}},
        },
        "responses": replies,
    }


def _replies(kind: str, schema: Part, *errors: int) -> Part:
    side = "Page" if kind == HTML else "Record"
    return {
        "200": {"description": "As asked.", "content": {kind: {"schema": schema}}},
        "304": {"description": _NOT_MODIFIED},
        **{str(code): {"$ref": f"#/components/responses/{side}{code}"} for code in errors},
    }


def _key(one: Parameter) -> str:
    return f"{one.group}_{one.name}"


def _name_of(path: str, form: str = "") -> str:
    """A name for the operation, as programs made of the description will call it.

    Example:
        >>> _name_of("/timeline/acts", ".json")
        'timeline_acts_json'
    """
    words = path.replace("{", "by_").replace("}", "").strip("/").replace("/", "_")
    return f"{words or 'start'}{form}".replace(".", "_")


def _said_by(make: Callable[..., object]) -> str:
    return (inspect.getdoc(make) or "").partition("\n")[0]


def _parameter(one: Parameter) -> Part:
    found: Part = {
        "name": one.name,
        "in": "path" if one.is_in_path else "query",
        "description": one.what,
        "schema": one.schema(),
    }
    if one.is_in_path:
        found["required"] = True
    if one.example:
        found["example"] = one.example
    return found


def _errors() -> Part:
    """What is replied where something is wrong: a page, or a record."""
    found: Part = {}
    for side, kind, schema in (
        ("Page", HTML, {"type": "string"}),
        ("Record", JSON, {"$ref": "#/components/schemas/Error"}),
    ):
        for code, what in _ERRORS.items():
            reply: Part = {"description": what, "content": {kind: {"schema": schema}}}
            if code == "503":
                reply["headers"] = {"Retry-After": {"schema": {"type": "integer"}}}
            found[f"{side}{code}"] = reply
    return found
