"""Which documents a question is asked of: by the places, documents and levels that it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.citations import NUMBER, fold_number, fold_title, is_document_name
from corpus.errors import QuestionError
from corpus.model import Document, Place
from corpus.places import Gazetteer
from corpus.places import load as load_gazetteer
from indexer.fold import fold
from search.model import Scope

_EVERY = re.compile(r"三地|各地|几地|三个?地方|(?:三|几|各|哪些?|所有|全部)(?:份|个)?(?:文件|文本|政策)|分别")
_AS_NAME = (
    r"(?=的?(?:文件|政策|规定|意见|通知|要求|说法|层面|方面|那边|这边|那份|那个|这份|版)"
    r"|怎么|咋|如何|呢|和|与|跟|对|、|，|,|$|\s)"
)
"""What follows a name that is also a common word (国家) where it names a document."""
_BOOK_TITLE = re.compile(r"《([^《》]{2,60})》")
_SHORT_NUMBER = re.compile(
    r"(?P<agency>[一-鿿]{1,5}(?:发|字|规|函))?(?<![\d〕\]）)])(?:第)?\s*(?P<serial>\d{1,4})\s*号(?P<kind>文件?|令)?"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A place or document that a question names: `held` are the documents it means, none where it is not held."""

    text: str
    held: tuple[str, ...]
    is_place: bool = False


class ScopeReader:
    """Tells the scope of questions over fixed documents."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = tuple(documents)
        self._gazetteer: Gazetteer = load_gazetteer()
        self._numbers = [(d.doc_id, fold_number(d.metadata.number)) for d in documents if d.metadata.number]
        self._tells_no_places = not all(d.metadata.level for d in documents) or all(
            d.metadata.level == "national" for d in documents
        )
        self._folded = {d.doc_id: fold(_provisions(d)) for d in documents}

    def read(self, question: str, doc_ids: Sequence[str] = ()) -> Scope:
        """The scope of `question`. `doc_ids`, where given, is the scope, whatever the question names.

        Raises `QuestionError` for a `doc_ids` that is not held.
        """
        if doc_ids:
            return Scope(self._checked(doc_ids), understood="只在选定的文件里找")
        named = tuple(self.named(question))
        held = _meant(named)
        missing = tuple(name.text for name in named if not name.held)
        everywhere = tuple(d.doc_id for d in self._documents)
        if missing and not held:
            national = tuple(d.doc_id for d in self._documents if d.metadata.level == "national")
            scope = national or everywhere
        elif not held or _EVERY.search(question):
            scope = everywhere
        else:
            scope = tuple(doc_id for doc_id in everywhere if doc_id in held)
        texts = tuple(name.text for name in named)
        return Scope(scope, texts, missing if not held else (), _in_words(named, self._documents))

    def _checked(self, doc_ids: Sequence[str]) -> tuple[str, ...]:
        known = [d.doc_id for d in self._documents]
        unknown = [doc_id for doc_id in doc_ids if doc_id not in known]
        if unknown:
            raise QuestionError(f"没有编号为 {'、'.join(unknown)} 的文件。现有：{'、'.join(known)}。")
        return tuple(doc_id for doc_id in known if doc_id in set(doc_ids))

    def named(self, question: str) -> Iterable[Named]:
        """What the question names, each once, those of documents before those of places."""
        taken: list[tuple[int, int]] = []
        yield from self._by_title(question, taken)
        yield from self._by_number(question, taken)
        yield from self._by_alias(question, taken)
        for mention in self._gazetteer.find(question):
            if any(a < mention.end and mention.start < b for a, b in taken):
                continue
            name = self._of_place(mention.text, mention.places)
            if name is not None:
                yield name

    def _by_title(self, question: str, taken: list[tuple[int, int]]) -> Iterable[Named]:
        for match in _BOOK_TITLE.finditer(question):
            title = fold_title(match.group(1))
            held = tuple(d.doc_id for d in self._documents if _is_title_of(title, d))
            if held or is_document_name(match.group(1)):
                taken.append(match.span())
                yield Named(match.group(0), held)

    def _by_number(self, question: str, taken: list[tuple[int, int]]) -> Iterable[Named]:
        for match in NUMBER.finditer(question):
            if any(a < match.end() and match.start() < b for a, b in taken) or match["agency"] is None:
                continue
            number = fold_number(match.group(0))
            held = tuple(doc_id for doc_id, own in self._numbers if own == number)
            taken.append(match.span())
            yield Named(match.group(0), held)
        for match in _SHORT_NUMBER.finditer(question):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            agency, serial = match["agency"], f"〕{match['serial']}号"
            held = tuple(doc_id for doc_id, number in self._numbers if _fits(number, agency, serial))
            if held or agency:
                taken.append(match.span())
                yield Named(match.group(0), held)

    def _by_alias(self, question: str, taken: list[tuple[int, int]]) -> Iterable[Named]:
        names = {
            name: d.doc_id
            for d in self._documents
            for name in (*d.metadata.aliases, d.metadata.short_name)
            if len(name) > 1 and not self._is_shared(name, d)
        }
        for name in sorted(names, key=lambda name: (-len(name), name)):
            for match in _alias_pattern(name, is_place=bool(self._gazetteer.named(name))).finditer(question):
                if any(a < match.end() and match.start() < b for a, b in taken):
                    continue
                taken.append(match.span())
                yield Named(name, (names[name],))

    def _is_shared(self, name: str, document: Document) -> bool:
        return any(
            name in (*other.metadata.aliases, other.metadata.short_name)
            for other in self._documents
            if other.doc_id != document.doc_id
        )

    def _of_place(self, text: str, places: tuple[Place, ...]) -> Named | None:
        """The documents of the place; None where the held texts speak of it themselves, or are of no place."""
        held = tuple(
            d.doc_id
            for d in self._documents
            if d.metadata.region_code
            and any(self._gazetteer.within(place, self._gazetteer.by_code[d.metadata.region_code]) for place in places)
        )
        if not held and (self._tells_no_places or any(fold(text) in folded for folded in self._folded.values())):
            return None
        return Named(text, held, is_place=True)


def _fits(number: str, agency: str | None, serial: str) -> bool:
    return number.endswith(serial) and (agency is None or number.startswith(agency))


def _meant(named: Sequence[Named]) -> set[str]:
    """The documents meant: a name that fits several ("57号文") is narrowed by those that fit one ("人社部")."""
    certain = {name.held[0] for name in named if len(name.held) == 1}
    meant: set[str] = set()
    for name in named:
        narrowed = certain.intersection(name.held) if not name.is_place else set()
        meant.update(narrowed or name.held)
    return meant


def _alias_pattern(name: str, *, is_place: bool) -> re.Pattern[str]:
    if is_place:
        return re.compile(re.escape(name))
    guard = r"(?!门)" if name.endswith("部") else ""
    tail = _AS_NAME if len(name) == 2 and not name.endswith("里") else ""
    return re.compile(re.escape(name) + guard + tail)


def _is_title_of(title: str, document: Document) -> bool:
    own = fold_title(document.metadata.title)
    shorter, longer = sorted((title, own), key=len)
    return len(shorter) > 6 and shorter in longer


def _provisions(document: Document) -> str:
    """The text of its provisions without what they cite, for telling whether they speak of a place."""
    cited = [(c.start, c.end) for c in document.metadata.citations]
    return "\n".join(
        clause.body_text
        for clause in document.clauses
        if clause.kind in ("clause", "attachment", "closing")
        and not any(clause.start <= a < clause.end for a, _ in cited)
    )


def _in_words(named: Sequence[Named], documents: Sequence[Document]) -> str:
    names = {d.doc_id: d.metadata.short_name for d in documents}
    pieces = []
    for name in named:
        held = "、".join(names[doc_id] for doc_id in name.held)
        pieces.append(f"“{name.text}”按{held}的文件找" if held else f"“{name.text}”的文件未收录")
    return "；".join(dict.fromkeys(pieces))
