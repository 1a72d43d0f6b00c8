from __future__ import annotations

import pytest

from inconcert.errors import UnreadableDocument
from inconcert.workbench import grade_key

KEY = (
    '{"id": "D1", "kind": "document", "file": "one.txt", "start": 0, "end": 5,'
    ' "doc_date": {"from": "2021-09-01", "to": "2021-09-01"}}\n'
)


@pytest.fixture
def key(tmp_path):
    path = tmp_path / "key.jsonl"
    path.write_text(KEY, encoding="utf-8")
    return path


def test_a_text_that_is_missing_is_named(key, tmp_path):
    with pytest.raises(UnreadableDocument, match=r"missing.*one\.txt"):
        grade_key(key, tmp_path)


def test_a_text_in_an_old_encoding_is_told_plainly(key, tmp_path):
    (tmp_path / "one.txt").write_bytes(b"The na\xefve envoy left.")
    with pytest.raises(UnreadableDocument, match=r"not UTF-8 \(byte 6\)"):
        grade_key(key, tmp_path)
