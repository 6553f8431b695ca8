"""How much one client, and all together, may ask for."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

MINUTE = 60.0


class Buckets:
    """So many a minute for each client, any number of them at once (token buckets).

    A client is known by a hash with a key that is lost when the server stops: its address is not kept at all, and
    what is kept of it goes after a minute without a request.
    """

    def __init__(self, per_minute: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.per_minute = per_minute
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._left: dict[bytes, tuple[float, float]] = {}
        """By client: what was left, and when (seconds)."""
        self._swept = clock()

    def __len__(self) -> int:
        """Clients of whom something is kept."""
        return len(self._left)

    def take(self, client: str) -> float:
        """Take one; gives 0.0 where there was one, else the seconds until there will be one."""
        now, name = self._clock(), self._name(client)
        self._sweep(now)
        left = self._now_left(name, now)
        if left < 1:
            return (1 - left) * MINUTE / self.per_minute
        self._left[name] = (left - 1, now)
        return 0.0

    def give_back(self, client: str) -> None:
        """Put back one that was taken and does not count."""
        now, name = self._clock(), self._name(client)
        self._left[name] = (min(self.per_minute, self._now_left(name, now) + 1), now)

    def _now_left(self, name: bytes, now: float) -> float:
        left, since = self._left.get(name, (self.per_minute, now))
        return min(self.per_minute, left + (now - since) * self.per_minute / MINUTE)

    def _sweep(self, now: float) -> None:
        """Forget whoever has been away for a minute: all of his share is there again."""
        if now - self._swept >= MINUTE:
            self._left = {name: held for name, held in self._left.items() if now - held[1] < MINUTE}
            self._swept = now

    def _name(self, client: str) -> bytes:
        return hashlib.blake2b(client.encode(errors="surrogatepass"), key=self._key, digest_size=16).digest()


class BusyError(Exception):
    """As many are waiting as may wait."""


class Turns:
    """At most `at_once` are worked on and `waiting` wait, the first come first; one more is refused."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._turn = asyncio.Semaphore(at_once)
        self._most = at_once + waiting
        self._here = 0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn and hold it. Raises `BusyError`."""
        if self._here >= self._most:
            raise BusyError
        self._here += 1
        try:
            async with self._turn:
                yield
        finally:
            self._here -= 1
