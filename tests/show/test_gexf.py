from __future__ import annotations

from datetime import date

import pytest
from lxml import etree
from tests.show.made_acts import (
    MEETING,
    NAMES,
    RETOLD,
    THREAT,
    UNDATED,
    acts,
    acts_of_rows,
    row,
)

from inconcert.errors import BadQuestion
from inconcert.show.export_acts import Names
from inconcert.show.gexf import write_gexf
from inconcert.show.graphml import write_graphml

G = {"g": "http://gexf.net/1.3", "v": "http://gexf.net/1.3/viz"}
M = {"m": "http://graphml.graphdrawing.org/xmlns"}
ALLOWED = {
    "gexf": {"meta", "graph"},
    "meta": {"creator", "description"},
    "graph": {"attributes", "nodes", "edges"},
    "attributes": {"attribute"},
    "nodes": {"node"},
    "edges": {"edge"},
    "node": {"attvalues"},
    "edge": {"attvalues", "spells", "color"},
    "attvalues": {"attvalue"},
    "spells": {"spell"},
}
"""What may stand in what, by the schema of GEXF 1.3, of the elements used here."""


@pytest.fixture
def gexf(tmp_path):
    path = tmp_path / "acts.gexf"
    assert write_gexf(acts(), path, names=NAMES, title="Acts & <talks>") == (3, 1)
    return etree.parse(path).getroot()


def values(edge):
    return {
        each.get("for"): each.get("value")
        for each in edge.findall("g:attvalues/g:attvalue", G)
        if each.get("start") is None
    }


def test_the_file_has_the_structure_that_the_schema_asks_for(gexf):
    assert (gexf.tag, gexf.get("version")) == (f"{{{G['g']}}}gexf", "1.3")
    for element in gexf.iter():
        name = etree.QName(element).localname
        inside = {etree.QName(each).localname for each in element}
        assert inside <= ALLOWED.get(name, set()), name
    (graph,) = gexf.findall("g:graph", G)
    assert dict(graph.attrib) == {
        "defaultedgetype": "directed", "mode": "dynamic", "timeformat": "date",
        "timerepresentation": "interval", "start": "2021-07-05", "end": "2021-07-09",
    }  # fmt: skip
    assert gexf.findtext("g:meta/g:description", namespaces=G) == "Acts & <talks>"


def test_every_value_belongs_to_a_declared_attribute_of_its_class_and_mode(gexf):
    declared = {
        (group.get("class"), group.get("mode"), each.get("id"))
        for group in gexf.iterfind("g:graph/g:attributes", G)
        for each in group
    }
    used = {
        (
            etree.QName(value.getparent().getparent()).localname,
            "static" if value.get("start") is None else "dynamic",
            value.get("for"),
        )
        for value in gexf.iter(f"{{{G['g']}}}attvalue")
    }
    assert used == declared


def test_edges_join_declared_nodes_and_carry_type_sign_count_and_spells(gexf):
    nodes = {node.get("id"): node.get("label") for node in gexf.iterfind(".//g:node", G)}
    assert nodes == {"AFGTAL": "Taliban", "CHN": "China", "RUS": "Russia"}
    edges = gexf.findall(".//g:edge", G)
    ends = [(edge.get("source"), edge.get("target"), edge.get("kind")) for edge in edges]
    assert ends == [
        ("AFGTAL", "CHN", "CONSULT +1 mutual"),
        ("CHN", "AFGTAL", "CONSULT +1 mutual"),
        ("CHN", "AFGTAL", "THREATEN -1"),
        ("RUS", "AFGTAL", "THREATEN -1"),
    ]
    assert len(set(ends)) == len({edge.get("id") for edge in edges}) == len(ends)
    assert values(edges[1]) == {
        "type": "CONSULT", "sign": "1", "mutual": "true", "n": "2", "mentions": "3", "undated": "1",
    }  # fmt: skip
    assert edges[1].get("weight") == "2"
    spells = [
        (spell.get("start"), spell.get("end")) for spell in edges[1].iterfind(".//g:spell", G)
    ]
    assert spells == [("2021-07-05", "2021-07-05")]


def test_an_edge_whose_acts_have_no_day_has_no_spell(tmp_path):
    path = tmp_path / "acts.gexf"
    write_gexf(acts(UNDATED), path)
    root = etree.parse(path).getroot()
    assert root.findall(".//g:spells", G) == []
    assert root.find("g:graph", G).get("start") is None


def test_no_acts_make_an_empty_graph_and_the_same_acts_the_same_file(tmp_path):
    empty, one, two = (tmp_path / f"{name}.gexf" for name in "abc")
    assert write_gexf([], empty) == (0, 0)
    assert len(etree.parse(empty).getroot().findall(".//g:nodes/*", G)) == 0
    write_gexf(acts(MEETING, RETOLD, THREAT), one)
    write_gexf(acts(THREAT, MEETING, RETOLD), two)
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize(("write", "ending"), [(write_gexf, "gexf"), (write_graphml, "graphml")])
def test_names_of_any_characters_leave_the_file_well_formed(tmp_path, write, ending):
    path = tmp_path / f"acts.{ending}"
    odd = "\x00\x1b]]>\ud83d<script>&\"'\u202e\ufffe"
    named = Names(lambda code: odd, lambda word: "")
    write(acts_of_rows(row(actors=['R"U<S>&']), row(day=date(1, 1, 1))), path, names=named)
    root = etree.parse(path, etree.XMLParser(resolve_entities=False)).getroot()
    ids = {each.get("id") for each in root.iter() if etree.QName(each).localname == "node"}
    assert ids == {'R"U<S>&', "RUS", "AFGTAL"}
    assert "script" not in {etree.QName(each).localname for each in root.iter()}


def test_graphml_declares_every_key_and_keeps_all_edges_directed(tmp_path):
    path = tmp_path / "acts.graphml"
    assert write_graphml(acts(), path, names=NAMES) == (3, 1)
    root = etree.parse(path).getroot()
    keys = {key.get("id"): key.get("for") for key in root.iterfind("m:key", M)}
    used = {
        (data.get("key"), etree.QName(data.getparent()).localname)
        for data in root.iter(f"{{{M['m']}}}data")
    }
    assert used == set(keys.items())
    assert root.find("m:graph", M).get("edgedefault") == "directed"
    edges = root.findall(".//m:edge", M)
    assert all(edge.get("directed") is None for edge in edges)
    first = {data.get("key"): data.text for data in edges[1]}
    assert (first["edge_weight"], first["edge_sign"], first["edge_first"]) == (
        "2",
        "1",
        "2021-07-05",
    )
    assert len(edges) == 4


@pytest.mark.parametrize(("write", "ending"), [(write_gexf, "gexf"), (write_graphml, "graphml")])
def test_another_ending_is_refused(tmp_path, write, ending):
    with pytest.raises(BadQuestion, match=rf"\.{ending}"):
        write([], tmp_path / "acts.xml")
