"""Who issued a text, whom it is addressed to, and which level and region that makes it of."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from corpus import places

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus.model import Level, Place

_OFFICE = re.compile(
    r"(?:部|委|委员会|局|厅|办公室|院|会|署|府|办|社|法院|检察院|银行|公司|大学|学院|医院|学校|集团|联合会|工会|协会|中心|"
    r"政府|领导小组|总工会|党组|支队|总队|处|站|所|国务院|共青团|妇联|科协|残联|小组)(?:[（(][^（）()]{1,8}[）)])?"
)
_ENDS_AS_OFFICE = re.compile(rf".+{_OFFICE.pattern}")
_NATIONAL = re.compile(
    r"(?:中共中央|中央|国务院|全国|中华人民共和国|国家|最高人民|中国|海关总署|审计署|新华社)"
    r"|(?!.*[省市州县区旗]委|.*[某县乡镇村])[一-鿿]{2,12}(?:部|总局|总署)(?:办公厅|办公室|党组|[一-鿿]{2,6}司)?$"
)
_KIND_OF_PLACE: tuple[tuple[str, Level], ...] = (
    ("自治区", "province"), ("省", "province"), ("自治州", "city"), ("地区", "city"), ("市", "city"), ("盟", "city"),
    ("自治县", "county"), ("县", "county"), ("区", "county"), ("旗", "county"),
)  # fmt: skip
_UNLISTED = re.compile(
    r"(?:中共)?(?P<place>[一-鿿]{2,8}?(?:自治区|省|自治州|地区|市|盟|自治县|县|区|旗))(?=委|[一-鿿]*(?:府|局|厅|办|院|会)|$)"
)
_KINDS_ONLY = re.compile(r"[一-鿿、]*(?:省|自治区|直辖市|计划单列市|[市州盟县区旗]|地区|兵团)")
_BRACKETS = {"（": "）", "(": ")", "〔": "〕", "[": "]"}


@cache
def offices() -> tuple[str, ...]:
    """Names, full and as people say them, of the offices of the centre, the longest first."""
    lines = files("corpus").joinpath("offices.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


class Jurisdiction(NamedTuple):
    """Level and region of an office; all None when it cannot be told. `place` is None for the whole country."""

    level: Level | None
    region: str | None
    place: Place | None


UNKNOWN = Jurisdiction(None, None, None)
NATION = Jurisdiction("national", "全国", None)


def close_up(line: str) -> tuple[str, ...]:
    """Split the names in a line of names: letterspaced ones closed up, several set apart by blanks told apart.

    >>> close_up("重 庆 市 水 利 局 重庆市文化委员会")
    ('重庆市水利局', '重庆市文化委员会')
    """
    names: list[str] = []
    pending = ""
    spaced = False
    for token in line.split():
        single = len(token) == 1
        whole = _ENDS_AS_OFFICE.fullmatch(pending) is not None
        begins_again = len(pending) > 4 and single and pending.startswith(token)
        if pending and whole and ((spaced and not single) or not (spaced or single) or begins_again):
            names.append(pending)
            pending = ""
        pending += token
        spaced = single
    return tuple(_bare(name) for name in (*names, pending) if name)


def is_office(name: str) -> bool:
    """Whether a line without blanks reads as the name of an office: 聊城市统计局, 国务院办公厅."""
    return _ENDS_AS_OFFICE.fullmatch(_bare(name)) is not None or _bare(name) in {"国务院", "中共中央"}


def offices_of(lines: Iterable[str]) -> tuple[str, ...]:
    """Find the offices named in lines, in order, each once; lines that name none are passed over."""
    names = (name for line in lines for name in close_up(line))
    return tuple(dict.fromkeys(name for name in names if is_office(name)))


def _bare(name: str) -> str:
    name = re.sub(r"[（(](?:代?章|盖章|印章|公章)[）)]|文件$", "", name)
    return re.sub(r"等\d*[一二三四五六七八九十]*个?(?:部门|单位|部委)$", "", name)


def split_addressees(line: str) -> tuple[str, ...]:
    """Split the addressees of a line that ends in ：, as written; 各省、自治区、直辖市人民政府 stays one."""
    parts: list[str] = []
    pending = ""
    for piece in _pieces(line.strip().rstrip("：:")):
        pending += piece.strip()
        bare = re.sub(r"[（(][^（）()]*[）)]$", "", pending.rstrip("，,；;、"))
        last = re.split("[，,；;、]", bare)[-1]
        names_places_only = _KINDS_ONLY.fullmatch(last) or places.load().named(last)
        if not names_places_only or pending[-1] in "，,；;":
            parts.append(pending.rstrip("，,；;、"))
            pending = ""
    return tuple(part for part in (*parts, pending.rstrip("，,；;、")) if part)


def _pieces(line: str) -> list[str]:
    """Split behind 、，； outside brackets, the mark kept at the end of its piece."""
    pieces = [""]
    closing: list[str] = []
    for character in line:
        pieces[-1] += character
        if character in _BRACKETS:
            closing.append(_BRACKETS[character])
        elif closing and character == closing[-1]:
            closing.pop()
        elif not closing and character in "、，,；;":
            pieces.append("")
    return [piece for piece in pieces if piece]


def jurisdiction(name: str) -> Jurisdiction:
    """Level and region that an office's name, or a title that begins with one, tells.

    A place at its head, the lowest of several (山东省聊城市茌平区教育局 → county); a national organ; else, for a place
    that is not in the gazetteer, its kind (青石县教育局 → county, without a code).
    """
    head = name.removeprefix("中共") if not name.startswith("中共中央") else name
    gazetteer = places.load()
    mentions = gazetteer.find(head)
    last = None
    for mention in mentions:
        if mention.start != (0 if last is None else last.end):
            break
        last = mention
    if last is not None:
        return of_place(last.places, last.text)
    if _NATIONAL.match(head):
        return NATION
    unlisted = _UNLISTED.match(head)
    if unlisted is None:
        return UNKNOWN
    place = unlisted["place"]
    return Jurisdiction(next(level for kind, level in _KIND_OF_PLACE if place.endswith(kind)), place, None)


def of_place(candidates: tuple[Place, ...], written: str) -> Jurisdiction:
    """Of a place mention; where several places bear the name, only what they have in common."""
    if len(candidates) == 1:
        return Jurisdiction(candidates[0].level, candidates[0].name, candidates[0])
    levels = {place.level for place in candidates}
    return Jurisdiction(levels.pop(), written, None) if len(levels) == 1 else Jurisdiction(None, written, None)
