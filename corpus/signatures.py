"""What closes an official document: issuers' names, a date, and the notes in brackets beside them."""

from __future__ import annotations

import re

_D = "0-9０-９〇零○ＯO一二三四五六七八九十"
_DATE = re.compile(rf"[（(]?\s*[{_D}]{{4}}\s*年\s*[{_D}]{{1,3}}\s*月\s*[{_D}]{{1,3}}\s*日?\s*[）)]?(?:印发|发布)?")
_DATED = re.compile(rf"[\s\u3000]+[{_D}]{{4}}\s*年\s*[{_D}]{{1,3}}\s*月\s*[{_D}]{{1,3}}\s*日$")
_NOTE = re.compile(
    r"[（(【\[]?\s*(?:此页无正文|此件|本文有删减|此文|联系人|联系电话|信息公开|主动公开|依申请公开|公开方式|抄送|抄报|主送|分送|印数|校对|打字).*"
)
_BODY = (
    "局|部|厅|委|委员会|办公室|办公厅|国务院|人民政府|政府|法院|检察院|中心|总局|署|院|行|会|公司|集团|协会|学会|联合会|党组|组|处|科|"
    "大学|学校|医院|总工会|团委|妇联|残联|管理局|银行|站|所|社|总队|支队|人大常委会|组织部|宣传部|政法委"
)
_NAME = re.compile(rf"[\u4e00-\u9fff（）()·]{{1,40}}(?<=\w)(?:{_BODY})(?:[（(][^（()）]{{1,12}}[）)])?")
_LONGEST_NAMES = 80
"""Characters of a line that holds nothing but names at most."""
_LEADER = re.compile(
    r"(?:总理|主席|省长|市长|部长|局长|主任|县长|区长|州长)[\s\u3000]*[\u4e00-\u9fff]{2,4}([\s\u3000]*[\u4e00-\u9fff]{0,2})"
)


def is_date(text: str) -> bool:
    """Whether the line is a date and nothing else: 2016年7月1日, 二〇二一年三月五日, bracketed or not."""
    return _DATE.fullmatch(text.strip()) is not None


def is_signer(text: str) -> bool:
    """Whether the line is the name of one or more bodies (letterspaced or not), or of who signs for one.

    A date may stand behind the names: 某县人民政府 2020年3月4日.
    """
    bare = text.strip()
    if len(bare) > _LONGEST_NAMES:
        return False
    if _LEADER.fullmatch(bare):
        return True
    names = _DATED.sub("", bare).strip()
    if not names:
        return False
    letterspaced = re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff](?: |$))", "", names)
    return (
        all(_NAME.fullmatch(name) for name in letterspaced.split())
        or _NAME.fullmatch("".join(names.split())) is not None
    )


_IMPRINT = re.compile(rf".{{2,30}}?\s*[{_D}]{{4}}\s*年\s*[{_D}]{{1,3}}\s*月\s*[{_D}]{{1,3}}\s*日\s*印发")


def is_note(text: str) -> bool:
    """Whether the line is a note beside a signature: （此页无正文）, （此件公开发布）, 联系人：…"""
    bare = text.strip()
    return _NOTE.fullmatch(bare) is not None or _IMPRINT.fullmatch(bare) is not None


def is_closing_line(text: str) -> bool:
    """Whether the line can stand in a signature block."""
    return is_date(text) or is_signer(text) or is_note(text)
