"""What programs can do: the four functions, each giving the record that the command gives with `--json`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.errors import QuestionError
from search.compare.whole import is_part
from search.model import System
from search.views.comparison import comparison_record, whole_record
from search.views.record import answer_record, clause_record, search_record

if TYPE_CHECKING:
    from search.engine import Engine

FAULT = "这次没有成功，是程序的问题，详情已记在服务器的日志里。请再试一次；若还不行，请告诉管理员。"
"""What whoever asked is told of a fault; the log has the rest."""
WHOLE = "*"
"""The topic that stands for whole texts."""


@dataclass(frozen=True)
class Functions:
    """The four functions over an engine. All raise `QuestionError` for what cannot be worked with."""

    engine: Engine

    def ask(self, question: str, doc_ids: list[str] | None = None, history: list[str] | None = None) -> dict[str, Any]:
        """提问：每份文件怎么说，逐字引用条文；没有就说是哪一种“没有”。

        Args:
            question: 要问的事，平常的话就行，至多 2000 字。
            doc_ids: 只看这些文件；不写就是全部。
            history: 之前问过的，先问的在前；追问时写上。
        """
        return answer_record(self.engine.ask(question, doc_ids or (), history or ()))

    def search(
        self, text: str, k: int = 10, doc_ids: list[str] | None = None, system: System = "hybrid"
    ) -> dict[str, Any]:
        """检索条文，最贴近的在前，并说明每一条为什么找到。

        Args:
            text: 要找的词语或短语。
            k: 最多列几条。
            doc_ids: 只在这些文件里找；不写就是全部。
            system: hybrid 综合，lexical 按词语，dense 按意思。
        """
        return search_record(self.engine.search(text, k, doc_ids or (), system))

    def compare(self, topic: str, doc_ids: list[str] | None = None, base: str | None = None) -> dict[str, Any]:
        """对照：一个话题各份文件怎么说，逐点引用原文，并说明哪里不同、依据哪些词句。

        Args:
            topic: 话题；也可以是条文或章的编号；* 为整份文件逐条对照。
            doc_ids: 只对照这些文件；不写就是全部。
            base: 按编号或整份对照时以哪份文件为底；不写就是层级最高的。
        """
        chosen = doc_ids or ()
        if topic == WHOLE:
            return whole_record(self.engine.compare_whole(base, chosen))
        if is_part(self.engine.documents(), topic):
            return whole_record(self.engine.compare_whole(base, chosen, (topic,)))
        if base is not None:
            raise QuestionError("base 只在按编号或整份对照时有用。请去掉 base，或把 topic 写成条文的编号或 *。")
        return comparison_record(self.engine.compare(topic, chosen))

    def show_clause(self, clause_id: str) -> dict[str, Any]:
        """显示一条条文的全文，和它在原文里的位置。

        Args:
            clause_id: 条文的编号，如回答和检索里给出的 clause_id；#2 结尾的是它的第二段。
        """
        return clause_record(self.engine.clause(clause_id))
