"""Which of two rules binds more, by the ladder of their modal words and by what has to be asked for first."""

from __future__ import annotations

import re
from collections.abc import Iterable

from search.compare.boundaries import words_at
from search.compare.claims import lacking
from search.compare.governed import binding, is_shared
from search.compare.rule import Pull, Rule
from search.compare.stakes import has, matches, segments
from search.modals import Modal, ModalKind, modals

_BINDS: dict[ModalKind, int] = {
    "prohibition": 1,
    "duty": 2,
    "soft_duty": 3,
    "permission": 4,
    "release": 4,
    "encouragement": 5,
}
"""The smaller, the more; a release lets off as a permission does (不作硬性要求 is no ban)."""
_URGED = {"鼓励", "提倡", "倡导"}
"""Words that leave it to those ruled on; 支持 and 引导 only say what the authorities do."""
_ONLY = re.compile("仅|只(?!要|有)")
_MOVED = re.compile("推动|推进|促进|支持|引导")
"""What authorities do in much the way in which they 鼓励."""
_LED = re.compile("(?:引导|指导|动员|推动|督促)(?:、(?:引导|指导|动员|推动|督促|支持))*(?!机制|意见)")
"""What is done by way of others."""
_REPHRASED: tuple[frozenset[ModalKind], ...] = (
    frozenset({"prohibition", "duty"}),
    frozenset({"prohibition", "release"}),
    frozenset({"permission", "release"}),
    frozenset({"permission", "encouragement"}),
)
"""Steps that say one rule in two ways: 未经批准不得经营 and 经营应当先取得批准; 不得要求提交 and 不再提交."""


def pull_of_force(of: Rule, to: Rule) -> Pull | None:
    """Where the modal words that only one rule has pull; None where they bind alike, or one rule says none.

    A rule without any binds as a duty: against it a prohibition, a release or 鼓励 counts, and 应当 does not.
    """
    ours, theirs = binding(of.text), binding(to.text)
    only = [modal for modal in _unmatched(ours, theirs) if is_shared(of.text, modal, to.text)]
    gone = [modal for modal in _unmatched(theirs, ours) if is_shared(to.text, modal, of.text)]
    if only and gone:
        return _pull(of, only[0], to, gone[0])
    urged = _urged(of, to)
    if urged is not None:
        return urged
    if ours and theirs and [*only, *gone] and all(modal.kind == "soft_duty" for modal in (*only, *gone)):
        return _softened(of, only, to, gone)
    if only and not theirs:
        return _against_none(of, only[0], to, is_ours=True)
    return _against_none(to, gone[0], of, is_ours=False) if gone and not ours else None


def pull_of_leave(of: Rule, to: Rule) -> Pull | None:
    """What leave is needed: 批准 binds more than 备案, and that more than deciding oneself.

    None where both ask as much, or one asks for none; and where one turns 批准 into 备案 itself.
    """
    ours, theirs = _leave(of), _leave(to)
    if ours is None or theirs is None or ours[0] == theirs[0]:
        return None
    (mine, start, end), (other, first, last) = ours, theirs
    change = f"“{to.text[first:last]}”变为“{of.text[start:end]}”"
    evidence = (of.evidence(start, end), to.evidence(first, last))
    if mine < other:
        return Pull("更严", f"{change}：手续更严", evidence)
    return Pull("更宽", f"{change}：手续更松", evidence)


def withdrawal(of: Rule) -> Pull | None:
    """更严 where `of` takes a gain back: 不再…倾斜, 取消…补贴."""
    for start, end in segments(of.text):
        part = of.text[start:end]
        taken = matches("withdrawn", part)
        if taken and has("given", part[taken[0][1] :]):
            return Pull("更严", f"“{part}”收回了好处", (of.evidence(start, end),))
    return None


def _leave(rule: Rule) -> tuple[int, int, int] | None:
    """(step, start, end) of the leave to be asked for, 1 the strictest; None where none is, or the first two are."""
    asked = {1: matches("approval", rule.text), 2: matches("filing", rule.text), 3: matches("own", rule.text)}
    steps = {step: found for step, found in asked.items() if found}
    if 1 in steps and 2 in steps:  # 取消核准，改为备案
        return None
    if not steps:
        return None
    step = min(steps)
    return step, *steps[step][0]


def _unmatched(modals_: Iterable[Modal], others: Iterable[Modal]) -> list[Modal]:
    """Those whose step of the ladder the other rule does not stand on, the most binding first."""
    held = {modal.kind for modal in others}
    return sorted((modal for modal in modals_ if modal.kind not in held), key=lambda modal: _BINDS[modal.kind])


def _pull(of: Rule, ours: Modal, to: Rule, theirs: Modal) -> Pull | None:
    if _BINDS[ours.kind] == _BINDS[theirs.kind] or frozenset({ours.kind, theirs.kind}) in _REPHRASED:
        return None
    is_stronger = _BINDS[ours.kind] < _BINDS[theirs.kind]
    evidence = (of.evidence(ours.start, ours.end), to.evidence(theirs.start, theirs.end))
    change = f"“{theirs.text}”变为“{ours.text}”"
    return (
        Pull("更严", f"{change}：要求更强", evidence) if is_stronger else Pull("更宽", f"{change}：要求更松", evidence)
    )


def _urged(of: Rule, to: Rule) -> Pull | None:
    """应引导…安排岗位 against 应安排岗位: to see to it that others do it is less than to do it."""
    for rule, other, is_ours in ((of, to, True), (to, of, False)):
        if _LED.search(other.text):
            continue
        led = next((match for match in _LED.finditer(rule.text) if _does(other.text, rule.text[match.end() :])), None)
        if led is not None:
            who, doer = ("本方", "对方") if is_ours else ("对方", "本方")
            reason = f"{who}只要求“{led[0]}”，{doer}要求直接做：{who}的要求更松"
            return Pull("更宽" if is_ours else "更严", reason, (rule.evidence(*led.span()),))
    return None


def _does(text: str, urged: str) -> bool:
    """Whether `text` makes a duty of a thing to do, named right behind a modal word, that is urged."""
    for modal in modals(text):
        word = next((text[start:end] for start, end in words_at(text) if start >= modal.end), "")
        if modal.kind == "duty" and len(word) > 1 and word in urged:
            return True
    return False


def _softened(of: Rule, only: list[Modal], to: Rule, gone: list[Modal]) -> Pull:
    """原则上 before another modal word leaves room for exceptions: 原则上不得 against 不得."""
    if only:
        reason = f"本方是“{only[0].text}”，对方{lacking(to, only[0].text)}这样说：本方留有例外的余地"
        return Pull("更宽", reason, (of.evidence(only[0].start, only[0].end),))
    reason = f"对方是“{gone[0].text}”，本方{lacking(of, gone[0].text)}这样说：本方不留例外的余地"
    return Pull("更严", reason, (to.evidence(gone[0].start, gone[0].end),))


def _against_none(rule: Rule, modal: Modal, other: Rule, *, is_ours: bool) -> Pull | None:
    """A permission beside a bare rule is how a gain is worded, and 支持 how a direction is: they say nothing."""
    if modal.kind in {"duty", "permission"}:
        return None
    if modal.kind == "encouragement" and (modal.text not in _URGED or _MOVED.search(other.text)):
        return None
    if modal.kind in {"prohibition", "release"} and (has("negated", other.text) or has("relief", other.text)):
        return None  # 不需购票 and 免收门票, 禁止使用 and 停用
    if modal.kind == "prohibition" and _ONLY.search(other.text):
        return None  # 不得挪作他用 and 只用于养老
    is_stricter = (modal.kind == "prohibition") == is_ours
    who, silent = ("本方", "对方") if is_ours else ("对方", "本方")
    claim = f"{who}是“{modal.text}”，{silent}{lacking(other, modal.text)}这样说"
    reason = f"{claim}：本方的要求{'更强' if is_stricter else '更松'}"
    return Pull("更严" if is_stricter else "更宽", reason, (rule.evidence(modal.start, modal.end),))
