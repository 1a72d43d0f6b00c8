"""Every page of a case over HTTP, in its three forms."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from tests.web.conftest import DAYS, FIRST, HERE, PAIR

from inconcert.workbench import pages_acts, pages_deeds, pages_network
from inconcert.workbench.pages import Pages
from inconcert.workbench.pages_acts import dataset_acts

PAGES = (
    "/ask", "/timeline", "/timeline/acts", "/network", "/labour", "/words", "/map", "/statements",
    "/evidence", "/sources", "/search",
)  # fmt: skip


class Links(HTMLParser):
    """Addresses, ids and elements of a page; and whether what is opened is closed."""

    VOID = frozenset({"meta", "link", "input", "img", "br", "hr", "circle", "path", "line"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: list[str] = []
        self.open: list[str] = []
        self.crossed: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, key, value) for key, value in attrs]
        self.links += [value for key, value in attrs if key in ("href", "src") and value]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)

    def handle_endtag(self, tag):
        if tag in ("p", "li") and tag not in self.open:
            self.crossed.append(tag)
        while self.open and self.open[-1] != tag:
            self.crossed.append(self.open.pop())
        if self.open:
            self.open.pop()


def address(page: str, end: str = "") -> str:
    query = "q=food" if page == "/search" else "" if page == "/sources" else PAIR
    return f"{page}{end}?{query}"


@pytest.mark.parametrize("page", ["/", *PAGES])
def test_each_page_is_sound_html_without_a_style_or_script_in_it(get, page):
    text = get("/" if page == "/" else address(page))
    found = Links(text)
    assert not found.crossed
    assert not [key for _, key, _ in found.attributes if key == "style" or key.startswith("on")]
    assert "style" not in found.tags
    inline = [value for tag, key, value in found.attributes if tag == "script" and key == "type"]
    assert set(inline) <= {"application/json", "module"}
    for script in re.findall(r"<script([^>]*)>", text):
        assert "src=" in script or 'type="application/json"' in script


@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_also_json_and_csv(client, page):
    found = client.get(address(page, ".json"))
    assert found.headers["content-type"].startswith("application/json")
    assert isinstance(found.json(), dict)
    table = client.get(address(page, ".csv"))
    assert table.headers["content-type"].startswith("text/csv")
    lines = list(csv.reader(io.StringIO(table.text)))
    assert len({len(line) for line in lines}) == 1


def test_the_question_as_json_is_the_answer_that_the_command_gives(get, bench):
    given = json.loads(get(f"/ask.json?{PAIR}"))
    told = bench.show(bench.ask("RUS", "CHN", toward="AFG+AFGTAL"), form="record")
    assert given == json.loads(json.dumps(told, default=str))


def test_the_question_says_the_verdict_and_draws_each_test_against_its_null(get):
    page, record = get(f"/ask?{PAIR}"), json.loads(get(f"/ask.json?{PAIR}"))
    assert record["verdict"]["head"] in page
    for part in ("contact", "timing", "stance"):
        assert record["verdict"][part]["value"] in page
    (dataset,) = [one for one in record["by_source"] if one["kind"] == "dataset"]
    assert dataset["tests"]
    drawn = Links(page).tags.count("circle")
    assert drawn == sum(len(one["tests"]) for one in record["by_source"])
    assert page.count('class="null"') == drawn


def test_links_of_every_page_lead_somewhere_here(client):
    """One link of each kind is followed: same path, same names of parameters."""
    kinds: Counter[tuple[str, ...]] = Counter()
    waiting = ["/", *(address(page) for page in PAGES)]
    outside = set()
    while waiting:
        path = waiting.pop(0)
        parts = urlsplit(path)
        stem = parts.path if parts.path.count("/") == 1 else parts.path.rpartition("/")[0]
        kind = (stem, *sorted(key for key, _ in parse_qsl(parts.query)))
        kinds[kind] += 1
        if kinds[kind] > 1:
            continue
        reply = client.get(path)
        assert reply.status_code == 200, path
        if not reply.headers["content-type"].startswith("text/html"):
            continue
        for link in Links(reply.text).links:
            whole = urljoin(f"{HERE}{path}", link).partition("#")[0]
            if not whole.startswith(HERE):
                outside.add(whole)
            elif "/vega.js" not in whole:
                waiting.append(whole.removeprefix(HERE))
    assert len(kinds) > 25
    assert all(link.startswith(("http://", "https://")) for link in outside)


def test_a_number_opens_its_events_and_an_event_its_sentence_in_the_article(get):
    found = json.loads(get(f"/evidence.json?{PAIR}&of=deeds&actor=2"))
    record = json.loads(get(f"/ask.json?{PAIR}"))
    assert found["count"] == record["actors"][1]["counts"]["events"] > 0
    event = found["items"][0]
    page = get(f"/document/{event['document']}?mark={event['id']}")
    here = re.search(r'<p id="here">(.*?)</p>', page, re.S)
    assert here is not None
    assert " ".join(re.sub(r"<[^>]+>", "", here[1]).split()).startswith(
        " ".join(event["sentence"].split())[:20]
    )
    assert 'class="ac ch"' in here[1]


def test_rows_of_a_dataset_are_as_many_as_the_answer_counts(get):
    record = json.loads(get(f"/ask.json?{PAIR}"))
    (dataset,) = [one for one in record["by_source"] if one["kind"] == "dataset"]
    for place in (1, 2):
        found = json.loads(get(f"/evidence.json?{PAIR}&of=rows&in=ICEWS&actor={place}"))
        assert found["count"] == len(found["items"]) == dataset["coverage"]["acts"][place - 1]
    row = found["items"][0]
    assert row["id"] in get(f"/row/ICEWS/{row['id']}")


@pytest.mark.parametrize("pair", [PAIR, "a=RUS&b=CHN&toward=AFG"])
def test_the_bars_of_the_timeline_hold_the_acts_that_are_listed_for_their_days(get, pair):
    found = json.loads(get(f"/timeline.json?{pair}&in=ICEWS"))
    drawn = sum(one["n"] for one in found["series"] if one["source"] == "ICEWS")
    assert drawn == found["acts"]["count"]
    one = next(one for one in found["series"] if one["source"] == "ICEWS")
    day = one["period"]
    listed = json.loads(get(f"/timeline/acts.json?{pair}&in=ICEWS&first={day}&last={day}"))
    same = [
        each["n"] for each in found["series"] if (each["source"], each["period"]) == ("ICEWS", day)
    ]
    assert listed["count"] == sum(same)
    assert {item["day"] for item in listed["items"]} == {day}


def test_the_network_has_the_same_actors_and_its_ties_open_their_acts(get):
    found = json.loads(get(f"/network.json?{PAIR}&in=ICEWS"))
    parts = {node["code"]: node["part"] for node in found["nodes"]}
    assert (parts["RUS"], parts["CHN"], parts["AFG"]) == ("actor", "actor", "other side")
    tie = next(one for one in found["edges"] if (one["actor"], one["recipient"]) == ("RUS", "AFG"))
    acts = json.loads(get(f"/evidence.json?{PAIR}&of=pair&x=RUS&y=AFG&in=ICEWS"))
    assert acts["count"] == tie["positive"] + tie["negative"] + tie["unsigned"]


def acts_of(edge):
    return edge["positive"] + edge["negative"] + edge["unsigned"]


def test_the_months_of_a_network_add_up_to_the_whole_and_a_type_leaves_out_others(get):
    whole = json.loads(get(f"/network.json?{PAIR}&in=ICEWS"))
    months = [
        json.loads(get(f"/network.json?{PAIR}&in=ICEWS&first={one['first']}&last={one['last']}"))
        for one in whole["months"]
    ]
    typed = json.loads(get(f"/network.json?{PAIR}&in=ICEWS&type=ASSAULT"))
    sums = [sum(map(acts_of, found["edges"])) for found in (whole, typed, *months)]
    assert len(months) == 4
    assert sums[0] == sum(sums[2:])
    assert 0 < sums[1] < sums[0]
    assert all(one["negative"] == acts_of(one) for one in typed["edges"])


def test_an_actor_that_is_opened_brings_its_ties_and_those_not_drawn_are_told(get, monkeypatch):
    monkeypatch.setattr(pages_network, "MOST_NODES", 4)
    monkeypatch.setattr(pages_network, "MOST_DRAWN", 3)
    address = f"?{PAIR}&in=ICEWS&to=2021-08-30"
    closed = json.loads(get(f"/network.json{address}"))
    opened = json.loads(get(f"/network.json{address}&with=YEM"))
    few, more = ({node["code"] for node in one["nodes"]} for one in (closed, opened))
    assert len(few) == 4
    assert few < more
    assert opened["left_out"] == closed["left_out"] - len(more - few)
    assert opened["not_drawn"] == len(opened["edges"]) - 3 > 0
    assert f"{opened['not_drawn']} ties of {len(opened['edges'])} are not drawn" in get(
        f"/network{address}&with=YEM"
    )


def test_acts_of_each_domain_open_and_deeds_alone_are_fewer(get):
    counts = {}
    for show in ("", "deeds"):
        found = json.loads(get(f"/labour.json?{PAIR}&in=ICEWS&show={show}"))
        nature = "deed" if show else ""
        for one in found["domains"][5:10]:
            rows = json.loads(
                get(
                    f"/evidence.json?{PAIR}&of=rows&in=ICEWS&actor={one['actor']}"
                    f"&domain={one['label']}&nature={nature}"
                )
            )
            assert rows["count"] == one["acts"]
        counts[show] = [one["acts"] for one in found["actors"]]
    assert all(0 < deeds < both for both, deeds in zip(counts[""], counts["deeds"], strict=True))


def test_the_shares_on_the_page_are_those_of_the_answer(get):
    record = json.loads(get(f"/ask.json?{PAIR}"))
    (own,) = [one for one in record["findings"] if one["source"] == "ICEWS"]
    (told,) = [one for one in own["found"] if one["key"] == "labour.shares"]
    shown = json.loads(get(f"/labour.json?{PAIR}&in=ICEWS"))["domains"]
    expected = [
        (one["who"], one["domain"], one["acts"], one["share"]) for one in told["facts"]["shares"]
    ]
    assert [
        (one["who"], one["label"], one["acts"], one["share"]) for one in shown if one["actor"]
    ] == expected[: 2 * 5]


def test_words_and_deeds_add_up_and_each_number_opens(get):
    found = json.loads(get(f"/words.json?{PAIR}&in=ICEWS"))
    stances = ("cooperative", "conflictual", "neutral")
    whole = [one for one in found["domains"] if one["domain"] == "all"]
    parts = [one for one in found["domains"] if one["domain"] != "all"]
    for one in whole:
        of = [
            each for each in parts if (each["who"], each["nature"]) == (one["who"], one["nature"])
        ]
        for stance in stances:
            assert one[stance] == sum(each[stance] for each in of)
            rows = json.loads(
                get(
                    f"/evidence.json?{PAIR}&of=rows&in=ICEWS&actor={one['actor']}"
                    f"&nature={one['nature']}&stance={stance}"
                )
            )
            assert rows["count"] == one[stance]
    assert sum(one["cooperative"] for one in whole) > 0
    acts = [
        json.loads(get(f"/evidence.json?{PAIR}&of=rows&in=ICEWS&actor={actor}"))["count"]
        for actor in (1, 2)
    ]
    told = sum(one[stance] for one in whole for stance in stances)
    assert sum(acts) == told + found["apart"]
    assert ("Not in the table: " in get(f"/words?{PAIR}&in=ICEWS")) == (found["apart"] > 0)
    assert sum(one["n"] for one in found["series"]) == sum(
        one[stance] for one in whole for stance in stances
    )


def test_promises_are_all_counted_and_paired_with_every_deed_after_them(get, monkeypatch):
    monkeypatch.setattr(pages_deeds, "PROMISE", ("CONSULT", "SUPPORT", "ACCUSE"))
    monkeypatch.setattr(pages_deeds, "KEPT_BY", ("AID",))

    def told(turn):
        return json.loads(get(f"/words.json?{PAIR}&in=ICEWS&turn={turn}"))

    whole = told(1)
    amounts = whole["promises"]
    assert amounts["all"] == len(whole["pairs"]) > 10
    assert amounts["kept"] == sum(one["deed"] is not None for one in whole["pairs"]) > 3
    assert whole["pairs_from"] is None
    monkeypatch.setattr(pages_deeds, "MOST_PAIRS", 3)
    few = told(2)
    assert (few["promises"], len(few["pairs"])) == (amounts, 3)
    monkeypatch.setattr(pages_deeds, "MOST_PAIRS", 200)
    for module in (pages_deeds, pages_acts):
        monkeypatch.setattr(module, "MOST_HELD", 9)
    late = told(3)
    assert late["pairs"] == [
        one for one in whole["pairs"] if one["promise"]["day"] >= late["pairs_from"]
    ]
    assert 0 < len(late["pairs"]) < len(whole["pairs"])


def test_a_place_on_the_map_opens_its_acts_and_a_state_is_told_from_a_town(get):
    for source, name, width in (("texts", "Afghanistan", "state"),
                                ("ICEWS", "Lima, Peru", "town or narrower")):  # fmt: skip
        found = json.loads(get(f"/map.json?{PAIR}&in={source}"))
        assert {(one["name"], one["width"]) for one in found["places"]} == {(name, width)}
        assert found["located"] == sum(one["acts"] for one in found["places"]) > 0
        for only in ("", "asked"):
            acts = get(f"/evidence.json?{PAIR}&of=placed&place={name}&in={source}&only={only}")
            assert json.loads(acts)["count"] == sum(
                one["acts"] for one in found["places"] if one["is_asked"] or not only
            )


@pytest.mark.parametrize("page", ["/network", "/labour", "/words", "/map", "/statements"])
def test_days_that_were_chosen_go_with_every_link_of_the_head(get, page):
    text = get(f"{page}?{PAIR}&first=2021-08-01&last=2021-08-21")
    head = text[text.index('<nav aria-label="Pages">') : text.index("</header>")]
    links = [link for link in Links(head).links if PAIR in link.replace("&amp;", "&")]
    assert len(links) == 8
    assert all("first=2021-08-01&last=2021-08-21" in link for link in links)
    assert "only 1 to 21 August 2021" in text


@pytest.mark.parametrize("page", ["/network", "/labour", "/words", "/map", "/statements"])
def test_days_without_any_act_say_so(get, page):
    assert re.search("No(ne)? |<strong>0", get(f"{page}?{PAIR}&first=2019&last=2019"))


def test_a_page_past_the_end_of_a_long_list_still_says_how_many_there_are(case, monkeypatch):
    monkeypatch.setattr(pages_acts, "MOST_HELD", 5)
    given = {"first": FIRST, "last": FIRST + timedelta(days=DAYS), "most": 25}
    pages = Pages(case)
    rows, whole = dataset_acts(pages, "ICEWS", ["RUS"], ["AFG"], **given)
    past, still = dataset_acts(pages, "ICEWS", ["RUS"], ["AFG"], skip=9_000, **given)
    assert len(rows) == 25 < whole
    assert (past, still) == ([], whole)


def test_statements_stand_by_speaker_with_their_quotes(get):
    found = json.loads(get(f"/statements.json?{PAIR}"))
    assert sum(one["statements"] for one in found["speakers"]) == found["count"] > 0
    page = re.sub(r"<[^>]+>", "", get(f"/statements?{PAIR}"))
    assert "“Afghanistan needs peace,” Russian President Vladimir Putin said" in page


def test_a_day_that_parts_the_answer_parts_its_acts_and_both_parts_open(get):
    page = get(f"/ask?{PAIR}&split=2021-08-18")
    cells = re.findall(r'href="([^"]*(?:first|last)=2021-08-1[78])">(\d+)</a>', page)
    assert len(cells) == 4
    for link, count in cells:
        path, _, query = link.replace("&amp;", "&").partition("?")
        assert json.loads(get(f"{path}.json?{query}"))["count"] == int(count)
    assert sum(int(count) for _, count in cells) > 0


def test_search_finds_words_whatever_is_typed(client, get):
    assert json.loads(get("/search.json?q=food"))["count"] == 2
    assert json.loads(get("/search.json?q=%22food+to+Afghanistan%22"))["count"] == 2
    assert json.loads(get("/search.json?q=%22to+food%22"))["count"] == 0
    assert json.loads(get("/search.json?q=offici*"))["count"] == 1
    for odd in ('"', "a AND", "food OR", "NEAR(food", "title:food", "fo*od", "-food", "'; drop"):
        assert client.get("/search", params={"q": odd}).status_code in (200, 400), odd


def test_the_first_page_names_the_questions_of_the_case_and_what_it_holds(get):
    found = json.loads(get("/index.json"))
    assert [one["title"] for one in found["questions"]] == [
        "In concert, or <b>merely</b> in parallel?"
    ]
    assert "&lt;b&gt;merely&lt;/b&gt;" in get("/")
    assert found["sources"][0] == "ICEWS"
    get(found["questions"][0]["address"])


def test_a_page_without_a_question_shows_the_first_of_the_case(get):
    record = json.loads(get("/ask.json"))
    assert record["question"]["title"] == "In concert, or <b>merely</b> in parallel?"
