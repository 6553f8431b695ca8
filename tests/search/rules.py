"""Rules made of bare sentences."""

from __future__ import annotations

from corpus.model import Document, Metadata, Span
from search.compare.rule import Rule

LEAD = "总则。\n"
"""Stands before the rule in its document, so that a span that counts from the rule's start shows."""


def rule(doc_id: str, text: str) -> Rule:
    document = Document(doc_id, "", "", "utf-8", LEAD + text, (), Metadata(title=doc_id), (), ())
    return Rule(document, Span(len(LEAD), len(LEAD) + len(text)), text)


def pair(of: str, to: str) -> tuple[Rule, Rule]:
    return rule("of", of), rule("to", to)
