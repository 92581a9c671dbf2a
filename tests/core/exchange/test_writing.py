"""Lists and blank forms as Excel: what is on screen, safe to open, ready for the printer."""

import datetime as dt
from decimal import Decimal

import pytest

from sanwei.core.exchange import Column, Template, read, template_workbook, write, xlsx_response
from tests.cast import beijing
from tests.core.exchange.books import HEADS, ROSTER, opened


def test_a_list_is_written_under_title_notes_and_heads():
    page = opened(write("报送情况", ("单位", "件数"), [("市教育局", 3)], notes="截至3月5日")).active

    assert [*page.values] == [("报送情况", None), ("截至3月5日", None), ("单位", "件数"), ("市教育局", 3)]


def test_values_stand_as_on_screen():
    row = (None, 0, True, False, dt.date(2026, 3, 5), beijing(2026, 3, 5, 14, 32), Decimal("98.50"), "上\n下")

    page = opened(write("表", [*"甲乙丙丁戊己庚辛"], [row])).active

    assert [cell.value for cell in page[3]] == [
        "—", 0, "是", "否", "2026-03-05", "2026-03-05 14:32", 98.5, "上\n下",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("http://x","点")',
        "+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1)",
        "\t=1+1",
        "\r=1+1",
        "\n=1",
    ],
)
def test_no_text_becomes_a_formula_and_reading_gives_it_back(text):
    content = write(text, ("内容",), [(text,)], notes=text)

    page = opened(content).active
    assert {cell.data_type for row in page.iter_rows() for cell in row} == {"s"}
    assert [row["it"] for row in read(content, Template("T", "表", (Column("内容", "it"),))).rows] == [
        text.strip()
    ]


def test_control_characters_and_texts_too_long_do_not_break_the_file():
    page = opened(write("表", ("内容",), [("上\x00\x0b下",), ("长" * 40_000,)])).active

    assert page["A3"].value == "上下"
    assert len(page["A4"].value) == 32_765
    assert page["A4"].value.endswith("长……（未完）")


@pytest.mark.parametrize("title", ["", "2026/2027年[甲]：*?\\", "名" * 60, "'引'"])
def test_any_title_makes_a_sheet(title):
    assert [*opened(write(title, ("甲",), [])).active.values][-1] == ("甲",)


def test_the_page_is_set_for_the_printer():
    page = opened(write("报送情况", ("单位", "件数"), [("市发展和改革委员会", 3)], notes="说明")).active

    assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "landscape")
    assert (page.page_setup.fitToHeight, page.sheet_properties.pageSetUpPr.fitToPage) == (0, True)
    assert (page.freeze_panes, page.print_title_rows) == ("A4", "$3:$3")
    assert page.oddFooter.center.text == "第&P页 共&N页"
    assert [page.column_dimensions[letter].width for letter in "AB"] == [20, 8]


def test_a_list_of_any_length_is_written():
    rows = ((number, f"第{number}行") for number in range(1, 3001))

    written = [*opened(write("长表", ("序号", "内容"), rows)).active.values]

    assert (len(written), written[-1]) == (3002, (3000, "第3000行"))


def test_a_download_bears_its_chinese_name():
    response = xlsx_response("报送情况.xlsx", b"x")

    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E6%8A%A5%E9%80%81%E6%83%85%E5%86%B5.xlsx"
    )
    assert response["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_a_blank_form_has_title_notes_and_heads():
    page = opened(template_workbook(ROSTER)).active

    assert [page["A1"].value, page["A2"].value] == [
        "单位名录",
        "逐行填写，不要合并单元格；红色表头的列必须填写。",
    ]
    assert [cell.value for cell in page[3]] == HEADS
    assert [cell.value for cell in page[3] if cell.font.color] == ["单位代码", "类别"]
    assert page.freeze_panes == "A4"


def test_a_blank_form_offers_the_choices_and_keeps_codes_as_text():
    form = opened(template_workbook(ROSTER))

    offered = {
        str(rule.sqref): [
            cell.value for (cell,) in form["选项"][rule.formula1.partition("!")[2].replace("$", "")]
        ]
        for rule in form.active.data_validations.dataValidation
    }
    assert offered == {"C4:C503": ["政府部门", "党委部门"], "G4:G503": ["是", "否"]}
    assert form["选项"].sheet_state == "hidden"
    assert {form.active.cell(row, 2).number_format for row in (4, 503)} == {"@"}


def test_a_list_of_choices_may_be_long():
    column = Column("单位", "unit", kind="choice", choices=[f"市属第{n}号单位" for n in range(200)])

    form = opened(template_workbook(Template("T", "表", (column,))))

    assert form.active.data_validations.dataValidation[0].formula1 == "'选项'!$A$1:$A$200"
    assert form["选项"]["A200"].value == "市属第199号单位"


def test_a_form_may_have_several_sheets():
    units = Template("T1", "单位名录", (Column("单位代码", "code"),), sheet="单位")
    departments = Template("T2", "科室名录", (Column("科室名称", "name"),), sheet="科室")

    form = opened(template_workbook(units, departments))

    assert form.sheetnames == ["单位", "科室"]
    assert [form[name]["A3"].value for name in form.sheetnames] == ["单位代码", "科室名称"]


def test_what_was_exported_can_be_imported():
    rows = [(1, "007", "政府部门", dt.date(2026, 3, 5), 12, Decimal("98.5"), True, "=备注")]

    found = read(write("名录", HEADS, rows), ROSTER)

    assert found.errors == []
    assert [(row["code"], row["founded_on"], row["is_counter"], row["note"]) for row in found.rows] == [
        ("007", dt.date(2026, 3, 5), True, "=备注")
    ]
