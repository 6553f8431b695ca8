"""An engine with made texts and fixed answers: what the page shows depends on nothing but the question's words."""

from __future__ import annotations

import sys
import threading
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace

sys.path.insert(0, str(Path(__file__).parents[2]))

from corpus.errors import QuestionError
from corpus.model import Citation, Clause, Document, Metadata, Sentence
from search.compare.model import (
    Alignment,
    Cell,
    Comparison,
    Difference,
    Evidence,
    Matter,
    Point,
    Relation,
    WholeComparison,
)
from search.model import Answer, DocumentAnswer, Hit, Quote, Scope, SearchResult, TermMatch, Why

EVIL = "<script>window.pwned=1</script>\"><img src=x onerror=window.pwned=1>'${window.pwned=1}{{pwned}}"


def made(doc_id, parts, **metadata):
    """A document from (clause number, label, heading, chapter lines, body)."""
    clauses, offset = [], 0
    for number, label, heading, chapters, body in parts:
        head = "".join(line + "\n" for line in chapters)
        text = head + body
        trail = tuple(chapters) or (clauses[-1].trail if clauses and number[0].isdigit() else ())
        kind = "clause" if number[0].isdigit() else number
        sentence = Sentence(offset + len(head), offset + len(text), 0)
        clauses.append(
            Clause(
                clause_id=f"{doc_id}/{number}", doc_id=doc_id, kind=kind, label=label, heading=heading, trail=trail,
                text=text, start=offset, end=offset + len(text), body=offset + len(head), raw=(), sentences=(sentence,),
            )
        )  # fmt: skip
        offset += len(text) + 1
    return Document(
        doc_id=doc_id, path=f"texts/{doc_id}.txt", sha256="", encoding="utf-8", runs=(), nodes=(),
        text="\n".join(c.text for c in clauses), metadata=Metadata(**metadata), clauses=tuple(clauses),
    )  # fmt: skip


PAY = (
    "（一）健全收入分配制度。深入实施绩效工资，建立与岗位职责、工作业绩、实际贡献紧密联系的分配激励机制。"
    "实行山区工作补贴，每人每月不低于三百元。对条件艰苦的村和长期在村里工作的人员进一步倾斜，逐步缩小地区间收入差距。"
    "对招聘急需紧缺人才的单位，在核定绩效工资总量时给予倾斜。落实成果转化收益分配有关规定，支持技术人员转移转化成果。"
)
DIRECT = (
    "（四）实行“直评直聘”，吸引人才扎根山区\n"
    "山区单位一般应在现有岗位结构比例内，统一组织推荐技术人员申报职称，评审通过的，按规定及时聘用到位。\n"
    "在山区从事技术工作十年、二十年、三十年以上的，申报中级、副高级、正高级职称时，可不受单位岗位结构比例限制。\n"
    "县级以上单位交流到山区工作的，可不受任职年限限制直接申报，服务期应不少于五年，距退休不足五年的不适用。\n"
    "单位要按照岗位目标、职责任务和聘用期限加强考核，强化考核结果使用，建立能上能下、能进能出的用人机制，激发活力。\n"
    "单位应当在每年年底前，把聘用、考核、流动的情况报主管部门备案，主管部门每年抽查一次，结果向社会公开，接受监督。"
)
NORTH = made(
    "north",
    [
        ("preface", "", "", (), "各县、各部门：\n为加强山区人才队伍建设，现就有关事项通知如下。"),
        ("1/1", "一、（一）", "健全收入分配制度", ("一、待遇",), PAY),
        ("1/2", "一、（二）", "加强培训", (), "（二）加强培训。技术人员每年参加继续教育不少于90学时。"),
        ("2/4", "二、（四）", "实行“直评直聘”，吸引人才扎根山区", ("二、职称",), DIRECT),
        ("closing", "", "", (), "各县要结合实际制定实施办法。"),
    ],
    title="北山省关于加强山区人才队伍建设的意见",
    number="北人社发〔2021〕7号",
    issuers=("北山省人力资源和社会保障厅",),
    date="2021-07-01",
    citations=(Citation("关于鼓励人才到山区工作的意见", "国发〔2020〕1号", 0, 1, is_basis=True),),
    region="北山省",
    level="province",
    short_name="北山",
    on_trial=True,
)
NAMED = "《关于加强山区人才队伍建设的意见》"
AHEAD = (
    "第一章 总则\n第一条 在山区工作的技术人员，每月发给山区补贴二百元。\n"
    "第二章 培训\n第二条 技术人员每年接受继续教育不少于九十学时。\n"
)


def cited(title, number, words, doc_id):
    """A citation in the last part of the southern text."""
    start = len(AHEAD) + f"本办法依据{NAMED}制定，未尽事项按《山区津贴规定》执行。".index(words)
    return Citation(title, number, start, start + len(words), is_basis=doc_id is not None, doc_id=doc_id)


SOUTH = made(
    "south",
    [
        ("1", "第一条", "", ("第一章 总则",), "第一条 在山区工作的技术人员，每月发给山区补贴二百元。"),
        ("2", "第二条", "", ("第二章 培训",), "第二条 技术人员每年接受继续教育不少于九十学时。"),
        ("closing", "", "", (), f"本办法依据{NAMED}制定，未尽事项按《山区津贴规定》执行。"),
    ],
    title="南河市山区人才办法",
    number="南人社字〔2022〕3号",
    short_name="南河",
    level="city",
    citations=(
        cited("关于加强山区人才队伍建设的意见", "北人社发〔2021〕7号", NAMED, "north"),
        cited("山区津贴规定", None, "《山区津贴规定》", None),
    ),
)
ODD = made(
    "odd",
    [("1/1", EVIL, EVIL, (EVIL,), f"{EVIL}恶意补贴{EVIL}")],
    title=EVIL,
    number=EVIL,
    issuers=(EVIL,),
    region=EVIL,
    short_name=EVIL,
)
DOCUMENTS = (NORTH, SOUTH, ODD)
SAID = {
    "north/1/1": "实行山区工作补贴，每人每月不低于三百元。",
    "south/1": "每月发给山区补贴二百元",
    "odd/1/1": "恶意补贴",
}
DECISIVE = ("不低于三百元", "不受单位岗位结构比例限制", "二百元")
LONG = {"north/2/4": "可不受单位岗位结构比例限制。"}


def quote(clause, words):
    start = clause.start + clause.text.index(words)
    return Quote(words, start, start + len(words))


def hit(rank, clause, term, sentence=None):
    why = Why((TermMatch(term, 3.2 - rank / 10),), (("words", rank), ("dense", rank + 1)), (("words", 7.5),), sentence)
    return Hit(rank, clause.clause_id, clause.doc_id, clause.label, clause.heading, clause.trail, clause.text,
               clause.start, clause.end, 1 / rank, why)  # fmt: skip


BY_ID = {document.doc_id: document for document in DOCUMENTS}
PAID = ("north/1/1", "每人每月不低于三百元"), ("south/1", "每月发给山区补贴二百元"), None
TRAINED = ("north/1/2", "每年参加继续教育不少于90学时"), ("south/2", "每年接受继续教育不少于九十学时"), None
ALONE = None, None, ("odd/1/1", "恶意补贴")
LABELLED = {PAID: ("更宽", f"“三百元”变为“二百元”{EVIL}", "三百元", "二百元"), TRAINED: ("一致", "数目相同。", "", "")}
"""For each row of (clause, words) by document: the second's label towards the first, why, the words of both."""


def row(said, doc_ids):
    """The point of a row, its label between north and south; the others follow from who is silent."""
    cells = {}
    for document, held in zip(DOCUMENTS, said, strict=True):
        if document.doc_id in doc_ids:
            clause = document.by_id[held[0]] if held else None
            cells[document.doc_id] = held and Cell(document.doc_id, held[0], clause.label, quote(clause, held[1]))
    relations = []
    for to, of in combinations(cells, 2):
        if cells[to] and cells[of]:
            label, reason, *words = LABELLED[said]
            evidence = tuple(
                Evidence(d, quote(BY_ID[d].by_id[cells[d].clause_id], w))
                for d, w in zip((to, of), words, strict=True)
                if w
            )
            relations.append(Relation(of, to, Difference(label, reason, evidence)))
        elif cells[to] or cells[of]:
            relations.append(Relation(of, to, Difference("新增" if cells[of] else "未规定", "只有一方有这一条")))
    return Point(cells, tuple(relations))


class FakeEngine:
    def __init__(self):
        self.two = threading.Barrier(2)
        self.folder = None
        self.index = SimpleNamespace(
            document_of=BY_ID,
            clauses=[clause for document in DOCUMENTS for clause in document.clauses],
            sentence_vectors=range(12),
            clause_vectors=SimpleNamespace(dim=8),
            encoder=SimpleNamespace(identity=lambda: "made-by-hand"),
        )

    def documents(self):
        return DOCUMENTS

    def document(self, doc_id):
        if doc_id not in BY_ID:
            raise QuestionError(f"没有编号为 {doc_id} 的文件。")
        return BY_ID[doc_id]

    def clause(self, clause_id):
        for document in DOCUMENTS:
            if clause_id in document.by_id:
                return document.by_id[clause_id]
        raise QuestionError(f"没有 {clause_id} 这一条，请从目录里选。")

    def search(self, text, k=10, doc_ids=(), system="hybrid"):
        assert system in {"hybrid", "lexical", "dense"}
        if not text.strip():
            raise QuestionError("检索词是空的，请输入要找的词语。")
        found = [c for d in DOCUMENTS for c in d.clauses if text in c.text and (not doc_ids or d.doc_id in doc_ids)]
        return SearchResult(text, tuple(hit(n, c, text) for n, c in enumerate(found[:k], 1)), 1.5)

    def similar(self, clause_id, k=10):
        own = self.clause(clause_id)
        others = [c for d in DOCUMENTS for c in d.clauses if c.doc_id != own.doc_id and "补贴" in c.text]
        return SearchResult(clause_id, tuple(hit(n, c, "补贴") for n, c in enumerate(others[:k], 1)), 1.0)

    def ask(self, question, doc_ids=(), history=()):
        if not question.strip():
            raise QuestionError(f"问题是空的，请写下要问的事。{EVIL}")
        if "崩溃" in question:
            raise RuntimeError("a fault of the machine")
        if "两人同时" in question:
            self.two.wait(timeout=20)
        documents = [d for d in DOCUMENTS if not doc_ids or d.doc_id in doc_ids]
        scope = Scope(tuple(d.doc_id for d in documents), understood="")
        hits = tuple(hit(n, c, "补贴") for n, c in enumerate((c for d in documents for c in d.clauses), 1))
        for word, status in (("成都", "not_held"), ("火星", "no_basis"), ("停车", "silent")):
            if word in question:
                silent = tuple(self.silent(d) for d in documents) if status == "silent" else ()
                return Answer(question, question, question, status, 0.1, "", scope, silent, hits, 2.0)
        if "南河的" in question and "south" not in scope.doc_ids:
            scope = replace(scope, named=("南河",), aside=("南河",), elsewhere=("south",))
        said = {**SAID, **LONG} if "职称" in question else SAID
        answers = [self.said(d, said, question) for d in documents]
        answers.sort(key=lambda a: a.status == "silent")
        standalone = " ".join((*history, question))
        if not scope.is_held:
            notice = "您问的是南河，但只在北山里找。"
            return Answer(question, standalone, standalone, "not_held", 0.9, notice, scope, tuple(answers), hits, 2.0)
        return Answer(question, standalone, standalone, "answered", 0.9, "", scope, tuple(answers), hits, 2.0)

    def compared(self, topic, doc_ids, rows):
        names = tuple(d.doc_id for d in DOCUMENTS if not doc_ids or d.doc_id in doc_ids)
        if len(names) < 2:
            raise QuestionError(f"对照至少要两份文件，这里只有 {len(names)} 份。")
        notice = f"北山的文件是试行的。{EVIL}" if rows else "收录的文件都没有对这个话题作出规定。"
        return Comparison(topic, names, tuple(row(said, names) for said in rows), notice, 2.0)

    def compare(self, topic, doc_ids=()):
        if not topic.strip():
            raise QuestionError("话题是空的，请写下要对照的事。")
        if "崩溃" in topic:
            raise RuntimeError("a fault of the machine")
        rows = {"停车": (), "学时": (TRAINED,)}.get(topic, (PAID, TRAINED, ALONE))
        return self.compared(topic, doc_ids, rows)

    def compare_whole(self, base=None, doc_ids=(), parts=()):
        matters = tuple(
            Matter(clause, chapter, f"{title}{EVIL}", self.compared(f"{title}{EVIL}", doc_ids, rows))
            for clause, chapter, title, rows in (
                ("north/1/1", "一、待遇", "一、（一）健全收入分配制度", (PAID,)),
                ("north/1/2", "一、待遇", "一、（二）加强培训", (TRAINED,)),
                ("odd/1/1", f"奇{EVIL}", "奇", (ALONE,)),
            )
            if not parts or any(clause == part or clause.startswith(f"{part}/") for part in parts)
        )
        if base is not None:
            self.document(base)
        names = matters[0].comparison.doc_ids
        alignment = Alignment(base or names[0], names, (), {})
        return WholeComparison(base or names[0], names, matters, alignment, "北山的文件是试行的。", 3.0)

    def silent(self, document):
        m = document.metadata
        return DocumentAnswer(document.doc_id, "silent", m.title, m.number, m.short_name, 0.2)

    def said(self, document, said, question):
        for clause in reversed(document.clauses) if "职称" in question else document.clauses:
            if clause.clause_id in said:
                m = document.metadata
                found = quote(clause, said[clause.clause_id])
                words = [quote(clause, word) for word in DECISIVE if word in found.text]
                return DocumentAnswer(document.doc_id, "answered", m.title, m.number, m.short_name, 0.8,
                                      hit(1, clause, "补贴", found), (found,), tuple(words), tuple(words))  # fmt: skip
        return self.silent(document)
