"""What can go wrong with the file of feedback."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import PolicyError


class FeedbackError(PolicyError):
    """A file of feedback, or of phrasings that it goes into, that cannot be used as it is; `path` names it."""

    def __init__(self, message: str, path: Path) -> None:
        super().__init__(f"{path}：{message}")
        self.path = path
