"""Which documents a question is asked of: by the places, documents and levels that it names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.citations import NUMBER, fold_title, is_document_name
from corpus.errors import QuestionError
from corpus.issuers import offices
from corpus.model import Document, Place
from corpus.places import Gazetteer
from corpus.places import load as load_gazetteer
from indexer.fold import fold, fold_map
from search.model import Scope

_EVERY = re.compile(r"三地|各地|几地|三个?地方|(?:三|几|各|哪些?|所有|全部)(?:份|个)?(?:文件|文本|政策)|分别")
_AS_NAME = (
    r"(?=的?(?:文件|政策|规定|意见|通知|要求|说法|层面|方面|那边|这边|那份|那个|这份|这个|版)"
    r"|怎么|咋|如何|呢|和|与|跟|对|、|，|,|$|\s)"
)
"""What follows a name that is also a common word (国家) where it names a document."""
_NO_NEXT_WORD = r"(?![场民级区域])"
"""市 is not the place's own in 市场, 市民, 市区."""
_BOOK_TITLE = re.compile(r"《([^《》]{2,60})》")
_SHORT_NUMBER = re.compile(r"(?:\((?P<year>[12]\d{3})\))?第?(?<!\d)(?P<serial>\d{1,5})号(?P<kind>文件?|令)?")
_ITS_DOCUMENT = r"[^，。？！；、,.?!;]{0,20}?(?:文件|号文|意见|通知|办法|规定|方案|红头)"
"""What follows an office where a document of it is meant."""
_AGENCY = re.compile(r"[一-鿿]{1,6}(?:发|字|规|函)$")
_RUN_IN = re.compile(r".*(?:[问按照据行实见和与或及的为是对在看查说到]|了解|知道|通知)(?=[一-鿿]{2})")
"""Words of the question that ran into an agency's sign: 根据 in 根据人社部发."""
_LAST_DAY = 31
"""Up to here a bare "15号" is a day."""


@dataclass(frozen=True, slots=True)
class Named:
    """A place or document that a question names: `held` are the documents it means, none where it is not held."""

    text: str
    held: tuple[str, ...]
    is_place: bool = False
    is_sought: bool = False
    """It not only says where to look: the held texts speak of it (a county that they list)."""


_Found = tuple[int, int, tuple[str, ...], bool]


class ScopeReader:
    """Tells the scope of questions over fixed documents."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = tuple(documents)
        self._gazetteer: Gazetteer = load_gazetteer()
        self._numbers = [_Number.of(d.doc_id, d.metadata.number) for d in documents if d.metadata.number]
        self._tells_no_places = not all(d.metadata.level for d in documents) or all(
            d.metadata.level == "national" for d in documents
        )
        self._folded = {d.doc_id: fold(_provisions(d)) for d in documents}
        self._aliases = self._own_aliases()
        self._not_issuing = self._offices_without_documents()

    def read(self, question: str, doc_ids: Sequence[str] = ()) -> Scope:
        """The scope of `question`. `doc_ids`, where given, is what is searched, whatever the question names.

        Raises `QuestionError` for a `doc_ids` that is not held.
        """
        named = tuple(self.named(question))
        held = _meant(named)
        missing = tuple(name.text for name in named if not name.held)
        if doc_ids:
            return self._chosen(self._checked(doc_ids), named, missing)
        everywhere = tuple(d.doc_id for d in self._documents)
        if missing and not held:
            national = tuple(d.doc_id for d in self._documents if d.metadata.level == "national")
            scope = national or everywhere
        elif not held or _EVERY.search(fold(question)):
            scope = everywhere
        else:
            scope = tuple(doc_id for doc_id in everywhere if doc_id in held)
        texts = tuple(name.text for name in named)
        return Scope(scope, texts, missing, _in_words(named, self._documents))

    def _chosen(self, chosen: tuple[str, ...], named: Sequence[Named], missing: tuple[str, ...]) -> Scope:
        """The scope where the documents were chosen, with what the question names beside them."""
        aside = [name for name in named if name.held and not set(name.held).intersection(chosen)]
        meant = {doc_id for name in aside for doc_id in name.held}
        return Scope(
            chosen,
            tuple(name.text for name in named),
            missing,
            "只在选定的文件里找",
            tuple(name.text for name in aside),
            tuple(d.doc_id for d in self._documents if d.doc_id in meant),
        )

    def _checked(self, doc_ids: Sequence[str]) -> tuple[str, ...]:
        known = [d.doc_id for d in self._documents]
        unknown = [doc_id for doc_id in doc_ids if doc_id not in known]
        if unknown:
            raise QuestionError(f"没有编号为 {'、'.join(unknown)} 的文件。现有：{'、'.join(known)}。")
        return tuple(doc_id for doc_id in known if doc_id in set(doc_ids))

    def named(self, question: str) -> Iterable[Named]:
        """What the question names, each once, those of documents before those of places."""
        folded, offsets = fold_map(question)
        taken: list[tuple[int, int]] = []
        told = set()
        for start, end, held, is_place in self._found(folded, taken):
            text = question[offsets[start] : offsets[end - 1] + 1]
            if text not in told:
                told.add(text)
                yield Named(text, held, is_place, is_place and self._is_part(folded[start:end], held))

    def _found(self, folded: str, taken: list[tuple[int, int]]) -> Iterable[_Found]:
        """(start, end, documents, whether it is a place) of each name in the folded question."""
        for find in (
            self._by_title,
            self._by_own_number,
            self._by_number,
            self._by_short_number,
            self._by_alias,
            self._by_office,
        ):
            for start, end, held in find(folded):
                if not any(a < end and start < b for a, b in taken):
                    taken.append((start, end))
                    yield start, end, held, False
        for mention in self._gazetteer.find(folded):
            start, end = mention.start, mention.start + len(mention.text)
            held_there = self._of_place(mention.text, mention.places)
            if held_there is not None and not any(a < end and start < b for a, b in taken):
                yield start, end, held_there, True

    def _by_title(self, folded: str) -> Iterable[tuple[int, int, tuple[str, ...]]]:
        for match in _BOOK_TITLE.finditer(folded):
            held = tuple(d.doc_id for d in self._documents if _is_title_of(match.group(1), d))
            if held or is_document_name(match.group(1)):
                yield *match.span(), held

    def _by_own_number(self, folded: str) -> Iterable[tuple[int, int, tuple[str, ...]]]:
        for number in self._numbers:
            for match in number.whole.finditer(folded):
                before = folded[match.start() - 1 : match.start()] if match.start() else ""
                if not before or self._gazetteer.province_of_number(before + number.text) is None:
                    yield *match.span(), tuple(n.doc_id for n in self._numbers if n.text == number.text)

    def _by_number(self, folded: str) -> Iterable[tuple[int, int, tuple[str, ...]]]:
        for match in NUMBER.finditer(folded):
            if match["agency"] is not None:
                yield match.start() + _run_in(match["agency"]), match.end(), ()

    def _by_short_number(self, folded: str) -> Iterable[tuple[int, int, tuple[str, ...]]]:
        for match in _SHORT_NUMBER.finditer(folded):
            before = folded[: match.start()]
            fitting = [n for n in self._numbers if n.fits(match["year"], match["serial"])]
            exact = [n for n in fitting if n.agency and before.endswith(n.agency)]
            sign = _AGENCY.search(before)
            agency = sign.group()[_run_in(sign.group()) :] if sign else ""
            told = match["year"] or match["kind"]
            if exact:
                yield match.start() - len(exact[0].agency), match.end(), tuple(n.doc_id for n in exact)
            elif agency and (told or self._gazetteer.province_of_number(agency)):
                yield match.start() - len(agency), match.end(), ()
            elif fitting and not agency and (told or int(match["serial"]) > _LAST_DAY):
                yield *match.span(), tuple(n.doc_id for n in fitting)

    def _by_alias(self, folded: str) -> Iterable[tuple[int, int, tuple[str, ...]]]:
        for name, pattern, doc_id in self._aliases:
            if name in folded:
                for match in pattern.finditer(folded):
                    yield *match.span(), (doc_id,)

    def _by_office(self, folded: str) -> Iterable[tuple[int, int, tuple[str, ...]]]:
        """Documents of offices none of whose documents is held."""
        for match in self._not_issuing.finditer(folded):
            yield *match.span("office"), ()

    def _offices_without_documents(self) -> re.Pattern[str]:
        known = [fold(name) for d in self._documents for name in (*d.metadata.issuers, *_names(d))]
        absent = [office for office in offices() if not any(fold(office) in name for name in known)]
        return re.compile(f"(?P<office>{'|'.join(re.escape(fold(office)) for office in absent)}){_ITS_DOCUMENT}")

    def _own_aliases(self) -> list[tuple[str, re.Pattern[str], str]]:
        """(name folded, where it is one, document) of each name that one document alone has, the longest first."""
        holders = Counter(name for d in self._documents for name in set(_names(d)))
        names = {fold(n): d.doc_id for d in self._documents for n in _names(d) if len(n) > 1 and holders[n] == 1}
        return [
            (name, _alias_pattern(name, is_place=bool(self._gazetteer.named(name))), names[name])
            for name in sorted(names, key=lambda name: (-len(name), name))
        ]

    def _is_part(self, place: str, held: tuple[str, ...]) -> bool:
        regions = {d.metadata.region_code for d in self._documents if d.doc_id in held}
        is_region = any(p.code in regions for p in self._gazetteer.named(place))
        return not is_region and any(place in self._folded[doc_id] for doc_id in held)

    def _of_place(self, text: str, places: tuple[Place, ...]) -> tuple[str, ...] | None:
        """The documents of the place; None where the held texts speak of it themselves, or are of no place."""
        held = tuple(
            d.doc_id
            for d in self._documents
            if d.metadata.region_code
            and any(self._gazetteer.within(place, self._gazetteer.by_code[d.metadata.region_code]) for place in places)
        )
        if not held and (self._tells_no_places or any(fold(text) in folded for folded in self._folded.values())):
            return None
        return held


@dataclass(frozen=True, slots=True)
class _Number:
    """A held document's number, folded; `agency` and `year` are "" where it is of another form (…令第707号)."""

    doc_id: str
    text: str
    whole: re.Pattern[str]
    agency: str = ""
    year: str = ""
    serial: str = ""

    @staticmethod
    def of(doc_id: str, number: str) -> _Number:
        text = fold(number)
        match = NUMBER.fullmatch(text)
        if match is None or match["agency"] is None:
            return _Number(doc_id, text, re.compile(re.escape(text)))
        agency, year, serial = match["agency"], match["year"], match["serial"]
        whole = re.compile(rf"{re.escape(agency)}\({year}\)第?{serial}号(?:文件?)?")
        return _Number(doc_id, f"{agency}({year}){serial}号", whole, agency, year, serial)

    def fits(self, year: str | None, serial: str) -> bool:
        return self.serial == serial and year in (None, self.year)


def _run_in(agency: str) -> int:
    match = _RUN_IN.match(agency)
    return match.end() if match else 0


def _meant(named: Sequence[Named]) -> set[str]:
    """The documents meant: a name that fits several ("57号文") is narrowed by those that fit one ("人社部")."""
    certain = {name.held[0] for name in named if len(name.held) == 1}
    meant: set[str] = set()
    for name in named:
        narrowed = certain.intersection(name.held) if not name.is_place else set()
        meant.update(narrowed or name.held)
    return meant


def _names(document: Document) -> tuple[str, ...]:
    metadata = document.metadata
    region = (metadata.region,) if metadata.region and metadata.region_code else ()
    return (*metadata.aliases, metadata.short_name, *region)


def _alias_pattern(name: str, *, is_place: bool) -> re.Pattern[str]:
    if is_place:
        return re.compile(re.escape(name) + (_NO_NEXT_WORD if name[-1] in "省市县区" else ""))
    guard = r"(?!门)" if name.endswith("部") else ""
    tail = _AS_NAME if len(name) == 2 and not name.endswith("里") else ""
    return re.compile(re.escape(name) + guard + tail)


def _is_title_of(title: str, document: Document) -> bool:
    own = fold_title(fold(document.metadata.title))
    shorter, longer = sorted((fold_title(title), own), key=len)
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
