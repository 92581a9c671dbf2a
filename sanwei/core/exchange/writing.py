"""Any list as Excel: exactly what is on screen, ready to print on A4."""

import datetime as dt
import io
import re

from django.http import HttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from sanwei.core.ui.downloads import download

THIN = Side(style="thin", color="999999")
BORDER = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
HEAD_FILL = PatternFill("solid", fgColor="E8EFF6")
A4 = 9  # Excel's number of the paper
FORMULA = re.compile(r"^[=+\-@\t\r\n]")
WIDE = re.compile(r"[^\x00-\xff]")


def safe_text(text: str) -> str:
    """A text that Excel takes for text: what would start a formula gets an apostrophe, control characters go."""
    clean = ILLEGAL_CHARACTERS_RE.sub("", text)
    return f"'{clean}" if FORMULA.match(clean) else clean


def shown(value):
    """A value as it stands on screen: dates and instants in the city's time, None as a dash."""
    if value is None:
        return "—"
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, dt.date):
        return value.isoformat()
    return safe_text(value) if isinstance(value, str) else value


def write(title: str, heads, rows, notes: str = "") -> bytes:
    """An .xlsx: title, notes (if any), heads, rows. Rows are streamed; widths follow the first hundred."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(safe_text(title)[:31].translate(str.maketrans("", "", "[]:*?/\\")) or "表")
    rows = iter(rows)
    first = [[shown(value) for value in row] for row, _ in zip(rows, range(100), strict=False)]
    for number, width in enumerate(widths(heads, first), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    prepare_print(sheet, head_row=3 if notes else 2)
    sheet.append([styled(sheet, safe_text(title), Font(bold=True, size=16))])
    if notes:
        sheet.append([safe_text(notes)])
    sheet.append([styled(sheet, head, Font(bold=True), HEAD_FILL) for head in heads])
    for row in first:
        sheet.append([styled(sheet, value) for value in row])
    for row in rows:
        sheet.append([styled(sheet, shown(value)) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def widths(heads, rows) -> list[float]:
    """Column widths in characters; a Chinese character takes two."""
    columns = zip(heads, *rows, strict=False)
    return [
        min(48, max(8, max(len(str(v)) + len(WIDE.findall(str(v))) for v in values) + 2))
        for values in columns
    ]


def prepare_print(sheet, head_row) -> None:
    sheet.freeze_panes = f"A{head_row + 1}"
    sheet.print_title_rows = f"{head_row}:{head_row}"
    sheet.page_setup.paperSize, sheet.page_setup.orientation = A4, "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def styled(sheet, value, font=None, fill=None):
    cell = WriteOnlyCell(sheet, value=value)
    cell.border, cell.alignment = BORDER, Alignment(wrap_text=True, vertical="center")
    if font:
        cell.font = font
    if fill:
        cell.fill = fill
    return cell


def xlsx_response(name: str, content: bytes) -> HttpResponse:
    return download(name, content)
