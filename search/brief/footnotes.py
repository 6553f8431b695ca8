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
from docx.shared import Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

_RULES = (("separator", -1), ("continuationSeparator", 0))
_SIZE = Pt(9)


class Footnotes:
    """The footnotes of one document, numbered from 1 in the order they are added; `close` stores them in it."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._notes: list[str] = []
        text = document.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        assert isinstance(text, ParagraphStyle)
        text.base_style = document.styles["Normal"]
        text.font.size = _SIZE
        text.paragraph_format.line_spacing = Pt(12)
        text.paragraph_format.first_line_indent = Pt(0)
        mark = document.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
        mark.font.superscript = True
        self._text, self._mark = text.style_id, mark.style_id

    def add(self, paragraph: Paragraph, text: str) -> None:
        """A mark at the end of the paragraph, and `text` at the foot of its page."""
        number = len(self._notes) + 1
        self._notes.append(
            f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="{self._text}"/></w:pPr>'
            f'<w:r><w:rPr><w:rStyle w:val="{self._mark}"/></w:rPr><w:footnoteRef/></w:r>'
            f'<w:r><w:t xml:space="preserve"> {escape(text)}</w:t></w:r></w:p></w:footnote>'
        )
        run = paragraph.add_run()
        run._r.style = self._mark  # noqa: SLF001 - by its name python-docx looks it up among all, each time
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(number))
        run._r.append(reference)  # noqa: SLF001 - python-docx has no other way to an element it does not know

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
