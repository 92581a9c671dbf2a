"""A form in Excel: row 1 title, row 2 notes, row 3 heads (dossier 10.2)."""

import dataclasses
import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from sanwei.core.exchange.writing import HEAD, head_cell, prepare_print, safe_text, sheet_name

HEAD_ROW = 3
FORM_ROWS = 500  # rows of a blank form that carry formats and lists
REQUIRED = Font(bold=True, color="B3261E")
CHOICES = "选项"  # the hidden sheet that holds what the lists offer
TEXT = "@"  # Excel's text format: leading zeros and long numbers stay as typed


@dataclasses.dataclass(frozen=True)
class Column:
    """One column: its printed head, the field it fills, and what may stand in it.

    `kind`: text, line (text without line breaks), integer, decimal, date, boolean (是/否) or choice; `synonyms`: other heads that mean the same;
    `longest`: characters a text may have (0: as many as a cell holds).
    """

    head: str
    field: str
    kind: str = "text"
    required: bool = False
    choices: tuple[str, ...] | list[str] = ()
    width: int = 12
    synonyms: tuple[str, ...] = ()
    longest: int = 0

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


def template_workbook(*templates: Template) -> bytes:
    """The blank form as .xlsx, a sheet for each template: lists for choices, text format in every cell to fill."""
    book = Workbook()
    book.remove(book.active)
    pages = [book.create_sheet(sheet_name(template.sheet or template.title)) for template in templates]
    choices = book.create_sheet(CHOICES)
    choices.sheet_state = "hidden"
    for page, template in zip(pages, templates, strict=True):
        fill_form(page, template, choices)
    if choices.max_column == 1 and choices["A1"].value is None:
        book.remove(choices)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def fill_form(page, template: Template, choices) -> None:
    """Title, notes and heads, and the empty rows below."""
    notes = "；".join(filter(None, [template.notes.rstrip("。；"), "红色表头的列必须填写"])) + "。"
    for row, text in ((1, template.title), (2, notes)):
        page.cell(row, 1, safe_text(text)).alignment = Alignment(wrap_text=True, vertical="center")
        page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(template.columns))
    page["A1"].font = Font(bold=True, size=16)
    page["A1"].alignment = Alignment(horizontal="center", vertical="center")
    page.row_dimensions[2].height = 45
    for number, column in enumerate(template.columns, 1):
        head_cell(page.cell(HEAD_ROW, number), column.head, REQUIRED if column.required else HEAD)
        letter = get_column_letter(number)
        page.column_dimensions[letter].width = column.width
        offer(page, letter, column, choices)
        for row in range(HEAD_ROW + 1, HEAD_ROW + 1 + FORM_ROWS):
            page.cell(row, number).number_format = TEXT
    prepare_print(page, HEAD_ROW)


def offer(page, letter: str, column: Column, choices) -> None:
    """A drop-down of the allowed values; they stand in the hidden sheet, where a list may be of any length."""
    if not column.allowed:
        return
    place = 1 if choices["A1"].value is None else choices.max_column + 1
    for row, choice in enumerate(column.allowed, 1):
        choices.cell(row, place, safe_text(choice))
    source = get_column_letter(place)
    validation = DataValidation(
        type="list", formula1=f"'{CHOICES}'!${source}$1:${source}${len(column.allowed)}", allow_blank=True
    )
    validation.error, validation.errorTitle = "请从列表中选择。", column.head
    validation.showErrorMessage = True
    page.add_data_validation(validation)
    validation.add(f"{letter}{HEAD_ROW + 1}:{letter}{HEAD_ROW + FORM_ROWS}")
