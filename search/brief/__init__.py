"""Briefings: topics compared, as a file to edit and show (.docx, .pptx, .xlsx, .md)."""

from search.brief.check import check
from search.brief.errors import BriefingError, BriefingFileError, QuoteMismatchError
from search.brief.model import Briefing, ScopeEntry, Section, scope_of
from search.brief.write import SUFFIXES, write_briefing

__all__ = [
    "SUFFIXES",
    "Briefing",
    "BriefingError",
    "BriefingFileError",
    "QuoteMismatchError",
    "ScopeEntry",
    "Section",
    "check",
    "scope_of",
    "write_briefing",
]
