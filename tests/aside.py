"""Work in a thread of its own: the main one may hold a browser, beside which asyncio cannot run."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor


def aside(work, *arguments):
    """What `work` gives."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work, *arguments).result()


def ran(coroutine_function):
    """What the coroutine gives."""
    return aside(lambda: asyncio.run(coroutine_function()))
