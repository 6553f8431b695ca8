"""What the values of an evaluation are called in Chinese, on the terminal and on the page."""

from __future__ import annotations

TYPES = {"single": "单条", "multi": "多条", "compare": "比较", "none": "没有依据", "followup": "追问"}
NONES = {"far": "别的话题", "near": "话题在、细节无", "elsewhere": "未收录的地方或文件"}
STATUSES = {"answered": "有规定", "silent": "未规定", "not_held": "未收录", "no_basis": "未找到依据"}
RETRIEVERS = {"words": "词", "chars": "字", "dense": "义", "phrasing": "问法"}
VERDICTS = {
    "missed_no": "该说没有却答了",
    "wrong_clause": "条文不对",
    "needless_no": "能答却说没有",
    "wrong_no": "“没有”的种类不对",
    "partly": "部分对",
    "wrong_quote": "引文不对",
    "not_found": "前十没有",
    "low": "不在第一",
    "right": "对",
}
"""Gravest first: a wrong answer is worse than a "no", a needless "no" worse than an answer."""


def type_name(kind: str, none: str | None) -> str:
    """A question's type, and for `none` its kind: 没有依据 · 话题在、细节无."""
    name = TYPES.get(kind, kind)
    return name if none is None else f"{name} · {NONES.get(none, none)}"
