"""The table that goes back to its writer: what is wrong stands where it is wrong (Appendix C 20)."""

import openpyxl
import pytest

from sanwei.core.exchange import Column, RowError, Template, Unreadable, error_workbook, read
from sanwei.core.exchange.reading import MOST_REMARKS
from tests.core.exchange.books import GOOD, HEADS, ROSTER, book, opened, saved


def remarks(content: bytes, sheet=None) -> dict[str, str]:
    """Comments by the name of their cell; each of these cells is red."""
    page = opened(content)[sheet] if sheet else opened(content).active
    commented = [cell for row in page.iter_rows() for cell in row if cell.comment]
    assert {cell.fill.fgColor.rgb for cell in commented} <= {"00F8C9C5"}
    return {cell.coordinate: cell.comment.text for cell in commented}


def test_each_fault_is_a_comment_on_its_cell_and_nothing_else_changes():
    content = book(["单位名录"], HEADS, GOOD, ["", "U002", "其他", "明天"])

    marked = error_workbook(content, read(content, ROSTER).errors)

    assert remarks(marked) == {
        "C4": "“其他”不在可选范围内，请填写：政府部门、党委部门。",
        "D4": "“明天”不是日期，请写成2027-03-05或2027年3月5日。",
    }
    assert [*opened(marked).active.values] == [*opened(content).active.values]


def test_a_fault_stands_at_the_column_that_was_read_whatever_its_head():
    content = book(["单位类别", "单 位 代 码", "单位代码"], ["其他", "U001", "x"])

    assert list(remarks(error_workbook(content, read(content, ROSTER).errors))) == ["A2"]


def test_faults_that_a_room_adds_are_placed_by_their_head():
    content = book(HEADS, GOOD)
    errors = [
        RowError(2, "单位代码", "没有这个单位。"),
        RowError(2, "单位代码", "请核对。"),
        RowError(0, "", "只读了一行。"),
    ]

    assert remarks(error_workbook(content, errors)) == {
        "B2": "没有这个单位。\n请核对。",
        "A1": "只读了一行。",
    }


def test_a_comment_on_merged_cells_stands_on_the_first():
    made = openpyxl.Workbook()
    for row in (HEADS, ["", "U001", "其他"], ["", "U002", None]):
        made.active.append(row)
    made.active.merge_cells("C2:C3")

    marked = error_workbook(saved(made), read(saved(made), ROSTER).errors)

    assert remarks(marked) == {"C2": "“其他”不在可选范围内，请填写：政府部门、党委部门。\n不能为空，请补填。"}


def test_the_right_sheet_is_marked_and_shown_first():
    template = Template(
        "T2", "科室", (Column("科室名称", "name"), Column("人数", "staff", kind="integer")), sheet="科室"
    )
    content = book(["单位"], sheet="单位", others={"科室": [["科室名称", "人数"], ["审批科", "多"]]})

    marked = error_workbook(content, read(content, template).errors, sheet="科室")

    assert opened(marked).active.title == "科室"
    assert remarks(marked, "科室") == {"B2": "“多”不是数字，请只填数字。"}
    assert remarks(marked, "单位") == {}


def test_formulas_and_formats_of_the_writer_stay():
    made = openpyxl.Workbook()
    made.active.append(HEADS)
    made.active.append(["", "U001", "其他", "", "=1+2"])
    made.active["B2"].number_format = "@"

    page = opened(error_workbook(saved(made), [RowError(2, "类别", "错")])).active

    assert (page["E2"].value, page["B2"].number_format) == ("=1+2", "@")


def test_a_text_table_comes_back_as_a_workbook_without_formulas():
    content = "单位代码,类别,备注\n007,其他,=1+1\n".encode("gb18030")

    marked = error_workbook(content, read(content, ROSTER).errors)

    page = opened(marked).active
    assert [*page.values] == [("单位代码", "类别", "备注"), ("007", "其他", "=1+1")]
    assert page["C2"].data_type == "s"
    assert list(remarks(marked)) == ["B2"]


def test_very_many_faults_are_not_left_out_silently():
    content = book(["内容"], *(["x"] for _ in range(2100)))
    errors = [RowError(row, "内容", "错。") for row in range(2, 2102)]

    told = remarks(error_workbook(content, errors))

    assert len(told) == MOST_REMARKS + 1
    assert told["A1"] == "另有100处问题未标出。请先更正已标出的，再上传核对。"


def test_a_file_that_cannot_be_opened_is_not_marked():
    with pytest.raises(Unreadable, match="已损坏"):
        error_workbook(book(HEADS)[:500], [])
