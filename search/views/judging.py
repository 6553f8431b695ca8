"""Below an answer: whether it is right, which clause would have been, and that it was kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.errors import QuestionError
from search.feedback.model import Verdict
from search.names import names_of
from search.views.html import escape, place

if TYPE_CHECKING:
    from corpus.model import Document
    from search.feedback.model import Feedback
    from search.model import Answer, Hit

CHOICES = 8
"""Clauses to choose from, at least: those of the answer, then the nearest others."""


@dataclass(frozen=True, slots=True)
class Judgment:
    """What a person says of an answer: `picked` from the list, `typed` by name, or that no text rules on it."""

    verdict: Verdict
    picked: tuple[str, ...] = ()
    typed: str = ""
    is_unruled: bool = False
    note: str = ""


def shown_in(answer: Answer) -> tuple[str, ...]:
    """Ids of the clauses that an answer quotes."""
    return tuple(said.clause.clause_id for said in answer.answers if said.clause is not None)


def judgment(form: Mapping[str, Any], shown: Sequence[str] = ()) -> Judgment:
    """The judgment in a form as the page sends it, on an answer with the clauses `shown`.

    Raises `QuestionError` for one that contradicts itself, or says that right would be what was answered.
    """
    if form.get("verdict") == "right":
        return Judgment("right", note=str(form.get("note", "")))
    said = read_form(form)
    if said.is_unruled and (said.picked or said.typed.strip()):
        raise QuestionError("既选了条款，又选了“都没有规定”。请只留一样。")
    if shown and set(said.picked) == set(shown) and not (said.typed.strip() or said.note.strip()):
        raise QuestionError(
            "勾着的就是上面引的那几条。请去掉不对的，或补上缺的；不清楚就都去掉；条款没错、别处不对，请写在备注里。"
        )
    return said


def read_form(form: Mapping[str, Any]) -> Judgment:
    """What stands in a form, right or not: to show it again as it was."""
    picked = tuple(str(clause_id) for clause_id in form.get("picked") or ())
    typed, note = str(form.get("typed", "")), str(form.get("note", ""))
    return Judgment("wrong", picked, typed, bool(form.get("unruled")), note)


def judging_view(answer: Answer, documents: Sequence[Document], fault: str = "", said: Judgment | None = None) -> str:
    """Two buttons, and behind the second a form, in which the clauses of the answer are ticked.

    `fault` says what is wrong with what was sent: the form is then open, and holds what was `said`.
    """
    names, shown = names_of(documents), shown_in(answer)
    held = said or Judgment("wrong", shown)
    quoted = [each.clause for each in answer.answers if each.clause is not None]
    others = [hit for hit in answer.hits if hit.clause_id not in shown]
    choices = "".join(
        _choice(hit, names, is_shown=hit.clause_id in shown, is_ticked=hit.clause_id in held.picked)
        for hit in (*quoted, *others[: max(0, CHOICES - len(quoted))])
    )
    asked = "哪一条才对？不对的去掉，缺的补上；不清楚就都去掉" if shown else "哪一条才对？可选几条；不清楚就不选"
    told = f'<p class="cl-error" role="alert">{escape(fault)}</p>' if fault else ""
    return (
        '<section class="cl-judge" aria-label="这个答复对不对">'
        '<p><span>这个答复对吗？</span><button type="button" data-judge="right">✓ 对</button>'
        f'<button type="button" data-judge="wrong" aria-expanded="{"true" if fault else "false"}">✗ 不对</button>'
        "<small>只记问题和评判，不记是谁</small></p>"
        f"<form {'' if fault else 'hidden'}>{told}<fieldset><legend>{asked}</legend>"
        f"{choices}"
        '<label class="cl-typed">不在上面的，写名称或编号，几条用分号隔开<input type="text" data-field="typed"'
        f' autocomplete="off" placeholder="如：某地 三、（七）" value="{escape(held.typed)}"></label>'
        f'<label class="cl-tick"><input type="checkbox" data-field="unruled"{" checked" if held.is_unruled else ""}>'
        "<span>都没有规定这件事</span></label>"
        '</fieldset><label class="cl-noted">备注（请不要写姓名、电话）<textarea data-field="note" rows="2"'
        f' maxlength="1000">{escape(held.note)}</textarea></label>'
        '<p><button type="button" class="cl-main" data-judge="send">记下</button>'
        '<button type="button" data-judge="leave">取消</button></p></form></section>'
    )


def _choice(hit: Hit, names: Mapping[str, str], *, is_shown: bool, is_ticked: bool) -> str:
    label = " ".join(place(hit.clause_id, hit.label, hit.heading)).strip()
    name = escape(names.get(hit.doc_id, hit.doc_id))
    told = " <small>（上面引的）</small>" if is_shown else ""
    return (
        f'<label class="cl-tick"><input type="checkbox" data-field="picked" value="{escape(hit.clause_id)}"'
        f"{' checked' if is_ticked else ''}>"
        f'<span><span class="cl-name">{name}</span> <bdi>{escape(label)}</bdi>{told}</span>'
        "</label>"
    )


def kept_view(kept: Feedback) -> str:
    """That it was kept, and how to take it back."""
    word = "答对了" if kept.given.verdict == "right" else "答得不对"
    return (
        f'<section class="cl-judge"><p role="status"><strong>已记下：{word}</strong>'
        f"<span>第 {kept.number} 条，在“反馈”里。</span>"
        '<button type="button" data-judge="undo">撤回</button></p></section>'
    )


def taken_back_view() -> str:
    """That it is no longer kept."""
    return '<section class="cl-judge"><p role="status">已撤回，没有留下记录。</p></section>'
