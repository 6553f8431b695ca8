"""Passwords, kept as what a slow function that needs much memory makes of them (scrypt, RFC 7914).

A stored password is ``scrypt$N$r$p$SALT$KEY``: the cost (a power of two), the block size, the lanes, then 16 bytes of
salt and 32 bytes of key, both in Base64. To try one costs about 128·N·r bytes of memory and some tenths of a second.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from dataclasses import dataclass

from search.serving.errors import AccountsError

SHORTEST, LONGEST = 8, 256
"""Characters of a password."""
_N, _R, _P = 2**15, 8, 3
"""As OWASP's password storage cheat sheet has it for 32 MiB."""
_SALT, _KEY = 16, 32
_LEAST, _MOST = 2**14, 2**20
_MEMORY = 2**28
"""Bytes that one try may take at most."""
_FORM = "应当是 scrypt$N$r$p$盐$密钥，由 clauselens accounts add 写成"


@dataclass(frozen=True, slots=True)
class Stored:
    """A password as stored: `n`, `r`, `p` are scrypt's own names."""

    n: int
    r: int
    p: int
    salt: bytes
    key: bytes

    def __str__(self) -> str:
        """The form in which it stands in the file."""
        salt, key = (base64.b64encode(part).decode("ascii") for part in (self.salt, self.key))
        return f"scrypt${self.n}${self.r}${self.p}${salt}${key}"


def stored(password: str) -> Stored:
    """The password as it is to be stored, with a new salt. Raises `AccountsError` for one too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise AccountsError(f"密码有 {len(password)} 个字符，应当有 {SHORTEST} 到 {LONGEST} 个。请换一个。")
    salt = secrets.token_bytes(_SALT)
    return Stored(_N, _R, _P, salt, _derived(password, salt, _N, _R, _P))


def read_stored(text: str) -> Stored:
    """What stands in the file, read. Raises `AccountsError` for another form, or a cost too small or too great."""
    match text.split("$"):
        case ["scrypt", n, r, p, salt, key] if all(part.isascii() and part.isdecimal() for part in (n, r, p)):
            found = Stored(int(n), int(r), int(p), _decoded(salt), _decoded(key))
        case _:
            raise AccountsError(f"密码的格式不对，{_FORM}。")
    if found.n & (found.n - 1) or not _LEAST <= found.n <= _MOST or not 1 <= found.p <= _SALT:
        raise AccountsError(
            f"scrypt 的 N 是 {found.n}、p 是 {found.p}；N 应当是 {_LEAST} 到 {_MOST} 的 2 的幂，p 不过 16。"
        )
    if not found.r or 128 * found.n * found.r > _MEMORY:
        raise AccountsError(f"scrypt 的 r 是 {found.r}，应当至少是 1，且 128·N·r 不过 {_MEMORY}。")
    if len(found.salt) < _SALT or len(found.key) != _KEY:
        raise AccountsError(
            f"盐有 {len(found.salt)} 字节、密钥有 {len(found.key)} 字节，应当是 {_SALT} 以上和 {_KEY}。"
        )
    return found


def fits(password: str, held: Stored) -> bool:
    """Whether this is the password that was stored; takes as long for a wrong one as for the right one."""
    return hmac.compare_digest(_derived(password[:LONGEST], held.salt, held.n, held.r, held.p), held.key)


def _derived(password: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    # What is asked for is 128·r·(N + p + 2) bytes; OpenSSL refuses where `maxmem` is not above that.
    return hashlib.scrypt(password.encode(), salt=salt, n=n, r=r, p=p, maxmem=128 * r * (n + p + 16), dklen=_KEY)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise AccountsError(f"盐或密钥不是 Base64，{_FORM}。") from error
