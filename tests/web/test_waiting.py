"""Pages under way are let go of once they are made; an error waits for who comes for it."""

from __future__ import annotations

import asyncio

import pytest

from inconcert.errors import InConcertError
from inconcert.web.waiting import UnderWay


def test_a_page_that_was_made_is_not_kept_and_an_error_is_told_once():
    async def made():
        await asyncio.sleep(0.01)
        return "a page"

    async def failed():
        await asyncio.sleep(0.01)
        raise InConcertError("it broke off")

    async def story():
        under_way = UnderWay()
        for key, make in (("made", made), ("failed", failed)):
            told = await under_way.page(key, make, patience=0)
            assert told.status_code == 202
        await asyncio.sleep(0.1)
        assert set(under_way._tasks) == {"failed"}
        with pytest.raises(InConcertError, match="broke off"):
            await under_way.page("failed", made, patience=0)
        assert not under_way._tasks
        assert await under_way.page("failed", made, patience=1) == "a page"

    asyncio.run(story())
