"""Dates as policy texts write them, and how long a text is in force."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import NamedTuple

from corpus.numerals import to_int, year

_YEAR = r"(?P<year>[12][0-9\s]{3,6}|[１２][０-９]{3}|[一二][〇○◯零０OＯo一二三四五六七八九\s]{3,6})"
_NUMBER = r"[0-9０-９一二三四五六七八九十\s]{1,5}"
_WRITTEN = re.compile(rf"{_YEAR}年(?:\s*(?P<month>{_NUMBER})月(?:\s*(?P<day>{_NUMBER})日)?)?")
_ISO = re.compile(r"(?P<year>[12][0-9]{3})(?P<mark>[-./])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})(?![0-9])")
_KIND = "通知|意见|办法|规定|细则|方案|条例|规则|通告|公告|决定|文件|措施|规范|标准|制度|政策|计划|规划|预案"
_UNTIL = re.compile(r"(?:有效期|试行期|执行期|施行期|实施期)限?[^。；\n]{0,30}?[至到]\s*(?=[12１２一二])")
_FOR_YEARS = re.compile(
    r"(?:有效期限?|试行期限?|暂定试行|试行|施行期|执行期)(?:暂定)?[为是]?\s*(?P<years>[0-9０-９一二三四五六七八九十两]{1,3})\s*年"
)
_SUBJECT = re.compile(rf"本(?:{_KIND})|起(?:施行|实施|执行|生效|试行)|之日起")
_START = re.compile(r"自(?P<date>[^。；，]{6,20}?)起(?:施行|实施|执行|生效|试行)?")


class FoundDate(NamedTuple):
    """A date at characters `start` to `end`; `iso` is YYYY-MM-DD, or YYYY-MM / YYYY where no more is said."""

    iso: str
    start: int
    end: int


def find_dates(text: str) -> list[FoundDate]:
    """Find the dates in `text`, in order: 2017 年 9月 4日, 二○○四年三月二日, 2019-01-27; impossible ones are left out.

    >>> [found.iso for found in find_dates("二〇二一年三月五日起，至2026年2月30日；2020年底")]
    ['2021-03-05', '2020']
    """
    found = []
    for match in sorted((*_WRITTEN.finditer(text), *_ISO.finditer(text)), key=re.Match.start):
        iso = _iso(match["year"], match["month"], match["day"])
        if iso:
            found.append(FoundDate(iso, match.start(), match.end()))
    return found


def only_date(line: str) -> str | None:
    """Read a line that is nothing but a date (in brackets or not, labelled 成文日期： or not) as ISO; else None."""
    bare = re.sub(r"^(?:成文日期|发文日期|发布日期|印发日期|日期)[:：]|[（(）)\s]", "", line)
    found = find_dates(bare)
    return found[0].iso if len(found) == 1 and (found[0].start, found[0].end) == (0, len(bare)) else None


def is_iso_date(text: str) -> bool:
    """Whether `text` is a possible YYYY-MM-DD, YYYY-MM or YYYY."""
    match = re.fullmatch(r"([12][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", text)
    return match is not None and _iso(*match.groups()) == text


def _iso(year_text: str, month_text: str | None, day_text: str | None) -> str | None:
    the_year = year(year_text)
    month = None if month_text is None else to_int("".join(month_text.split()))
    day = None if day_text is None else to_int("".join(day_text.split()))
    if the_year is None or (month_text and month is None) or (day_text and day is None):
        return None
    if month is None:
        return f"{the_year:04d}"
    if not 1 <= month <= 12:
        return None
    if day is None:
        return f"{the_year:04d}-{month:02d}"
    last = calendar.monthrange(the_year, month)[1]
    return f"{the_year:04d}-{month:02d}-{day:02d}" if 1 <= day <= last else None


def read_expiry(text: str, issued: str | None) -> str | None:
    """Read the last day a text says it is in force (ISO), or None.

    Read from 有效期至…, 执行期限为…至…, and 有效期N年, which counts from the date of commencement in the same
    sentence, else from `issued`. Sentences about the validity of something else (证书有效期3年) are passed over:
    the sentence must speak of 本办法 or of commencement.
    """
    for sentence in re.finditer(r"[^。\n]+", text):
        words = sentence[0]
        until = _UNTIL.search(words)
        if until and (_SUBJECT.search(words) or "执行期" in until[0]):
            ends = [found for found in find_dates(words) if found.start == until.end()]
            if ends:
                return ends[0].iso
        years = _FOR_YEARS.search(words)
        if years and _SUBJECT.search(words):
            return _after(_commencement(words) or issued, to_int(years["years"]))
    return None


def _commencement(sentence: str) -> str | None:
    match = _START.search(sentence)
    found = find_dates(match["date"]) if match else []
    return found[0].iso if found else None


def _after(start: str | None, years: int | None) -> str | None:
    """Give the last day of `years` years from `start` on; a start without its day gives a month or year."""
    if start is None or years is None:
        return None
    the_year, *rest = (int(part) for part in start.split("-"))
    if len(rest) < 2:
        return "-".join([f"{the_year + years:04d}", *(f"{part:02d}" for part in rest)])
    day = min(rest[1], calendar.monthrange(the_year + years, rest[0])[1])
    return (date(the_year + years, rest[0], day) - timedelta(days=1)).isoformat()
