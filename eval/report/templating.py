"""The templates of the reports, with all that is placed in them escaped."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from eval.report.terminal import number

TEMPLATES = Path(__file__).parent / "templates"


def environment() -> Environment:
    """Where templates are read from; what they do not know is an error, not an empty place."""
    held = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    held.filters |= {"number": number, "markdown": markdown}
    return held


def markdown(text: object) -> Markup:
    r"""Text for a cell of a Markdown table or a line: its characters mean themselves, in one line.

    >>> markdown("a|b <i>*c*")
    Markup('a\\|b &lt;i>\\*c\\*')
    """
    joined = " ".join(str(text).split()).replace("&", "&amp;").replace("<", "&lt;")
    return Markup("".join(f"\\{char}" if char in "\\`*_[]|#" else char for char in joined))  # noqa: S704 - escaped above
