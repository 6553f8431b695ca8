"""Topics → a briefing: each compared in the texts in scope, in the order given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.errors import QuestionError
from search.brief.model import Briefing, Section, scope_of

if TYPE_CHECKING:
    from search.engine import Engine


def briefing(engine: Engine, topics: Sequence[str], title: str = "", doc_ids: Sequence[str] = ()) -> Briefing:
    """The topics, each once, compared in the texts `doc_ids` (none given: as each topic says, or all), dated today.

    `title`: "" for one made of the topics. Raises `QuestionError` where there is no topic or one cannot be compared.
    """
    wanted = list(dict.fromkeys(topic.strip() for topic in topics if topic.strip()))
    if not wanted:
        raise QuestionError("简报至少要一个话题，例如 clauselens brief 继续教育 -o 简报.docx。")
    sections = tuple(Section(topic, "", engine.compare(topic, doc_ids)) for topic in wanted)
    shown = dict.fromkeys(doc_id for section in sections for doc_id in section.comparison.doc_ids)
    documents = tuple(engine.index.document_of[doc_id] for doc_id in shown)
    named = title.strip() or f"{'、'.join(wanted)}：政策对照简报"
    return Briefing(named, dt.datetime.now(dt.UTC).astimezone().date(), scope_of(documents), (), sections, documents)
