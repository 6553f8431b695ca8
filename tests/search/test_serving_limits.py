from __future__ import annotations

import asyncio

import pytest
from aside import ran

from search.serving.limits import Buckets, BusyError, Turns


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_so_many_at_once_and_no_more_until_time_has_passed(clock):
    buckets = Buckets(3, clock)
    assert [buckets.take("a") for _ in range(3)] == [0, 0, 0]
    assert buckets.take("a") == pytest.approx(20)  # three a minute: one in twenty seconds
    clock.now += 19
    assert buckets.take("a") == pytest.approx(1)
    clock.now += 1
    assert buckets.take("a") == 0
    assert buckets.take("a") > 0


def test_each_client_has_its_own(clock):
    buckets = Buckets(1, clock)
    assert buckets.take("a") == 0
    assert buckets.take("b") == 0
    assert buckets.take("a") > 0


def test_one_given_back_can_be_taken_again(clock):
    buckets = Buckets(1, clock)
    assert buckets.take("a") == 0
    buckets.give_back("a")
    assert buckets.take("a") == 0
    assert buckets.take("a") > 0


def test_nothing_is_kept_of_a_client_that_has_been_away_for_a_minute(clock):
    buckets = Buckets(5, clock)
    buckets.take("192.0.2.1")
    clock.now += 61
    buckets.take("192.0.2.2")
    assert len(buckets) == 1


def test_no_address_is_kept(clock):
    buckets = Buckets(5, clock)
    buckets.take("192.0.2.1")
    assert "192.0.2.1" not in repr(vars(buckets))


def test_the_first_come_have_a_turn_the_next_wait_and_one_more_is_refused():
    async def tried():
        turns, done, go = Turns(2, 1), [], asyncio.Event()

        async def work(name):
            async with turns.turn():
                done.append(name)
                await go.wait()

        tasks = [asyncio.create_task(work(name)) for name in "abc"]
        await asyncio.sleep(0)
        assert done == ["a", "b"]
        with pytest.raises(BusyError):
            await work("d")
        go.set()
        await asyncio.gather(*tasks)
        assert done == ["a", "b", "c"]
        await work("e")  # there is room again
        assert done[-1] == "e"

    ran(tried)
