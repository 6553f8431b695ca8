"""The page's style, script and own words in English, from the files in `page/`; nothing of it comes from elsewhere.

A word of a text is never translated: only what the page itself says is in the list.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

STYLES = ("colours", "gradio", "answer", "tabs", "comparing", "drafting", "narrow")
"""In this order: a later one may override an earlier one."""
SCRIPTS = ("wire", "english", "recent", "judging", "reading", "drafting", "comparing", "keys")
"""`wire` first: the others add to what it sets up."""


@cache
def english() -> dict[str, str]:
    """English by Chinese; `{}` stands in both for what is put in, in the same order."""
    words: dict[str, str] = json.loads(_read("english.json"))
    return words


def page_head() -> str:
    """The elements for the page's `<head>`."""
    style = "".join(_read(f"{name}.css") for name in STYLES)
    script = "".join(_read(f"{name}.js") for name in SCRIPTS)
    words = json.dumps(english(), ensure_ascii=False).replace("</", "<\\/")
    return f"<style>{style}</style><script>{script}clauselens.speak({words});</script>"


def _read(name: str) -> str:
    return files("search.views").joinpath("page", name).read_text(encoding="utf-8")
