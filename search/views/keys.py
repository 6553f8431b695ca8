"""The keys of the page, told where they do not disturb."""

from __future__ import annotations


def keys_view() -> str:
    """A line at the foot of the first tab; the style hides it where there is no keyboard."""
    return '<p class="cl-hint">/ 跳到输入框，Esc 收起，↑ 上一问</p>'
