"""The sentence shown with an answer or a "no": which of the three it is, and what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from indexer.index import Index
from search.model import DocumentAnswer, Scope, Status

_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿]")
_LETTER = re.compile(r"[^\W\d_]")
_HARDLY = 0.2
"""Share of Chinese characters among the letters below which a question is in another language."""
IN_CHINESE = "收录的文件是中文的，请用中文提问。The texts are in Chinese: please ask in Chinese."


def of(status: Status, scope: Scope, answers: Sequence[DocumentAnswer], index: Index, question: str = "") -> str:
    """The notice of an answer, in Chinese; "" where the answer speaks for itself.

    It says what was found, not what the texts do not rule. A "no" to a `question` in another language says so.
    """
    names = {doc_id: document.metadata.short_name for doc_id, document in index.document_of.items()}
    if status == "answered":
        silent = [names[a.doc_id] for a in answers if a.status == "silent"]
        aside = f"您还问了{'、'.join(scope.aside)}，但只在{_searched(scope, names)}里找。" if scope.aside else ""
        missing = f"没有收录{'、'.join(scope.not_held)}的文件。" if scope.not_held else ""
        return aside + (f"{'、'.join(silent)}的文件里没有找到规定这件事的条文。" if silent else "") + missing
    if status == "not_held":
        return _not_held(scope, answers, index, names)
    if status == "no_basis" and is_foreign(question):
        return f"未找到依据：{IN_CHINESE}"
    if status == "silent":
        return (
            f"未规定：{_searched(scope, names)}的文件收录在内，但没有找到规定这件事的条文。"
            "下面是最相近的条文，不是答案。"
        )
    return "未找到依据：收录的文件里没有找到规定这件事的条文。下面是最相近的条文，不是答案。可以换个说法再问。"


def is_foreign(question: str) -> bool:
    """Whether it is in another language: letters with hardly any Chinese character among them."""
    return len(_HAN.findall(question)) < _HARDLY * len(_LETTER.findall(question))


def _searched(scope: Scope, names: Mapping[str, str]) -> str:
    return "、".join(names[doc_id] for doc_id in scope.doc_ids)


def _not_held(scope: Scope, answers: Sequence[DocumentAnswer], index: Index, names: Mapping[str, str]) -> str:
    notice = f"未收录：没有收录{'、'.join(scope.not_held)}的文件，不能据以回答。"
    if scope.aside:
        notice = f"您问的是{'、'.join(scope.aside)}，但只在{_searched(scope, names)}里找。"
    national = [
        names[a.doc_id]
        for a in answers
        if a.status == "answered" and index.document_of[a.doc_id].metadata.level == "national"
    ]
    if national:
        return f"{notice}下面是在全国适用的{'、'.join(national)}文件的规定，当地另有规定的，以当地为准。"
    return f"{notice}下面的条文来自别处的文件，只供参考。"


def no_clause(clause_id: str, index: Index) -> str:
    """What to say where no clause has that id: the nearest ids, or how ids are made."""
    near = get_close_matches(clause_id, index.row_of, n=3, cutoff=0.5)
    doc_id = clause_id.split("/", 1)[0]
    if not doc_id:
        return f"没有条文编号“{clause_id}”。编号形如 {next(iter(index.row_of))}；可用 clauselens clauses 查看全部编号。"
    if doc_id not in index.document_of:
        return f"没有条文 {clause_id}：没有编号为 {doc_id} 的文件。现有：{'、'.join(index.document_of)}。"
    hint = f"最接近的有：{'、'.join(near)}。" if near else "可用 clauselens clauses 查看全部编号。"
    return f"没有条文 {clause_id}。{hint}"
