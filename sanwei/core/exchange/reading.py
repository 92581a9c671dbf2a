"""Filled forms: found heads, plain values, and every fault by row and column in Chinese."""

import dataclasses

from sanwei.core.exchange.cells import Fault, bare, blank, value_of
from sanwei.core.exchange.opening import Unreadable, marked, rows_of
from sanwei.core.exchange.template import Column, Template

TOTALS = {"合计", "总计", "小计", "共计"}
COUNTER = "序号"  # a column that alone makes no row: forms come with it filled in
HEAD_SEARCH_ROWS = 15
MOST_REMARKS = 2000


@dataclasses.dataclass(frozen=True)
class RowError:
    """`row` counts as Excel does, from 1 (0: the file as a whole); `column` is the head as the template prints it.

    `place` is the number of the column in the file, from 1; 0 where it is not known.
    """

    row: int
    column: str
    message: str
    place: int = dataclasses.field(default=0, compare=False)

    def __str__(self):
        if not self.row:
            return self.message
        return f"第{self.row}行{f'“{self.column}”列' if self.column else ''}：{self.message}"


@dataclasses.dataclass(frozen=True)
class Rows:
    """What was read. `rows` are dicts of field → value with `_row` the Excel row; to be used only if no errors."""

    rows: list[dict]
    errors: list[RowError]


def read(file, template: Template) -> Rows:
    """Read a filled form (an uploaded file or bytes; .xlsx or CSV) against its template. Nothing is written.

    All or nothing is for the caller: with one error no row may be used.
    """
    try:
        table = rows_of(content_of(file), template.sheet)
    except Unreadable as error:
        return Rows([], [RowError(0, "", str(error))])
    start, places, missing = find_heads(table, template)
    if missing:
        head_row = table[start - 1][0] if start else 0
        message = f"没有找到表头“{'”“'.join(missing)}”。请使用本系统下载的模板，不要改动表头。"
        return Rows([], [RowError(head_row, "", message)])
    rows, errors = [], []
    for number, cells in table[start:]:
        if is_data(cells, places):
            row, faults = read_row(number, cells, places, template)
            rows.append(row)
            errors += faults
    errors += repeated(rows, template, places)
    if not rows:
        errors.append(RowError(0, "", "表中没有数据。请在表头下方逐行填写后再上传。"))
    return Rows(rows, sorted(errors, key=lambda error: (error.row, error.place)))


def content_of(file) -> bytes:
    """The bytes of an uploaded file, from its beginning whoever read it before."""
    if isinstance(file, bytes):
        return file
    file.seek(0)
    return file.read()


def find_heads(table, template: Template) -> tuple[int, dict[int, Column], list[str]]:
    """Index into `table` of the first row below the heads, the columns by their place, and the heads missing.

    Title and notes rows above the heads may be there or not; extra columns are left alone; of two columns with
    the same head the first is meant.
    """
    best: tuple[int, dict[int, Column], list[str]] = (0, {}, [column.head for column in template.columns])
    for position, (_, cells) in enumerate(table[:HEAD_SEARCH_ROWS], 1):
        heads = [bare(cell) for cell in cells]
        places, missing = {}, []
        for column in template.columns:
            names = [bare(name) for name in (column.head, *column.synonyms) if bare(name) in heads]
            if names:
                places[heads.index(names[0])] = column
            elif column.required:
                missing.append(column.head)
        if len(places) > len(best[1]):
            best = (position, places, missing)
    return best


def is_data(cells, places) -> bool:
    """Neither blank nor a line of totals nor a mere running number."""
    values = [bare(cell) for cell in cells]
    if next(filter(None, values), "") in TOTALS:
        return False
    return any(
        values[place] for place, column in places.items() if place < len(values) and column.head != COUNTER
    )


def read_row(number, cells, places, template) -> tuple[dict, list[RowError]]:
    row, errors = {"_row": number, **{column.field: blank(column) for column in template.columns}}, []
    for place, column in places.items():
        try:
            row[column.field] = value_of(cells[place] if place < len(cells) else None, column)
        except Fault as fault:
            row[column.field] = None
            errors.append(RowError(number, column.head, str(fault), place + 1))
    return row, errors


def repeated(rows, template, places) -> list[RowError]:
    """Values of the key column that stand more than once."""
    place, head = next(
        ((place, column.head) for place, column in places.items() if column.field == template.key), (0, "")
    )
    first, errors = {}, []
    for row in rows:
        value = row.get(template.key)
        if value in first:
            message = f"“{value}”与第{first[value]}行重复，请核对后删去一行。"
            errors.append(RowError(row["_row"], head, message, place + 1))
        elif value:
            first[value] = row["_row"]
    return errors


def error_workbook(file, errors: list[RowError], sheet: str = "") -> bytes:
    """The uploaded table as .xlsx, each faulty cell red with a comment that says what to do.

    What is wrong with the file as a whole stands in A1, also how many faults were too many to mark. Raises
    Unreadable if the file itself cannot be opened.
    """
    content = content_of(file)
    head_places = places_by_head(rows_of(content, sheet)[:HEAD_SEARCH_ROWS])
    shown, left = errors[:MOST_REMARKS], errors[MOST_REMARKS:]
    remarks = [
        (max(1, error.row), error.place or head_places.get(bare(error.column), 1), error.message)
        for error in shown
    ]
    if left:
        remarks.append((1, 1, f"另有{len(left)}处问题未标出。请先更正已标出的，再上传核对。"))
    return marked(content, sheet, remarks)


def places_by_head(table) -> dict[str, int]:
    """Number of the column, from 1, by head; of equal ones the first."""
    places: dict[str, int] = {}
    for _, cells in table:
        for place, cell in enumerate(cells, 1):
            places.setdefault(bare(cell), place)
    return places
