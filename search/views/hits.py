"""Clauses found, and why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.model import Span
from search.narrowing import has_words
from search.views.address import similar_address
from search.views.html import (
    body_of,
    clause_text,
    escape,
    fold,
    lines,
    marked,
    paragraph,
    place,
    source_link,
    trail_view,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corpus.model import Clause
    from search.model import Hit, SearchResult, Why

RETRIEVERS = {"words": "词语", "chars": "单字双字", "dense": "语义", "phrasing": "已知说法", "rerank": "重排"}
"""Names of the retrievers on the page; one not listed goes by its own name."""


LONG = 200
"""Characters of a clause above which only its sentences with a mark are shown at first."""
MOST = 0.7
"""Share of a clause that they may take up; with more, it is shown whole."""
_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")


def why_view(why: Why, score: float) -> str:
    """The fold "为什么是这一条": the nearest sentence and phrasing, terms with weights, ranks and scores."""
    told = [t for t in why.terms if len(t.term.strip()) > 1] or why.terms  # single characters (的, 满) explain little
    terms = "".join(f"<li><bdi>{escape(t.term)}</bdi> <small>{t.weight:.2f}</small></li>" for t in told)
    scores = dict(why.scores)
    rows = "".join(
        f"<tr><th scope='row'>{escape(RETRIEVERS.get(name, name))}</th><td>第 {rank} 名</td>"
        f"<td>{f'{scores[name]:.3f}' if name in scores else '—'}</td></tr>"
        for name, rank in why.ranks
    )
    words = f'<ul class="cl-terms">{terms}</ul>' if terms else "<p>没有相同的词，凭意思相近找到。</p>"
    known = f"<dt>最像的已知说法</dt><dd><bdi>{escape(why.phrasing)}</bdi></dd>" if why.phrasing else ""
    shown = "".join(f"<li><bdi>{escape(plain)}</bdi> → <bdi>{escape(term)}</bdi></li>" for plain, term in why.pairs)
    pairs = f'<dt>白话对应的用语</dt><dd><ul class="cl-terms">{shown}</ul></dd>' if shown else ""
    best = f"<dt>最贴近的一句</dt><dd><bdi>{escape(why.sentence.text)}</bdi></dd>" if why.sentence else ""
    table = (
        "<table><thead><tr><th scope='col'>检索方式</th><th scope='col'>名次</th><th scope='col'>得分</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )
    ranked = f"<dt>各路检索</dt><dd>{table}</dd>" if rows else ""
    listing = (
        f"<dl>{best}{known}{pairs}<dt>命中的词（权重）</dt><dd>{words}</dd>{ranked}"
        f"<dt>综合得分</dt><dd>{score:.3f}</dd></dl>"
    )
    return fold("cl-why", "为什么是这一条", listing)


def term_spans(hit: Hit) -> tuple[Span, ...]:
    """Where the terms that found the clause stand in it, as characters of the document.

    Single characters (不, 的) are left out, but for one that is all there is: marked, they would only distract.
    """
    offset, text = body_of(hit)
    found = {t.term for t in hit.why.terms if t.term.strip()}
    terms = sorted({term for term in found if len(term) > 1} or found, key=len, reverse=True)
    if not terms or (len(terms) > 1 and len(terms[0]) == 1):
        return ()
    pattern = re.compile("|".join(map(re.escape, terms)), re.IGNORECASE)
    return tuple(Span(offset + m.start(), offset + m.end()) for m in pattern.finditer(text))


def hit_view(hit: Hit, names: Mapping[str, str]) -> str:
    """A clause found: where it stands, its text with the terms marked, why, and a link to the source.

    `names` gives each document's short name by `doc_id`.
    """
    spans = term_spans(hit)
    name = names.get(hit.doc_id, hit.doc_id)
    label, heading = place(hit.clause_id, hit.label, hit.heading)
    sentence = (hit.why.sentence,) if hit.why.sentence else ()
    link = source_link(hit.clause_id, sentence, "看原文", f"{name} {label} {heading}")
    return (
        f'<li class="cl-card cl-hit"><header><span class="cl-name">{escape(name)}</span>'
        f"<h3>{escape(label)} <span>{escape(heading)}</span></h3>{link}</header>"
        f"{trail_view(hit)}{_context(hit, spans)}"
        f"<footer>{_like_button(hit, name, label)}{why_view(hit.why, hit.score)}</footer></li>"
    )


def _context(hit: Hit, spans: tuple[Span, ...]) -> str:
    """A short clause whole; of a long one the sentences with a mark, and the whole of it to unfold."""
    offset, text = body_of(hit)
    whole = f'<div class="cl-clause">{clause_text(hit, spans)}</div>'
    kept = [
        (at, piece)
        for at, piece in _sentences(text, offset)
        if any(s.start < at + len(piece) and s.end > at for s in spans)
    ]
    if len(text) <= LONG or not kept or sum(len(piece) for _, piece in kept) > len(text) * MOST:
        return whole
    shown, end = "", offset
    for at, piece in kept:
        gap = '<span class="cl-gap">……</span>' if text[end - offset : at - offset].strip() else ""
        shown += gap + marked(piece, at, spans)
        end = at + len(piece)
    tail = "" if end >= offset + len(text.rstrip()) else '<span class="cl-gap">……</span>'
    rest = fold("cl-rest", f"整条（{len(text)} 字）", whole)
    return f'<div class="cl-clause cl-kwic"><p>{shown}{tail}</p></div>{rest}'


def _sentences(text: str, offset: int) -> list[tuple[int, str]]:
    """(offset, sentence) of the text, its end mark with it; line breaks part sentences too."""
    return [(offset + m.start(), m[0]) for m in _SENTENCE.finditer(text)]


def _like_button(hit: Hit, name: str, label: str) -> str:
    about = escape(f"更像这条：{name} {label}")
    return f'<button type="button" data-like="{escape(hit.clause_id)}" aria-label="{about}">更像这条</button>'


def hit_list(hits: tuple[Hit, ...], names: Mapping[str, str]) -> str:
    """Hits in order; the list is numbered by rank."""
    return f'<ol class="cl-hits">{"".join(hit_view(hit, names) for hit in hits)}</ol>'


def search_view(result: SearchResult, names: Mapping[str, str], address: str = "") -> str:
    """What a search found, or that it found nothing; `address` is the one that searches again."""
    link = f'<a class="cl-here" href="{escape(address)}">这次检索的链接</a>' if address else ""
    exact = [hit for hit in result.hits if has_words(hit, result.query)]
    head = (
        f'<p class="cl-count" role="status">含“<bdi>{escape(result.query)}</bdi>”的条款 {len(exact)} 条，'
        f"只是相近的 {len(result.hits) - len(exact)} 条{link}</p>"
    )
    if not result.hits:
        return (
            f'<section class="cl-search">{head}<p class="cl-empty">没有找到。换个说法，或者放宽文本、层级和章。</p>'
            "</section>"
        )
    if result.hits[: len(exact)] != tuple(exact):  # in reading order they stand among the others
        return f'<section class="cl-search">{head}{hit_list(result.hits, names)}</section>'
    near = result.hits[len(exact) :]
    told = '<p class="cl-divide">以下没有这些字，只是意思相近，未必有关</p>' if near else ""
    lists = f"{hit_list(tuple(exact), names) if exact else ''}{told}{hit_list(near, names) if near else ''}"
    return f'<section class="cl-search">{head}{lists}</section>'


def similar_view(clause: Clause, result: SearchResult, names: Mapping[str, str]) -> str:
    """The clauses of other texts that are like one, with that one's words in front to hold them against."""
    label = " ".join(place(clause.clause_id, clause.label, clause.heading)).strip()
    name = f"{names.get(clause.doc_id, clause.doc_id)} {label}"
    address = escape(similar_address(clause.clause_id))
    head = (
        f'<p class="cl-count" role="status">别的文本里与“<bdi>{escape(name)}</bdi>”相近的条款 {len(result.hits)} 条'
        f'<a class="cl-here" href="{address}">这次检索的链接</a></p>'
    )
    own = fold("cl-more cl-own", f"{name} 的原文", "".join(paragraph(a, t, ()) for a, t in lines(clause.body_text, 0)))
    found = hit_list(result.hits, names) if result.hits else '<p class="cl-empty">没有相近的条款。</p>'
    return f'<section class="cl-search">{head}{own}{found}</section>'
