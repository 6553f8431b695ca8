"""Page and styles of a Word briefing: A4 and the fonts of Chinese official documents (GB/T 9704), with fallbacks."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.section import Section
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.run import Run

TITLE, HEADING, BODY, LATIN = "方正小标宋简体", "黑体", "仿宋_GB2312", "Times New Roman"
_FALLBACKS = {
    TITLE: ("方正小标宋_GBK,宋体,SimSun,Noto Serif CJK SC", "roman"),
    HEADING: ("SimHei,Noto Sans CJK SC", "swiss"),
    BODY: ("仿宋,FangSong,FZFangSong-Z02,Noto Serif CJK SC", "modern"),
}
"""Font → (those that a reader without it takes instead, by the first it has; its kind, for one that has none)."""
CELL, CELL_ID, CELL_SIZE, CELL_LINE = "Table Text", "TableText", 10.5, 15.0
"""Style of table cells by name and id; size and line height in points."""
_A4: tuple[Length, Length] = (Mm(210), Mm(297))
_HEADINGS = {"Heading 1": 16.0, "Heading 2": 14.0, "Heading 3": 12.0}


def apply_styles(document: Document) -> None:
    """Set the styles used: Title, Heading 1 to 3, Normal (body), `CELL`; and the fallbacks of their fonts."""
    normal = _style(document, "Normal")
    _font(normal, BODY, 12)
    normal.paragraph_format.line_spacing = Pt(20)
    normal.paragraph_format.space_after = Pt(0)
    title = _style(document, "Title")
    _font(title, TITLE, 22)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.line_spacing = Pt(32)
    title.paragraph_format.space_after = Pt(12)
    for border in title.element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
    for name, size in _HEADINGS.items():
        heading = _style(document, name)
        _font(heading, HEADING, size)
        heading.font.bold = False  # 黑体 is heavy by itself
        heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(12), Pt(6)
        heading.paragraph_format.keep_with_next = True
    cell = document.styles.add_style(CELL, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(cell, ParagraphStyle)
    assert cell.style_id == CELL_ID
    cell.base_style = normal
    _font(cell, BODY, CELL_SIZE)
    cell.paragraph_format.line_spacing = Pt(CELL_LINE)
    cell.paragraph_format.space_after = Pt(2)
    _speak_chinese(document)
    _name_fallbacks(document)


def _style(document: Document, name: str) -> ParagraphStyle:
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)
    return style


def _font(style: ParagraphStyle, east_asian: str, size: float) -> None:
    style.font.name = LATIN
    style.font.size = Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        if attribute.endswith("Theme"):  # a theme's font would win over the one named
            del fonts.attrib[attribute]
    fonts.set(qn("w:eastAsia"), east_asian)
    fonts.set(qn("w:cs"), LATIN)


def in_heading_font(run: Run) -> None:
    """Set a run's Chinese characters in the font of the headings."""
    run.font.name = LATIN
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001 - python-docx names no East Asian font
    fonts.set(qn("w:eastAsia"), HEADING)


def _speak_chinese(document: Document) -> None:
    """Line breaks and spelling by the rules of Chinese: python-docx's template is English and Japanese."""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    for zoom in document.settings.element.iter(qn("w:zoom")):
        zoom.set(qn("w:percent"), "100")  # the schema wants it; the template has none


def _name_fallbacks(document: Document) -> None:
    """Tell in the font table what stands in for a font that a reader's machine lacks."""
    fonts = "".join(
        f"<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(others)}/>"
        f'<w:charset w:val="86"/><w:family w:val="{family}"/></w:font>'
        for name, (others, family) in _FALLBACKS.items()
    )
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/fontTable"):
            part = relation.target_part
            part._blob = part.blob.replace(b"</w:fonts>", fonts.encode() + b"</w:fonts>")  # noqa: SLF001 - as above


def set_page(section: Section, *, wide: bool) -> None:
    """A4, upright or on its side, with the margins of an official document (narrower on its side)."""
    width, height = _A4
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (height, width) if wide else (width, height)
    margins = (20, 18, 22, 22) if wide else (37, 30, 28, 26)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Mm, margins)
    section.footer_distance = Mm(10) if wide else Mm(14)


def next_page(document: Document, *, wide: bool) -> None:
    """Go on upon a new page, turned as asked; the footer goes on as well."""
    set_page(document.add_section(WD_SECTION.NEW_PAGE), wide=wide)


def number_pages(section: Section) -> None:
    """— 1 — in the middle of the footer."""
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.first_line_indent = Pt(0)
    paragraph.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    shown = OxmlElement("w:r")
    digits = OxmlElement("w:t")
    digits.text = "1"
    shown.append(digits)
    field.append(shown)
    paragraph._p.append(field)  # noqa: SLF001 - python-docx has no fields
    paragraph.add_run(" —")
