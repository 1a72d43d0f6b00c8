"""What may be asked of the workbench, and by whom."""

from __future__ import annotations

import pytest
from tests.web.conftest import HERE, PAIR

from inconcert.web.guard import TOKEN_HEADER, own_hosts

PATHS = ("/", f"/ask?{PAIR}", "/ask.json?a=nobody&toward=AFG", "/nothing", "/sources.csv")


def contents(folder):
    return {
        path.relative_to(folder): (path.stat().st_mtime_ns, path.stat().st_size)
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("path", PATHS)
def test_every_reply_forbids_all_that_is_not_from_here(client, path):
    headers = client.get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert not {"unsafe-inline", "unsafe-eval", "*"} & set(" ".join(policy.values()).split("'"))
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "127.0.0.1:9999", "127.0.0.1.evil.example", ""]
)
def test_a_server_called_by_another_name_tells_nothing(client, host):
    reply = client.get("/", headers={"host": host})
    assert reply.status_code == 400
    assert "A made case" not in reply.text


@pytest.mark.parametrize("host", sorted(own_hosts(8765)))
def test_a_server_answers_to_each_name_of_this_machine(client, host):
    assert client.get("/index.json", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_is_written_without_our_page_and_its_token(client, token, method):
    good = {"origin": HERE, TOKEN_HEADER: token}
    for headers in (
        {},
        {TOKEN_HEADER: token},
        {**good, "origin": "http://evil.example"},
        {**good, "origin": "null"},
        {**good, TOKEN_HEADER: "guessed"},
    ):
        assert client.request(method, f"/ask?{PAIR}", headers=headers).status_code == 403
    assert client.request(method, f"/ask?{PAIR}", headers=good).status_code == 405


def test_looking_at_everything_changes_no_file_of_the_case(client, case):
    before = contents(case)
    for path in (*PATHS, f"/timeline?{PAIR}", f"/network?{PAIR}", "/search?q=food", "/sources"):
        client.get(path)
    assert contents(case) == before


def test_what_has_not_changed_is_not_sent_again(client):
    first = client.get(f"/evidence?{PAIR}")
    again = client.get(f"/evidence?{PAIR}", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_own_files_are_kept_by_the_browser_and_named_by_their_content(client):
    from inconcert.web.assets import asset

    reply = client.get(asset("app.css"))
    assert "immutable" in reply.headers["cache-control"]
    assert client.get("/static/0/app.css", follow_redirects=False).status_code == 302
    for name in ("nothing.css", "..%2Fapp.py", "%2e%2e/app.py"):
        assert client.get(f"/static/0/{name}").status_code == 404
