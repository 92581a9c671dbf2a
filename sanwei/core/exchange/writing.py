"""Any list as Excel: exactly what is on screen, ready to print on A4."""

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from itertools import chain, islice

from django.http import FileResponse
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from sanwei.core import clock
from sanwei.core.ui.downloads import download

THIN = Side(style="thin", color="999999")
BORDER = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
HEAD_FILL = PatternFill("solid", fgColor="E8EFF6")
TITLE, HEAD = Font(bold=True, size=16), Font(bold=True)
IN_CELL = Alignment(wrap_text=True, vertical="center")
A4 = 9  # Excel's number of the paper
FORMULA = re.compile(r"[=+\-@\t\r\n]")
NOT_IN_SHEET_NAMES = str.maketrans("", "", "[]:*?/\\'")
WIDE = re.compile(r"[^\x00-\xff]")
MEASURED_ROWS = 100  # by which the widths are chosen, before the rest is streamed
LONGEST_CELL = 32_767  # characters; Excel takes no more
LONGEST_MARK = 100  # of the 255 that a footer may have, codes and all


def safe_text(text: str) -> str:
    """A text that Excel takes for text: what would start a formula gets an apostrophe, control characters go."""
    clean = ILLEGAL_CHARACTERS_RE.sub("", text)
    clean = f"'{clean}" if FORMULA.match(clean) else clean
    return clean if len(clean) <= LONGEST_CELL else f"{clean[: LONGEST_CELL - 8]}……（未完）"


def sheet_name(title: str) -> str:
    """A title as the name of a sheet: at most 31 characters, none that Excel forbids."""
    return ILLEGAL_CHARACTERS_RE.sub("", title).translate(NOT_IN_SHEET_NAMES)[:31] or "表"


def shown(value):
    """A value as it stands on screen: dates and instants in the city's time, None as a dash."""
    if value is None:
        return "—"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.datetime):
        return clock.local(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, dt.date):
        return value.isoformat()
    return safe_text(value) if isinstance(value, str) else value


def write(
    title: str, heads: Sequence[str], rows: Iterable[Sequence], notes: str = "", mark: str = ""
) -> bytes:
    """An .xlsx: title, notes (if any), heads, rows. Rows are streamed; widths follow the first hundred."""
    out = io.BytesIO()
    write_to(out, title, heads, rows, notes, mark)
    return out.getvalue()


def write_to(file, title, heads, rows, notes="", mark="") -> None:
    """write() into a path or an open file, however many rows there are: only the one in hand is in memory.

    `mark` says who took the table away and when: at the foot of each printed page and in the file's properties, not
    in the cells, so that the table can be read in again. Whatever `rows` raises is passed on, and no rest is left.
    """
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet_name(title))
    rows = ([shown(value) for value in row] for row in rows)
    first = list(islice(rows, MEASURED_ROWS))
    for number, width in enumerate(widths(heads, first), 1):
        page.column_dimensions[get_column_letter(number)].width = width
    prepare_print(page, head_row=3 if notes else 2)
    if mark:
        sign(book, page, mark)
    try:
        fill(page, title, heads, chain(first, rows), notes)
    except BaseException:
        abandon(page)
        raise
    book.save(file)


def fill(page, title, heads, rows, notes) -> None:
    page.append([titled(page, title, TITLE)])
    if notes:
        page.append([titled(page, notes)])
    page.append([head_cell(WriteOnlyCell(page), head) for head in heads])
    style = cell_style(page)
    for row in rows:
        page.append([in_table(page, value, style) for value in row])


def abandon(page) -> None:
    """Delete the temporary file in which openpyxl gathers a sheet; by itself it does so when the process ends."""
    page.close()
    page._writer.cleanup()


def sign(book, page, mark: str) -> None:
    mark = ILLEGAL_CHARACTERS_RE.sub("", mark)[:LONGEST_MARK]
    book.properties.creator = book.properties.description = mark
    page.oddFooter.left.text = mark.replace("&", "&&")  # a single one begins a code of Excel's


def widths(heads, rows) -> list[float]:
    """Column widths in characters; a Chinese character takes two."""
    columns = zip(heads, *rows, strict=True)
    return [min(48, max(8, max(map(breadth, column)) + 2)) for column in columns]


def breadth(value) -> int:
    text = str(value)
    return len(text) + len(WIDE.findall(text))


def prepare_print(page, head_row: int) -> None:
    """A4 across, as wide as the paper, heads on every sheet of paper and always on the screen, pages numbered."""
    page.freeze_panes = f"A{head_row + 1}"
    page.print_title_rows = f"{head_row}:{head_row}"
    page.page_setup.paperSize, page.page_setup.orientation = A4, "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.oddFooter.center.text = "第&P页 共&N页"


def titled(page, text: str, font: Font | None = None) -> WriteOnlyCell:
    """A line above the table: it runs on over the columns beside it."""
    cell = WriteOnlyCell(page, value=safe_text(text))
    cell.alignment = Alignment(vertical="center")
    if font:
        cell.font = font
    return cell


def head_cell(cell, head: str, font: Font = HEAD):
    cell.value = safe_text(head)
    cell.font, cell.fill, cell.border, cell.alignment = font, HEAD_FILL, BORDER, IN_CELL
    return cell


def cell_style(page):
    """The look of a cell in the table, made once: openpyxl takes longer to look styles up than to write."""
    model = WriteOnlyCell(page)
    model.border, model.alignment = BORDER, IN_CELL
    return model._style


def in_table(page, value, style) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, value=value)
    cell._style = style
    return cell


def xlsx_response(name: str, content: bytes) -> FileResponse:
    """The workbook as a download called `name`, e.g. 实施方案报送情况.xlsx."""
    return download(name, content)
