"""A temporary folder that is gone afterwards, also where the benchmark is interrupted or told to end."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def scratch() -> Iterator[Path]:
    """A new folder, removed at the end with all in it. To be used by the main thread.

    Inside, SIGTERM and SIGHUP raise SystemExit (128 + signal), as SIGINT raises KeyboardInterrupt, and while the
    folder is being removed all three are ignored: else the first would leave it, and a second Ctrl-C half of it.
    """
    before = {number: signal.signal(number, signal.SIG_IGN) for number in _ENDING}
    folder = TemporaryDirectory(prefix="clauselens-bench-")
    try:
        for number in _ENDING:
            signal.signal(number, _end)
        yield Path(folder.name)
    finally:
        for number in _ENDING:
            signal.signal(number, signal.SIG_IGN)
        folder.cleanup()
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt if number == signal.SIGINT else SystemExit(128 + number)
