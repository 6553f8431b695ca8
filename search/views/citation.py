"""An answer as plain text, to paste into a message or a document: every quote with its citation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search.views.html import place

if TYPE_CHECKING:
    from search.model import Answer, DocumentAnswer


def citation(said: DocumentAnswer) -> str:
    """《题名》（文号）标号 标题; what is absent is left out."""
    number = f"（{said.number}）" if said.number else ""
    where = (
        " ".join(place(said.clause.clause_id, said.clause.label, said.clause.heading)).strip() if said.clause else ""
    )
    return f"《{said.title}》{number}{where}"


def answer_text(answer: Answer) -> str:
    """The question, then each document's quotes, each on a line of its own, with their citation; silence is told."""
    blocks = [f"问：{answer.question}"]
    for said in answer.answers:
        if said.clause is None:
            blocks.append(f"【{said.short_name}】未规定\n——{citation(said)}")
        else:
            quotes = "\n".join(quote.text for quote in said.quotes)
            blocks.append(f"【{said.short_name}】{quotes}\n——{citation(said)}")
    return "\n\n".join(blocks)
