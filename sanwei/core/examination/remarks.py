"""The child: FILE SHEET REMARKS MARKED SECONDS MEGABYTES. Writes the table with its remarks to MARKED; prints JSON.

REMARKS is a file of JSON [[row, column, text], …], counted from 1. The answer is {} or {"problem": "…"}.
"""

import io
import json
import pathlib
import sys

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from .limits import confine
from .table import choose, csv_rows, is_workbook, refuse_dangerous
from .unsafe import Unsafe

RED = PatternFill("solid", fgColor="F8C9C5")


def main(path, sheet, remarks, marked, cpu_seconds: str, megabytes: str) -> None:
    confine(int(cpu_seconds), int(megabytes))
    said = {}
    try:
        book = open_book(pathlib.Path(path).read_bytes())
        page = choose(book, sheet)
        for row, column, text in json.loads(pathlib.Path(remarks).read_text(encoding="utf-8")):
            remark(page, row, column, text)
        book.active = book.index(page)
        book.save(marked)
    except Unsafe as refusal:
        said = {"problem": str(refusal)}
    sys.stdout.write(json.dumps(said))


def open_book(data: bytes) -> Workbook:
    """The workbook with its formats and formulas, or a new one with the cells of a CSV as text."""
    if is_workbook(data):
        refuse_dangerous(data)
        return load_workbook(io.BytesIO(data), keep_links=False)
    book = Workbook()
    for number, cells in enumerate(csv_rows(data), 1):
        for place, text in enumerate(cells, 1):
            cell = book.active.cell(number, place)
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
            cell.data_type, cell.quotePrefix = "s", True  # never a formula
    return book


def remark(page, row: int, column: int, text: str) -> None:
    """Redden a cell and say why in a comment; of merged cells it is the first that can bear one."""
    cell = page.cell(row, column)
    if isinstance(cell, MergedCell):
        whole = next(area for area in page.merged_cells.ranges if cell.coordinate in area)
        cell = page.cell(whole.min_row, whole.min_col)
    cell.fill = RED
    before = f"{cell.comment.text}\n" if cell.comment else ""
    cell.comment = Comment(before + text, "系统", width=280, height=110)


if __name__ == "__main__":
    main(*sys.argv[1:])
