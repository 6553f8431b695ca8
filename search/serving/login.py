"""Who is asking: accounts, wrong passwords, and the sessions of those who came in by the login page."""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from search.serving.accounts import Account, AccountFile
from search.serving.limits import Buckets
from search.serving.passwords import fits, stored

SESSION = 12 * 3600.0
"""Seconds that a login lasts."""
_REMEMBERED = 600.0
"""Seconds for which a name and password sent with every request are not tried anew."""
_MOST = 10_000
"""Sessions, and passwords remembered, at most; beyond that the oldest go."""
_TRIES = 5
"""Wrong passwords a minute for a name from one address."""
_TRIES_FROM = 30
"""Wrong passwords a minute from one address, for whatever names."""
_AT_ONCE = 2
"""Passwords tried at the same time: each takes much memory."""
_PAUSE = 0.5
"""Seconds until a wrong password is answered, at least."""


@dataclass(frozen=True, slots=True)
class _Known:
    """Somebody who gave the right password: valid until `until` (seconds), while the account is this one."""

    name: str
    held: Account
    until: float


class TooManyTriesError(Exception):
    """Too many wrong passwords; `wait` is the seconds until the next may be tried."""

    def __init__(self, wait: float) -> None:
        super().__init__(wait)
        self.wait = wait


class Door:
    """Lets in whom the file of accounts names. All methods raise `AccountsError` where that file cannot be used."""

    def __init__(self, file: AccountFile, clock: Callable[[], float] = time.monotonic) -> None:
        self._file = file
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._sessions: dict[str, _Known] = {}
        self._remembered: dict[str, _Known] = {}
        self._by_name, self._by_address = Buckets(_TRIES, clock), Buckets(_TRIES_FROM, clock)
        self._nobody = Account(stored(secrets.token_urlsafe()))
        """Tried for a name that is not there, so that it takes as long as one that is."""
        self._trying = asyncio.Semaphore(_AT_ONCE)

    async def is_let_in(self, name: str, password: str, address: str) -> bool:
        """Whether the password is that of the name. Raises `TooManyTriesError`."""
        accounts = self._file.accounts()
        pair, asked = f"{address}\n{name}", time.monotonic()
        wait = max(self._by_name.take(pair), self._by_address.take(address))
        if wait:
            raise TooManyTriesError(wait)
        async with self._trying:
            is_right = await asyncio.to_thread(fits, password, accounts.get(name, self._nobody).password)
        if is_right and name in accounts:
            self._by_name.give_back(pair)
            self._by_address.give_back(address)
            return True
        await asyncio.sleep(max(0.0, asked + _PAUSE - time.monotonic()))
        return False

    def open_session(self, name: str) -> str:
        """A token for a cookie, for somebody who was let in."""
        token = secrets.token_urlsafe(32)
        self._keep(self._sessions, self._digest(token), name, SESSION)
        return token

    def by_session(self, token: str) -> Account | None:
        """The account that the token is of, if it is still let in."""
        return self._held(self._sessions, self._digest(token))

    def close_session(self, token: str) -> None:
        """Let the token be worth nothing."""
        self._sessions.pop(self._digest(token), None)

    async def by_header(self, authorization: str, address: str) -> Account | None:
        """The account whose name and password an `Authorization: Basic` header holds. Raises `TooManyTriesError`."""
        pair = _basic(authorization)
        if pair is None:
            return None
        name, password = pair
        digest = self._digest(f"{name}:{password}")
        if self._held(self._remembered, digest) is None and await self.is_let_in(name, password, address):
            self._keep(self._remembered, digest, name, _REMEMBERED)
        return self._held(self._remembered, digest)

    def _keep(self, kept: dict[str, _Known], digest: str, name: str, seconds: float) -> None:
        now = self._clock()
        for old in [each for each, known in kept.items() if known.until <= now] or list(kept)[
            : max(0, len(kept) - _MOST + 1)
        ]:
            del kept[old]
        held = self._file.accounts().get(name)
        if held is not None:
            kept[digest] = _Known(name, held, now + seconds)

    def _held(self, kept: dict[str, _Known], digest: str) -> Account | None:
        known = kept.get(digest)
        if known is None or known.until <= self._clock() or self._file.accounts().get(known.name) != known.held:
            return None
        return known.held

    def _digest(self, secret: str) -> str:
        """What is kept of a secret: nothing that is worth anything elsewhere, or after the server has stopped."""
        return hmac.new(self._key, secret.encode(errors="surrogatepass"), hashlib.sha256).hexdigest()


def _basic(authorization: str) -> tuple[str, str] | None:
    kind, _, text = authorization.partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        name, colon, password = base64.b64decode(text.strip(), validate=True).decode("utf-8").partition(":")
    except (binascii.Error, ValueError):
        return None
    return (name, password) if colon else None
