"""Doing everything a second time changes nothing, whoever does it and in whatever locale."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

QUESTION = ("RUS", "CHN", "--toward", "AFG+AFGTAL")


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "2021-09-14 Gespräche.txt").write_text(
        "China met the Taliban in Doha on Monday. “Мы ждём,” Sergey Lavrov said of the Taliban.\n",
        encoding="utf-8",
    )
    (folder / "aid.csv").write_text(
        'text,date\n"Russia sent food to Afghanistan on Tuesday.",2021-09-15\n', encoding="utf-8"
    )
    (folder / "русский.txt").write_text(
        "Представитель России встретился с лидерами талибов в Дохе и говорил о границе.",
        encoding="utf-8",
    )
    (folder / "leer.txt").touch()
    return folder


def test_a_second_round_changes_nothing_even_in_a_bare_environment(
    command, bare_environment, articles, tmp_path
):
    case = tmp_path / "Grenzfälle 2021"

    def round_of_all() -> tuple[dict[str, object], dict[str, object], str, bytes]:
        def run(*words):
            return command(*words, environment=bare_environment)

        read = json.loads(run("read", articles, "--case", case, "--json"))
        code = json.loads(run("code", "-p", "1", "--case", case, "--json"))
        run("brief", *QUESTION, "--case", case)
        run("export", tmp_path / "events.csv", "--all", "--case", case)
        brief = (case / "briefs" / "brief.md").read_text(encoding="utf-8")
        brief = re.sub(r"^Made .* UTC", "Made UTC", brief, flags=re.M)
        return read, code, brief, (tmp_path / "events.csv").read_bytes()

    command("init", case, environment=bare_environment)
    read, code, brief, events = round_of_all()
    assert (read["new"], code["documents"]) == (3, 2)
    assert read["not_coded"] == {"language not coded: ru": 1}
    assert "Sergey Lavrov" in brief
    assert "Мы ждём" in brief
    read, code, second_brief, second_events = round_of_all()
    assert (read["new"], read["known"], code["documents"], code["pending"]) == (0, 3, 0, 0)
    assert second_brief == brief
    assert second_events == events
    assert b"China met the Taliban" in events
