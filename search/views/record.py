"""Values → plain records, ready for JSON: the shapes that the command's contracts promise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from corpus.model import Citation, Clause, Document
from search.model import Answer, DocumentAnswer, Hit, Quote, SearchResult, Why

Record = dict[str, Any]


def answer_record(answer: Answer) -> Record:
    """`{"question", "standalone", "corrected", "status", "confidence", "notice", "scope", "answers", "hits", …}`.

    `corrected`: [as typed, as read] for each mistyped word.
    """
    return {
        "question": answer.question,
        "standalone": answer.standalone,
        "corrected": [list(pair) for pair in answer.corrected],
        "searched": answer.searched,
        "status": answer.status,
        "confidence": round(answer.confidence, 4),
        "notice": answer.notice,
        "scope": {
            "doc_ids": list(answer.scope.doc_ids),
            "named": list(answer.scope.named),
            "not_held": list(answer.scope.not_held),
            "understood": answer.scope.understood,
            "aside": list(answer.scope.aside),
            "elsewhere": list(answer.scope.elsewhere),
        },
        "answers": [_document_answer(each) for each in answer.answers],
        "hits": [hit_record(hit) for hit in answer.hits],
        "took_ms": answer.took_ms,
    }


def search_record(result: SearchResult) -> Record:
    """`{"query", "hits", "took_ms"}`."""
    return {"query": result.query, "hits": [hit_record(hit) for hit in result.hits], "took_ms": result.took_ms}


def groups_record(result: SearchResult, groups: Sequence[Sequence[Hit]]) -> Record:
    """`search_record` with `"groups"`: the clause ids of each group that rules on one matter, the best first."""
    return search_record(result) | {"groups": [[hit.clause_id for hit in group] for group in groups]}


def hit_record(hit: Hit) -> Record:
    """`{"rank", "clause_id", "doc_id", "label", "heading", "trail", "text", "start", "end", "score", "why"}`."""
    return {
        "rank": hit.rank,
        "clause_id": hit.clause_id,
        "doc_id": hit.doc_id,
        "label": hit.label,
        "heading": hit.heading,
        "trail": list(hit.trail),
        "text": hit.text,
        "start": hit.start,
        "end": hit.end,
        "score": hit.score,
        "why": _why(hit.why),
    }


def clause_record(clause: Clause) -> Record:
    """One entry of `clauselens clauses`; `raw` counts bytes of the file as received."""
    return {
        "clause_id": clause.clause_id,
        "doc_id": clause.doc_id,
        "kind": clause.kind,
        "label": clause.label,
        "heading": clause.heading,
        "trail": list(clause.trail),
        "text": clause.text,
        "start": clause.start,
        "end": clause.end,
        "body": clause.body,
        "raw": [list(pair) for pair in clause.raw],
    }


def clauses_record(documents: Sequence[Document]) -> Record:
    """`{"clauses", "raw_unit"}`: every clause of the documents, in reading order."""
    return {"clauses": [clause_record(c) for document in documents for c in document.clauses], "raw_unit": "byte"}


def documents_record(documents: Sequence[Document]) -> Record:
    """`{"documents"}`: what is held, each with its metadata and what it cites."""
    return {"documents": [_document(document) for document in documents]}


def _document(document: Document) -> Record:
    metadata = document.metadata
    return {
        "doc_id": document.doc_id,
        "title": metadata.title,
        "number": metadata.number,
        "short_name": metadata.short_name,
        "aliases": list(metadata.aliases),
        "issuers": list(metadata.issuers),
        "date": metadata.date,
        "addressees": list(metadata.addressees),
        "level": metadata.level,
        "region": metadata.region,
        "region_code": metadata.region_code,
        "on_trial": metadata.on_trial,
        "expires": metadata.expires,
        "citations": [_citation(citation) for citation in metadata.citations],
        "path": document.path,
        "encoding": document.encoding,
        "sha256": document.sha256,
        "characters": len(document.text),
        "clauses": sum(clause.kind == "clause" for clause in document.clauses),
    }


def _citation(citation: Citation) -> Record:
    return {
        "title": citation.title,
        "number": citation.number,
        "is_basis": citation.is_basis,
        "doc_id": citation.doc_id,
        "start": citation.start,
        "end": citation.end,
    }


def _document_answer(answer: DocumentAnswer) -> Record:
    record: Record = {
        "doc_id": answer.doc_id,
        "status": answer.status,
        "short_name": answer.short_name,
        "title": answer.title,
        "number": answer.number,
        "confidence": round(answer.confidence, 4),
        "clause_id": None,
        "label": None,
        "heading": None,
        "text": None,
        "quotes": [_quote(quote) for quote in answer.quotes],
        "decisive": [_quote(words) for words in answer.decisive],
        "gist": [_quote(words) for words in answer.gist],
        "score": None,
    }
    hit = answer.clause
    if hit is not None:
        record |= {key: value for key, value in hit_record(hit).items() if key not in ("rank", "doc_id")}
    return record


def _quote(quote: Quote) -> Record:
    return {"text": quote.text, "start": quote.start, "end": quote.end}


def _why(why: Why) -> Record:
    return {
        "terms": [{"term": match.term, "weight": match.weight} for match in why.terms],
        "ranks": dict(why.ranks),
        "scores": dict(why.scores),
        "phrasing": why.phrasing,
        "pairs": [list(pair) for pair in why.pairs],
        "sentence": None if why.sentence is None else _quote(why.sentence),
    }
