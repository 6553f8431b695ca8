"""The values of a policy text: `Source → Document → Clause`, each frozen, each later one pointing back by offset.

Offsets named `start`/`end` count characters of `Document.text` (half open). Offsets named `raw` count bytes of
the file as received. `Document.text` is what is left of the decoded file when line wraps, page furniture, Markdown
marks and the blanks at line ends are dropped: a subsequence of it, paragraphs separated by one line break. (The one
substitution: a wrap between two Latin words leaves one blank.)
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

ClauseKind = Literal["clause", "preface", "closing", "cover", "signature", "attachment"]
Level = Literal["national", "province", "city", "county"]


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (half open) of a document's clean text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """A file as received. `text` is `data` decoded by `encoding`, a byte order mark left out."""

    doc_id: str
    path: str
    sha256: str
    encoding: str
    text: str
    byte_order_mark: int = 0
    """Bytes of the mark in front of the first character."""


@dataclass(frozen=True, slots=True)
class Run:
    """`length` characters of clean text from `start` on, unbroken in the file from byte `raw` to `raw_end`."""

    start: int
    length: int
    raw: int
    raw_end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence (or heading line) of a clause."""

    start: int
    end: int
    paragraph: int
    """Number of its paragraph in the clause, from 0."""
    is_heading: bool = False
    """It only names the clause (its heading, or the bare number) and rules on nothing."""


@dataclass(frozen=True, slots=True)
class Clause:
    """The lowest numbered provision, or the preface, closing, cover, signature or attachment part beside it.

    The clauses of a document tile its text: their texts joined by one line break are `document.text`.
    Hence `start` takes in the chapter headings that open right before the clause; `body` is where the clause's
    own label begins.
    """

    clause_id: str
    doc_id: str
    kind: ClauseKind
    label: str
    heading: str
    """The clause's own heading, without its number; "" where it has none."""
    trail: tuple[str, ...]
    """Headings of the chapters above, outermost first, as they stand in the text."""
    text: str
    """`document.text[start:end]`."""
    start: int
    end: int
    body: int
    """Where the clause's own label and text begin: `start <= body < end`."""
    raw: tuple[tuple[int, int], ...]
    """Byte ranges of the file as received that hold these characters, in order."""
    sentences: tuple[Sentence, ...]
    """Of the body, in order; between them is nothing but blanks."""

    @property
    def body_text(self) -> str:
        """The clause without the chapter headings in front of it."""
        return self.text[self.body - self.start :]

    def slice(self, start: int, end: int) -> str:
        """Characters `start` to `end` (offsets in the document) of this clause."""
        return self.text[start - self.start : end - self.start]


@dataclass(frozen=True, slots=True)
class Node:
    """A numbered heading or item of the tree 编/章/节/条/一、/（一）/1./（1）; `children` in reading order."""

    level: str
    """One of `corpus.structure.LEVELS`."""
    number: tuple[int, ...]
    """Its numeral, and for a decimal one ("1.2.3") all of them."""
    marker: str
    """The numeral as written: 第三章, 三、, （七）, 1."""
    heading: str
    start: int
    end: int
    children: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """Another document named in a text. `doc_id` is set where that document is held."""

    title: str
    number: str | None
    start: int
    end: int
    is_basis: bool
    doc_id: str | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a text says of itself, overridden by the corpus manifest where that says otherwise.

    Absent is None or (). `date` and `expires` are ISO dates (YYYY-MM-DD, or YYYY-MM / YYYY where no more is said).
    """

    title: str
    number: str | None = None
    """文号, as written."""
    issuers: tuple[str, ...] = ()
    date: str | None = None
    addressees: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    on_trial: bool = False
    """试行 or 暂行."""
    expires: str | None = None
    level: Level | None = None
    region: str | None = None
    """The place it is in force in, by its full name (重庆市); 全国 for a national one."""
    region_code: str | None = None
    """GB/T 2260 code of the region, six digits."""
    short_name: str = ""
    """How it is called on the page: 国家, 重庆, 聊城."""
    aliases: tuple[str, ...] = ()
    """Other names people use for it: 部里, 市里那个文件."""

    @property
    def basis(self) -> tuple[Citation, ...]:
        """The documents it says it is based on (依据)."""
        return tuple(c for c in self.citations if c.is_basis)


@dataclass(frozen=True)
class Document:
    """One policy text, read. See the module's docstring for `text`; `runs` map it back to the file."""

    doc_id: str
    path: str
    """Of the file, relative to the corpus folder."""
    sha256: str
    """Of the file's bytes."""
    encoding: str
    text: str
    runs: tuple[Run, ...]
    metadata: Metadata
    nodes: tuple[Node, ...]
    clauses: tuple[Clause, ...]

    @cached_property
    def _run_starts(self) -> list[int]:
        return [run.start for run in self.runs]

    @cached_property
    def by_id(self) -> dict[str, Clause]:
        """Its clauses by `clause_id`."""
        return {clause.clause_id: clause for clause in self.clauses}

    def clause_at(self, offset: int) -> Clause:
        """The clause that holds the character at `offset` (a line break belongs to the clause before it)."""
        starts = [clause.start for clause in self.clauses]
        return self.clauses[max(0, bisect_right(starts, offset) - 1)]


@dataclass(frozen=True)
class Corpus:
    """The documents held, in reading order, with what they cite resolved among themselves."""

    path: Path
    documents: tuple[Document, ...]
    fingerprint: str = ""
    """Changes when any file that the documents are made from changes (sha-256, hex)."""

    @cached_property
    def by_id(self) -> dict[str, Document]:
        """Documents by `doc_id`."""
        return {document.doc_id: document for document in self.documents}


@dataclass(frozen=True, slots=True)
class Place:
    """A province, city or county of GB/T 2260."""

    code: str
    name: str
    """Full: 聊城市."""
    short: str
    """Without 省/市/县…: 聊城."""
    level: Level
    parent: str | None = field(default=None)
    """Code of the place above; None for a province."""
