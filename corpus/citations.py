"""The documents that a text names, and the form of a document number (文号)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.model import Citation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_OPEN, _CLOSE = r"[〔﹝\[［【（(〈]", r"[〕﹞\]］】）)〉]"
NUMBER = re.compile(
    rf"(?:(?P<agency>[一-鿿A-Za-z][一-鿿A-Za-z·、]{{0,19}}?)\s*{_OPEN}\s*(?P<year>[12][0-9]{{3}})\s*{_CLOSE}"
    r"\s*第?\s*(?P<serial>[0-9]{1,5})\s*号)"
    r"|(?P<order>(?:[一-鿿]{2,24})令\s*(?:[12][0-9]{3}年)?第\s*(?P<order_serial>[0-9〇一二三四五六七八九十百]{1,6})\s*号)"
)
"""人社部发〔2016〕57号 with any brackets and blanks, or …令第707号."""
_KINDS = (
    "意见|通知|办法|规定|条例|法|决定|决议|方案|规划|纲要|细则|标准|目录|公告|函|复函|批复|请示|报告|规则|准则|章程|制度|"
    "预案|指南|指引|大纲|解释|公约|协定|议定书|命令|令|通告|通报|计划|要点|措施|规程|规范|法典|清单|宣言|说明|批示|框架"
)
_DOCUMENT = re.compile(rf"(?:.{{3,}}(?:{_KINDS})|.{{1,}}(?:法|法典|条例)|宪法)(?:[（(〔].{{1,24}}[）)〕])*")
_SHORT_FOR = re.compile(r"(?:简称|称为|统称)[：:]?\s*$")
_OWN = re.compile(r"(?:印发|转发|发布|公布|批转)\s*$")
_TRIGGER = re.compile(r"根据|依据|依照|按照|遵照|贯彻|落实|执行")
_RUN_IN = re.compile(
    r".*(?:按照|根据|依据|依照|执行|落实|以|见|和(?!国)|及|与|或|、|的|为|号|是|照|对|在|由|日|经)(?=[一-鿿]{2,})"
)
_PURPOSE = re.compile(r"如下|以下|制定|现就|现提出|现印发|现将|结合[^。]{0,30}实际|提出|出台")


def fold_number(number: str) -> str:
    """Give a document number in one spelling, for comparing: brackets 〔〕, no blanks, no 第 before the serial.

    >>> fold_number("人社部发﹝2016﹞57 号") == fold_number("人社部发(2016)第57号") == "人社部发〔2016〕57号"
    True
    """
    match = NUMBER.fullmatch("".join(number.split()))
    if match is None or match["agency"] is None:
        return "".join(number.split())
    return f"{match['agency']}〔{match['year']}〕{match['serial']}号"


def fold_title(title: str) -> str:
    """Give a title for comparing: no blanks, quotes or 书名号, full-width brackets."""
    return re.sub(r"[\s《》〈〉“”\"]", "", title).translate(str.maketrans("()", "（）"))


def is_document_name(name: str) -> bool:
    """Whether what stands in 《》 names a policy or law (…的通知, …办法（试行）), not a newspaper or a form."""
    return _DOCUMENT.fullmatch("".join(name.split())) is not None


def find_citations(
    text: str, title: str, number: str | None, basis_spans: Iterable[tuple[int, int]]
) -> tuple[Citation, ...]:
    """Find the other documents that `text` names, each time, in order; spans take in 《》 and the 文号.

    Left out: the document itself (`title`, `number`), what its title says it issues, and short names that the text
    defines (以下简称《意见》). `is_basis` is set inside `basis_spans` where 根据, 贯彻落实… stands before it in a
    sentence that goes on to say what is laid down for it.
    """
    own = fold_title(title)
    own_number = None if number is None else fold_number(number)
    spans = tuple(basis_spans)
    short_names = set()
    found = []
    for start, end, name, cited in _named(text):
        folded = fold_title(name)
        if _SHORT_FOR.search(text, max(0, start - 8), start):
            short_names.add(folded)
            continue
        if folded and (_is_own(folded, own) or folded in short_names or not (cited or is_document_name(name))):
            continue
        if cited is not None and fold_number(cited) == own_number:
            continue
        is_basis = any(low <= start < high for low, high in spans) and _says_basis(text, start)
        found.append(Citation("".join(name.split()), cited, start, end, is_basis))
    return tuple(found)


def _is_own(folded: str, own: str) -> bool:
    if folded == own:
        return True
    before, _, after = own.partition(folded)
    return before != own and bool(_OWN.search(before)) and after in {"的通知", "的公告", "的函", "的决定", ""}


def _named(text: str) -> Iterator[tuple[int, int, str, str | None]]:
    """(start, end, name, number) of each 《…》, with the （文号） right behind it, and of each lone 文号."""
    position = 0
    for start, end in _titles(text):
        yield from _lone_numbers(text, position, start)
        behind = re.compile(r"\s*[（(]\s*").match(text, end)
        match = NUMBER.match(text, behind.end()) if behind else None
        name = text[start + 1 : end - 1]
        if match is None:
            yield start, end, name, None
            position = end
        else:
            closing = re.compile(r"\s*[）)]").match(text, match.end())
            position = closing.end() if closing else match.end()
            yield start, position, name, match[0]
    yield from _lone_numbers(text, position, len(text))


def _lone_numbers(text: str, start: int, end: int) -> Iterator[tuple[int, int, str, str]]:
    for match in NUMBER.finditer(text, start, end):
        start_at = match.start() + _run_in(match["agency"] or match["order"])
        yield start_at, match.end(), "", text[start_at : match.end()]


def _run_in(words: str) -> int:
    """Length of the words that ran into an agency's sign: 2 for 按照人社部发."""
    match = _RUN_IN.match(words)
    return match.end() if match else 0


def _titles(text: str) -> Iterator[tuple[int, int]]:
    """Spans of outermost 《…》, nested pairs counted; one that is never closed is no title."""
    depth = 0
    start = 0
    for match in re.finditer(r"[《》\n]", text):
        if match[0] == "《":
            start = match.start() if depth == 0 else start
            depth += 1
        elif match[0] == "\n":
            depth = 0
        elif depth:
            depth -= 1
            if depth == 0:
                yield start, match.end()


def _says_basis(text: str, position: int) -> bool:
    start = max(text.rfind("。", 0, position), text.rfind("\n", 0, position)) + 1
    ends = [end for end in (text.find("。", position), text.find("\n", position)) if end >= 0]
    before = text[start:position]
    after = text[position : min(ends, default=len(text))]
    return bool(_TRIGGER.search(before) and _PURPOSE.search(re.sub(r"《[^》]*》", "", after)))
