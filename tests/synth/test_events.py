"""Made-up event data hold what their truth says: each figure is counted again from the rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

import duckdb
import numpy as np
import pytest

from inconcert.errors import BadInput
from inconcert.read.events import open_events
from inconcert.resolve.coded import CodedActors
from inconcert.resolve.register import Register
from inconcert.synth.events import EventWorld, Truth, draw
from inconcert.synth.rows import write_world
from inconcert.synth.rows_cast import event_kinds, form_shares, players
from inconcert.synth.rows_final import final_rows

WORLD = EventWorld(12_000, first=date(2021, 1, 1), last=date(2021, 3, 31), piece_rows=5_000, seed=4)
FOLDED = {"036", "040", "041", "042", "043", "044", "045", "046"}
CODES = {form.letters: player.code for player in players() for form in player.forms}
NAMES = {form.icews: player.code for player in players() for form in player.forms}


def _read(paths):
    """Rows and faults of files, by the layouts of the readers."""
    rows, faults = [], []
    with duckdb.connect() as base:
        base.execute("set threads=1")
        for plan in open_events(paths):
            asked = "select source_row, day, a_name, a_code, b_name, b_code, code, url, note"
            rows += base.execute(f"{asked} from ({plan.rows()})").fetchall()
            for part in plan.files:
                faults += base.execute(plan.faults(part)).fetchall()
    return rows, faults


def _counted(rows, code_of):
    """The rules of the truth, written a second time, row by row."""
    seen, repeats = set(), 0
    events, sides = Counter(), defaultdict(set)
    for _, day, a_name, a_code, b_name, b_code, code, url, note in sorted(rows):
        said = (day, a_name, a_code, b_name, b_code, code, url, note)
        if said in seen:
            repeats += 1
            continue
        seen.add(said)
        a, b = code_of(a_name, a_code), code_of(b_name, b_code)
        events[day, a, b, code] += 1
        sides[day, code].add((a, b))
    folds, weekly = 0, Counter()
    other_code = {"042": "043", "043": "042"}
    for (day, a, b, code), many in events.items():
        if not a or not b or a == b:
            continue
        week = day.toordinal() - day.weekday()
        back = other_code.get(code, code)
        if code in FOLDED and (b, a) in sides[day, back]:
            assert many == events[day, b, a, back] == 1
            if code == "042" or (code != "043" and a < b):
                folds += 1
                weekly[a, b, week] += 1
                weekly[b, a, week] += 1
        else:
            one, other = (b, a) if code == "043" else (a, b)
            weekly[one, other, week] += many
    return repeats, folds, weekly


@pytest.mark.parametrize("form", ["gdelt", "icews"])
def test_files_hold_what_the_truth_says_of_them(tmp_path, form):
    paths, truth = write_world(WORLD, tmp_path, form)
    assert len(paths) == len(WORLD.pieces) > 1
    rows, faults = _read(paths)
    assert (len(rows) + len(faults), len(faults)) == (truth.rows, truth.damaged)
    code_of = {
        "gdelt": lambda name, code: CODES[code] if code else None,
        "icews": lambda name, code: NAMES[name] if name else None,
    }[form]
    repeats, folds, weekly = _counted(rows, code_of)
    assert (repeats, folds) == (truth.repeats, truth.folds)
    assert truth.counted == len(rows) - repeats - folds
    mondays = [day.toordinal() for day in WORLD.weeks.astype(object)]
    for one, other in (("RUS", "AFG"), ("CHN", "AFGTAL"), ("USA", "CHN"), ("CHN", "USA")):
        assert truth.toward(one, other).tolist() == [weekly[one, other, day] for day in mondays]
    assert truth.weekly.sum() == sum(weekly.values())


def test_acts_are_fewer_than_the_rows_that_tell_them():
    truth = Truth(WORLD)
    for piece in range(len(WORLD.pieces)):
        truth.add(draw(WORLD, piece))
    assert truth.acts < truth.counted < truth.rows
    assert abs(truth.rows / WORLD.rows - 1) < 0.1
    assert min(truth.repeats, truth.folds) > 100


def test_a_piece_is_drawn_again_alone_as_it_was():
    for name in ("number", "day", "a", "b", "kind", "address", "is_mirror"):
        assert np.array_equal(getattr(draw(WORLD, 1), name), getattr(draw(WORLD, 1), name))
    other = EventWorld(12_000, last=date(2021, 3, 31), piece_rows=5_000, seed=5)
    assert not np.array_equal(draw(WORLD, 1).kind[:500], draw(other, 1).kind[:500])


def test_pieces_follow_each_other_and_share_no_day_and_no_number():
    assert [day for piece in WORLD.pieces for day in piece] == list(range(WORLD.days))
    rows = [draw(WORLD, piece) for piece in range(len(WORLD.pieces))]
    numbers = np.concatenate([each.number for each in rows])
    assert len(np.unique(numbers)) == len(numbers)
    assert max(map(len, rows)) < 1.5 * WORLD.piece_rows
    assert all(np.all(np.diff(each.day) >= 0) for each in rows)


def test_pairs_are_uneven_codes_have_their_shares_and_weekends_are_quiet():
    world = EventWorld(60_000, last=date(2021, 2, 28), seed=1)
    rows = draw(world, 0)
    named = rows.b >= 0
    low, high = np.minimum(rows.a, rows.b)[named], np.maximum(rows.a, rows.b)[named]
    pairs = np.sort(np.bincount(low.astype(int) * 1000 + high))[::-1]
    assert pairs[0] > 20 * pairs[200] > 0
    kinds = np.bincount(rows.kind, minlength=len(event_kinds())) / len(rows)
    code = [kind.code for kind in event_kinds()].index("190")
    assert abs(kinds[code] - event_kinds()[code].share) < 0.02
    by_weekday = np.bincount((rows.day + world.first.weekday()) % 7)
    assert by_weekday[6] < 0.85 * by_weekday[2]


def test_shares_of_codes_and_forms_sum_to_one():
    assert sum(kind.share for kind in event_kinds()) == pytest.approx(1)
    assert form_shares().sum() == pytest.approx(1)
    assert {kind.code for kind in event_kinds() if kind.is_mirrored} == FOLDED
    assert [kind.code for kind in event_kinds() if kind.is_swapped] == ["043"]


def test_every_name_stands_for_its_actor_in_the_register():
    find, wrong = CodedActors(Register.load()), []
    for player in players()[::4] + players()[:12]:
        for form in dict.fromkeys(player.forms[:20]):
            told = form.country or None, form.part or None, "2021-06"
            of_gdelt = find(form.gdelt, form.letters, *told, scheme="cameo")
            of_icews = find(form.icews, None, form.nation or None, form.sectors or None, "2021-06")
            if {of_gdelt.codes, of_icews.codes} != {(player.code,)}:
                wrong.append((form, of_gdelt, of_icews))
    assert not wrong


def test_final_rows_are_counted_folded_and_marked_as_the_truth_says():
    rows, truth = draw(WORLD, 0), Truth(WORLD)
    truth.add(rows)
    table = final_rows(rows)
    kept = np.array(table["kept_as"].to_pylist(), dtype=object)
    assert sum(one is None for one in kept) == truth.counted
    ids = set(table["id"].to_pylist())
    assert all(one is None or one in ids for one in kept)
    folded = [len(each) for each in table["folded_from"].to_pylist()]
    assert sum(folded) == truth.folds
    events = table.to_pylist()
    assert all(
        len(each["actors"]) == 2 and each["recipients"] == each["actors"]
        for each in events
        if each["folded_from"]
    )
    toward = Counter()
    for each in events:
        if each["kept_as"] is None:
            sides = (each["actors"], each["recipients"])
            toward.update((a, b) for a in sides[0] for b in sides[1] if a != b)
    for one, other in (("RUS", "CHN"), ("CHN", "RUS"), ("USA", "AFG"), ("GBR", "IGOUNO")):
        assert toward[one, other] == truth.toward(one, other).sum()
    said = {each["code"]: each["statement_kind"] for each in events}
    assert (said["010"], said["020"], said["190"]) == ("statement", "appeal", None)


@pytest.mark.parametrize(
    "wrong", [{"rows": 0}, {"last": date(2020, 1, 1)}, {"told": 0.5}, {"mirrored": 1.0}]
)
def test_a_world_that_cannot_be_is_refused(wrong):
    with pytest.raises(BadInput):
        EventWorld(**{"rows": 10, **wrong})
