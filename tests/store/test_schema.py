from __future__ import annotations

import duckdb
import pytest

from inconcert.errors import CaseError
from inconcert.store.schema import (
    SCHEMA_VERSION,
    TABLES,
    check_tables,
    create_tables,
    stored_version,
)

NEXT = SCHEMA_VERSION + 1
STEPS = {SCHEMA_VERSION: "alter table documents add column desk varchar"}


@pytest.fixture
def connection():
    with duckdb.connect() as opened:
        create_tables(opened)
        yield opened


def test_every_table_has_a_comment(connection):
    found = connection.execute("select table_name, comment from duckdb_tables()").fetchall()
    assert {name for name, comment in found if comment} == set(TABLES)


def test_an_older_case_is_brought_up_to_date_and_keeps_its_records(connection, tmp_path):
    connection.execute("insert into sources values ('1', 'Vale Courier', null, 'unknown')")
    check_tables(connection, tmp_path, write=True, current=NEXT, migrations=STEPS)
    assert stored_version(connection, tmp_path) == NEXT
    assert connection.execute(
        "select name, (select count(desk) from documents) from sources"
    ).fetchall() == [("Vale Courier", 0)]


def test_an_older_case_open_for_reading_says_how_to_bring_it_up_to_date(connection, tmp_path):
    with pytest.raises(CaseError, match="brings the case up to date"):
        check_tables(connection, tmp_path, write=False, current=NEXT, migrations=STEPS)
    assert stored_version(connection, tmp_path) == SCHEMA_VERSION


def test_every_older_version_has_a_way_to_this_one():
    from inconcert.store.schema import MIGRATIONS

    assert set(MIGRATIONS) == set(range(1, SCHEMA_VERSION))
