from __future__ import annotations

import errno
from pathlib import Path

import pytest

from inconcert.errors import CaseError, StorageFull
from inconcert.workbench.files import make_folder, write_whole


def test_a_file_is_replaced_as_a_whole(tmp_path):
    file = tmp_path / "brief.md"
    file.write_text("old", encoding="utf-8")
    write_whole(file, "naïve — “new”\n")
    assert file.read_bytes() == "naïve — “new”\n".encode()
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    ("number", "told"), [(errno.ENOSPC, StorageFull), (errno.EACCES, CaseError)]
)
def test_a_file_that_cannot_be_written_stands_as_it_was(tmp_path, monkeypatch, number, told):
    def refuse(path, data):
        path.touch()
        raise OSError(number, "refused", str(path))

    file = tmp_path / "brief.md"
    file.write_text("old", encoding="utf-8")
    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(told):
        write_whole(file, "new")
    assert file.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_is_not_made_in_a_file(tmp_path):
    (tmp_path / "taken").touch()
    with pytest.raises(CaseError):
        make_folder(tmp_path / "taken" / "inside")
