"""Words of rules as a reason quotes them: whole words, cut where they are long."""

from __future__ import annotations

from difflib import SequenceMatcher

from search.compare.boundaries import balanced, clipped, trimmed, whole_phrase, whole_words
from search.compare.counterparts import are_synonyms, is_short_form
from search.compare.insubstantial import telling_words, words_of
from search.compare.stakes import segment_at

_SHORT = 5
"""Characters of words that say little alone."""
_INNER = str.maketrans("“”", "‘’")
_NAMED = "“”《》"
"""Round a name, in which a word of one character tells too: “招人难”."""
LONGEST = 28
"""Characters of a rule that a reason quotes in one piece."""


def one_quoted(text: str, start: int, end: int) -> str:
    """The words in quotation marks, blanks and line breaks left out, a long piece cut: “组建工作专班，逐户…”.

    They are grown to whole words, and begin and end with none that says nothing (的, 和) and no mark.
    """
    start, end = trimmed(text, *balanced(*whole_words(text, start, end), text))
    is_cut = len("".join(text[start:end].split())) > LONGEST
    if is_cut:
        end = clipped(text, start, end, LONGEST)
    words = "".join(text[start:end].split()).translate(_INNER)
    return f"“{words}…”" if is_cut else f"“{words}”"


def phrase_quoted(text: str, start: int, end: int, *, is_extra: bool = False) -> str:
    """The words as `phrase` has them, in quotation marks."""
    return one_quoted(text, *phrase(text, start, end, is_extra=is_extra))


def phrase(text: str, start: int, end: int, *, is_whole: bool = False, is_extra: bool = False) -> tuple[int, int]:
    """The words as they are quoted: the whole part of the sentence where they are most of it, else whole words.

    Characters that hang on at either end (发现其不) are left out; what is left is grown to phrases.
    `is_whole`: a word or two are quoted with the rest of their part of the sentence, since alone they say little.
    `is_extra`: words that only this rule says.
    """
    first, last = segment_at(text, start)
    if end <= last and 2 * (end - start) >= last - first:
        return trimmed(text, *balanced(first, last, text))
    words = [word for word in words_of(text[start:end]) if len(word.form) > 1 and not word.is_dropped]
    if words and not set(_NAMED) & set(text[start:end]):
        start, end = start + words[0].start, start + words[-1].end
    if is_whole and end - start < _SHORT and last - start <= LONGEST:
        end = last
    return whole_phrase(text, start, end, is_extra=is_extra)


def pair_of_synonyms(of: str, to: str) -> tuple[str, str] | None:
    """The word of `of` that stands in the place of a synonym in `to`, where all else is the same; None otherwise."""
    ours, theirs = telling_words(of), telling_words(to)
    matcher = SequenceMatcher(None, [word.form for word in theirs], [word.form for word in ours], autojunk=False)
    changes = [change for change in matcher.get_opcodes() if change[0] != "equal"]
    if len(changes) != 1 or changes[0][0] != "replace":
        return None
    _, to_start, to_end, of_start, of_end = changes[0]
    if (to_end - to_start, of_end - of_start) != (1, 1):
        return None
    one, other = ours[of_start], theirs[to_start]
    if not (are_synonyms(one.form, other.form) or is_short_form(one.form, other.form)):
        return None
    return of[one.start : one.end], to[other.start : other.end]
