"""Pure views: a value in, HTML or text out. Everything from the texts or the user is escaped."""

from search.views.address import parse_marks, source_address
from search.views.answer import answer_view, banner_view, error_view, welcome_view
from search.views.citation import answer_text
from search.views.hits import search_view
from search.views.reader import reader_view

__all__ = [
    "answer_text",
    "answer_view",
    "banner_view",
    "error_view",
    "parse_marks",
    "reader_view",
    "search_view",
    "source_address",
    "welcome_view",
]
