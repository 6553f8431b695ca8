"""The page's style, script and own words in English, from the files in `page/`; nothing of it comes from elsewhere.

A word of a text is never translated: only what the page itself says is in the list.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files

STYLES = ("colours", "gradio", "answer", "tabs", "comparing", "drafting", "narrow")
"""In this order: a later one may override an earlier one."""
SCRIPTS = ("wire", "english", "recent", "judging", "places", "reading", "keeping", "drafting", "comparing", "keys")
"""`wire` first: the others add to what it sets up."""
_NUMBER = re.compile(r"\d+")


@cache
def english() -> dict[str, str]:
    """English by Chinese; `{}` stands in both for what is put in, in the same order."""
    words: dict[str, str] = json.loads(_read("english.json"))
    return words


def in_english(said: str) -> str:
    """What the page says, in English, numbers put in; as it is where the list does not have it."""
    if said in english():
        return english()[said]
    numbers = iter(_NUMBER.findall(said))
    meant = english().get(_NUMBER.sub("{}", said), said)
    return re.sub(r"\{\}", lambda _: next(numbers), meant)


def page_head() -> str:
    """The elements for the page's `<head>`."""
    style = "".join(_read(f"{name}.css") for name in STYLES)
    script = "".join(_read(f"{name}.js") for name in SCRIPTS)
    words = json.dumps(english(), ensure_ascii=False).replace("</", "<\\/")
    told = '<meta name="referrer" content="strict-origin">'  # the address has the question in it: requests need not
    return f"{told}<style>{style}</style><script>{script}clauselens.speak({words});</script>"


def _read(name: str) -> str:
    return files("search.views").joinpath("page", name).read_text(encoding="utf-8")
