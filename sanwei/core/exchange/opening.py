"""Opening somebody's workbook: sizes are checked before, and the parsing runs in a child that may not grow."""

import pickle
import resource
import subprocess
import sys
import zipfile
from io import BytesIO

MAX_FILE = 10 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
MAX_ENTRIES = 2000
MAX_RATIO = 100
MAX_ROWS, MAX_COLUMNS, MAX_CELL = 5000, 100, 32_767
CHILD_MEMORY = 512 * 1024 * 1024
CHILD_SECONDS = 20
TOO_LARGE = "文件内容过大，无法读取。请只保留需要导入的工作表和行后再上传。"
NOT_EXCEL = "不是可以读取的Excel文件。请用WPS或Excel另存为“.xlsx”格式后再上传。"
FORBIDDEN = ("vbaproject.bin", "externallinks/", "activex/", "embeddings/")


class Unreadable(Exception):
    """Why the file cannot be read, in Chinese, with the next step."""


def rows_of(content: bytes, sheet: str = "") -> list[tuple[int, list]]:
    """(Excel row number, cells) of every row that is not blank, of the named sheet or the first one."""
    check_container(content)
    child = subprocess.run(
        [sys.executable, "-m", "sanwei.core.exchange.opening_child", sheet],
        input=content,
        capture_output=True,
        timeout=CHILD_SECONDS * 3,
        preexec_fn=limit,
        check=False,
    )
    if child.returncode:
        raise Unreadable(TOO_LARGE if child.returncode < 0 or b"MemoryError" in child.stderr else NOT_EXCEL)
    kind, answer = pickle.loads(child.stdout)
    if kind == "error":
        raise Unreadable(answer)
    return answer


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (CHILD_MEMORY, CHILD_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CHILD_SECONDS, CHILD_SECONDS))


def check_container(content: bytes) -> None:
    """Refuse before unpacking what unpacks too large or carries programs (FILE-05, FILE-06)."""
    if len(content) > MAX_FILE:
        raise Unreadable(f"文件超过{MAX_FILE // 1024 // 1024}MB，请拆分后再上传。")
    try:
        entries = zipfile.ZipFile(BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise Unreadable(NOT_EXCEL) from None
    unpacked = sum(entry.file_size for entry in entries)
    if (
        len(entries) > MAX_ENTRIES
        or unpacked > MAX_UNPACKED
        or unpacked > MAX_RATIO * max(len(content), 10_000)
    ):
        raise Unreadable(TOO_LARGE)
    if any(part in entry.filename.lower() for entry in entries for part in FORBIDDEN):
        raise Unreadable("文件含有宏、外部链接或嵌入对象，不能导入。请另存为不含宏的“.xlsx”文件后再上传。")
