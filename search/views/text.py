"""Values → plain text for a terminal: what a person reads when no `--json` is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.model import Clause, Document
from search.model import Answer, DocumentAnswer, Hit, Quote, SearchResult
from search.views.reading import restated

_STATUS = {"answered": "有规定", "silent": "未规定", "not_held": "未收录", "no_basis": "未找到依据"}
_LEVEL = {"national": "国家", "province": "省级", "city": "市级", "county": "县级"}
_SUGGESTIONS = 3
_BOLD, _NOT_BOLD = "\x1b[1m", "\x1b[22m"


def answer_text(answer: Answer, *, bold: bool = False) -> str:
    """The answer by document, quotes between 「」, then the notice or the nearest clauses.

    `bold`: the decisive words of the quotes in bold, by the control sequence that terminals take for it.
    """
    status = _STATUS[answer.status]
    word = "没有选中" if answer.status == "not_held" and answer.scope.aside else status
    lines = [f"【{word}】{answer.notice.removeprefix(f'{status}：')}"]
    lines += [f"“{wrong}”按“{right}”理解" for wrong, right in answer.corrected]
    if (alone := restated(answer)) is not None:
        lines.append(f"按“{alone}”理解")
    if answer.scope.understood:
        lines.append(answer.scope.understood)
    for each in answer.answers:
        lines += ["", *_document_lines(each, bold=bold)]
    if answer.status != "answered" and answer.hits:
        lines += ["", "最相近的条文（不是答案）："]
        lines += [f"  {hit.clause_id}  {hit.label} {hit.heading}".rstrip() for hit in answer.hits[:_SUGGESTIONS]]
    return "\n".join(lines)


def _document_lines(answer: DocumentAnswer, *, bold: bool) -> Iterator[str]:
    number = f"（{answer.number}）" if answer.number else ""
    yield f"{answer.short_name} · {answer.title}{number}"
    if answer.clause is None:
        yield "  未规定"
        return
    yield f"  {answer.clause.label} {answer.clause.heading}  [{answer.clause.clause_id}]"
    for quote in answer.quotes:
        yield f"  「{_emphasised(quote, answer.decisive) if bold else quote.text}」"


def _emphasised(quote: Quote, words: Sequence[Quote]) -> str:
    """The text of a quote with those of `words` that stand in it in bold; `words` in reading order, not overlapping."""
    text = quote.text
    for each in reversed(words):
        if quote.start <= each.start and each.end <= quote.end:
            start, end = each.start - quote.start, each.end - quote.start
            text = f"{text[:start]}{_BOLD}{text[start:end]}{_NOT_BOLD}{text[end:]}"
    return text


def search_text(result: SearchResult) -> str:
    """The hits, a line for each clause and one for its best sentence."""
    if not result.hits:
        return "没有找到相近的条文。"
    return "\n".join(line for hit in result.hits for line in _hit_lines(hit))


def groups_text(groups: Sequence[Sequence[Hit]]) -> str:
    """Hits grouped by matter: the best of each group as it is, its counterparts in other texts below it."""
    if not groups:
        return "没有找到相近的条文。"
    lines: list[str] = []
    for first, *others in groups:
        lines += _hit_lines(first)
        lines += [f"    同一件事：{hit.clause_id}  {hit.label} {hit.heading}".rstrip() for hit in others]
    return "\n".join(lines)


def _hit_lines(hit: Hit) -> Iterator[str]:
    yield f"{hit.rank:>2}. {hit.clause_id}  {hit.label} {hit.heading}  {hit.score:.3f}".rstrip()
    if hit.why.sentence is not None:
        yield f"    {hit.why.sentence.text}"


def clause_text(clause: Clause, document: Document) -> str:
    """A clause with where it stands."""
    number = f"（{document.metadata.number}）" if document.metadata.number else ""
    head = f"{document.metadata.title}{number}  {clause.label}  [{clause.clause_id}]"
    return f"{head}\n{clause.text}"


def documents_text(documents: Sequence[Document]) -> str:
    """What is held, and what the texts cite that is not."""
    return "\n\n".join("\n".join(_held_lines(document, documents)) for document in documents)


def _held_lines(document: Document, documents: Sequence[Document]) -> Iterator[str]:
    metadata = document.metadata
    names = {d.doc_id: d.metadata.short_name for d in documents}
    yield f"{document.doc_id}  {metadata.title}"
    facts = [
        metadata.number,
        _LEVEL.get(metadata.level or "", ""),
        metadata.region,
        metadata.date,
        "试行" if metadata.on_trial else None,
        f"有效期至 {metadata.expires}" if metadata.expires else None,
        f"{sum(clause.kind == 'clause' for clause in document.clauses)} 条",
    ]
    yield "  " + " · ".join(fact for fact in facts if fact)
    if metadata.issuers:
        yield f"  发文：{'、'.join(metadata.issuers)}"
    for citation in metadata.citations:
        title = f"《{citation.title}》" if citation.title else ""
        number = f"（{citation.number}）" if citation.number else ""
        held = f"已收录：{names[citation.doc_id]}" if citation.doc_id else "未收录"
        yield f"  {'依据' if citation.is_basis else '引用'}：{title}{number}  {held}"


def clauses_text(documents: Sequence[Document]) -> str:
    """A line for each clause."""
    return "\n".join(
        f"{clause.clause_id}  {clause.label} {clause.heading}".rstrip()
        for document in documents
        for clause in document.clauses
    )
