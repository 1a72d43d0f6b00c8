from __future__ import annotations

from inconcert.workbench import doctor_report


def test_a_sound_case_has_no_problems_and_tells_what_waits(bench):
    found = doctor_report(bench.folder)
    assert found.problems == []
    assert found.facts["case documents"] == 2
    assert found.facts["case not coded (not yet coded)"] == 2


def test_every_problem_is_told_and_the_rest_is_looked_at_all_the_same(bench):
    (bench.folder / "actors.toml").write_text("x = ", encoding="utf-8")
    settings = bench.folder / "case.toml"
    settings.write_text('[code]\nmodel = "no_such_model"\n', encoding="utf-8")
    found = doctor_report(bench.folder)
    assert [type(problem).__name__ for problem in found.problems] == ["ModelError", "BadSetting"]
    assert found.facts["case documents"] == 2
    assert found.as_record()["problems"][0]["advice"]


def test_a_missing_case_is_a_problem_beside_the_facts(tmp_path):
    found = doctor_report(tmp_path)
    assert "python" in found.facts
    assert [type(problem).__name__ for problem in found.problems] == ["NoCase"]


def test_the_doctor_says_where_records_are_of_another_coder(bench):
    bench.code(processes=1)
    assert "present coder" in str(doctor_report(bench.folder).facts["case records"])
    (bench.folder / "actors.toml").write_text(
        '[[actor]]\nname = "Jane Roe"\nrole = [{ code = "GBR", sectors = ["GOV"] }]\n',
        encoding="utf-8",
    )
    assert "inconcert code" in str(doctor_report(bench.folder).facts["case records"])
