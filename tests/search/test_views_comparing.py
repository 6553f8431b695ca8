"""Comparisons on the page: everything escaped, the base first, marks and redlines only where they tell something."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from test_views import EVILS, Shape

from corpus.model import Clause, Document, Metadata
from search.compare.model import Alignment, Cell, Comparison, Difference, Evidence, Matter, Point, Relation
from search.compare.model import WholeComparison as Whole
from search.model import Quote
from search.views.address import compare_address
from search.views.comparing import comparison_view, names_of, ordered
from search.views.redlined import redline_view
from search.views.whole import whole_view


def text(doc_id, said, words=""):
    """A document of one clause that says `said`."""
    clause = Clause(
        f"{doc_id}/1/1", doc_id, "clause", f"一、（一）{words}", f"补贴{words}", (f"一、待遇{words}",), said, 0,
        len(said), 0, (), (),
    )  # fmt: skip
    metadata = Metadata(
        title=f"{doc_id}办法{words}", number=f"〔2021〕7号{words}", date="2021-07-01", short_name=f"{doc_id}{words}",
        on_trial=True, expires="2026-07-01",
    )  # fmt: skip
    return Document(doc_id, "", "", "utf-8", said, (), metadata, (), (clause,))


def cell(document):
    clause = document.clauses[0]
    return Cell(document.doc_id, clause.clause_id, clause.label, Quote(document.text, 0, len(document.text)))


def words_in(document, words):
    start = document.text.index(words)
    return Evidence(document.doc_id, Quote(words, start, start + len(words)))


def three(words=""):
    """Three texts: north and south rule on a thing, west is silent."""
    north, south = text("north", f"每月补贴三百元{words}", words), text("south", f"每月补贴二百元{words}", words)
    west = text("west", f"别的{words}", words)
    evidence = (words_in(north, "三百元"), words_in(south, "二百元"))
    absent = Difference("未规定", f"没有写{words}")
    relations = (
        Relation("south", "north", Difference("更宽", f"少了{words}", evidence)),
        Relation("west", "north", absent),
        Relation("west", "south", absent),
    )
    point = Point({"north": cell(north), "south": cell(south), "west": None}, relations)
    topic = f"补贴{words}"
    return (north, south, west), Comparison(topic, ("north", "south", "west"), (point,), f"试行{words}", 3.0)


def whole(words=""):
    documents, compared = three(words)
    matter = Matter("north/1/1", f"一、待遇{words}", f"一、（一）补贴{words}", compared)
    names = compared.doc_ids
    return documents, Whole("north", names, (matter,), Alignment("north", names, (), {}), f"试行{words}", 4.0)


def every_view(words):
    documents, compared = three(words)
    yield comparison_view(compared, documents)
    yield comparison_view(replace(compared, points=(), notice=f"没有{words}"), documents)
    yield whole_view(whole(words)[1], documents)


@pytest.mark.parametrize("evil", EVILS)
def test_nothing_from_texts_or_user_becomes_a_tag_or_attribute(evil):
    for harmless, page in zip(every_view("无害"), every_view(evil), strict=True):
        shape = Shape(page)
        assert shape.tags == Shape(harmless).tags
        assert shape.attributes == Shape(harmless).attributes
        assert not any(name.startswith("on") for name in shape.attributes)
        assert evil in shape.text
        assert evil not in page


def test_each_text_has_a_column_with_number_date_trial_and_expiry():
    documents, compared = three()
    heads = re.findall(r"<th .*?</th>", comparison_view(compared, documents))
    assert [Shape(head).text for head in heads] == [
        f"{name}〔2021〕7号2021-07-01试行有效期至 2026-07-01" for name in ("north基准", "south", "west")
    ]


def test_seen_from_a_base_it_stands_first_and_its_labels_are_counted():
    documents, compared = three()
    page = comparison_view(compared, documents, "west")
    assert Shape(re.search(r"<th .*?</th>", page).group()).text.startswith("west基准")
    assert re.findall(r'data-filter="(.*?)"', page) == ["未规定"]
    assert "其余两两对照（1）" in page


def test_a_base_that_is_not_compared_changes_nothing():
    assert ordered(("a", "b", "c"), "c") == ("c", "a", "b")
    assert ordered(("a", "b"), "z") == ("a", "b")
    assert ordered(("a", "b"), None) == ("a", "b")


def test_the_words_that_a_label_rests_on_are_marked_unless_they_are_the_whole_rule():
    documents, compared = three()
    assert re.findall(r"<mark>(.*?)</mark>", comparison_view(compared, documents)) == ["三百元", "二百元"]
    point = compared.points[0]
    whole_rule = Difference("不同", "两样", tuple(words_in(each, each.text) for each in documents[:2]))
    relations = (replace(point.relations[0], difference=whole_rule),)
    unmarked = replace(compared, points=(replace(point, relations=relations),))
    assert "<mark>" not in comparison_view(unmarked, documents)


def test_a_cell_opens_the_source_at_its_quote_and_a_silent_one_says_so():
    documents, compared = three()
    page = comparison_view(compared, documents)
    assert 'href="?clause=north/1/1&amp;mark=0-7"' in page
    assert Shape(re.search(r'<td role="cell" class="cl-none">.*?</td>', page).group()).text == "west○ 未规定"


GONE, NEW = '<del class="cl-matters">', '<ins class="cl-matters">'
# rule of the lower text, rule of the higher one, what the redline shows
REDLINES = [
    ("每月补贴三百元。", "每月补贴二百元。", f"每月补贴{GONE}二百元</del>{NEW}三百元</ins>。"),
    ("每月补贴三百元。", "每月补贴三百元", None),  # nothing changed but punctuation
    ("每月补贴三百元。", "用人单位组织体检", None),  # nothing in common
    ("甲<b>补贴三百元", "甲<b>补贴", f"甲&lt;b&gt;补贴{NEW}三百元</ins>"),
]  # fmt: skip


@pytest.mark.parametrize(("of", "to", "shown"), REDLINES)
def test_a_redline_is_shown_where_it_tells_something(of, to, shown):
    one, other = text("one", of), text("other", to)
    page = redline_view(cell(one), cell(other), {"one": one, "other": other})
    found = re.search(r"<p>(.*)</p>", page)
    assert (found and found.group(1)) == shown


def test_a_redline_without_what_is_struck_is_the_rule_verbatim():
    of, to = "（一）每年 补贴，不低于三百元；另给。", "每年补贴不低于二百元，并给"
    one, other = text("one", of), text("other", to)
    page = redline_view(cell(one), cell(other), {"one": one, "other": other})
    assert Shape(re.sub(r"<summary>.*?</summary>|<del.*?</del>", "", page)).text == of


def test_whole_texts_are_a_fold_for_each_matter_with_the_counts_of_its_labels():
    documents, compared = whole()
    page = whole_view(compared, documents)
    assert "<h3><bdi>一、待遇</bdi></h3>" in page
    assert Shape(re.search(r"<summary>.*?</summary>", page[page.index("cl-matter") :]).group()).text == (
        "一、（一）补贴▽更宽 1○未规定 1"
    )
    assert 'data-add="part" data-name="north/1"' in page  # the chapter
    assert 'data-add="part" data-name="north/1/1"' in page  # the clause
    assert 'data-add="all"' in page


def test_whole_texts_without_a_matter_are_told_so():
    documents, compared = whole()
    assert "没有可以对照的条文" in whole_view(replace(compared, matters=()), documents)


def test_texts_of_one_short_name_go_by_their_titles():
    documents = three()[0]
    twins = [replace(d, metadata=replace(d.metadata, short_name="甲")) for d in documents[:2]]
    assert names_of([*twins, documents[2]]) == {"north": "north办法", "south": "south办法", "west": "west"}


# topic, texts, base, address
ADDRESSES = [
    ("*", (), None, "?compare=*"),
    ("继续教育", ("north",), "north", "?compare=%E7%BB%A7%E7%BB%AD%E6%95%99%E8%82%B2&doc=north&base=north"),
    ('a&b="<', (), None, "?compare=a%26b%3D%22%3C"),
]  # fmt: skip


@pytest.mark.parametrize(("topic", "doc_ids", "base", "address"), ADDRESSES)
def test_an_address_names_what_was_compared(topic, doc_ids, base, address):
    assert compare_address(topic, doc_ids, base) == address
