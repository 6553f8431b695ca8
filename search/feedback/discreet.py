"""Numbers and addresses that name a person, put out of sight before anything is kept.

Who writes a question or a note may put down their own telephone. Names cannot be told from other words; the page asks
not to write them.
"""

from __future__ import annotations

import re

_TELLING = (
    (re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])"), "〔证件号〕"),
    (re.compile(r"[\w.+-]+[@＠][\w-]+(?:\.[\w-]+)+", re.ASCII), "〔邮箱〕"),
    (re.compile(r"(?<!\d)(?:\+?86[- ]?)?[1１][3-9３-９]\d(?:[- ]?\d{4}){2}(?!\d)"), "〔电话〕"),
    (re.compile(r"(?<!\d)[0０]\d{2,3}[-－ ]\d{7,8}(?!\d)"), "〔电话〕"),
)


def discreet(text: str) -> str:
    """`text` with identity numbers, e-mail addresses and telephone numbers replaced by what they are.

    >>> discreet("请回电 138-0013-8000 或 a.b@c.cn")
    '请回电 〔电话〕 或 〔邮箱〕'
    """
    for pattern, word in _TELLING:
        text = pattern.sub(word, text)
    return text
