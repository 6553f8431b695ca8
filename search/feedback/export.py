"""Feedback → judged questions, in the format of `eval.suite`, so that what people found is measured ever after.

- A right answer: the clauses shown rule on it, by the words that were quoted. Of texts that were silent beside
  them nobody said anything: they are not judged.
- A right "no": a question that nothing rules on.
- A wrong answer with the right clauses known: these rule on it. A person judged the clause, not words of it, so its
  whole text is the gold.
- A wrong answer where no text rules on it: a question that nothing rules on.

A question of type ``none`` has no history in a suite; it is exported as it was understood. Its kind is told from the
right "no": elsewhere for 未收录, far for 未找到依据, else near.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from corpus.model import Clause, Document
from corpus.phrasing_lint import fold_phrasing
from search.feedback.files import write_text
from search.feedback.model import Cited, Feedback, clauses_of, stale
from search.feedback.quotes import Placed

Line = dict[str, Any]

_NONE = {"not_held": "elsewhere", "no_basis": "far"}


@dataclass(frozen=True, slots=True)
class Exported:
    """`lines`: a question each, ready for ``questions.jsonl``, in the order given; `left_out`: how many, by reason.

    - ``unknown``: wrong, and nobody knows what is right;
    - ``narrowed``: nothing rules on it in the texts chosen, which says nothing of the others;
    - ``stale``: the text has changed since;
    - ``unplaced``: the clause's words stand in its document more than once;
    - ``repeated``: asked and judged again later; the last judgment counts.
    """

    lines: tuple[Line, ...]
    left_out: dict[str, int]


def export(feedback: Sequence[Feedback], documents: Sequence[Document]) -> Exported:
    """The questions of `feedback`, the oldest first, over `documents`."""
    clauses = clauses_of(documents)
    placed = {document.doc_id: Placed(document) for document in documents}
    left_out: Counter[str] = Counter()
    last: dict[tuple[str, ...], tuple[Feedback, Line]] = {}
    for each in feedback:
        line = _line(each, clauses, placed)
        if isinstance(line, str):
            left_out[line] += 1
            continue
        key = tuple(map(fold_phrasing, (*line.get("history", ()), line["question"])))
        left_out["repeated"] += last.pop(key, None) is not None
        last[key] = each, line
    return Exported(tuple(line for _, line in last.values()), {why: n for why, n in left_out.items() if n})


def suite_lines(exported: Exported) -> str:
    """The text of ``questions.jsonl``."""
    return "".join(f"{msgspec.json.encode(line).decode()}\n" for line in exported.lines)


def write_suite(exported: Exported, path: Path, corpus: str) -> None:
    """Write the questions to `path`, and, beside a ``questions.jsonl``, a ``suite.toml`` where there is none yet.

    `corpus`: what the suite calls it. Raises `FeedbackError` for what cannot be written.
    """
    write_text(path, suite_lines(exported))
    about = path.with_name("suite.toml")
    if path.name == "questions.jsonl" and not about.exists():
        write_text(about, _about(corpus))


def _about(corpus: str) -> str:
    facts = {
        "name": "feedback",
        "title": "使用中的反馈",
        "language": "zh",
        "corpus": corpus,
        "tests": "人们问过、标过对错的问题，答得如何",
        "licence": "未定",
        "provenance": "由 clauselens feedback export 从使用者的反馈导出。",
    }
    # A JSON string is a TOML basic string.
    return "".join(f"{name} = {msgspec.json.encode(value).decode()}\n" for name, value in facts.items())


def _line(feedback: Feedback, clauses: Mapping[str, Clause], placed: Mapping[str, Placed]) -> Line | str:
    """A line of the suite, or why there is none."""
    given = feedback.given
    is_right = given.verdict == "right"
    if not is_right and given.right is None:
        return "unknown"
    ruling = (given.shown if given.status == "answered" else ()) if is_right else (given.right or ())
    if any(stale(cited, clauses) is not None for cited in ruling):
        return "stale"
    head: Line = {"id": f"feedback-{feedback.number}"}
    expect: Line = {"expect": given.status} if is_right else {}
    if not ruling:
        if given.chosen:
            return "narrowed"
        asked: Line = {"type": "none", "question": given.standalone if given.history else given.question}
        kind = _NONE.get(given.status, "near") if is_right else "near"
        silent = [] if given.status == "not_held" else [d for d in given.scope or () if d in placed]
        return head | asked | {"silent": silent, "none": kind} | expect
    golds = [gold for cited in ruling for gold in _golds(cited, clauses, placed[cited.doc_id])]
    if len({gold["clause"] for gold in golds}) < len(ruling):
        return "unplaced"
    asked = {"type": "multi" if len(ruling) > 1 else "single", "question": given.question}
    if given.history:
        asked |= {"type": "followup", "history": list(given.history)}
    gold = [{"doc": g["doc"], "quote": g["quote"], "grade": 2} for g in golds]
    return head | asked | {"gold": gold} | expect


def _golds(cited: Cited, clauses: Mapping[str, Clause], placed: Placed) -> list[Line]:
    """The quotes shown of a clause that can be told from all else in its document, else the whole clause."""
    clause = clauses[cited.clause_id]

    def fits(words: str) -> bool:
        span = placed.once(words)
        return span is not None and clause.start <= span.start and span.end <= clause.end

    quotes = [quote for quote in dict.fromkeys(cited.quotes) if fits(quote)]
    quotes = quotes or [words for words in (clause.body_text,) if fits(words)]
    return [{"doc": cited.doc_id, "clause": cited.clause_id, "quote": quote} for quote in quotes]
