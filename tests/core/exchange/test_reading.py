"""Forms as offices fill them: every way of writing the same thing is read, every fault is told by row and column."""

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest

from sanwei.core.exchange import Column, RowError, Template, read, template_workbook
from tests.core.exchange.books import GOOD, HEADS, ROSTER, book, opened, saved

PLAIN = Template("T", "表", (Column("内容", "text"),))


def faults(*rows):
    return [str(error) for error in read(book(HEADS, *rows), ROSTER).errors]


def test_a_filled_form_becomes_values():
    found = read(book(["单位名录"], ["说明：……"], HEADS, GOOD), ROSTER)

    assert found.errors == []
    assert found.rows == [
        {
            "_row": 4,
            "number": "1",
            "code": "U001",
            "category": "政府部门",
            "founded_on": dt.date(2026, 3, 5),
            "staff": 12,
            "score": Decimal("98.5"),
            "is_counter": True,
            "note": "",
        }
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "2026-03-05", "2026-3-5", "2026/3/5", "2026.3.5", "2026年3月5日", "2026年03月05日", "２０２６年３月５日",
        " 2026 年 3 月 5 日 ", dt.date(2026, 3, 5), dt.datetime(2026, 3, 5),  # noqa: DTZ001 Excel knows no zone
        "2026-03-05 00:00:00",
    ],
)  # fmt: skip
def test_a_day_may_be_written_in_many_ways(typed):
    found = read(book(HEADS, ["", "U001", "政府部门", typed]), ROSTER)

    assert [row["founded_on"] for row in found.rows] == [dt.date(2026, 3, 5)]


@pytest.mark.parametrize("typed", ["2026-02-30", "3月5日", "下周", "2026-13-01", 46086])
def test_what_is_no_day_is_told_with_an_example(typed):
    assert faults(["", "U001", "政府部门", typed]) == [
        f"第2行“成立日期”列：“{typed}”不是日期，请写成2027-03-05或2027年3月5日。"
    ]


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        (12, 12),
        (12.0, 12),
        ("12", 12),
        ("１２", 12),
        ("1,200", 1200),
        ("１，２００", 1200),
        ("-3", -3),
        ("12.0", 12),
    ],
)
def test_numbers_may_stand_in_full_width(typed, count):
    found = read(book(HEADS, ["", "U001", "政府部门", "", typed]), ROSTER)

    assert [row["staff"] for row in found.rows] == [count]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("十二", "“十二”不是数字，请只填数字。"),
        ("12人", "“12人”不是数字，请只填数字。"),
        (12.5, "“12.5”不是整数，请填整数。"),
        ("NaN", "“NaN”不是数字，请只填数字。"),
        ("1e9", "“1e9”不是数字，请只填数字。"),
    ],
)
def test_what_is_no_number_is_told(typed, reason):
    assert faults(["", "U001", "政府部门", "", typed]) == [f"第2行“人数”列：{reason}"]


def test_codes_keep_their_zeros_and_lose_their_full_width():
    rows = read(
        book(HEADS, ["", "００７", "政府部门"], ["", "Ｕ００８", "政府部门"], ["", 9, "政府部门"]), ROSTER
    ).rows

    assert [row["code"] for row in rows] == ["007", "U008", "9"]


def test_a_long_number_that_excel_has_cut_is_not_taken_for_a_text():
    assert faults(["", 342401199001011234, "政府部门"]) == [
        "第2行“单位代码”列：数字超过15位，后几位已被Excel改成0。请把该列设为“文本”格式，再重新填写完整号码。"
    ]


def test_texts_are_tidied_but_keep_their_punctuation():
    typed = "\u200b 一、学习型（含“三会一课”），２次_x000D_\n二、服务型 \ufeff"

    assert [row["text"] for row in read(book(["内容"], [typed]), PLAIN).rows] == [
        "一、学习型（含“三会一课”），2次\n二、服务型"
    ]


def test_a_choice_may_be_spaced_and_an_unknown_one_is_answered_with_the_list():
    found = read(book(HEADS, ["", "U001", " 政府 部门 "], ["", "U002", "政府"]), ROSTER)

    assert found.rows[0]["category"] == "政府部门"
    assert found.errors == [RowError(3, "类别", "“政府”不在可选范围内，请填写：政府部门、党委部门。")]


def test_yes_and_no_may_be_words_or_truth():
    typed = ["是", "否", True, False, ""]
    found = read(
        book(HEADS, *(["", f"U{n}", "政府部门", "", "", "", word] for n, word in enumerate(typed))), ROSTER
    )

    assert [row["is_counter"] for row in found.rows] == [True, False, True, False, ""]


def test_every_fault_is_told_in_the_order_of_the_sheet():
    assert faults(["", "", "其他", "明天", "多"], ["", "U002", "政府部门", "", "", "九成"]) == [
        "第2行“单位代码”列：不能为空，请补填。",
        "第2行“类别”列：“其他”不在可选范围内，请填写：政府部门、党委部门。",
        "第2行“成立日期”列：“明天”不是日期，请写成2027-03-05或2027年3月5日。",
        "第2行“人数”列：“多”不是数字，请只填数字。",
        "第3行“得分”列：“九成”不是数字，请只填数字。",
    ]


def test_a_failed_formula_is_told():
    made = openpyxl.Workbook()
    made.active.append(HEADS)
    made.active.append(["", "U001", "政府部门", "", "#REF!"])
    made.active["E2"].data_type = "e"

    assert [str(error) for error in read(saved(made), ROSTER).errors] == [
        "第2行“人数”列：是出错的公式（#REF!），请改为文字或数字。"
    ]


def test_the_same_key_twice_is_told():
    rows = [["", "U001", "政府部门"], ["", "U002", "政府部门"], ["", "Ｕ００１", "党委部门"]]

    assert faults(*rows) == ["第4行“单位代码”列：“U001”与第2行重复，请核对后删去一行。"]


def test_heads_are_found_in_any_order_below_any_lines_and_with_breaks():
    heads = [None, "单位类别", "单 位\n代 码*", "　人数", "本表没有的列", "单位代码"]
    found = read(
        book(["单位名录"], [], ["填报单位：市发展改革委"], heads, [None, "政府部门", "U001", 3, "x", "U9"]),
        ROSTER,
    )

    assert found.errors == []
    assert [(row["_row"], row["code"], row["category"], row["staff"]) for row in found.rows] == [
        (5, "U001", "政府部门", 3)
    ]


def test_missing_heads_are_named():
    found = read(book(["名录"], ["序号", "类别", "人数"], [1, "政府部门", 3]), ROSTER)

    assert found.rows == []
    assert found.errors == [RowError(2, "", "没有找到表头“单位代码”。请使用本系统下载的模板，不要改动表头。")]


def test_blank_numbered_and_total_lines_are_no_rows():
    rows = [GOOD, [], [2], [" "], ["合 计", "", "", "", 12], ["", "U002", "政府部门", "", 5, "", "", "小计"]]

    assert [row["code"] for row in read(book(HEADS, *rows), ROSTER).rows] == ["U001", "U002"]


def test_a_form_without_rows_says_so():
    assert faults() == ["表中没有数据。请在表头下方逐行填写后再上传。"]


def test_a_sheet_is_found_by_name():
    template = Template("T2", "科室", (Column("科室名称", "name"),), sheet="科室")
    content = book(["别的"], sheet="单位", others={" 科室 ": [["科室名称"], ["审批科"]]})

    assert [row["name"] for row in read(content, template).rows] == ["审批科"]


def test_a_missing_sheet_is_told_with_those_that_are_there():
    template = Template("T2", "科室", (Column("科室名称", "name"),), sheet="科室")

    assert [str(error) for error in read(book(["科室名称"], sheet="单位"), template).errors] == [
        "文件没有工作表“科室”（现有：单位），请使用本系统下载的模板，不要改动工作表名称。"
    ]


def test_without_a_name_the_first_visible_sheet_is_read():
    made = opened(book(["旧"], sheet="旧", others={"新": [["内容"], ["看得见的"]]}))
    made["旧"].sheet_state = "hidden"
    made.active = 1

    assert [row["text"] for row in read(saved(made), PLAIN).rows] == ["看得见的"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_table_is_read_in_any_encoding(encoding):
    text = '单位代码,类别,备注\r\n007,政府部门,"含，逗号,和\n换行"\r\n'

    assert [(row["code"], row["note"]) for row in read(text.encode(encoding), ROSTER).rows] == [
        ("007", "含，逗号,和\n换行")
    ]


def test_a_text_table_may_be_parted_by_tabs():
    assert [row["code"] for row in read("单位代码\t类别\nU001\t政府部门".encode(), ROSTER).rows] == ["U001"]


def test_an_uploaded_file_is_read_from_its_beginning():
    file = io.BytesIO(book(HEADS, GOOD))
    file.read(100)

    assert [row["code"] for row in read(file, ROSTER).rows] == ["U001"]


def test_the_blank_form_filled_in_is_read():
    form = opened(template_workbook(ROSTER))
    for place, value in enumerate(GOOD, 1):
        form.active.cell(4, place, value)

    assert read(saved(form), ROSTER).rows == read(book([], [], HEADS, GOOD), ROSTER).rows
