"""The page as people start it: `python app.py` over the shipped corpus."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect
from visitor import Visit

import app
from search import open_engine

pytestmark = pytest.mark.web


def test_a_question_in_plain_words_is_answered_from_the_texts_and_opened_in_them(browser, real_server):
    engine = open_engine()
    question = app.read_examples(app.SHIPPED)[0]
    answers = [said for said in engine.ask(question).answers if said.status == "answered"]
    assert answers
    with Visit(browser, real_server[0]) as v:
        v.page.get_by_role("button", name=question).click()
        cards = v.page.locator(".cl-cards .cl-says")
        expect(cards).to_have_count(len(answers))
        for card, said in zip(cards.all(), answers, strict=True):
            held = engine.document(said.doc_id).text
            expect(card.locator("header")).to_contain_text(said.clause.label)
            assert all(words in held for words in card.locator("mark").all_text_contents())
        best = answers[0]
        cards.nth(0).get_by_role("link", name="看原文").click()
        mark = v.page.locator("#cl-source .cl-cited mark").first
        expect(mark).to_be_in_viewport()
        shown = "".join(v.page.locator("#cl-source .cl-cited mark").all_text_contents())
        assert shown == "".join(quote.text for quote in sorted(best.quotes, key=lambda q: q.start)).replace("\n", "")


def test_every_shipped_text_can_be_read_whole(browser, real_server):
    with Visit(browser, real_server[0]) as v:
        for document in open_engine().documents():
            last = document.clauses[-1].clause_id
            v.page.goto(f"{real_server[0]}?clause={last}")
            expect(v.page.locator(f'[id="clause-{last}"]')).to_be_in_viewport()
            parts = v.page.locator("#cl-source .cl-part")
            assert parts.count() == len(document.clauses)
            assert "".join(parts.all_text_contents()) == "".join(
                c.body_text.replace("\n", "") for c in document.clauses
            )


def test_whole_texts_compared_quote_nothing_that_is_not_in_them(browser, real_server):
    engine = open_engine()
    held = [document.text for document in engine.documents()]
    with Visit(browser, real_server[0], where="?compare=*") as v:
        quotes = v.page.locator("#cl-compared .cl-said")
        expect(v.page.locator("#cl-compared .cl-matter").first).to_be_visible()
        shown = quotes.all_text_contents()
        assert len(shown) > 50
        assert [words for words in shown if not any(words in text for text in held)] == []


def test_a_topic_is_compared_and_taken_away_as_a_file(browser, real_server):
    with Visit(browser, real_server[0], where="?compare=继续教育") as v:
        view = v.page.locator("#cl-compared .cl-compare")
        expect(view.get_by_role("columnheader")).to_have_count(3)
        expect(view).to_contain_text("90 学时")
        view.get_by_role("button", name="加入简报").click()
        v.page.get_by_role("tab", name="简报").click()
        with v.page.expect_download() as file:
            v.page.get_by_role("button", name="Markdown").click()
        assert "90 学时" in Path(file.value.path()).read_text(encoding="utf-8")
