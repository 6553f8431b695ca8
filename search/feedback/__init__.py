"""What people found of answers, right or wrong: kept in one SQLite file, made into eval questions and phrasings."""

from search.feedback.accept import Accepted, Written, accept
from search.feedback.errors import FeedbackError
from search.feedback.export import Exported, export, suite_lines, write_suite
from search.feedback.give import given, mark
from search.feedback.model import Cited, Feedback, Given
from search.feedback.place import place_of
from search.feedback.store import FeedbackStore

__all__ = [
    "Accepted",
    "Cited",
    "Exported",
    "Feedback",
    "FeedbackError",
    "FeedbackStore",
    "Given",
    "Written",
    "accept",
    "export",
    "given",
    "mark",
    "place_of",
    "suite_lines",
    "write_suite",
]
