"""Rosters as real offices send them: each is read, or refused with sheet, row, column and what to do; nothing by halves."""

import io

import openpyxl
import pytest

from tests import make
from tests.core.exchange.books import book, opened, saved
from units.organisation.imports import enter, marked, read_roster
from units.organisation.models import Department, Unit

pytestmark = pytest.mark.django_db
HEADS = ["单位代码", "单位全称", "简称", "类别", "隶属关系", "创建基础", "是否设服务窗口"]
FINANCE = ["001", "市财政局", "财政局", "政府部门", "市直", "基础好", "是"]
AUDIT = ["002", "市审计局", "审计局", "政府部门", "市直", "基础差", "否"]
SECTION_HEADS, SECTION = ["单位代码", "科室名称", "是否窗口科室"], ["001", "预算科", "否"]


def roster(*rows, sections=(SECTION_HEADS, SECTION)) -> bytes:
    return book(*rows, sheet="单位", others={"科室": sections})


def changed(row, **cells) -> list:
    """A row with other words in the named columns."""
    return [cells.get(head, value) for head, value in zip(HEADS, row, strict=True)]


def with_merged_heads() -> bytes:
    """A title over the whole width, and two heads drawn together over one line of heads below."""
    made = openpyxl.Workbook()
    page = made.active
    page.title = "单位"
    page.append(["六安市市直单位名录"])
    page.merge_cells("A1:G1")
    page.append(HEADS)
    page.append(FINANCE)
    sections = made.create_sheet("科室")
    for row in (SECTION_HEADS, SECTION):
        sections.append(row)
    return saved(made)


def with_hidden_rows() -> bytes:
    made = opened(roster(HEADS, FINANCE, AUDIT))
    made["单位"].row_dimensions[3].hidden = True
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


READ = {
    "a title and a line of notes above the heads": roster(
        ["六安市市直单位名录"], ["填表说明：请勿改动表头"], HEADS, FINANCE
    ),
    "merged heads": with_merged_heads(),
    "spaces and line breaks inside heads": roster(
        [f"{head[0]} {head[1:-1]}\n{head[-1]}" for head in HEADS], FINANCE
    ),
    "other words for the heads": roster(
        ["单位代码", "单位全称", "单位简称", "单位类别", "隶属", "基础层次", "是否设服务窗口"], FINANCE
    ),
    "columns in another order": roster(HEADS[::-1], FINANCE[::-1]),
    "a total below": roster(HEADS, FINANCE, ["合计", "1个单位"]),
    "blank rows between": roster(HEADS, [], FINANCE, [None] * 7, []),
    "empty columns behind": roster([*HEADS, None, None], [*FINANCE, "", None]),
    "full width and spaces in cells": roster(
        HEADS, ["００１", " 市财政局 ", "财政局", "政府 部门", "市直", "基础好", "是"]
    ),
    "a column of numbers in front": roster(["序号", *HEADS], [1, *FINANCE]),
    "an empty sheet in front": book(
        [], sheet="Sheet1", others={"单位": [HEADS, FINANCE], "科室": [SECTION_HEADS, SECTION]}
    ),
}


@pytest.mark.once  # a sheet is read, nothing is entered
@pytest.mark.parametrize("content", READ.values(), ids=READ)
def test_what_can_be_understood_is_read(content):
    found = read_roster(content)

    assert [str(error) for error in found.errors] == []
    assert [(row["code"], row["name"], row["category"]) for row in found.units] == [
        ("001", "市财政局", "government")
    ]


def test_a_hidden_row_is_a_row():
    assert [row["code"] for row in read_roster(with_hidden_rows()).units] == ["001", "002"]


REFUSED = {
    "a code twice": (roster(HEADS, FINANCE, changed(AUDIT, 单位代码="001")), ["工作表“单位”第3行“单位代码”列"]),
    "a name twice": (roster(HEADS, FINANCE, changed(AUDIT, 单位全称="市财政局")), ["工作表“单位”第3行“单位全称”列"]),
    "an unknown category": (roster(HEADS, changed(FINANCE, 类别="机关单位")), ["工作表“单位”第2行“类别”列"]),
    "no name": (roster(HEADS, changed(FINANCE, 单位全称="")), ["工作表“单位”第2行“单位全称”列"]),
    "a short name that is too long": (roster(HEADS, changed(FINANCE, 简称="长" * 41)), ["工作表“单位”第2行“简称”列"]),
    "a name that is too long": (roster(HEADS, changed(FINANCE, 单位全称="长" * 101)), ["工作表“单位”第2行“单位全称”列"]),
    "a failed formula": (roster(HEADS, changed(FINANCE, 单位全称="#REF!")), ["工作表“单位”第2行“单位全称”列"]),
    "an orphan": (roster(HEADS, FINANCE, sections=(SECTION_HEADS, ["009", "预算科", "否"])), ["工作表“科室”第2行“单位代码”列"]),
    "a department twice": (roster(HEADS, FINANCE, sections=(SECTION_HEADS, SECTION, SECTION)), ["工作表“科室”第3行“科室名称”列"]),
    "several at once": (
        roster(HEADS, changed(FINANCE, 类别="其它机关", 创建基础="好"), changed(AUDIT, 隶属关系="省直")),
        ["工作表“单位”第2行“类别”列", "工作表“单位”第2行“创建基础”列", "工作表“单位”第3行“隶属关系”列"],
    ),
    "no such sheet": (book(HEADS, FINANCE, sheet="名单"), ["工作表“单位”", "工作表“科室”"]),
    "no heads": (roster(FINANCE), ["工作表“单位”"]),
    "nothing but heads": (roster(HEADS), ["工作表“单位”"]),
    "no workbook": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, ["工作表“单位”", "工作表“科室”"]),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, ["工作表“单位”", "工作表“科室”"]),
}  # fmt: skip


@pytest.mark.once  # what a sheet refuses never reaches a table
@pytest.mark.parametrize(("content", "places"), REFUSED.values(), ids=REFUSED)
def test_what_is_wrong_is_told_by_sheet_row_and_column_and_nothing_is_entered(client, content, places):
    client.force_login(make.officer())
    before = Unit.objects.count(), Department.objects.count()

    found = read_roster(content)
    told = [str(error) for error in found.errors]
    answer = client.post("/units/organisation/import_roster/", {"file": io.BytesIO(content)})

    assert [
        place for place, sentence in zip(places, told, strict=True) if not sentence.startswith(place)
    ] == []
    assert [sentence for sentence in told if "请" not in sentence] == []  # each says what to do next
    assert answer.status_code == 422
    assert (Unit.objects.count(), Department.objects.count()) == before


@pytest.mark.once
@pytest.mark.parametrize("name", ["a code twice", "an unknown category", "an orphan", "several at once"])
def test_the_marked_workbook_says_the_same_in_the_same_cells(name):
    content, places = REFUSED[name]
    errors = read_roster(content).errors

    book_back = opened(marked(content, errors))
    remarks = [
        f"工作表“{sheet.title}”第{cell.row}行"
        for sheet in book_back.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    ]
    assert sorted(remarks) == sorted(place.split("“单位代码”")[0].split("行")[0] + "行" for place in places)


def test_a_name_without_a_short_form_gets_one_that_fits():
    found = read_roster(roster(HEADS, changed(FINANCE, 单位全称="长" * 100, 简称="")))

    enter(found, by=None)

    assert Unit.objects.get().short_name == "长" * 40
