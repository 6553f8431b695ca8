"""Clauses found, and why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.model import Span
from search.views.html import body_of, clause_text, escape, fold, place, source_link, trail_view

if TYPE_CHECKING:
    from collections.abc import Mapping

    from search.model import Hit, SearchResult, Why

RETRIEVERS = {"words": "词语", "chars": "单字双字", "dense": "语义", "phrasing": "已知说法", "rerank": "重排"}
"""Names of the retrievers on the page; one not listed goes by its own name."""


def why_view(why: Why, score: float) -> str:
    """The fold "为什么是这一条": terms with weights, rank and score in each retriever, the fused score."""
    terms = "".join(f"<li><bdi>{escape(t.term)}</bdi> <small>{t.weight:.2f}</small></li>" for t in why.terms)
    scores = dict(why.scores)
    rows = "".join(
        f"<tr><th scope='row'>{escape(RETRIEVERS.get(name, name))}</th><td>第 {rank} 名</td>"
        f"<td>{f'{scores[name]:.3f}' if name in scores else '—'}</td></tr>"
        for name, rank in why.ranks
    )
    words = f'<ul class="cl-terms">{terms}</ul>' if terms else "<p>没有相同的词，凭意思相近找到。</p>"
    known = f"<dt>最像的已知说法</dt><dd>{escape(why.phrasing)}</dd>" if why.phrasing else ""
    shown = "".join(f"<li><bdi>{escape(plain)}</bdi> → <bdi>{escape(term)}</bdi></li>" for plain, term in why.pairs)
    pairs = f'<dt>白话对应的用语</dt><dd><ul class="cl-terms">{shown}</ul></dd>' if shown else ""
    best = f"<dt>最贴近的一句</dt><dd>{escape(why.sentence.text)}</dd>" if why.sentence else ""
    table = (
        "<table><thead><tr><th scope='col'>检索方式</th><th scope='col'>名次</th><th scope='col'>得分</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )
    listing = (
        f"<dl><dt>命中的词（权重）</dt><dd>{words}</dd><dt>各路检索</dt><dd>{table}</dd>"
        f"<dt>综合得分</dt><dd>{score:.3f}</dd>{pairs}{known}{best}</dl>"
    )
    return fold("cl-why", "为什么是这一条", listing)


def term_spans(hit: Hit) -> tuple[Span, ...]:
    """Where the terms that found the clause stand in it, as characters of the document.

    Single characters (不, 到) are left out where longer terms were found: marked, they would only distract.
    """
    offset, text = body_of(hit)
    found = {t.term for t in hit.why.terms if t.term.strip()}
    terms = sorted({term for term in found if len(term) > 1} or found, key=len, reverse=True)
    if not terms:
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
        f'{trail_view(hit)}<div class="cl-clause">{clause_text(hit, spans)}</div>'
        f"{why_view(hit.why, hit.score)}</li>"
    )


def hit_list(hits: tuple[Hit, ...], names: Mapping[str, str]) -> str:
    """Hits in order; the list is numbered by rank."""
    return f'<ol class="cl-hits">{"".join(hit_view(hit, names) for hit in hits)}</ol>'


def search_view(result: SearchResult, names: Mapping[str, str]) -> str:
    """What a search found, or that it found nothing."""
    head = (
        f'<p class="cl-count" role="status">与“<bdi>{escape(result.query)}</bdi>”相近的条款 {len(result.hits)} 条'
        f"<small>{result.took_ms:.0f} 毫秒</small></p>"
    )
    if not result.hits:
        return (
            f'<section class="cl-search">{head}<p class="cl-empty">没有找到。换个说法，或者放宽文本范围。</p></section>'
        )
    return f'<section class="cl-search">{head}{hit_list(result.hits, names)}</section>'
