"""Opening somebody's table: in a child that may not grow (core/examination), because a small file can unfold into
gigabytes (security.md FILE-05, FILE-06, FILE-07)."""

import json
import tempfile
from collections.abc import Iterable
from pathlib import Path

from sanwei.core.examination import child

MAX_FILE = 10 * 1024 * 1024  # bytes
SECONDS, MEGABYTES = 20, 400
DAMAGED = "文件无法读取（已损坏或过于复杂）。请用WPS或Excel另存为“.xlsx”格式后再上传；行数很多时请拆分。"


class Unreadable(Exception):
    """Why the file cannot be read, in Chinese, with the next step."""


def rows_of(content: bytes, sheet: str = "") -> list[tuple[int, list]]:
    """(row number as in Excel, cells) of every row that is not blank, of the named sheet or the first visible one.

    Cells are text, numbers, booleans or None; dates are ISO text. Takes .xlsx and CSV. Raises Unreadable.
    """
    with tempfile.TemporaryDirectory(prefix="sanwei-table-") as folder:
        return asked("table", content, Path(folder), sheet)["rows"]


def marked(content: bytes, sheet: str, remarks: Iterable[tuple[int, int, str]]) -> bytes:
    """The table as .xlsx with (row, column, text), counted from 1, as red cells with comments. Raises Unreadable."""
    with tempfile.TemporaryDirectory(prefix="sanwei-table-") as name:
        folder = Path(name)
        (folder / "remarks").write_text(json.dumps(list(remarks)), encoding="utf-8")
        asked("remarks", content, folder, sheet, folder / "remarks", folder / "marked")
        return (folder / "marked").read_bytes()


def asked(module: str, content: bytes, folder: Path, *words) -> dict:
    if not content:
        raise Unreadable("文件是空的。请核对后重新选择。")
    if len(content) > MAX_FILE:
        raise Unreadable(f"文件超过{MAX_FILE // 1024 // 1024}MB。请拆分后再上传。")
    received = folder / "received"
    received.write_bytes(content)
    try:
        said = child.run(module, received, *words, folder=folder, seconds=SECONDS, megabytes=MEGABYTES)
    except child.Died:
        raise Unreadable(DAMAGED) from None
    if problem := said.get("problem"):
        raise Unreadable(f"文件{problem}。")
    return said
