"""Office files are zip archives with the time of day in them: the same content, with the time that is asked for."""

from __future__ import annotations

import datetime as dt
import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_CORE = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_FIRST_YEAR, _LAST_YEAR = 1980, 2107
"""Years that a zip archive can tell."""


def moment(date: dt.date) -> dt.datetime:
    """The beginning of that day: what the core properties `created` and `modified` are set to."""
    return dt.datetime(date.year, date.month, date.day)  # noqa: DTZ001 - office files take the time as it is


def settled(data: bytes, date: dt.date) -> bytes:
    """The archive `data` with every time in it set to `date`: equal content gives equal bytes.

    openpyxl sets `modified` to the time of writing whatever the caller says, so that is mended here too.
    """
    year = min(max(date.year, _FIRST_YEAR), _LAST_YEAR)
    stamp = moment(date).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0").encode()
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == _CORE:
                content = _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", content)
            info = ZipInfo(name, (year, date.month, date.day, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            new.writestr(info, content)
    return out.getvalue()
