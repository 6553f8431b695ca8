"""What kind of detail a question asks for (an amount, a date, a place…), and whether a passage has one at all."""

from __future__ import annotations

import re
from dataclasses import dataclass

_N = r"(?:\d+(?:\.\d+)?|[一二三四五六七八九十百千万两几半])"


@dataclass(frozen=True, slots=True)
class Detail:
    """A kind of detail: how questions ask for it, and what a passage that gives it looks like."""

    name: str
    asked: re.Pattern[str]
    given: re.Pattern[str]


_WHICH = r"(?:哪|什么|啥)个?"
_BEGINS = r"(?:开始|报名|截止|交|考|开)"

DETAILS = (
    Detail(
        "money",
        re.compile(
            r"多少(?:钱|元|块)|几(?:百|千|万|块|毛)|(?:收|交|缴|付|要|花)(?:多少|几个|啥|什么)钱"
            r"|多少[^，。？]{0,6}[费金]|(?:赔|罚|发|给|拨)(?:多少|几)|封顶"
        ),
        re.compile(rf"{_N}\s*(?:元|万|块|%|％|倍|级|档|个月)|百分之"),
    ),
    Detail(
        "share",
        re.compile(r"几成|占几|百分之几|几个点|比例是?多少|多少比例"),
        re.compile(r"\d\s*[%％]|百分之|分之"),
    ),
    Detail(
        "date",
        re.compile(rf"几月|几号|哪一?个?[天月]|截止|几时|开班时间|(?:什么|啥)时候{_BEGINS}"),
        re.compile(rf"{_N}\s*[月日](?!度)|年底|月底|季度"),
    ),
    Detail(
        "place",
        re.compile(
            rf"{_WHICH}(?:窗口|网站|网址|地址|考点|平台下载|地方[交领办])|去哪[里儿]?(?:办|交|领|下载|考)"
            r"|哪[里儿](?:下载|领|交|办)|电话|网址"
        ),
        re.compile(r"网站|网址|地址|电话|窗口|系统|平台|http"),
    ),
    Detail("form", re.compile(r"模板|样表|复印件|影印件|[照相]片|几张"), re.compile(r"模板|样表|复印件|照片|份|张")),
    Detail(
        "count",
        re.compile(r"几(?:个|名|位)(?:人|专家|评委|名额|老师|岗位)|多少(?:人|名额|个人|岗位)|几科|总分"),
        re.compile(rf"{_N}\s*(?:名|人|科|分|个)"),
    ),
    Detail(
        "time",
        re.compile(r"几个月|几天|多少天|几年|多少年|多久|多长时间|多少学时|几个学时|多少课时"),
        re.compile(rf"{_N}\s*(?:周?年|个?月|天|日|周|学时)"),
    ),
)
"""The kinds told apart."""


def wanted(question: str) -> tuple[Detail, ...]:
    """The kinds of detail that the folded `question` asks for."""
    return tuple(detail for detail in DETAILS if detail.asked.search(question))


def gives(passage: str, details: tuple[Detail, ...]) -> bool:
    """Whether the folded `passage` has each of the details asked for; True where none is."""
    return all(detail.given.search(passage) for detail in details)
