"""The child: FILE SHEET SECONDS MEGABYTES. Prints JSON {"rows": [[number, [cell, …]], …]} or {"problem": "…"}.

A cell is text, a number, true or false, or null; dates and times are ISO text. Rows count from 1 as Excel does, and
blank ones are left out. SHEET is a name, or empty for the first visible sheet. CSV is read as well.
"""

import csv
import datetime as dt
import io
import json
import pathlib
import sys
from collections.abc import Iterable

from openpyxl import load_workbook

from . import archives, compound
from .extent import CELL_LENGTH, COLUMNS, ROWS, refuse_too_large, too_large
from .kinds import examine
from .limits import Budget, confine
from .marks import refuse_marks
from .unsafe import Unsafe

OTHER_TEXTS = (b"%PDF", b"<", b"{\\rtf")  # also what some systems call .xls and is a web page
TEXT_BUDGET = 10_000_000  # characters of the whole table: one shared text may stand in every cell


def main(path: str, sheet: str, cpu_seconds: str, megabytes: str) -> None:
    confine(int(cpu_seconds), int(megabytes))
    try:
        said = {"rows": rows_of(pathlib.Path(path).read_bytes(), sheet)}
    except Unsafe as refusal:
        said = {"problem": str(refusal)}
    sys.stdout.write(json.dumps(said))


def rows_of(data: bytes, sheet: str) -> list[tuple[int, list]]:
    """Raise Unsafe for a file that must not be read, or is no table."""
    if is_workbook(data):
        refuse_dangerous(data)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        page = choose(book, sheet)
        return filled(page.iter_rows(max_row=ROWS, max_col=COLUMNS, values_only=True))
    if sheet:
        raise Unsafe(f"不是 Excel 工作簿，请使用本系统下载的模板（含工作表“{sheet}”），存为 .xlsx 再上传")
    return filled(csv_rows(data))


def is_workbook(data: bytes) -> bool:
    """Zip, or compound file: an old .xls and a workbook with a password are refused as such, with the way out."""
    return data.startswith((archives.LOCAL_HEADER, compound.MAGIC))


def refuse_dangerous(data: bytes) -> None:
    examine(data, "xlsx", Budget())
    refuse_too_large(dict(archives.unpack(data, Budget(), "xlsx")))


def choose(book, sheet: str):
    """The sheet of that name, spaces aside; without a name the first that is visible."""
    if not sheet:
        return next((page for page in book.worksheets if page.sheet_state == "visible"), book.worksheets[0])
    for page in book.worksheets:
        if "".join(page.title.split()) == "".join(sheet.split()):
            return page
    there = "、".join(book.sheetnames[:10])
    raise Unsafe(f"没有工作表“{sheet}”（现有：{there}），请使用本系统下载的模板，不要改动工作表名称")


def csv_rows(data: bytes) -> Iterable[list[str]]:
    text = decoded(data)
    refuse_marks(text)
    delimiter = "\t" if text.partition("\n")[0].count("\t") else ","
    csv.field_size_limit(CELL_LENGTH)
    for number, cells in enumerate(split(text, delimiter), 1):
        if number > ROWS and any(cells):
            raise Unsafe(f"超过{ROWS}行，请拆分后再上传")
        if any(cells[COLUMNS:]):
            raise Unsafe(f"第{number}行超过{COLUMNS}列，请删去多余的列后再上传")
        yield cells[:COLUMNS]


def split(text: str, delimiter: str) -> Iterable[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise Unsafe(f"有单元格超过{CELL_LENGTH}字或引号不成对，请改正后再上传") from error


def decoded(data: bytes) -> str:
    if data.lstrip().startswith(OTHER_TEXTS):
        raise no_table()
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise no_table()


def no_table() -> Unsafe:
    return Unsafe("不是可以读取的表格，请用 WPS/Office 另存为 .xlsx 再上传")


def filled(rows: Iterable) -> list[tuple[int, list]]:
    """(number, cells) of the rows that are not blank, without the blank cells at their ends."""
    found, length = [], 0
    for number, row in enumerate(rows, 1):
        cells = [plain(cell) for cell in row]
        while cells and cells[-1] in (None, ""):
            cells.pop()
        length += sum(len(cell) for cell in cells if isinstance(cell, str))
        if length > TEXT_BUDGET:
            raise too_large()
        if cells:
            found.append((number, cells))
    return found


def plain(cell):
    """A cell as JSON can carry it."""
    if isinstance(cell, dt.datetime):
        whole_day = cell.time() == dt.time.min
        return cell.date().isoformat() if whole_day else cell.isoformat(" ", "seconds")
    if cell is None or isinstance(cell, str | int | float):
        return cell
    return str(cell)


if __name__ == "__main__":
    main(*sys.argv[1:])
