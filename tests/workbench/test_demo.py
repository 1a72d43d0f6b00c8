from __future__ import annotations

import pytest

from inconcert import Workbench
from inconcert.errors import CaseError, CaseExists
from inconcert.workbench import demo_case


def test_the_example_is_copied_once_and_opened_the_next_time(tmp_path):
    first = demo_case(tmp_path / "demo")
    assert len(first.settings.questions) == 3
    file = tmp_path / "demo" / "documents" / "united-nations.jsonl"
    assert file.stat().st_size > 100_000
    file.write_text("changed by its owner", encoding="utf-8")
    assert demo_case(tmp_path / "demo").settings == first.settings
    assert file.read_text(encoding="utf-8") == "changed by its owner"


def test_an_older_copy_of_the_example_is_not_taken_for_the_present_one(tmp_path):
    demo_case(tmp_path / "demo")
    mark = tmp_path / "demo" / ".example"
    mark.write_text("an older one", encoding="utf-8")
    with pytest.raises(CaseExists, match="older example"):
        demo_case(tmp_path / "demo")
    mark.unlink()  # as copies made before there was a mark
    demo_case(tmp_path / "demo")
    (tmp_path / "demo" / "documents" / "white-house.jsonl").unlink()
    with pytest.raises(CaseExists, match="older example"):
        demo_case(tmp_path / "demo")


def test_a_copy_that_was_broken_off_is_completed(tmp_path):
    demo_case(tmp_path / "demo")
    (tmp_path / "demo" / "case.toml").unlink()
    file = tmp_path / "demo" / "documents" / "united-nations.jsonl"
    file.write_text("half", encoding="utf-8")
    demo_case(tmp_path / "demo")
    assert file.stat().st_size > 100_000


def test_the_demo_does_not_touch_another_case(bench):
    with pytest.raises(CaseExists, match="another case"):
        demo_case(bench.folder)
    assert not (bench.folder / "documents").exists()


def test_no_demo_where_a_file_stands(tmp_path):
    (tmp_path / "demo").touch()
    with pytest.raises(CaseError):
        demo_case(tmp_path / "demo")


def test_settings_of_the_example_are_a_good_case(tmp_path):
    assert Workbench.open(demo_case(tmp_path / "demo").folder).settings.sides
