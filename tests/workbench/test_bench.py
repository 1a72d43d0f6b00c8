from __future__ import annotations

import json
from datetime import date
from functools import partial
from itertools import pairwise

import pytest

from inconcert import Workbench
from inconcert.core.document import Document
from inconcert.errors import (
    BadQuestion,
    BadSetting,
    CaseError,
    CaseExists,
    CodingFailed,
    ModelError,
    NoCase,
    NothingCoded,
    UnknownActor,
)
from inconcert.store.store import Store
from inconcert.workbench import coding_run
from inconcert.workbench.chain import code_documents, provenance_of


def refusing(words, documents, **settings):
    """Code documents as ever, but stumble over those that hold some words."""
    if any(words in document.text for document in documents):
        raise KeyError(words)
    return code_documents(documents, **settings)


# -- cases


def test_a_case_is_called_after_its_folder_where_it_has_no_title(tmp_path):
    assert Workbench.create(tmp_path / "border-2021").settings.title == "border-2021"


@pytest.mark.parametrize("lost", ["case.toml", "inconcert.duckdb"])
def test_a_case_of_which_one_file_is_lost_is_made_whole_and_the_other_kept(bench, lost):
    kept = ({"case.toml", "inconcert.duckdb"} - {lost}).pop()
    before = (bench.folder / kept).read_bytes()
    (bench.folder / lost).unlink()
    if lost == "inconcert.duckdb":
        with pytest.raises(NoCase, match="database of the case is missing"):
            bench.code(processes=1)
    Workbench.create(bench.folder)
    assert (bench.folder / lost).is_file()
    assert (bench.folder / kept).read_bytes() == before
    with pytest.raises(CaseExists):
        Workbench.create(bench.folder)


def test_no_case_can_be_made_where_a_file_stands(tmp_path):
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    with pytest.raises(CaseError, match="a folder is wanted"):
        Workbench.create(tmp_path / "taken")


# -- reading


def test_a_note_on_a_document_that_was_kept_is_not_counted_as_left_out(bench, tmp_path):
    (tmp_path / "old.txt").write_bytes(
        "Le café de Kaboul reste fermé, a dit l’élu.".encode("cp1252")
    )
    (tmp_path / "empty.txt").touch()
    report = bench.read([tmp_path / "old.txt", tmp_path / "empty.txt"])
    assert [item.reason for item in report.left_out] == ["empty"]
    assert [item.reason for item in report.notes] == ["encoding guessed (document kept)"]
    assert "left out: 1 (empty)" in report.as_text()
    assert "note: 1 (encoding guessed" in report.as_text()
    with Store.open(bench.folder, write=False) as store:
        assert [reason for reason, _, _ in store.corpus().left_out] == ["empty"]


def test_a_text_in_another_language_waits_for_no_coder(bench, tmp_path):
    french = "La Russie a envoyé une aide à Kaboul mardi. Le ministre a rencontré les Talibans."
    (tmp_path / "fr.txt").write_text(french, encoding="utf-8")
    report = bench.read([tmp_path / "fr.txt"])
    assert report.not_coded == (("language not coded: fr", 1),)
    assert bench.code(processes=1).pending == 2


FRENCH = "La Russie a envoyé une aide à Kaboul mardi. Le ministre a rencontré les Talibans."


def test_a_changed_list_of_languages_counts_for_what_was_read_before(bench, tmp_path):
    (tmp_path / "fr.txt").write_text(FRENCH, encoding="utf-8")
    bench.read(tmp_path / "fr.txt")
    with Store.open(bench.folder, write=False) as store:
        known = provenance_of(None, None)
        assert len(store.pending(known, languages=("en",))) == 2
        assert len(store.pending(known, languages=("en", "fr"))) == 3
    report = bench.code(processes=1)
    assert report.not_coded == (("language not coded: fr", 1),)
    opened = Workbench.open(bench.folder, overrides={"code.languages": ["en", "fr"]})
    assert opened.code(processes=1).pending == 1


def test_a_text_of_unknown_language_in_other_letters_is_not_coded(bench, tmp_path):
    (tmp_path / "ru.txt").write_text("Встреча в Кабуле.", encoding="utf-8")
    (tmp_path / "short.txt").write_text("Lavrov, Wang", encoding="utf-8")
    report = bench.read([tmp_path / "ru.txt", tmp_path / "short.txt"])
    assert report.not_coded == (("language not known", 1),)
    assert bench.code(processes=1).pending == 3
    notes = bench.ask("China", toward="Afghanistan").corpus.notes
    told = [places for reason, _, places in notes if reason.startswith("language not known")]
    assert [str(tmp_path / "short.txt") in places for places in told] == [True]


def test_a_forgotten_speaker_is_mended_by_reading_again(bench, tmp_path):
    file = tmp_path / "speech.txt"
    file.write_text("We met the Taliban in Doha and gave them food.", encoding="utf-8")
    bench.read(file)
    bench.code(processes=1)
    mended = Workbench.open(bench.folder, overrides={"read.speaker": "Russia"})
    assert mended.read(file).new == 1
    report = mended.code(processes=1)
    assert (report.documents, report.coded) == (1, 3)
    speakers = {record.at.speaker_code for record in mended.events() if "speech" in record.at.place}
    assert speakers == {"RUS"}


@pytest.mark.parametrize(("name", "value"), [("speaker", "Ruritaniaq"), ("country", "ZZZ")])
def test_a_speaker_or_country_that_is_nobody_is_refused_before_anything_is_read(
    bench, folder, name, value
):
    wrong = Workbench.open(bench.folder, overrides={f"read.{name}": value})
    with pytest.raises(UnknownActor) as caught:
        wrong.read(folder)
    assert name in caught.value.where


def test_a_speaker_of_two_codes_is_refused(bench, folder):
    wrong = Workbench.open(bench.folder, overrides={"read.speaker": "RUS+CHN"})
    with pytest.raises(BadQuestion, match="RUS and CHN"):
        wrong.read(folder)


def test_a_file_left_out_is_one_in_every_spelling_and_forgotten_when_repaired(
    bench, tmp_path, monkeypatch
):
    file = tmp_path / "a.txt"
    file.touch()
    monkeypatch.chdir(tmp_path)
    for spelling in ("a.txt", "./a.txt", str(file)):
        bench.read(spelling)
    with Store.open(bench.folder, write=False) as store:
        assert store.corpus().left_out == (("empty", 1, (str(file),)),)
    file.write_text("China met the Taliban.", encoding="utf-8")
    bench.read("./a.txt")
    with Store.open(bench.folder, write=False) as store:
        assert store.corpus().left_out == ()


def test_places_in_the_case_folder_move_with_it(bench):
    (bench.folder / "more.txt").touch()
    bench.read(bench.folder / "more.txt")
    with Store.open(bench.folder, write=False) as store:
        assert store.corpus().left_out == (("empty", 1, ("more.txt",)),)


# -- coding


def test_what_cannot_be_coded_is_marked_and_not_tried_again(bench, monkeypatch):
    monkeypatch.setattr(coding_run, "code_documents", partial(refusing, "tanks"))
    first = bench.code(processes=1)
    assert (first.documents, first.pending, len(first.failed)) == (1, 2, 1)
    assert first.failed[0].place.endswith("2021-09-14 talks.txt")
    assert "KeyError" in first.failed[0].reason
    assert first.not_coded == (("coder failed: KeyError: 'tanks'", 1),)
    assert "2021-09-14 talks.txt" in first.as_text()
    again = bench.code(processes=1)
    assert (again.pending, again.coded) == (0, 1)
    assert "1 (coder failed: KeyError: 'tanks')" in again.as_text()
    corpus = bench.ask("China", toward="Afghanistan").corpus
    assert corpus.not_coded == first.not_coded


def test_a_changed_coder_tries_again_what_failed(bench, monkeypatch):
    monkeypatch.setattr(coding_run, "code_documents", partial(refusing, "tanks"))
    bench.code(processes=1)
    monkeypatch.undo()
    (bench.folder / "actors.toml").write_text(
        '[[actor]]\nname = "Jane Roe"\nrole = [{ code = "GBR", sectors = ["GOV"] }]\n',
        encoding="utf-8",
    )
    assert Workbench.open(bench.folder).code(processes=1).documents == 2


def test_a_run_in_which_everything_fails_is_an_error_and_is_tried_again(bench, monkeypatch):
    monkeypatch.setattr(coding_run, "code_documents", partial(refusing, ""))
    with pytest.raises(CodingFailed, match=r"not one of 2 documents.*KeyError") as caught:
        bench.code(processes=1)
    assert caught.value.exit_code == 1
    assert caught.value.where
    monkeypatch.undo()
    assert bench.code(processes=1).documents == 2


def test_a_new_document_that_fails_alone_is_an_error_once(bench, tmp_path, monkeypatch):
    bench.code(processes=1)
    (tmp_path / "more.txt").write_text("Pakistan closed its border.", encoding="utf-8")
    bench.read([tmp_path / "more.txt"])
    monkeypatch.setattr(coding_run, "code_documents", partial(refusing, "Pakistan"))
    with pytest.raises(CodingFailed):
        bench.code(processes=1)
    assert bench.code(processes=1).pending == 0


def test_progress_reaches_the_number_of_waiting_documents(bench, monkeypatch):
    monkeypatch.setattr(coding_run, "code_documents", partial(refusing, "tanks"))
    seen = []
    bench.code(processes=1, progress=lambda *told: seen.append(told))
    assert (seen[0], seen[-1]) == ((0, 2, 0.0), (2, 2, 1.0))
    assert all(share <= later for (_, _, share), (_, _, later) in pairwise(seen))


def test_a_bad_actors_file_stops_the_run_and_marks_nothing(bench):
    file = bench.folder / "actors.toml"
    file.write_text('[[actor]]\nname = "Jane Roe"\nkind = "persn"\n', encoding="utf-8")
    with pytest.raises(BadSetting, match="persn"):
        Workbench.open(bench.folder).code(processes=1)
    file.unlink()
    assert Workbench.open(bench.folder).code(processes=1).documents == 2


def test_a_missing_model_stops_the_run_before_anything_is_coded(bench):
    case = Workbench.open(bench.folder, overrides={"code.model": "no_such_model"})
    with pytest.raises(ModelError, match="no_such_model"):
        case.code(processes=1)


def test_the_provenance_told_without_the_model_is_that_of_the_records(bench):
    bench.code(processes=1)
    with Store.open(bench.folder, write=False) as store:
        assert store.provenances() == [provenance_of(None, None)]


# -- asking


def test_a_case_without_documents_refuses_to_answer(tmp_path):
    bench = Workbench.create(tmp_path / "case")
    with pytest.raises(NothingCoded, match="holds no documents") as caught:
        bench.ask("Russia", toward="China")
    assert "inconcert read" in caught.value.advice


def test_a_case_that_was_read_and_not_coded_refuses_to_answer(bench, tmp_path):
    for refused in (
        lambda: bench.ask("Russia", "China", toward="Taliban"),
        lambda: bench.export(tmp_path / "events.csv"),
    ):
        with pytest.raises(NothingCoded, match="2 documents waiting") as caught:
            refused()
        assert "inconcert code" in caught.value.advice
    assert not (tmp_path / "events.csv").exists()


def test_a_case_of_which_all_was_left_out_answers_with_the_counts(tmp_path):
    bench = Workbench.create(tmp_path / "case")
    (tmp_path / "empty.txt").touch()
    bench.read([tmp_path / "empty.txt"])
    answer = bench.ask("Russia", toward="China")
    assert answer.corpus.left_out == (("empty", 1, (str(tmp_path / "empty.txt"),)),)


# -- showing


def test_a_brief_that_cannot_be_written_leaves_nothing_behind(bench, tmp_path):
    bench.code(processes=1)
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    with pytest.raises(CaseError, match="a folder is wanted"):
        bench.brief([bench.ask("China", toward="Taliban")], out=tmp_path / "taken")
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "a file"


def test_export_counts_what_it_left_out(bench, tmp_path):
    (tmp_path / "no.txt").write_text("Russia did not recognise the Taliban.", encoding="utf-8")
    bench.read([tmp_path / "no.txt"])
    bench.code(processes=1)
    plain = bench.export(tmp_path / "plain.jsonl")
    everything = bench.export(tmp_path / "all.jsonl", with_auxiliary=True)
    assert plain.left_out > 0
    assert (everything.written, everything.left_out) == (plain.written + plain.left_out, 0)
    lines = (tmp_path / "plain.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == plain.written
    assert not any(json.loads(line)["auxiliary"] for line in lines)
    with pytest.raises(BadQuestion, match="evnts"):
        bench.export(tmp_path / "x.csv", what="evnts")


# -- without a case


def test_words_from_a_terminal_of_an_odd_encoding_are_made_whole():
    handed_over = "Мы. Russia sent aid to Tajikistan.".encode().decode("ascii", "surrogateescape")
    explained = Workbench.explain(handed_over)
    assert str(explained["text"]).startswith("Мы. Russia")
    assert explained["events"]


def test_documents_added_by_a_program_are_coded_as_any_other(bench):
    with Store.open(bench.folder, write=True) as store:
        store.add_documents([Document.of("Iran closed its border with Afghanistan.")])
    assert bench.code(processes=1).documents == 3


def test_answers_say_so_where_the_actors_have_changed_since_the_coding(bench):
    bench.code(processes=1)
    assert bench.outdated() is None
    (bench.folder / "actors.toml").write_text(
        '[[actor]]\nname = "Jane Roe"\nrole = [{ code = "GBR", sectors = ["GOV"] }]\n',
        encoding="utf-8",
    )
    changed = Workbench.open(bench.folder)
    assert "inconcert code" in (changed.outdated() or "")
    notes = changed.ask("China", toward="Afghanistan").corpus.notes
    assert changed.outdated() in [reason for reason, _, _ in notes]
    changed.code(processes=1)
    assert changed.outdated() is None


def test_days_may_be_given_as_dates(bench):
    bench.code(processes=1)
    as_text = bench.ask("China", toward="Afghanistan", since="2021-09-01", until="2021-09-30")
    as_days = bench.ask(
        "China", toward="Afghanistan", since=date(2021, 9, 1), until=date(2021, 9, 30)
    )
    assert as_days.question == as_text.question
