"""Runs saved and read again, as JSON: the same run gives the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from corpus.errors import SuiteError, reason
from eval.model import Run
from eval.wording import field_of, in_chinese

if TYPE_CHECKING:
    from pathlib import Path


def save_run(run: Run, path: Path) -> None:
    """Write `run` to `path`, its folder made where it is not there; raises `SuiteError` where it cannot."""
    content = msgspec.json.encode(run, order="deterministic")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content + b"\n")
    except OSError as error:
        raise SuiteError(f"评测结果写不进去（{reason(error)}）。请换一个能写的位置。", path) from error


def load_run(path: Path) -> Run:
    """The run that `save_run` wrote to `path`; raises `SuiteError` where it is not there or something else."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Run, strict=True)
    except OSError as error:
        raise SuiteError(f"评测结果读不出来（{reason(error)}）。请检查路径。", path) from error
    except msgspec.ValidationError as error:
        field = field_of(error)
        said = f"不是保存的评测结果（{field or '内容'}：{in_chinese(error)}）。请用 clauselens eval --run 重新生成。"
        raise SuiteError(said, path, field=field) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        said = f"不是合格的 JSON（{in_chinese(error)}）。请用 clauselens eval --run 重新生成。"
        raise SuiteError(said, path) from error
