"""Footnotes of a Word document: the part that python-docx (1.2) reads over and cannot make.

WordprocessingML keeps them in a part of their own (ECMA-376, 17.11), with two that only draw the rule between text
and notes; `settings.xml` names those two.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

_RULES = (("separator", -1), ("continuationSeparator", 0))
_SIZE = Pt(9)


class Footnotes:
    """The footnotes of one document, numbered from 1 in the order they are added; `close` stores them in it.

    Under one topic (`begin`) the same text is one footnote, whose mark is referred to where it comes up again.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._notes: list[str] = []
        self._here: dict[str, int] = {}
        text = document.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        assert isinstance(text, ParagraphStyle)
        text.base_style = document.styles["Normal"]
        text.font.size = _SIZE
        text.paragraph_format.line_spacing = Pt(12)
        text.paragraph_format.first_line_indent = Pt(0)
        mark = document.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
        mark.font.superscript = True
        self._text, self._mark = text.style_id, mark.style_id

    def begin(self) -> None:
        """A new topic: what is noted from here on has footnotes of its own."""
        self._here = {}

    def add(self, paragraph: Paragraph, text: str) -> None:
        """A mark at the end of the paragraph for `text`, which stands at the foot of the page of its first mark."""
        number = self._here.get(text)
        if number is not None:
            self._refer(paragraph, number)
            return
        number = self._here[text] = len(self._notes) + 1
        self._notes.append(
            f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="{self._text}"/></w:pPr>'
            f'<w:r><w:rPr><w:rStyle w:val="{self._mark}"/></w:rPr><w:footnoteRef/></w:r>'
            f'<w:r><w:t xml:space="preserve"> {escape(text)}</w:t></w:r></w:p></w:footnote>'
        )
        place = paragraph._p  # noqa: SLF001 - python-docx has no other way to elements it does not know
        place.append(_element("w:bookmarkStart", id=str(number), name=f"_Ref{number}"))
        run = paragraph.add_run()
        run._r.style = self._mark  # noqa: SLF001 - by its name python-docx looks it up among all, each time
        run._r.append(_element("w:footnoteReference", id=str(number)))  # noqa: SLF001 - as above
        place.append(_element("w:bookmarkEnd", id=str(number)))

    def _refer(self, paragraph: Paragraph, number: int) -> None:
        """The number of a footnote once more, as a field that follows when the notes are numbered anew."""
        field = _element("w:fldSimple", instr=f" NOTEREF _Ref{number} \\f \\h ")
        run = paragraph.add_run(str(number))
        run._r.style = self._mark  # noqa: SLF001 - as in `add`
        field.append(run._r)  # noqa: SLF001 - as in `add`; the run moves into the field
        paragraph._p.append(field)  # noqa: SLF001 - as in `add`

    def close(self) -> None:
        """Store the part; nothing is added afterwards."""
        rules = "".join(
            f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0" w:line="240"'
            f' w:lineRule="auto"/></w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>'
            for kind, number in _RULES
        )
        declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        xml = f"{declaration}<w:footnotes {nsdecls('w')}>{rules}{''.join(self._notes)}</w:footnotes>"
        package = self._document.part.package
        assert package is not None
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, xml.encode(), package)
        self._document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        named = OxmlElement("w:footnotePr")
        for _, number in _RULES:
            rule = OxmlElement("w:footnote")
            rule.set(qn("w:id"), str(number))
            named.append(rule)
        settings = self._document.settings.element
        compatibility = settings.find(qn("w:compat"))
        assert compatibility is not None  # of python-docx's own template; the schema wants footnotePr before it
        compatibility.addprevious(named)


def _element(tag: str, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element
