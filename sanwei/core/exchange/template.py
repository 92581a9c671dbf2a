"""A form in Excel: row 1 title, row 2 notes, row 3 heads (dossier 10.2)."""

import dataclasses
import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from sanwei.core.exchange.writing import BORDER, HEAD_FILL, safe_text

FORM_ROWS = 500  # rows of a blank form that carry formats and lists


@dataclasses.dataclass(frozen=True)
class Column:
    """One column: its printed head, the field it fills, and what may stand in it.

    `kind`: text, integer, decimal, date, boolean (是/否) or choice; `synonyms`: other heads that mean the same.
    """

    head: str
    field: str
    kind: str = "text"
    required: bool = False
    choices: tuple[str, ...] | list[str] = ()
    width: int = 12
    synonyms: tuple[str, ...] = ()

    @property
    def allowed(self) -> tuple[str, ...]:
        return ("是", "否") if self.kind == "boolean" else tuple(self.choices)


@dataclasses.dataclass(frozen=True)
class Template:
    """A named form. `key` is the field in which no value may stand twice, or nothing."""

    name: str
    title: str
    columns: tuple[Column, ...]
    notes: str = ""
    sheet: str = ""
    key: str = ""


def template_workbook(template: Template) -> bytes:
    """The blank form as .xlsx, with lists for choices and text format everywhere else (leading zeros stay)."""
    book = Workbook()
    sheet = book.active
    sheet.title = template.sheet or template.title[:31]
    width = len(template.columns)
    for number, text in enumerate((template.title, template.notes), 1):
        sheet.cell(number, 1, safe_text(text)).alignment = Alignment(wrap_text=True, vertical="center")
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=width)
    sheet["A1"].font = Font(bold=True, size=16)
    for number, column in enumerate(template.columns, 1):
        cell = sheet.cell(3, number, column.head)
        cell.font, cell.fill, cell.border = Font(bold=True), HEAD_FILL, BORDER
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = column.width
        add_list(sheet, letter, column)
        for row in range(4, 4 + FORM_ROWS):
            sheet.cell(row, number).number_format = "@"
    sheet.freeze_panes = "A4"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def add_list(sheet, letter, column) -> None:
    """A drop-down of the allowed values, where Excel can hold them in one formula (255 characters)."""
    formula = '"' + ",".join(column.allowed) + '"'
    if not column.allowed or len(formula) > 255:
        return
    validation = DataValidation(type="list", formula1=formula, allow_blank=True)
    sheet.add_data_validation(validation)
    validation.add(f"{letter}4:{letter}{3 + FORM_ROWS}")
