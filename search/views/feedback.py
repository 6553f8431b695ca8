"""Feedback: as plain records ready for JSON, as text for a terminal, and as a list for a tab of the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus.model import Clause, Document, Span
from search.feedback.accept import Accepted, Written
from search.feedback.export import Exported
from search.feedback.model import Cited, Feedback, State, Verdict, clauses_of, stale
from search.names import names_of
from search.views.answer import VERDICTS
from search.views.html import escape, place, source_link

Record = dict[str, Any]

VERDICT_WORDS: dict[Verdict, str] = {"right": "✓ 答对", "wrong": "✗ 答错"}
STATE_WORDS: dict[State, str] = {"new": "新", "accepted": "已采用", "dismissed": "已搁置"}
ONLY_TRAINERS = (
    "采用、搁置和删去，只有培训人员的账号（clauselens accounts add --trainer），"
    "或在服务器本机上用 clauselens feedback，才能做。"
)
_LEFT_OUT = {
    "unknown": "答错而不知道哪条对",
    "narrowed": "只问了选定的文本，其中没有规定",
    "stale": "原文后来改过",
    "unplaced": "条文在文件里不止一处",
    "repeated": "后来又问过、标过",
}


def feedback_record(feedback: Feedback) -> Record:
    """`{"id", "when", "state", "verdict", "question", "standalone", "history", "chosen", "scope", "status", …}`.

    Then `shown`: `[{"doc_id", "clause_id", "quotes"}]`; `right`: clause ids, [] where no text rules on it, null
    where it is not known; `scope`: doc ids, null where they are too many to list; `note`; `corpus`, a fingerprint.
    """
    given = feedback.given
    return {
        "id": feedback.number,
        "when": given.when,
        "state": feedback.state,
        "verdict": given.verdict,
        "question": given.question,
        "standalone": given.standalone,
        "history": list(given.history),
        "chosen": list(given.chosen),
        "scope": None if given.scope is None else list(given.scope),
        "status": given.status,
        "shown": [{"doc_id": c.doc_id, "clause_id": c.clause_id, "quotes": list(c.quotes)} for c in given.shown],
        "right": None if given.right is None else [cited.clause_id for cited in given.right],
        "note": given.note,
        "corpus": given.corpus,
    }


def feedback_list_record(held: Sequence[Feedback], path: Path) -> Record:
    """`{"file", "feedback"}`: where it is kept, and each as `feedback_record`, in the order given."""
    return {"file": str(path), "feedback": [feedback_record(each) for each in held]}


def feedback_text(held: Sequence[Feedback], path: Path) -> str:
    """A line for each, then how many in which state, and where they are kept."""
    if not held:
        return f"没有反馈。\n记在 {path}"
    lines = [
        f"{each.number:>4}  {each.given.when}  {STATE_WORDS[each.state]}  {VERDICT_WORDS[each.given.verdict]}  "
        f"{each.given.question}（{VERDICTS[each.given.status][0]}{_said(each)}）"
        for each in held
    ]
    return "\n".join([*lines, "", _count(held), f"记在 {path}"])


def feedback_detail_text(feedback: Feedback, documents: Sequence[Document]) -> str:
    """All that is kept of one, a line each; what has changed in the texts since is told."""
    given, clauses = feedback.given, clauses_of(documents)
    facts = [
        ("反馈", f"{feedback.number}（{STATE_WORDS[feedback.state]}，{given.when}）"),
        ("问题", given.question),
        ("此前", "；".join(given.history)),
        ("理解", given.standalone if given.standalone != given.question else ""),
        ("选定文本", "、".join(given.chosen)),
        ("文本范围", "、".join(given.scope) if given.scope is not None else "很多，没有逐一列出"),
        ("回答", VERDICTS[given.status][0]),
        *(("　引了", f"{_plain(cited, clauses)}　{' / '.join(cited.quotes)}") for cited in given.shown),
        ("评判", VERDICT_WORDS[given.verdict]),
        *(("　对的", words) for words in _right_words(feedback, clauses)),
        ("备注", given.note),
    ]
    return "\n".join(f"{name}：{said}" for name, said in facts if said)


def accepted_record(accepted: Accepted) -> Record:
    """`{"feedback", "text", "near_miss", "written": [{"clause_id", "path", "line", "rule", "is_new", …}]}`."""
    return {
        "feedback": feedback_record(accepted.feedback),
        "text": accepted.text,
        "near_miss": accepted.is_apart,
        "written": [
            {
                "clause_id": each.clause_id,
                "path": str(each.path),
                "line": each.line,
                "rule": each.rule,
                "is_new": each.is_new,
                "is_new_rule": each.is_new_rule,
                "rules": each.rules,
            }
            for each in accepted.written
        ],
    }


def accepted_text(accepted: Accepted) -> str:
    """What was written where, below which quote, or that it stood there already."""
    kind = "近似而不答的说法（!）" if accepted.is_apart else "说法"
    lines = [f"“{accepted.text}”作为{kind}：", *(_written(each) for each in accepted.written)]
    if any(each.is_new for each in accepted.written):
        lines.append("下次提问就用上；开着的网页要重新启动。")
    return "\n".join(lines)


def accepted_notice(accepted: Accepted, documents: Sequence[Document]) -> str:
    """The same in a sentence, for the page, which answers by it at once."""
    clauses, names = clauses_of(documents), names_of(documents)
    held = [clauses[each.clause_id] for each in accepted.written]
    said = "、".join(f"{names[c.doc_id]} {' '.join(place(c.clause_id, c.label, c.heading))}".rstrip() for c in held)
    how = "像是问它、其实它没有规定" if accepted.is_apart else "由它回答"
    return f"已采用，从现在起照此回答。“{accepted.text}”：{said}，{how}。"


def exported_record(exported: Exported, path: Path | None) -> Record:
    """`{"file", "count", "questions", "left_out"}`: lines of the suite, and how many were left out, by reason."""
    return {
        "file": None if path is None else str(path),
        "count": len(exported.lines),
        "questions": list(exported.lines),
        "left_out": exported.left_out,
    }


def exported_text(exported: Exported) -> str:
    """How many questions, and how many were left out for what."""
    out = "；".join(f"{_LEFT_OUT[why]} {count}" for why, count in exported.left_out.items())
    return f"导出 {len(exported.lines)} 题。" + (f"没有导出：{out}。" if out else "")


def feedback_view(
    held: Sequence[Feedback], documents: Sequence[Document], path: Path | None = None, *, may_settle: bool = True
) -> str:
    """The list for the page, the latest first: question, verdict, clauses with links, note and buttons.

    A button has `data-feedback` (the number) and `data-act` (accept, near_miss, dismiss, forget); one to accept has
    `data-needs-clause` where it is not known which clause is meant, so that the page has to ask for it.
    Who may not settle anything gets no buttons, and is told who may.
    """
    clauses, names = clauses_of(documents), names_of(documents)
    where = f"<small>记在 {escape(str(path))}</small>" if path is not None else ""
    if not held:
        return f'<section class="cl-feedback"><p class="cl-empty">没有反馈。{where}</p></section>'
    items = "".join(_item(each, clauses, names, may_settle=may_settle) for each in reversed(held))
    who = "" if may_settle else f'<p class="cl-note">{ONLY_TRAINERS}</p>'
    head = f'<p class="cl-count" role="status">{_count(held)}{where}</p>{who}'
    return f'<section class="cl-feedback">{head}<ol class="cl-feedback-list">{items}</ol></section>'


def _item(feedback: Feedback, clauses: Mapping[str, Clause], names: Mapping[str, str], *, may_settle: bool) -> str:
    given = feedback.given
    facts = [
        ("此前", "；".join(f"<bdi>{escape(earlier)}</bdi>" for earlier in given.history)),
        ("理解为", f"<bdi>{escape(given.standalone)}</bdi>" if given.standalone != given.question else ""),
        ("回答", "、".join([VERDICTS[given.status][0], *(_link(c, clauses, names) for c in given.shown)])),
        ("对的", _right_links(feedback, clauses, names)),
        ("备注", f"<bdi>{'<br>'.join(map(escape, given.note.split(chr(10))))}</bdi>" if given.note else ""),
    ]
    listing = "".join(f"<dt>{name}</dt><dd>{inner}</dd>" for name, inner in facts if inner)
    return (
        f'<li class="cl-card" data-state="{feedback.state}" data-verdict="{given.verdict}"><header>'
        f'<span class="cl-name">{VERDICT_WORDS[given.verdict]}</span><h3><bdi>{escape(given.question)}</bdi></h3>'
        f"<small>{STATE_WORDS[feedback.state]} · {escape(given.when.partition('T')[0])}</small></header>"
        f"<dl>{listing}</dl>"
        f"{f'<footer>{_buttons(feedback)}</footer>' if may_settle else ''}</li>"
    )


def _right_links(feedback: Feedback, clauses: Mapping[str, Clause], names: Mapping[str, str]) -> str:
    given = feedback.given
    if given.verdict == "right":
        return ""
    if not given.right:
        return _no_clause(feedback)
    return "、".join(_link(cited, clauses, names) for cited in given.right)


def _link(cited: Cited, clauses: Mapping[str, Clause], names: Mapping[str, str]) -> str:
    """A link to the clause with what was quoted marked; only its id where it is another clause by now."""
    if stale(cited, clauses) is not None:
        return f"{escape(cited.clause_id)}（原文已改）"
    clause = clauses[cited.clause_id]
    label = " ".join(place(clause.clause_id, clause.label, clause.heading)).strip()
    found = ((clause.text.find(quote), quote) for quote in cited.quotes)
    spans = [Span(clause.start + at, clause.start + at + len(quote)) for at, quote in found if at >= 0]
    words = f"{names[cited.doc_id]} {label}"
    return source_link(cited.clause_id, spans, words, "看原文")


def _buttons(feedback: Feedback) -> str:
    given = feedback.given
    if feedback.state == "accepted":
        return f'<button type="button" data-feedback="{feedback.number}" data-act="forget">删去</button>'
    is_known = bool(given.right) or (given.verdict == "right" and given.status == "answered")
    acts = [("dismiss", "搁置", ""), ("forget", "删去", "")]
    if given.verdict == "wrong" and given.shown:
        acts.insert(0, ("near_miss", "采用：引的那条不回答它", ""))
    if is_known or (given.verdict == "wrong" and given.right is None):
        acts.insert(0, ("accept", "采用：由对的条款回答", "" if is_known else " data-needs-clause"))
    return "".join(
        f'<button type="button" data-feedback="{feedback.number}" data-act="{act}"{needs}>{words}</button>'
        for act, words, needs in acts
    )


def _count(held: Sequence[Feedback]) -> str:
    states = Counter(each.state for each in held)
    wrong = sum(each.given.verdict == "wrong" for each in held)
    return (
        f"共 {len(held)} 条（{'，'.join(f'{word} {states[state]}' for state, word in STATE_WORDS.items())}），"
        f"其中答错 {wrong} 条。"
    )


def _said(feedback: Feedback) -> str:
    given = feedback.given
    shown = f"：{'、'.join(cited.clause_id for cited in given.shown)}" if given.shown else ""
    if given.verdict == "right":
        return shown
    right = "、".join(cited.clause_id for cited in given.right or ()) or _no_clause(feedback)
    return f"{shown}；对的：{right}"


def _no_clause(feedback: Feedback) -> str:
    return "不知道" if feedback.given.right is None else "没有文本规定"


def _right_words(feedback: Feedback, clauses: Mapping[str, Clause]) -> list[str]:
    if feedback.given.verdict == "right":
        return []
    return [_plain(cited, clauses) for cited in feedback.given.right or ()] or [_no_clause(feedback)]


def _plain(cited: Cited, clauses: Mapping[str, Clause]) -> str:
    why = stale(cited, clauses)
    if why is not None:
        return f"{cited.clause_id}（原文已改：{why}）"
    clause = clauses[cited.clause_id]
    return f"{cited.clause_id} {clause.label}{clause.heading}".rstrip()


def _written(written: Written) -> str:
    where = f"{written.path} 第 {written.line} 行"
    if not written.is_new:
        return f"  {written.clause_id}：已有这句，没有重复写（{where}，在“{written.rule}”之下）"
    if written.is_new_rule:
        how = f"这一条还没有说法，新开一组“{written.rule}”，请核对这句原文"
    elif written.rules > 1:
        how = f"这一条有 {written.rules} 组，写在问法最像的“{written.rule}”之下"
    else:
        how = f"在“{written.rule}”之下"
    return f"  {written.clause_id}：写在 {where}，{how}"
