from __future__ import annotations

import pytest

from inconcert.core.span import TimeSpan
from inconcert.errors import BadSetting
from inconcert.read import ReadSettings
from inconcert.read.fields import NAMES
from inconcert.read.settings import FIELDS


def test_an_unknown_field_in_the_mapping_is_refused_with_the_nearest():
    with pytest.raises(BadSetting, match="Did you mean `title`"):
        ReadSettings(mapping={"titel": "Headline"})


def test_every_field_that_can_be_mapped_is_known_by_some_usual_name():
    assert set(NAMES) == set(FIELDS)


def test_a_limit_of_nothing_is_refused():
    with pytest.raises(BadSetting, match="max_bytes"):
        ReadSettings(max_bytes=0)


def test_a_date_given_for_all_goes_before_the_item(read, write):
    place = write("2021-08-15.txt", "The envoys met.")
    assert str(read(place, published=TimeSpan.parse("2020-01")).only.published) == (
        "2020-01-01..2020-01-31"
    )


def test_reading_twice_gives_the_same_ids(read, write):
    place = write("a.txt", "The envoys met.")
    assert read(place).only.id == read(place).only.id
