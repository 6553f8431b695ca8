"""Matches to be reviewed, as plain records ready for JSON and as text for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from corpus.model import Document
from search.compare.matches import Standing, State

_MARKS: dict[State, str] = {
    "confirmed": "✓ 已确认",
    "rejected": "✗ 已否定",
    "computed": "自动    ",  # as wide as the others
    "stale": "！未采用",
}
_VERDICTS = {"same": "同一事项", "different": "不是同一事项"}


def matches_record(matches: Sequence[Standing]) -> dict[str, Any]:
    """`{"matches": [{"one", "other", "state", "computed", "score", "verdict", "note", "reason"}]}`, in the order given.

    `state`: computed | confirmed | rejected | stale; `computed`: whether it is a match without the review, with
    `score`, else null; `verdict`: same, different or null; `reason`: why a stale one is not applied, else null.
    """
    return {"matches": [match_record(each) for each in matches]}


def match_record(match: Standing) -> dict[str, Any]:
    """`{"one", "other", "state", "computed", "score", "verdict", "note", "reason"}`; see `matches_record`."""
    return {
        "one": match.one,
        "other": match.other,
        "state": match.state,
        "computed": match.score is not None,
        "score": match.score,
        "verdict": match.verdict,
        "note": match.note,
        "reason": match.stale,
    }


def matches_text(matches: Sequence[Standing], documents: Sequence[Document]) -> str:
    """A line for each pair: how it stands, its score, both clauses with their headings, the note; then how many."""
    if not matches:
        return "没有对应的条文，也没有核对过的。"
    names = {
        clause.clause_id: f"{clause.clause_id} {clause.label}{clause.heading}".rstrip()
        for document in documents
        for clause in document.clauses
    }
    counts = Counter(match.state for match in matches)
    lines = [_line(match, names) for match in matches]
    held = f"自动 {counts['computed']}，已确认 {counts['confirmed']}，已否定 {counts['rejected']}"
    lines += ["", f"共 {len(matches) - counts['stale']} 对：{held}。"]
    if counts["stale"]:
        advice = "请照现在的条文用 match accept 或 reject 重记，或用 match forget 删去。"
        lines.append(f"另有 {counts['stale']} 条核对没有采用：{advice}")
    return "\n".join(lines)


def _line(match: Standing, names: dict[str, str]) -> str:
    pair = f"{names.get(match.one, match.one)} — {names.get(match.other, match.other)}"
    note = f"  备注：{' '.join(match.note.split())}" if match.note else ""
    if match.stale is not None and match.verdict is not None:
        return f"{_MARKS['stale']}（{match.stale}）  记的是{_VERDICTS[match.verdict]}  {pair}{note}"
    score = "—   " if match.score is None else f"{match.score:.2f}"
    return f"{_MARKS[match.state]}  {score}  {pair}{note}"


def match_text(match: Standing) -> str:
    """What was kept of one pair, and whether it was computed or is new."""
    if match.state == "confirmed":
        was = "是新加的：自动对照没有这一对" if match.score is None else f"自动对照也有这一对，{match.score:.2f}"
    else:
        was = "自动对照本来没有这一对" if match.score is None else f"自动对照有这一对，{match.score:.2f}，不再采用"
    return f"{_MARKS[match.state]}  {match.one} — {match.other}（{was}）"


def forgotten_text(one: str, other: str) -> str:
    """What was dropped, and what counts now."""
    return f"已删去对 {one} — {other} 的核对，以后照自动对照的结果。"
