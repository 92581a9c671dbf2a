"""Filled forms: found heads, plain values, and every fault by row and column in Chinese.

The file itself is opened in a child process with little memory and time (sanwei/core/exchange/opening.py), because
a small file can unfold into gigabytes (security.md fact 12).
"""

import dataclasses
import datetime as dt
import io
import re
import unicodedata
from decimal import Decimal, InvalidOperation

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from sanwei.core.exchange.opening import Unreadable, rows_of
from sanwei.core.exchange.template import Column, Template

DATE = re.compile(r"^(\d{4})\s*[年\-/.]\s*(\d{1,2})\s*[月\-/.]\s*(\d{1,2})\s*日?(?:\s+00:00:00)?$")
TOTALS = {"合计", "总计", "小计"}
HEAD_SEARCH_ROWS = 15


@dataclasses.dataclass(frozen=True)
class RowError:
    """`row` counts as Excel does, from 1 (0: the file as a whole); `column` is the printed head."""

    row: int
    column: str
    message: str

    def __str__(self):
        place = f"第{self.row}行" if self.row else ""
        return (
            f"{place}{f'“{self.column}”列' if self.column else ''}：{self.message}" if place else self.message
        )


@dataclasses.dataclass(frozen=True)
class Rows:
    """What was read. `rows` are dicts of field → value with `_row` the Excel row; to be used only if no errors."""

    rows: list[dict]
    errors: list[RowError]


class Fault(Exception):
    """A cell says something that its column cannot hold."""


def read(file, template: Template) -> Rows:
    """Read a filled form (an uploaded file or bytes) against its template. Nothing is written anywhere."""
    content = file if isinstance(file, bytes) else file.read()
    try:
        table = rows_of(content, template.sheet)
    except Unreadable as error:
        return Rows([], [RowError(0, "", str(error))])
    start, places, missing = find_heads(table, template)
    if missing:
        message = f"没有找到表头“{'”“'.join(missing)}”。请使用本系统下载的模板，不要改动表头。"
        return Rows([], [RowError(start, "", message)])
    rows, errors = [], []
    for number, cells in table[start:]:
        if is_data(cells, places):
            row, faults = read_row(number, cells, places)
            rows.append(row)
            errors.extend(faults)
    errors += repeated(rows, template)
    if not rows and not errors:
        errors.append(RowError(0, "", "表中没有数据。请在表头下方逐行填写后再上传。"))
    return Rows(rows, sorted(errors, key=lambda error: error.row))


def bare(text) -> str:
    """A head without spaces, line breaks and width: how heads are compared."""
    return re.sub(r"[\s*＊]+", "", unicodedata.normalize("NFKC", str(text or "")))


def find_heads(table, template):
    """Index into `table` of the first row below the heads, the columns found, and the heads that are missing.

    Title and notes rows above the heads may be there or not; extra columns are left alone.
    """
    best: tuple[int, dict[int, Column], list[str]] = (0, {}, [c.head for c in template.columns])
    for position, (_, cells) in enumerate(table[:HEAD_SEARCH_ROWS]):
        found = {bare(cell): place for place, cell in enumerate(cells) if cell is not None}
        places, missing = {}, []
        for column in template.columns:
            names = [bare(name) for name in (column.head, *column.synonyms)]
            place = next((found[name] for name in names if name in found), None)
            if place is not None:
                places[place] = column
            elif column.required:
                missing.append(column.head)
        if len(places) > len(best[1]):
            best = (position + 1, places, missing)
    return best


def is_data(cells, places) -> bool:
    """Neither blank nor a line of totals."""
    values = [bare(cell) for cell in cells]
    if any(value in TOTALS for value in values):
        return False
    return any(values[place] for place in places if place < len(values))


def read_row(number, cells, places) -> tuple[dict, list[RowError]]:
    row, errors = {"_row": number}, []
    for place, column in places.items():
        cell = cells[place] if place < len(cells) else None
        try:
            row[column.field] = value_of(cell, column)
        except Fault as fault:
            row[column.field] = None
            errors.append(RowError(number, column.head, str(fault)))
    return row, errors


def value_of(cell, column: Column):
    """The value of one cell for its column; Fault says in Chinese what is wrong and what to write instead."""
    text = plain(cell)
    if not text:
        if column.required:
            raise Fault("不能为空，请补填。")
        return None if column.kind in ("date", "integer", "decimal") else ""
    return READERS[column.kind](text, column)


def plain(cell) -> str:
    """A cell as trimmed text in half width; a whole number loses its .0, a date becomes ISO."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, dt.datetime):
        cell = cell.date() if cell.time() == dt.time.min else cell
    return unicodedata.normalize("NFC", str(cell if cell is not None else "")).strip().lstrip("'")


def half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def read_date(text, column):
    match = DATE.match(half_width(text))
    try:
        return dt.date(*map(int, match.groups()))
    except (AttributeError, ValueError):
        raise Fault(f"“{text}”不是日期，请写成2027-03-05或2027年3月5日。") from None


def read_integer(text, column):
    try:
        return int(half_width(text))
    except ValueError:
        raise Fault(f"“{text}”不是整数，请填写数字。") from None


def read_decimal(text, column):
    try:
        return Decimal(half_width(text))
    except InvalidOperation:
        raise Fault(f"“{text}”不是数字，请填写数字。") from None


def read_choice(text, column):
    by_name = {bare(choice): choice for choice in column.allowed}
    if bare(text) not in by_name:
        raise Fault(f"“{text}”不在可选范围内，请填写：{'、'.join(column.allowed)}。")
    return by_name[bare(text)]


READERS = {
    "text": lambda text, column: text,
    "integer": read_integer,
    "decimal": read_decimal,
    "date": read_date,
    "choice": read_choice,
    "boolean": lambda text, column: read_choice(text, column) == "是",
}


def repeated(rows, template) -> list[RowError]:
    """Values of the key column that stand more than once."""
    if not template.key:
        return []
    head = next(column.head for column in template.columns if column.field == template.key)
    first, errors = {}, []
    for row in rows:
        value = row.get(template.key)
        if value in first:
            message = f"“{value}”与第{first[value]}行重复，请核对后删去一行。"
            errors.append(RowError(row["_row"], head, message))
        elif value:
            first[value] = row["_row"]
    return errors


def error_workbook(content: bytes, errors: list[RowError], sheet: str = "") -> bytes:
    """The uploaded sheet with a red cell and a comment where something is wrong."""
    book = load_workbook(io.BytesIO(content))
    page = book[sheet] if sheet in book.sheetnames else book.active
    heads = {
        bare(cell.value): cell.column for row in page.iter_rows(max_row=HEAD_SEARCH_ROWS) for cell in row
    }
    for error in errors:
        cell = page.cell(max(1, error.row), heads.get(bare(error.column), 1))
        cell.fill = PatternFill("solid", fgColor="FCEBEA")
        cell.comment = Comment(error.message, "系统")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
