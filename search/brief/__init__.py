"""Briefings: topics compared, as a file to edit and show (.docx, .pptx, .xlsx, .md)."""

from search.brief.check import check
from search.brief.errors import BriefingError, BriefingFileError, BriefingPlanError, QuoteMismatchError
from search.brief.model import Briefing, ScopeEntry, Section, scope_of
from search.brief.plan import Part, Plan, Topic, Whole, read_plan
from search.brief.write import SUFFIXES, write_briefing

__all__ = [
    "SUFFIXES",
    "Briefing",
    "BriefingError",
    "BriefingFileError",
    "BriefingPlanError",
    "Part",
    "Plan",
    "QuoteMismatchError",
    "ScopeEntry",
    "Section",
    "Topic",
    "Whole",
    "check",
    "read_plan",
    "scope_of",
    "write_briefing",
]
