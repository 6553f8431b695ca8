"""An answer by document, each kind of "no", an error, and the page before the first question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search.views.address import ask_address
from search.views.citation import answer_text
from search.views.conversation import earlier_view
from search.views.headline import headline_view
from search.views.hits import hit_list, why_view
from search.views.html import clause_text, escape, fold, opens, place, source_link, strengthened, took, trail_view
from search.views.reading import aside_view, carried_view, question_view

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpus.model import Document
    from search.model import Answer, DocumentAnswer, Hit, Status

VERDICTS: dict[Status, tuple[str, str]] = {
    "answered": ("有规定", ""),
    "silent": ("未规定", "所问的文本已收录，其中没有找到规定这件事的条文。"),
    "not_held": ("未收录", "所问的地方或文件不在本库之内，不能代答。"),
    "no_basis": ("未找到依据", "收录的文本里没有找到规定这件事的条文。"),
}
"""The word for each status, and what it means."""
NOT_CHOSEN = "没有选中"
"""The word where what is asked about is held, but other texts were chosen."""
FAR_DOWN = 150
"""Characters of its paragraph in front of a quote, above which the quote is shown ahead of the clause as well."""
NAMED = 5
"""Documents up to which those that answer are named rather than counted."""
SURE, LIKELY = 0.75, 0.5
SUGGESTIONS = 3
"""Hits shown below an answer or a "no"."""


def confidence_words(confidence: float) -> str:
    """How sure an answer is, in words."""
    if confidence >= SURE:
        return "把握大"
    return "把握较大" if confidence >= LIKELY else "把握不大，请核对原文"


def _names(answer: Answer, documents: Sequence[Document]) -> dict[str, str]:
    names = {document.doc_id: document.metadata.short_name or document.doc_id for document in documents}
    return names | {said.doc_id: said.short_name for said in answer.answers if said.short_name}


def _citation_line(said: DocumentAnswer) -> str:
    number = f' <span class="cl-number">{escape(said.number)}</span>' if said.number else ""
    return f'<p class="cl-title">《{escape(said.title)}》{number}</p>'


def _decisive_line(said: DocumentAnswer) -> str:
    """The decisive words in one line at the head of the card; nothing where there are none."""
    words = " · ".join(escape(quote.text) for quote in said.decisive)
    return f'<p class="cl-decisive">{words}</p>' if words else ""


def _lead(said: DocumentAnswer, clause: Hit) -> str:
    """The quotes ahead of the clause, where its text would push the first of them out of sight."""
    first = min(quote.start for quote in said.quotes) - clause.start if said.quotes else 0
    if first - (clause.text.rfind("\n", 0, first) + 1) < FAR_DOWN:
        return ""
    return "".join(
        f'<blockquote class="cl-quote"><p>{strengthened(quote.text, quote.start, said.decisive)}</p>'
        f"{source_link(clause.clause_id, (quote,), '原文此句', f'{said.short_name} {clause.label}')}</blockquote>"
        for quote in said.quotes
    )


def _card(said: DocumentAnswer, *, is_answer: bool = True) -> str:
    """What a document says; how sure that is, where it is what was asked for."""
    name = f'<span class="cl-name">{escape(said.short_name)}</span>'
    if said.clause is None:
        return (
            f'<section class="cl-card cl-silent"><header>{name}<h3>未规定</h3></header>{_citation_line(said)}'
            "<p>这份文本里没有找到规定这件事的条文。</p></section>"
        )
    clause = said.clause
    lead = _lead(said, clause)
    label, heading = place(clause.clause_id, clause.label, clause.heading)
    link = source_link(clause.clause_id, said.quotes, "看原文", f"{said.short_name} {label}")
    sure = f'<span class="cl-sure">{confidence_words(said.confidence)}</span>' if is_answer else ""
    title = f"{escape(label)} <span>{escape(heading)}</span>"
    return (
        f'<section class="cl-card cl-says"><header>{name}<h3>{title}</h3>{link}</header>{_citation_line(said)}'
        f"{_decisive_line(said) if is_answer else ''}{lead}"
        f'<div class="cl-clause cl-context">{trail_view(clause)}'
        f"{clause_text(clause, said.quotes, said.decisive)}</div>"
        f"<footer>{sure}{why_view(clause.why, clause.score)}</footer></section>"
    )


def _head(answer: Answer, earlier: Sequence[Answer]) -> str:
    notes = [f"“<bdi>{escape(w)}</bdi>”按“<bdi>{escape(r)}</bdi>”理解" for w, r in answer.corrected]
    if answer.scope.understood:
        notes.append(escape(answer.scope.understood))
    if answer.scope.not_held and answer.status != "not_held":
        notes.append(f"未收录：{escape('、'.join(answer.scope.not_held))}")
    understood = f'<p class="cl-understood">{"；".join(notes)}</p>' if notes else ""
    before = earlier_view(earlier, {status: word for status, (word, _) in VERDICTS.items()})
    return f"<header>{before}{question_view(answer.question)}{carried_view(answer)}{understood}</header>"


def _sayers(answer: Answer) -> str:
    said = [a.short_name for a in answer.answers if a.status == "answered"]
    return f"{'、'.join(said)}有规定。" if len(said) <= NAMED else f"{len(said)} 份文本有规定。"


def _verdict(answer: Answer, names: dict[str, str]) -> str:
    word, meaning = VERDICTS[answer.status]
    notice = answer.notice.removeprefix(f"{word}：")
    told = _sayers(answer) + notice if answer.status == "answered" else notice or meaning
    if answer.status == "not_held" and answer.scope.aside:
        word = NOT_CHOSEN
    return (
        f'{headline_view(answer)}<p class="cl-verdict" role="status" title="{took(answer.took_ms)}">'
        f"<strong>{word}</strong><span>{escape(told)}</span></p>{aside_view(answer, names)}"
    )


def _takings(answer: Answer, chosen: Sequence[str]) -> str:
    """What can be taken along: the quotes with their citations, to copy at once or to look at, and the address."""
    address = escape(ask_address(answer.standalone, chosen))
    link = f'<a class="cl-here" href="{address}">这次提问的链接</a>'
    if answer.status != "answered":
        return f'<div class="cl-takings">{link}</div>'
    copy = f'<pre tabindex="0" class="cl-copy">{escape(answer_text(answer))}</pre>'
    button = '<button type="button" data-copy>复制引文与出处</button>'
    return f'<div class="cl-takings">{button}{link}{fold("cl-more", "要复制的文字", copy)}</div>'


def _cards(answers: Iterable[DocumentAnswer], *, is_answer: bool = True) -> str:
    return f'<div class="cl-cards">{"".join(_card(said, is_answer=is_answer) for said in answers)}</div>'


def _section(heading: str, remark: str, inner: str) -> str:
    return f'<section class="cl-suggestions"><h3>{heading} <small>{remark}</small></h3>{inner}</section>'


def _below_answer(answer: Answer, hits: str, chosen: Sequence[str]) -> str:
    more = fold("cl-more", "其他相近的条款", hits) if hits else ""
    return _cards(answer.answers) + _takings(answer, chosen) + more


def _below_no(answer: Answer, hits: str, chosen: Sequence[str]) -> str:
    wider = [said for said in answer.answers if said.status == "answered"]
    cards = _cards(wider, is_answer=False)
    instead = _section("可参照的规定", "不是所问地方的文件，当地另有规定的，以当地为准", cards) if wider else ""
    nearest = _section("相近的条款", "仅供参考，不是答案", hits) if hits else ""
    return instead + nearest + _takings(answer, chosen)


def answer_view(
    answer: Answer,
    documents: Sequence[Document] = (),
    earlier: Sequence[Answer] = (),
    chosen: Sequence[str] = (),
) -> str:
    """The answer, document by document; or the "no", with the nearest clauses marked as suggestions.

    `documents` name the documents of the hits, `earlier` are the answers before it, oldest first, `chosen` the texts
    it was asked of by choice.
    """
    quoted = {said.clause.clause_id for said in answer.answers if said.clause is not None}
    others = tuple(hit for hit in answer.hits if hit.clause_id not in quoted)[:SUGGESTIONS]
    names = _names(answer, documents)
    hits = hit_list(others, names) if others else ""
    below = (_below_answer if answer.status == "answered" else _below_no)(answer, hits, chosen)
    return (
        f'<article class="cl-answer" data-status="{answer.status}" data-asked="{escape(answer.question)}">'
        f"{_head(answer, earlier)}{_verdict(answer, names)}{below}</article>"
    )


def error_view(message: str) -> str:
    """A message about something the user can mend."""
    return f'<p class="cl-error" role="alert"><strong>没能处理</strong><span>{escape(message)}</span></p>'


def welcome_view(documents: Sequence[Document], examples: Sequence[str]) -> str:
    """Before the first question: what is held, and questions to try."""
    held = "".join(
        f'<li><span class="cl-name">{escape(d.metadata.short_name or d.doc_id)}</span>'
        f"<a {opens(d.clauses[0].clause_id, ())}>"
        f"{escape(d.metadata.title)}</a><small>{escape(d.metadata.number or '')}</small></li>"
        for d in documents
        if d.clauses
    )
    tries = "".join(
        f'<li><button type="button" data-question="{escape(question)}">{escape(question)}</button></li>'
        for question in examples
    )
    ask = f'<h2>可以这样问</h2><ul class="cl-examples">{tries}</ul>' if tries else ""
    recent = (
        '<section class="cl-recent" data-recent hidden><h2>最近问过 <small>只记在这个浏览器里</small></h2>'
        '<ul class="cl-examples"></ul><button type="button" data-erase>清除记录</button></section>'
    )
    return f'<section class="cl-welcome">{ask}{recent}<h2>收录的文本</h2><ul class="cl-held">{held}</ul></section>'


def banner_view(documents: Sequence[Document]) -> str:
    """The head of the page: its name and how much is held."""
    clauses = sum(clause.kind == "clause" for document in documents for clause in document.clauses)
    return (
        f"<header class='cl-banner'><h1>条文镜</h1><p>每句话都引自原文 · 收录 {len(documents)} 份文本 {clauses} 条"
        " · 只在本机运行</p></header>"
    )
