"""What a text says of itself: title, number, issuers, date, addressees, basis, term, level and region."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus import places
from corpus.citations import NUMBER, find_citations, fold_number
from corpus.dates import find_dates, only_date, read_expiry
from corpus.issuers import (
    NATION,
    UNKNOWN,
    Jurisdiction,
    close_up,
    is_office,
    jurisdiction,
    offices_of,
    split_addressees,
)
from corpus.model import Metadata

_HEAD_LINES = 24
"""A title block longer than this is none."""
_TITLE_LINE = 60
_SHORT_TITLE = 14
_BODY = re.compile(r"[。；]|，$|^为.{12,}，")
_LABEL = re.compile(
    r"(?:发文字号|文件编号|文号|索引号|发文机关|主题分类|标题|名称|签发人|成文日期|发布日期|印发日期)\s*[:：]"
)
_NUMBER_LINE = re.compile(rf"(?:(?:发文字号|文件编号|文号)\s*[:：]\s*)?(?P<number>{NUMBER.pattern})\s*(?:签发人.*)?")
_ORDER_HEAD = re.compile(r"[一-鿿]{2,24}令")
_ORDER_SERIAL = re.compile(r"第\s*[0-9〇一二三四五六七八九十百]{1,6}\s*号")
_ASIDE = re.compile(r"[（(〔\[【].*[）)〕\]】]|目\s*录|附件.{0,4}|-?\s*\d+\s*-?")
_VERB = re.compile(r"关于|印发|转发|批转|发布|公布|修改|废止")
_ADDRESS = re.compile(r"[^。；]{2,}[：:]")
_FORWARDED = re.compile(r"(?:印发|转发|发布|公布|批转)\s*《?(?P<title>[^《》]+?)》?的(?:通知|公告|函|决定|通告)")
_ON_TRIAL = re.compile(r"试行|暂行")
_TRIAL_CLAUSE = re.compile(r"起试行|试行期|(?:本(?:办法|规定|细则|方案|意见|通知))[^。]{0,12}试行")
_ARTICLE_ONE = re.compile(r"^第[一1]条.*", re.MULTILINE)
_FIRST_ARTICLE_WITHIN = 600
_BARE_STATUTE = re.compile(r"中华人民共和国(?P<name>.+)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A clean text, one paragraph a line, with the spans of the parts that its metadata stand in.

    `cover` is the forwarding notice in front of the text proper, with its own title, number, addressees, signers and
    date; `preface` runs from the title of the text proper to its first heading; `signature` holds offices and date.
    """

    text: str
    preface: tuple[int, int]
    cover: tuple[int, int] | None = None
    closing: tuple[int, int] | None = None
    signature: tuple[int, int] | None = None

    def lines(self, span: tuple[int, int] | None) -> tuple[str, ...]:
        """Give the paragraphs within a span, blank ones left out; () for None."""
        if span is None:
            return ()
        return tuple(line.strip() for line in self.text[slice(*span)].split("\n") if line.strip())


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the first sentence: title, number, offices, date and addressees, each as far as it is there."""

    title: str
    number: str | None
    offices: tuple[str, ...]
    date: str | None
    addressees: tuple[str, ...]


def read_metadata(parts: FrontMatter) -> Metadata:
    """Read a text's metadata; what is not said is None or (). `title` is "" where the text has none.

    With a cover notice, title and `on_trial` are of the text proper; number, date, issuers and addressees of the
    notice, if it has them.
    """
    inner = read_head(_whole_brackets(parts.lines(parts.preface)))
    outer = read_head(_whole_brackets(parts.lines(parts.cover)))
    title = inner.title or _forwarded(outer.title) or outer.title
    number = outer.number or inner.number
    issuers = _issuers(parts, outer, inner)
    date = _date(parts, outer, inner)
    own = _own_jurisdiction(issuers, outer.title or title, number)
    titles = (outer.title, title)
    return Metadata(
        title=title,
        number=number,
        issuers=issuers,
        date=date,
        addressees=outer.addressees or inner.addressees,
        citations=tuple(
            citation
            for citation in find_citations(parts.text, title, number, _basis_spans(parts))
            if not _is_forwarded(citation.title, titles)
        ),
        on_trial=bool(any(_ON_TRIAL.search(name) for name in titles) or _TRIAL_CLAUSE.search(parts.text)),
        expires=read_expiry(parts.text, date),
        level=own.level,
        region=own.region,
        region_code=own.place.code if own.place else None,
        short_name=_short_name(own, title),
    )


def read_head(lines: tuple[str, ...]) -> Head:
    """Read a title block and the addressees under it from the paragraphs of a preface or cover."""
    size = _head_size(lines)
    blocks, number, date, orders = _blocks(lines[:size])
    offices, title_lines = _title_of(blocks)
    addressees = lines[size] if size < len(lines) and _is_address(lines[size]) else ""
    return Head(
        title=_join(title_lines),
        number=number,
        offices=offices or orders,
        date=date,
        addressees=split_addressees(addressees),
    )


def _whole_brackets(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Join a line that opens a bracket with the one that closes it: （2004年6月16日国务院↵第54次…通过）."""
    whole: list[str] = []
    for line in lines:
        if whole and re.fullmatch(r"[（(][^（）()]*", whole[-1]) and re.fullmatch(r"[^（）()]*[）)]", line):
            whole[-1] += line
        else:
            whole.append(line)
    return tuple(whole)


def _head_size(lines: tuple[str, ...]) -> int:
    for index, line in enumerate(lines[:_HEAD_LINES]):
        aside = _ASIDE.fullmatch(line) or _NUMBER_LINE.fullmatch(line)
        if _is_address(line) or (not aside and (_BODY.search(line) or len(line) > _TITLE_LINE)):
            return index
    return min(len(lines), _HEAD_LINES)


def _is_address(line: str) -> bool:
    return _ADDRESS.fullmatch(line) is not None and not _LABEL.match(line)


def _blocks(lines: tuple[str, ...]) -> tuple[list[list[str]], str | None, str | None, tuple[str, ...]]:
    """Split into runs of lines between numbers, dates and asides; with the first number, the date and who ordered."""
    blocks: list[list[str]] = [[]]
    number = date = None
    orders: tuple[str, ...] = ()
    following = (*lines[1:], "")
    for line, after in zip(lines, following, strict=False):
        match = _NUMBER_LINE.fullmatch(line)
        closed = "".join(line.split())
        if match:
            number = number or match["number"].strip()
        elif _ORDER_HEAD.fullmatch(closed) and _ORDER_SERIAL.fullmatch(after):
            number, orders = closed + "".join(after.split()), (closed.removesuffix("令"),)
        elif only_date(line) or _ASIDE.fullmatch(line):
            date = date or _date_aside(line)
        elif not (_ORDER_SERIAL.fullmatch(line) or _LABEL.match(line)):
            blocks[-1].append(line)
            continue
        blocks.append([])
    return [block for block in blocks if block], number, date, orders


def _date_aside(line: str) -> str | None:
    """Read the date in a line under the title: the last one that is not a date of commencement."""
    found = [date for date in find_dates(line) if not re.match(r"起(?:施行|实施|执行)", line[date.end :])]
    return found[-1].iso if found else None


def _title_of(blocks: list[list[str]]) -> tuple[tuple[str, ...], list[str]]:
    """Offices of a red head, and the lines of the title: the first block that is not offices alone."""
    red_head: list[str] = []
    for block in blocks:
        letterhead = [line for line in block if _is_letterhead(line)]
        rest = [line for line in block if not _is_letterhead(line)]
        red_head += letterhead
        offices = [line for line in rest if all(is_office(name) for name in close_up(line))]
        if len(offices) == len(rest):
            red_head += offices
            continue
        title = "".join("".join(line.split()) for line in rest)
        before = _VERB.split(title)[0]
        return offices_of(red_head) or offices_of([_spread(rest)]) or offices_of([before]), rest
    return offices_of(red_head), []


def _is_letterhead(line: str) -> bool:
    closed = "".join(line.split())
    return closed.endswith("文件") and is_office(closed.removesuffix("文件"))


def _spread(title_lines: list[str]) -> str:
    """Give what stands in a title before 关于, 印发…, its blanks kept: the names of those who issue it."""
    title = " ".join(title_lines)
    match = _VERB.search(title)
    return title[: match.start()] if match else ""


def _join(lines: list[str]) -> str:
    """Join the lines of a title; blanks dropped but between Latin words."""
    joined = " ".join(lines)
    return re.sub(r"(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])", "", joined)


def _issuers(parts: FrontMatter, outer: Head, inner: Head) -> tuple[str, ...]:
    return (
        offices_of(_signing_lines(parts.lines(parts.cover)))
        or outer.offices
        or offices_of(_without_dates(parts.lines(parts.signature)))
        or inner.offices
    )


def _signing_lines(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Give the lines of a cover between its last sentence and its date: who signs it."""
    dated = next((index for index in range(len(lines) - 1, -1, -1) if only_date(lines[index])), None)
    if dated is None:
        return ()
    begin = dated
    while begin and not re.search(r"[。：:]$", lines[begin - 1]):
        begin -= 1
    return lines[begin:dated]


def _without_dates(lines: tuple[str, ...]) -> tuple[str, ...]:
    kept = []
    for line in lines:
        dates = find_dates(line)
        kept.append(line[: dates[0].start] if dates else line)
    return tuple(kept)


def _date(parts: FrontMatter, outer: Head, inner: Head) -> str | None:
    for span in (parts.cover, parts.signature):
        for line in reversed(parts.lines(span)):
            date = only_date(line)
            if date is None and span == parts.signature and not _ASIDE.fullmatch(line):
                found = find_dates(line)
                date = found[-1].iso if found and found[-1].end == len(line) else None
            if date:
                return date
    return outer.date or inner.date


def _own_jurisdiction(issuers: tuple[str, ...], title: str, number: str | None) -> Jurisdiction:
    for name in (*issuers[:1], title):
        own = jurisdiction(name)
        if own is not UNKNOWN:
            return own
    province = places.load().province_of_number(fold_number(number)) if number else None
    if province:
        return Jurisdiction(province.level, province.name, province)
    if number and re.match(r"国办?[发函]|中办?发|[一-鿿]{2,4}部[发规函办]", number):
        return NATION
    return UNKNOWN


def _basis_spans(parts: FrontMatter) -> tuple[tuple[int, int], ...]:
    """Where a text names its basis: cover, preface, and a statute's first article."""
    low, high = parts.preface
    article = _ARTICLE_ONE.search(parts.text, low, high + _FIRST_ARTICLE_WITHIN)
    spans = (parts.cover, parts.preface, article.span() if article else None)
    return tuple(span for span in spans if span is not None)


def _forwarded(title: str) -> str:
    """Name the text that a notice's title says it issues: 关于印发《办法》的通知 → 办法; "" if it issues none."""
    match = _FORWARDED.search(title)
    return match["title"] if match else ""


def _is_forwarded(cited: str, titles: tuple[str, ...]) -> bool:
    """Whether a citation names the text inside, by any of its titles."""
    return bool(cited) and any(cited in {title, _forwarded(title)} for title in titles)


def _short_name(own: Jurisdiction, title: str) -> str:
    if own.place is not None:
        return own.place.short
    if own.region is not None:
        return "国家" if own is NATION else places.short_form(own.region)
    return short_title(title)


def short_title(title: str) -> str:
    """Cut a title to what tells it apart: its statute or matter, at most 14 characters.

    >>> short_title("中华人民共和国专利法"), short_title("国务院办公厅关于加强绩效考核工作的意见")
    ('专利法', '加强绩效考核工作')
    """
    statute = _BARE_STATUTE.fullmatch(title)
    if statute and not _VERB.search(title):
        return statute["name"][:_SHORT_TITLE]
    parts = _VERB.split(_forwarded(title) or title, maxsplit=1)
    matter = re.sub(r"的[一-鿿]{1,6}$", "", parts[-1]) or title
    return matter.strip("《》〈〉")[:_SHORT_TITLE]
