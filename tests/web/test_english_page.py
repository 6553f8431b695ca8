"""The page in English, whole, over the shipped texts; and that a Chinese browser sees none of it."""

from __future__ import annotations

import re
import shutil

import pytest
from playwright.sync_api import expect
from processes import ROOT, free_port, serving
from tour import TOUR
from visitor import Visit

from corpus.errors import PolicyError
from search import open_engine
from search.brief import Plan
from search.brief.make import briefing
from search.clause_named import clauses_named
from search.feedback import given
from search.views.address import parse_marks
from search.views.assets import english, in_english
from search.views.drafting import entry_of, written
from search.views.judging import judgment
from search.views.login import login_view

SOURCES = ("app.py", "search/**/*.py", "search/views/page/*.js")
HAN = re.compile(r"[\u3400-\u9fff]")
CHINESE = re.compile(r"[\u3400-\u9fff，。；：、（）“”]+")
UNMARKED = """() => {
  const han = /\\p{Script=Han}/u, seen = (part) => part.checkVisibility({ visibilityProperty: true });
  const marked = (part) => part.closest("[lang]").lang.startsWith("zh");
  const found = han.test(document.title) ? [`title: ${document.title}`] : [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    if (parentElement.matches("script, style, textarea") || !han.test(data)) continue;
    if (seen(parentElement) && !marked(parentElement)) found.push(data.trim());
  }
  for (const part of document.body.querySelectorAll("[aria-label], [placeholder], [title]")) {
    for (const name of ["aria-label", "placeholder", "title"]) {
      const said = part.getAttribute(name) ?? "";
      if (han.test(said) && seen(part) && !marked(part)) found.push(`${name}: ${said}`);
    }
  }
  return found;
}"""
"""What a reader sees, or has read to him, that is Chinese and not marked as such."""
TEXTS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) {
    if (!walker.currentNode.parentElement.matches("script, style")) found.push(walker.currentNode.data.trim());
  }
  return [document.title, ...found.filter(Boolean)];
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The page over a copy of the shipped texts, so that feedback leaves nothing behind."""
    folder = tmp_path_factory.mktemp("english")
    corpus = folder / "corpus"
    left = shutil.ignore_patterns("*.py", "__pycache__", "feedback.sqlite*")
    shutil.copytree(ROOT / "corpus", corpus, ignore=left)
    for where, _ in serving(folder / "stderr", "app.py", "--port", str(free_port()), "--corpus", str(corpus)):
        yield where


@pytest.mark.web
def test_an_english_browser_sees_no_chinese_but_the_texts_and_peoples_own(browser, address):
    with Visit(browser, address, locale="en-US") as v:
        found = {step: v.page.evaluate(UNMARKED) for steps in TOUR for step in steps(v.page)}
    assert {step: words for step, words in found.items() if words} == {}


def refused(engine):
    """What a person may be told on the page, as it is really said."""
    document = engine.documents()[0]
    clause = document.clauses[-1].clause_id
    calls = (
        lambda: engine.ask(""),
        lambda: engine.ask("？"),
        lambda: engine.ask("长" * 2001),
        lambda: engine.ask("补贴", doc_ids=("nowhere",)),
        lambda: engine.document("nowhere"),
        lambda: engine.clause("nowhere/1"),
        lambda: engine.clause(f"{clause}0"),
        lambda: engine.clause("/"),
        lambda: engine.compare("补贴", (document.doc_id,)),
        lambda: engine.compare_whole(None, (document.doc_id,)),
        lambda: engine.compare_whole(parts=("nowhere/1",)),
        lambda: briefing(engine, Plan(())),
        lambda: parse_marks("12"),
        lambda: clauses_named(engine, "没有，这一条。"),
        lambda: judgment({"picked": ["x/1"], "unruled": True}),
        lambda: given(engine, engine.ask("补贴"), "wrong", note="长" * 1001),
        lambda: given(engine, engine.ask("补贴"), "wrong", [f"x/{number}" for number in range(21)]),
        lambda: entry_of("topic", ""),
        lambda: written(Plan(()), {"title": "长" * 201}),
        lambda: written(Plan(()), {"front": "长" * 2001}),
    )
    for call in calls:
        with pytest.raises(PolicyError) as told:
            call()
        yield str(told.value)


@pytest.mark.web
def test_what_goes_wrong_is_told_in_english(browser, address):
    said = list(refused(open_engine()))
    with Visit(browser, address, locale="en-US") as v:
        meant = v.page.evaluate("said => said.map((each) => clauselens.english(each))", said)
    left = [
        (sentence, [words for words, is_theirs in pieces or [[sentence, False]] if not is_theirs and HAN.search(words)])
        for sentence, pieces in zip(said, meant, strict=True)
    ]
    assert [each for each in left if each[1]] == []


@pytest.mark.web
def test_a_chinese_browser_sees_nothing_of_the_english(browser, address):
    words = {meant for meant in english().values() if re.search(r"[A-Za-z]{3}", meant) and "{}" not in meant}
    with Visit(browser, address) as v:
        found = {step: words.intersection(v.page.evaluate(TEXTS)) for steps in TOUR for step in steps(v.page)}
        assert v.page.locator("body [lang]").count() == 0
        assert v.page.title() == "条文镜"
    assert {step: seen for step, seen in found.items() if seen} == {}


@pytest.mark.web
def test_names_are_those_of_the_texts_though_a_word_of_the_page_is_the_same(browser, address):
    with Visit(browser, address, locale="en-US") as v:
        box = v.page.get_by_role("checkbox", name="国家").locator("visible=true")
        expect(box).to_be_visible()
        v.page.get_by_role("tab", name="Search").click()
        expect(v.page.get_by_role("checkbox", name="National").locator("visible=true")).to_be_visible()


@pytest.mark.parametrize("languages", ["en-US,en;q=0.9", "de", "en,zh;q=0.5"])
def test_the_login_page_is_english_for_who_does_not_put_chinese_first(languages):
    page = login_view("/login", "/", "密码错了太多次。请过 17 秒再试。", languages)
    assert 'lang="en"' in page
    assert HAN.findall(re.sub(r'<style>.*?</style>|<span lang="zh-CN">.*?</span>', "", page, flags=re.DOTALL)) == []
    assert "Too many wrong passwords. Try again in 17 seconds." in page


@pytest.mark.parametrize("languages", ["", "zh-CN,zh;q=0.9,en;q=0.8", "zh"])
def test_the_login_page_is_as_it_was_for_who_does(languages):
    page = login_view("/login", "/", "用户名或密码不对。", languages)
    assert 'lang="zh-CN"' in page
    assert re.findall(r">([^<>]*[A-Za-z][^<>]*)<", re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)) == [
        "请登录 · Please sign in", "用户名 · Name", "密码 · Password", "登录 · Sign in",
    ]  # fmt: skip
    assert "用户名或密码不对。" in page


def test_what_is_not_in_the_list_stays_as_it_is():
    assert in_english("用户名或密码不对。") == "Wrong name or password."
    assert in_english("没有列出的话 3") == "没有列出的话 3"


def test_every_key_stands_in_the_sources():
    held = "\n".join(path.read_text(encoding="utf-8") for pattern in SOURCES for path in ROOT.glob(pattern))

    def is_held(words, pieces=3):
        """Whether it is said so, or put together of a few pieces."""
        halves = ((words[:at], words[at:]) for at in range(1, len(words) if pieces > 1 else 0))
        return words in held or any(one in held and is_held(rest, pieces - 1) for one, rest in halves)

    dead = [key for key in english() if not all(map(is_held, CHINESE.findall(key)))]
    assert dead == []
