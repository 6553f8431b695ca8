"""Views: everything escaped, quotes marked inside their whole clause, every "no" with its own word."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from corpus.errors import QuestionError
from corpus.model import Citation, Clause, Document, Metadata, Sentence, Span
from search import views
from search.held import IndexState
from search.model import Answer, DocumentAnswer, Hit, Quote, Scope, SearchResult, TermMatch, Why
from search.views.answer import confidence_words
from search.views.hits import similar_view
from search.views.holding import holding_view
from search.views.html import body_of, clause_text, marked, merged
from search.views.judging import judging_view

EVILS = ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'><svg onload=alert(1)>", "</mark></div>&lt;")
CHAPTER = "二、待遇"
BODY = "（三）发放补贴。在山区工作的，每月发给补贴。\n具体标准由各县确定。"


class Shape(HTMLParser):
    """Tags opened, their attributes and the text between, as a browser would take them."""

    VOID = ("img", "br", "input", "hr")

    def __init__(self, page):
        super().__init__()
        self.open, self.tags, self.attributes, self.words = [], set(), set(), []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return "".join(self.words)


def a_document(words="", body=BODY):
    """A document of one clause under a chapter, every field of text with `words` in it."""
    text = f"{CHAPTER}{words}\n{body}"
    start = len(CHAPTER) + len(words) + 1
    clause = Clause(
        f"north/2/3{words}", f"north{words}", "clause", f"二、（三）{words}", f"发放补贴{words}",
        (f"{CHAPTER}{words}",), text, 0, len(text), start, (), (Sentence(start, len(text), 0),),
    )  # fmt: skip
    metadata = Metadata(
        f"意见{words}", f"〔2021〕7号{words}", (f"人社厅{words}",), f"2021{words}", region=f"北山{words}",
        short_name=f"北山{words}", citations=(Citation(f"办法{words}", words or None, 0, 1, is_basis=True),),
    )  # fmt: skip
    return Document(f"north{words}", "n.txt", "", "utf-8", text, (), metadata, (), (clause,))


def a_hit(document, term="补贴", words=""):
    clause = document.clauses[0]
    sentence = Quote(words or "补贴", clause.body, clause.body + 2)
    why = Why((TermMatch(f"{term}{words}", 2.5),), ((f"words{words}", 1), ("dense", 4)), (("dense", 0.25),), sentence)
    return Hit(1, clause.clause_id, clause.doc_id, clause.label, clause.heading, clause.trail, clause.text,
               clause.start, clause.end, 0.75, why)  # fmt: skip


def an_answer(document, status="answered", words="", quoted="每月发给补贴。"):
    hit, meta = a_hit(document, words=words), document.metadata
    start = document.text.index(quoted)
    quote = Quote(quoted, start, start + len(quoted))
    said = DocumentAnswer(document.doc_id, "answered", meta.title, meta.number, meta.short_name, 0.8, hit, (quote,))
    silent = DocumentAnswer("south", "silent", f"办法{words}", words or None, f"南河{words}", 0.1)
    answers = {"answered": (said, silent), "silent": (silent,)}.get(status, ())
    scope = Scope((document.doc_id,), (), (f"成都{words}",), f"只问北山{words}")
    return Answer(f"补贴{words}", f"北山补贴{words}", f"补贴{words}", status, 0.8, words, scope, answers, (hit,), 3.0)


def every_view(words):
    document = a_document(words, BODY + words)
    hit = a_hit(document, words=words)
    for status in ("answered", "silent", "not_held", "no_basis"):
        answer = an_answer(document, status, words)
        yield views.answer_view(answer, (document,), (answer,), (f"north{words}",))
        yield judging_view(answer, (document,), f"错{words}")
    yield views.search_view(SearchResult(f"词{words}", (hit,), 1.0), {document.doc_id: f"北山{words}"})
    yield views.search_view(SearchResult(f"词{words}", (), 1.0), {})
    clause = document.clauses[0]
    other = replace(document, doc_id="south", metadata=replace(document.metadata, citations=()))
    cited = replace(document.metadata.citations[0], start=clause.body, end=clause.body + 3, doc_id="south")
    citing = replace(document, metadata=replace(document.metadata, citations=(cited,)))
    for shown in (document, citing):
        yield views.reader_view(shown, clause.clause_id, (Span(clause.body, clause.body + 9),), (shown, other))
    yield similar_view(clause, SearchResult("", (hit,), 1.0), {document.doc_id: f"北山{words}"})
    state = IndexState(3, 9, f"Encoder{words}", 8, f"ab{words}", None)
    yield holding_view((document, citing, other), state)
    yield views.welcome_view((document,), (f"问{words}",))
    yield views.error_view(f"错{words}")


@pytest.mark.parametrize("evil", EVILS)
def test_nothing_from_texts_or_user_becomes_a_tag_or_attribute(evil):
    for harmless, page in zip(every_view("无害"), every_view(evil), strict=True):
        shape = Shape(page)
        assert shape.tags == Shape(harmless).tags
        assert shape.attributes == Shape(harmless).attributes
        assert not any(name.startswith("on") for name in shape.attributes)
        assert evil in shape.text
        assert evil not in page


# text, offset of its first character, spans, HTML
MARKED = [
    ("甲乙丙", 0, [], "甲乙丙"),
    ("甲乙丙", 0, [Span(1, 2)], "甲<mark>乙</mark>丙"),
    ("甲乙丙", 100, [Span(100, 103)], "<mark>甲乙丙</mark>"),
    ("甲乙丙", 100, [Span(0, 101), Span(102, 999)], "<mark>甲</mark>乙<mark>丙</mark>"),  # spans reach out of the text
    ("甲乙丙", 100, [Span(0, 50), Span(103, 110)], "甲乙丙"),  # and miss it
    ("甲乙丙丁", 0, [Span(2, 4), Span(0, 3)], "<mark>甲乙丙丁</mark>"),  # overlapping, out of order
    ("甲乙丙", 0, [Span(1, 1), Span(2, 1)], "甲乙丙"),  # empty and backward
    ("<b>&", 0, [Span(0, 3)], "<mark>&lt;b&gt;</mark>&amp;"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "offset", "spans", "expected"), MARKED)
def test_marks_stand_at_their_spans(text, offset, spans, expected):
    assert marked(text, offset, spans) == expected


def test_strong_words_are_set_off_inside_their_mark_alone():
    page = marked("不少于<90>学时，另", 10, [Span(10, 19)], [Span(10, 17), Span(20, 21)])
    assert page == "<mark><strong>不少于&lt;90&gt;</strong>学时</mark>，另"


def test_a_card_begins_with_the_decisive_words_and_sets_them_off_in_the_quote():
    answer = an_answer(a_document())
    said = answer.answers[0]
    at = said.quotes[0].start
    words = (Quote("每月", at, at + 2), Quote("补贴", at + 4, at + 6))
    page = views.answer_view(replace(answer, answers=(replace(said, decisive=words), *answer.answers[1:])))
    assert page.count('<p class="cl-decisive">每月 · 补贴</p>') == 1
    assert page.index("cl-decisive") < page.index("cl-clause")
    assert "<mark><strong>每月</strong>发给<strong>补贴</strong>。</mark>" in page
    assert "cl-decisive" not in views.answer_view(answer)


def test_spans_that_touch_are_one():
    assert merged([Span(5, 9), Span(1, 3), Span(3, 4)]) == (Span(1, 4), Span(5, 9))


def test_a_card_shows_the_whole_clause_with_the_quote_marked_and_the_chapter_as_trail():
    page = views.answer_view(an_answer(a_document()))
    assert "<mark>每月发给补贴。</mark>" in page
    clause = re.search(r'<div class="cl-clause cl-context">(.*?)</div>', page).group(1)
    shown = re.findall(r"<p>(.*?)</p>", clause)
    assert [Shape(p).text for p in shown] == BODY.split("\n")
    assert f'<p class="cl-trail"><span>{CHAPTER}</span></p>' in clause
    assert "<b>（三）发放补贴</b>。" in clause
    for words in ("《意见》", "〔2021〕7号", "二、（三）", "把握大", "南河", "未规定"):
        assert words in page


def test_a_clause_without_chapter_in_front_is_left_whole():
    hit = replace(a_hit(a_document()), trail=("别的章",))
    assert body_of(hit) == (0, hit.text)
    only_a_heading = replace(hit, trail=(hit.text,), text=hit.text)
    assert body_of(only_a_heading)[1] == hit.text


def test_a_chapter_that_is_itself_the_clause_is_not_above_it():
    hit = replace(a_hit(a_document()), label="二、", heading="待遇", trail=(CHAPTER,))
    assert body_of(hit) == (0, hit.text)
    assert "cl-trail" not in views.search_view(SearchResult("待遇", (hit,), 1.0), {})


def test_paragraphs_without_a_mark_are_folded_in_a_long_clause_and_none_is_lost():
    paragraphs = [f"第{n}段，" + "写了许多别的事情，" * 12 + f"到此{n}。" for n in range(5)]
    document = a_document(body="（三）发放补贴\n" + "\n".join(paragraphs))
    hit = a_hit(document)
    start = hit.text.index("到此2")
    page = clause_text(hit, (Quote("到此2。", start, start + 4),))
    folded = "".join(re.findall(r"<details.*?</details>", page))
    assert "<mark>到此2。</mark>" in page
    assert "第2段" not in folded
    assert all(f"第{n}段" in folded for n in (0, 1, 3, 4))
    assert all(html.escape(paragraph) in re.sub(r"</?mark>", "", page) for paragraph in paragraphs)
    assert "<details" not in clause_text(hit, ())


def test_a_quote_leads_where_its_paragraph_would_push_it_out_of_sight():
    far = "（三）发放补贴。" + "前面写了许多别的。" * 20 + "每月发给补贴。"
    assert '<blockquote class="cl-quote"><p>每月发给补贴。</p>' in views.answer_view(an_answer(a_document(body=far)))
    near = "前面的一段写了许多别的。" * 20 + "\n每月发给补贴。"
    assert "<blockquote" not in views.answer_view(an_answer(a_document(body=near)))


# status, word shown, meaning shown when the engine gives no notice
NOES = [
    ("silent", "未规定", "所问的文本已收录，其中没有找到规定这件事的条文。"),
    ("not_held", "未收录", "所问的地方或文件不在本库之内，不能代答。"),
    ("no_basis", "未找到依据", "收录的文本里没有找到规定这件事的条文。"),
]


@pytest.mark.parametrize(("status", "word", "meaning"), NOES)
def test_each_no_has_its_word_and_its_suggestions_are_named_as_such(status, word, meaning):
    page = views.answer_view(an_answer(a_document(), status))
    assert f'data-status="{status}"' in page
    assert f"<strong>{word}</strong><span>{meaning}</span>" in page
    assert "仅供参考，不是答案" in page
    assert "cl-cards" not in page


def test_a_no_with_a_wider_text_shows_it_as_such():
    document = a_document()
    page = views.answer_view(replace(an_answer(document), status="not_held", notice="未收录：没有成都的文件。"))
    assert (
        page.index("<strong>未收录</strong>") < page.index("可参照的规定") < page.index("<mark>每月发给补贴。</mark>")
    )
    assert "不是所问地方的文件" in page
    assert page.count("cl-card") == 2  # the clause is not a suggestion as well; nor is a silent text shown


def test_an_answer_names_the_documents_that_answer():
    answer = replace(an_answer(a_document()), notice="南河的文件未规定。")
    assert "<span>北山有规定。南河的文件未规定。</span>" in views.answer_view(answer)
    many = replace(answer, answers=answer.answers[:1] * 6, notice="")
    assert "<span>6 份文本有规定。</span>" in views.answer_view(many)


def test_how_sure_is_said_of_an_answer_alone():
    answer = an_answer(a_document())
    assert "cl-sure" in views.answer_view(answer)
    assert "cl-sure" not in views.answer_view(replace(answer, status="not_held"))


def test_a_question_that_stands_alone_has_no_button_to_ask_it_alone():
    answer = an_answer(a_document())
    page = views.answer_view(answer)
    assert f'data-question="{html.escape(answer.question)}" data-alone>只按这一句问</button>' in page
    assert "data-alone" not in views.answer_view(replace(answer, standalone=answer.question))


def test_a_text_asked_about_but_not_chosen_is_a_click_away():
    answer = replace(an_answer(a_document()), status="not_held", notice="您问的是南河，但只在北山里找。")
    scope = Scope(("north",), ("南河",), (), "", ("南河",), ("south",))
    page = views.answer_view(replace(answer, scope=scope))
    assert "<strong>没有选中</strong><span>您问的是南河，但只在北山里找。</span>" in page
    assert 'data-doc="south" data-alone>在南河里找</button>' in page
    assert "cl-headline" not in page
    beside = replace(answer, status="answered", scope=replace(scope, named=("北山", "南河")))
    assert 'data-doc="north south" data-alone>' in views.answer_view(beside)


def test_the_word_for_a_no_is_not_said_twice():
    page = views.answer_view(replace(an_answer(a_document(), "not_held"), notice="未收录：没有成都的文件。"))
    assert "<strong>未收录</strong><span>没有成都的文件。</span>" in page


def test_the_head_says_how_the_question_was_understood_and_what_came_before():
    before = replace(an_answer(a_document()), question="先问的", standalone="先问的")
    page = views.answer_view(an_answer(a_document()), earlier=(before,))
    text = Shape(page).text
    assert "理解为：北山补贴 只按这一句问" in text
    assert "只问北山；未收录：成都" in text
    assert "此前 1 问 先问的" in text
    earlier = re.search(r'<details class="cl-earlier">.*?</details>', page)[0]
    assert "有规定" in earlier
    assert 'data-clause="north/2/3"' in earlier
    assert "cl-earlier" not in views.answer_view(an_answer(a_document()))


def test_why_names_terms_ranks_and_scores():
    text = Shape(views.search_view(SearchResult("补贴", (a_hit(a_document()),), 1.0), {"north": "北山"})).text
    assert "补贴 2.50" in text
    assert "词语第 1 名—" in text
    assert "语义第 4 名0.250" in text
    assert "综合得分0.750" in text


def test_a_hit_without_shared_words_says_so():
    hit = a_hit(a_document())
    page = views.search_view(SearchResult("x", (replace(hit, why=replace(hit.why, terms=())),), 1.0), {})
    assert "没有相同的词" in page
    assert "<mark>" not in page


def test_search_marks_every_term_in_its_clause():
    page = views.search_view(SearchResult("补贴", (a_hit(a_document()),), 1.0), {"north": "北山"})
    assert "<b>（三）发放<mark>补贴</mark></b>。在山区工作的，每月发给<mark>补贴</mark>。" in page


def test_single_characters_are_marked_only_where_nothing_longer_was_found():
    hit = a_hit(a_document())
    both = replace(hit, why=replace(hit.why, terms=(TermMatch("各县", 2.0), TermMatch("的", 1.0))))
    one = replace(hit, why=replace(hit.why, terms=(TermMatch("县", 1.0),)))
    pages = [views.search_view(SearchResult("x", (h,), 1.0), {}) for h in (both, one)]
    assert [re.findall("<mark>(.*?)</mark>", page) for page in pages] == [["各县"], ["县"]]


def test_the_reader_shows_every_character_and_marks_the_cited_words():
    document = a_document()
    clause = document.clauses[0]
    start = document.text.index("每月")
    page = views.reader_view(document, clause.clause_id, (Span(start, start + 4),))
    article = page[page.index("</header>") + len("</header>") : page.index("</article>")]
    assert Shape(article).text == document.text.replace("\n", "")
    assert "<mark>每月发给</mark>" in page
    assert 'class="cl-part cl-clause cl-cited" id="clause-north/2/3"' in page
    assert page.count('data-goto="clause-north/2/3"') == 2
    assert "<bdi>《办法》</bdi> 未收录" in page


def test_parts_without_numeral_have_a_name():
    document = a_document()
    preface = replace(document.clauses[0], clause_id="north/preface", label="", heading="", kind="preface")
    assert ">引言</a>" in views.reader_view(replace(document, clauses=(preface,)))


# as it stands in an address, spans
MARKS = [("", ()), ("3-9", (Span(3, 9),)), ("3-9,12-15", (Span(3, 9), Span(12, 15)))]


@pytest.mark.parametrize(("text", "spans"), MARKS)
def test_marks_of_an_address_read_back(text, spans):
    assert views.parse_marks(text) == spans


@pytest.mark.parametrize("text", ["x", "3", "3-", "3-9;4-5", "９-１０", "-1-4", "3-9,", "9" * 10 + "-1"])
def test_marks_that_are_none_are_told(text):
    with pytest.raises(QuestionError, match="看不懂"):
        views.parse_marks(text)


def test_an_address_keeps_signs_of_its_own_apart():
    assert views.source_address("north/3#2", (Span(1, 2),)) == "?clause=north/3%232&mark=1-2"


@pytest.mark.parametrize(
    ("confidence", "words"),
    [(1.0, "把握大"), (0.75, "把握大"), (0.6, "把握较大"), (0.3, "把握不大，请核对原文")],
)
def test_confidence_is_told_in_words(confidence, words):
    assert confidence_words(confidence) == words


def test_the_text_to_copy_cites_every_quote():
    text = views.answer_text(an_answer(a_document()))
    assert text == (
        "问：补贴\n\n【北山】每月发给补贴。\n——《意见》（〔2021〕7号）二、（三） 发放补贴\n\n【南河】未规定\n——《办法》"
    )


def test_the_public_names_are_sorted_and_all_there():
    assert list(views.__all__) == sorted(views.__all__)
    assert all(hasattr(views, name) for name in views.__all__)
