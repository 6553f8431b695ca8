"""A briefing → a file, by its suffix. The file is there whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from corpus.errors import reason
from search.brief.check import check
from search.brief.errors import BriefingFileError
from search.brief.model import Briefing


def _docx(briefing: Briefing) -> bytes:
    from search.brief.docx import render

    return render(briefing)


def _markdown(briefing: Briefing) -> bytes:
    from search.brief.markdown import render

    return render(briefing).encode()


def _pptx(briefing: Briefing) -> bytes:
    from search.brief.pptx import render

    return render(briefing)


def _xlsx(briefing: Briefing) -> bytes:
    from search.brief.xlsx import render

    return render(briefing)


_RENDERERS: dict[str, Callable[[Briefing], bytes]] = {
    ".docx": _docx,
    ".md": _markdown,
    ".pptx": _pptx,
    ".xlsx": _xlsx,
}
SUFFIXES: tuple[str, ...] = tuple(_RENDERERS)
"""The kinds of file a briefing can be written as."""


def write_briefing(briefing: Briefing, path: str | Path) -> None:
    """Write the briefing to `path`, as what its suffix says; a file already there is replaced when all is well.

    The same briefing gives the same bytes. Raises `QuoteMismatchError` for a quote that is not what its document
    says, `BriefingFileError` for a suffix not known or a place that cannot be written, `BriefingError` for a
    briefing that does not hold together; then nothing is written and a file already there stays as it was.
    """
    target = Path(path)
    renderer = _RENDERERS.get(target.suffix.lower())
    if renderer is None:
        found = f"后缀“{target.suffix}”" if target.suffix else "没有后缀"
        raise BriefingFileError(
            f"{target.name}：{found}，不知道导出成哪种文件；请用 {'、'.join(SUFFIXES)} 之一作后缀。", target
        )
    check(briefing)
    _replace(target, renderer(briefing))


def _replace(target: Path, content: bytes) -> None:
    """Put `content` at `target` by way of a file beside it."""
    try:
        place = target.resolve()  # a link stays a link: what it points to is replaced
        beside = place.with_name(f".{secrets.token_hex(8)}.part")
        try:
            with beside.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(place)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise BriefingFileError(
            f"不能写入 {target}：{reason(error)}。"
            "请检查文件夹是否存在、能否写入、文件是否正在别的程序里打开，或换个位置。",
            target,
        ) from error
