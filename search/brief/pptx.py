"""A briefing as slides: title, agenda, how to read it, the topics with notes for the speaker, the sources."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from pptx.slide import Slide
from pptx.util import Pt

from search.brief import content, slide_front, slide_notes, slide_topic
from search.brief.archive import moment, settled
from search.brief.model import Briefing, Section
from search.brief.slide_fit import GAP, fitting_size, paged, paged_text, text_height, words_height
from search.brief.slide_run import write
from search.brief.slide_show import Show
from search.brief.slide_text import Block, Run, Words
from search.brief.slide_topic import Topic
from search.brief.slides import BOTTOM, INNER, LEFT, Deck, add_text, content_top, fits_title

_TITLE_SIZES = (40.0, 36.0, 32.0, 28.0, 24.0, 20.0, 16.0)
_TITLE_TOP, _TITLE_HEIGHT = 90.0, 220.0
_TOLD_SIZES = (28.0, 24.0, 22.0, 20.0)
"""Of summaries and remarks, which are read from the back of a room: the first that fits a slide."""
_TABLE_SIZES = (18.0, 16.0)
"""Of tables: the first where it takes no more slides than the last."""
_SCOPE, _NOTICE = 18.0, 16.0
"""Points of the type of the texts and of what is to know of them, on the first slide."""


def render(briefing: Briefing) -> bytes:
    """The file; the briefing is checked already."""
    deck = Deck()
    core = deck.file.core_properties
    core.title, core.author, core.last_modified_by = briefing.title[:255], "", ""
    core.created = core.modified = moment(briefing.date)
    core.language = "zh-CN"
    left = _title(deck, briefing)
    show = Show(deck)
    _front(show, briefing, left)
    for chapter, numbered in content.chapters(briefing):
        for number, section in numbered:
            _topic(show, Topic(number, section, briefing), chapter)
    if briefing.scope:
        show.flow("来源", [slide_front.sources(briefing)])
    show.close()
    out = BytesIO()
    deck.file.save(out)
    return settled(out.getvalue(), briefing.date)


def _title(deck: Deck, briefing: Briefing) -> str:
    """The title as large as it fits, date and texts below; the rest of one too long goes on upon the next slide.

    Gives what is to know of the texts where there is no room for it here; "" where it is said.
    """
    title = _broken(briefing.title)
    size = fitting_size(title, INNER, _TITLE_HEIGHT, _TITLE_SIZES) or _TITLE_SIZES[-1]
    date = f"{briefing.date.year}年{briefing.date.month}月{briefing.date.day}日"
    for part in paged_text(title, INNER, _TITLE_HEIGHT, size) if title else ("",):
        slide = deck.slide("")
        shape = slide.shapes.title
        assert shape is not None
        high = text_height(part, INNER, size)
        shape.left, shape.top, shape.width, shape.height = Pt(LEFT), Pt(_TITLE_TOP), Pt(INNER), Pt(high)
        write(shape.text_frame, (Run(part, is_strong=True),), size)
        end = add_text(slide, date, _TITLE_TOP + high + GAP, _TOLD_SIZES[-1])
    return _below(slide, end + 2 * GAP, briefing)


def _below(slide: Slide, top: float, briefing: Briefing) -> str:
    """The texts compared, if there is room: they come again at the end; gives the notice if there is none for it."""
    texts = "\n".join(content.titled(entry.title, entry.number) for entry in briefing.scope)
    if texts and top + text_height(texts, INNER, _SCOPE) <= BOTTOM:
        top = add_text(slide, texts, top, _SCOPE) + 2 * GAP
    notice = content.common_notice(briefing)
    if not notice or top + text_height(notice, INNER, _NOTICE) > BOTTOM:
        return notice
    add_text(slide, notice, top, _NOTICE)
    return ""


def _broken(title: str) -> str:
    """A title too long for a line is broken behind its last colon, so that no word of what follows is."""
    before, colon, after = title.rpartition("：")
    is_long = text_height(title, INNER, _TITLE_SIZES[0]) > text_height("一", INNER, _TITLE_SIZES[0])
    return f"{before}{colon}\n{after}" if is_long and before and after else title


def _front(show: Show, briefing: Briefing, notice: str) -> None:
    notes = [Words((Run(line),), _TOLD_SIZES[-1]) for note in briefing.notes for line in note.split("\n") if line]
    show.flow("说明", notes)
    show.flow("议题", [slide_front.agenda(briefing)])
    if any(section.comparison.points for section in briefing.sections):
        show.flow("怎么看", slide_front.reading(notice))
    show.flow("概览", slide_front.glance(briefing))


def _topic(show: Show, topic: Topic, chapter: str) -> None:
    """What is said of the topic, its summary, the tables; one of whole texts where the one before left room."""
    section = topic.section
    name = section.topic if fits_title(section.topic) else f"议题 {topic.number}"
    said = slide_notes.of_topic(topic.number, section, topic.briefing)
    smallest = [*_told(topic, name, _TOLD_SIZES[-1]), *slide_topic.tables(topic, _TABLE_SIZES[-1])]
    if chapter and show.join(name, smallest, said, chapter):
        return
    height = BOTTOM - content_top(name)
    told = _told(topic, name, _told_size(topic, name, height))
    blocks = [*told, *slide_topic.tables(topic, _TABLE_SIZES[-1])]
    for size in _TABLE_SIZES:
        tried = [*told, *slide_topic.tables(topic, size)]
        if len(paged(tried, INNER, height)) == len(paged(blocks, INNER, height)):
            blocks = tried
            break
    put = show.flow if chapter else show.put
    put(name, blocks, said, chapter)


def _told(topic: Topic, name: str, size: float) -> list[Block]:
    """The topic's name where it is no title, the remarks, the summary."""
    section: Section = topic.section
    before = () if name == section.topic else section.topic.split("\n")
    remarks = (*before, *content.remarks(section, topic.briefing))
    return [*(Words((Run(text),), size) for text in remarks), *slide_topic.summary(topic, size)]


def _told_size(topic: Topic, name: str, height: float) -> float:
    def high(blocks: Sequence[Block]) -> float:
        return sum(words_height(each, INNER) + GAP for each in blocks if isinstance(each, Words))

    fitting = (size for size in _TOLD_SIZES if high(_told(topic, name, size)) <= height)
    return next(fitting, _TOLD_SIZES[-1])
