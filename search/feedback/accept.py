"""A question that people asked → a phrasing of the rule that answers it, or that it is easily confused with.

A question is written into `questions/<doc_id>.txt` of the corpus only if `clauselens questions lint` has nothing to
say of it there; everything else in the file, notes and order too, stays as it is.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import QuestionError
from corpus.model import Clause, Corpus, Document
from corpus.phrasing_lint import Fault, FaultKind, fold_phrasing, lint_phrasings
from search.feedback.blocks import Block, most_like, overlap, read_blocks
from search.feedback.files import locked, read_lines, write_text
from search.feedback.model import Cited, Feedback, clauses_of, stale
from search.feedback.quotes import Placed
from search.feedback.store import FeedbackStore

_REFUSED: dict[FaultKind, str] = {
    "contradiction": "在同一条里，一处算能答，一处算不能答（!）。请先改或删那一行",
    "two_clauses": "几乎相同，却指向另一条。请先改或删那一行，或用 --clause 选那一条",
    "duplicate": "重复。请先改或删那一行",
}


@dataclass(frozen=True, slots=True)
class Written:
    """Where the phrasing stands now: in `path` on line `line` (from 1), below the quote `rule` of the clause.

    `is_new` is False where it stood there before; `is_new_rule`: nothing asked for this clause yet, so that the quote
    was chosen from it; `rules`: how many quotes of this clause the file has.
    """

    clause_id: str
    path: Path
    line: int
    rule: str
    is_new: bool
    is_new_rule: bool
    rules: int


@dataclass(frozen=True, slots=True)
class Accepted:
    """Feedback accepted: `text` was written, as what the rules answer or (`is_apart`) only seem to."""

    feedback: Feedback
    text: str
    is_apart: bool
    written: tuple[Written, ...]


@dataclass(frozen=True, slots=True)
class _Change:
    """A file as it is to be, if `text` is not None, and what is told of it."""

    written: Written
    text: str | None


def accept(
    corpus: Corpus, store: FeedbackStore, number: int, clause_ids: Sequence[str] = (), *, near_miss: bool = False
) -> Accepted:
    """Write the question of feedback `number` as a phrasing of the right clauses, and mark it accepted.

    `clause_ids`: those that the trainer names instead; `near_miss`: as what the clauses only seem to answer, by
    default those that were shown wrongly. All files are written or none. Raises `QuestionError` where it is not
    known which clause is meant or the phrasing does not go with the others, `FeedbackError` for a file that cannot
    be read or written.
    """
    feedback = store.get(number)
    text = phrasing_of(feedback)
    named = [clause_id.strip().partition("#")[0] for clause_id in clause_ids]
    targets = _targets(feedback, corpus, named, near_miss=near_miss)
    paths = {corpus.path / "questions" / f"{clause.doc_id}.txt": clause for clause in targets}
    with ExitStack() as stack:
        for path in sorted(paths):
            stack.enter_context(locked(path))
        changes = [_change(corpus, clause, path, text, is_apart=near_miss) for path, clause in paths.items()]
        for change in changes:
            if change.text is not None:
                write_text(change.written.path, change.text)
    written = tuple(change.written for change in changes)
    return Accepted(store.settle(number, "accepted"), text, near_miss, written)


def phrasing_of(feedback: Feedback) -> str:
    """The question as a line of a file of phrasings: as asked, or, where it hangs on those before, as understood."""
    asked = feedback.given.standalone if feedback.given.history else feedback.given.question
    return " ".join(asked.split()).lstrip("#>!！ ")


def _targets(feedback: Feedback, corpus: Corpus, clause_ids: Sequence[str], *, near_miss: bool) -> list[Clause]:
    """The clauses to write for, one a document: those named, else those that the feedback tells of."""
    clauses = clauses_of(corpus.documents)
    number = feedback.number
    for clause_id in clause_ids:
        if clause_id not in clauses:
            raise QuestionError(f"没有编号为 {clause_id} 的条款。请用 clauselens clauses 查看现有的编号。")
    wanted = list(dict.fromkeys(clause_ids))
    if not wanted:
        cited = _cited(feedback, near_miss=near_miss)
        if not cited:
            raise QuestionError(f"第 {number} 条反馈没有说明{_LACKING[near_miss]}。请用 --clause 写明条款编号。")
        for each in cited:
            if (why := stale(each, clauses)) is not None:
                raise QuestionError(f"第 {number} 条反馈之后原文改过：{why}。请用 --clause 写明现在的条款编号。")
        wanted = [each.clause_id for each in cited]
    targets = [clauses[clause_id] for clause_id in wanted]
    if len({clause.doc_id for clause in targets}) < len(targets):
        raise QuestionError(f"{'、'.join(wanted)} 里有同一份文件的两条，一个问法只能指向一条。请用 --clause 选一条。")
    return targets


def _cited(feedback: Feedback, *, near_miss: bool) -> tuple[Cited, ...]:
    given = feedback.given
    right = given.right or ()
    if near_miss:
        ruling = {cited.clause_id for cited in right}
        return tuple(c for c in given.shown if given.verdict == "wrong" and c.clause_id not in ruling)
    return given.shown if given.verdict == "right" and given.status == "answered" else right


_LACKING = {False: "哪一条才是对的", True: "错在哪一条（没有标错的条款）"}


def _change(corpus: Corpus, clause: Clause, path: Path, text: str, *, is_apart: bool) -> _Change:
    """What the file of the clause's document has to become; raises `QuestionError` where `text` cannot stand in it."""
    lines = read_lines(path)
    placed = Placed(corpus.by_id[clause.doc_id])
    blocks = read_blocks(lines)
    own = [block for block in blocks if _clause_id(block, placed) == clause.clause_id]
    told = Written(clause.clause_id, path, 0, "", is_new=True, is_new_rule=not own, rules=max(1, len(own)))
    for block in own:
        for phrase in block.phrases:
            if phrase.is_apart == is_apart and fold_phrasing(phrase.text) == fold_phrasing(text):
                return _Change(replace(told, line=phrase.place + 1, rule=block.quote, is_new=False), None)
    line = f"! {text}" if is_apart else text
    if own:
        block = most_like(text, own)
        rule, place, added = block.quote, block.room(is_apart=is_apart), [line]
    else:
        rule = _rule(clause, placed, text)
        place, gap = _room_of_rule(blocks, lines, placed, rule)
        added = [*gap, f"> {rule}", line]
    new, number = _with(lines, place, added)
    _check(placed.document, new, number, path, len(new.splitlines()) - len(lines))
    return _Change(replace(told, line=number, rule=rule), new)


def _clause_id(block: Block, placed: Placed) -> str | None:
    span = placed.once(block.quote)
    return None if span is None else placed.document.clause_at(span.start).clause_id


def _rule(clause: Clause, placed: Placed, text: str) -> str:
    """The sentence of the clause that is most like the question, of those that the document has once."""
    sentences = [clause.slice(s.start, s.end) for s in clause.sentences if not s.is_heading] or [clause.body_text]
    words = [" ".join(sentence.split()) for sentence in sentences]
    fit = [each for each in words if placed.once(each) is not None]
    if not fit:
        raise QuestionError(f"{clause.clause_id} 里没有一句是这份文件里只出现一次的，无法作为说法的依据。请手工写入。")
    return max(fit, key=lambda each: overlap(text, each))


def _room_of_rule(blocks: Sequence[Block], lines: Sequence[str], placed: Placed, rule: str) -> tuple[int, list[str]]:
    """Where a new block goes, in the order of the text, and the empty line that parts it from the one above."""
    span = placed.once(rule)
    assert span is not None
    before = [b for b in blocks if (found := placed.once(b.quote)) is not None and found.start < span.start]
    if before:
        return before[-1].last + 1, [""]
    return len(lines), [""] if lines and lines[-1].strip() else []


def _with(lines: Sequence[str], place: int, added: Sequence[str]) -> tuple[str, int]:
    """The file with `added` from the line at `place` on, and the number, from 1, that the last of them has."""
    end = "\r\n" if any(line.endswith("\r\n") for line in lines) else "\n"
    above, below = list(lines[:place]), list(lines[place:])
    if above and above[-1].splitlines() == [above[-1]]:
        above[-1] += end
    new = [*above, *(f"{line}{end}" for line in added)]
    if below and below[0].strip() and len(added) > 1:
        below.insert(0, end)
    return "".join((*new, *below)), len(new)


def _check(document: Document, text: str, number: int, path: Path, added: int) -> None:
    """Refuse what lint says of line `number` in `text`, which has `added` lines more than the file at `path`.

    What was wrong elsewhere in the file before is not ours to tell.
    """
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "questions").mkdir()
        candidate = Path(folder) / "questions" / path.name
        candidate.write_text(text, encoding="utf-8", newline="")
        faults = lint_phrasings(Corpus(Path(folder), (document,))).faults
    for fault in faults:
        lines = [fault.line, *([fault.other] if fault.other is not None else [])]
        if any(line.number == number for line in lines):
            raise _refusal(fault, number, path, added)


def _refusal(fault: Fault, number: int, path: Path, added: int) -> QuestionError:
    other = next((line for line in (fault.line, fault.other) if line is not None and line.number != number), None)
    if other is None:
        return QuestionError("这个问题里没有可以作为说法的字。请用 clauselens feedback dismiss 搁置。")
    # In the file as it is, lines behind the new ones stand further up.
    place = other.number - added if other.number > number else other.number
    said = _REFUSED.get(fault.kind, "与它不合")
    return QuestionError(f"没有写入：{path} 第 {place} 行“{other.text}”与它{said}。")
