"""Where the feedback on a corpus is kept."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from platformdirs import user_data_path

NAME = "feedback.sqlite"


def place_of(folder: Path, named: Path | None = None) -> Path:
    """The file `named`, else `feedback.sqlite` in the corpus `folder`, beside its index.

    Where that cannot be written, one in the user's data folder, under a name of its own for each corpus. Makes nothing.
    """
    if named is not None:
        return named
    own = folder / NAME
    # SQLite writes its log beside the file, so that a folder that is not writable is no place for it.
    if os.access(folder, os.W_OK | os.X_OK) and (not own.exists() or os.access(own, os.W_OK)):
        return own
    name = hashlib.sha256(str(folder.resolve()).encode(errors="surrogateescape")).hexdigest()[:16]
    return user_data_path("clauselens") / f"{name}-{NAME}"
