"""What can go wrong with a briefing.

::

    PolicyError
    └── BriefingError            a briefing that cannot be written as it stands
        ├── QuoteMismatchError   a quote that is not what its document says (clause_id)
        ├── BriefingFileError    a place or kind of file that cannot be written (path)
        └── BriefingPlanError    a plan that does not fit (path, entry, field)
"""

from __future__ import annotations

from pathlib import Path

from corpus.errors import PolicyError


class BriefingError(PolicyError):
    """A briefing whose parts do not fit each other, or with text that no file can hold."""


class QuoteMismatchError(BriefingError):
    """A quote that differs from the characters of its document; `clause_id` names the clause it was to come from."""

    def __init__(self, message: str, clause_id: str) -> None:
        super().__init__(message)
        self.clause_id = clause_id


class BriefingFileError(BriefingError):
    """A file that cannot be written, or of a kind not known; `path` names it."""

    def __init__(self, message: str, path: Path) -> None:
        super().__init__(message)
        self.path = path


class BriefingPlanError(BriefingError):
    """A plan file that does not fit; `entry` counts its tables from 1, `field` is the key (None: the whole)."""

    def __init__(self, message: str, path: Path, entry: int | None = None, field: str | None = None) -> None:
        place = f"{path}" if entry is None else f"{path} 第 {entry} 个 [[topic]]"
        super().__init__(f"{place}：{message}")
        self.path = path
        self.entry = entry
        self.field = field
