"""Workbooks as people fill them, and as people with other intentions make them."""

import io
import zipfile

import openpyxl

from sanwei.core.exchange import Column, Template
from tests.core.attachments.corpus import with_parts

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHARED_TYPE = (
    '<Override PartName="/xl/sharedStrings.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)
ROSTER = Template(
    name="T1",
    title="单位名录",
    notes="逐行填写，不要合并单元格",
    key="code",
    columns=(
        Column("序号", "number"),
        Column("单位代码", "code", required=True),
        Column("类别", "category", kind="choice", choices=("政府部门", "党委部门"), required=True, synonyms=("单位类别",)),
        Column("成立日期", "founded_on", kind="date"),
        Column("人数", "staff", kind="integer"),
        Column("得分", "score", kind="decimal"),
        Column("是否窗口", "is_counter", kind="boolean"),
        Column("备注", "note"),
    ),
)  # fmt: skip
HEADS = [column.head for column in ROSTER.columns]
GOOD = [1, "U001", "政府部门", "2026-03-05", 12, 98.5, "是", ""]


def book(*rows, sheet="Sheet", others=None) -> bytes:
    """A workbook whose sheet holds `rows` from row 1; `others`: name of a further sheet → its rows."""
    made = openpyxl.Workbook()
    made.active.title = sheet
    for name, content in {sheet: rows, **(others or {})}.items():
        page = made[name] if name in made.sheetnames else made.create_sheet(name)
        for row in content:
            page.append(row)
    return saved(made)


def saved(made) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def opened(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content))


def sheet_of(*rows: str, dimension="A1") -> bytes:
    """A workbook whose only sheet is made of raw <row> elements, and says of itself that it ends at `dimension`."""
    return raw_sheet(f'<dimension ref="{dimension}"/><sheetData>{"".join(rows)}</sheetData>')


def raw_sheet(inside: str, before: str = "") -> bytes:
    xml = f'<?xml version="1.0" encoding="UTF-8"?>{before}<worksheet xmlns="{MAIN}">{inside}</worksheet>'
    return with_parts(book(HEADS), {"xl/worksheets/sheet1.xml": xml.encode()})


def shared_texts(inside: str, rows: str) -> bytes:
    """A workbook with a table of shared strings and raw <row> elements whose cells refer to it by number."""
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    shared = f'<sst xmlns="{MAIN}">{inside}</sst>'
    types = part_of(book(), "[Content_Types].xml").replace("</Types>", f"{SHARED_TYPE}</Types>")
    parts = {"[Content_Types].xml": types, "xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": shared}
    return with_parts(book(), {name: part.encode() for name, part in parts.items()})


def part_of(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name).decode()
