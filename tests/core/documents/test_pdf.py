"""The PDF read back and measured against GB/T 9704-2012 (dossier 7.1, 7.2)."""

import io
import re

import pytest
from pypdf import PdfReader

from sanwei.core.documents import fonts
from sanwei.core.documents.html import to_html
from sanwei.core.documents.linebreak import NO_END, NO_START
from sanwei.core.documents.model import Paragraph, Sheet
from sanwei.core.documents.pdf import to_pdf
from tests.core.documents.papers import RARE, SENTENCE, bulletin, read

FULL_PAGES = slice(1, 3)  # the second and third page hold text only


@pytest.fixture(scope="module")
def pages():
    return read(to_pdf(bulletin()))


def test_a_full_page_has_22_lines_of_at_most_28_characters(pages):
    assert [len(page.body) for page in pages[FULL_PAGES]] == [22, 22]
    assert max(len(line.text) for page in pages[FULL_PAGES] for line in page.body) == 28


def test_the_margins_are_37_and_28_millimetres(pages):
    for page in pages[FULL_PAGES]:
        lefts = {round(line.left, 1) for line in page.body}
        assert lefts <= {28.0, 39.1}  # flush, and indented by two characters
        top = page.body[0].baseline - 0.86 * 156 / 28
        assert abs(top - 37) < 1
        assert all(line.right < 184.1 for line in page.body)
        assert max(line.baseline for line in page.body) < 37 + 225


def test_justified_lines_fill_the_type_area(pages):
    full = [line for line in pages[2].body if not line.text.endswith("。") and len(line.text) > 25]

    assert full
    assert all(abs(line.right - 184) < 0.2 for line in full)


def test_mark_number_and_red_line_stand_in_their_places(pages):
    mark, number = pages[0].lines[:2]
    rule = pages[0].rules[0]

    assert mark.text == "六安市直创建“三型机关”领导组办公室"
    assert abs((mark.left + mark.right) / 2 - 106) < 0.5
    assert abs(mark.baseline - 0.86 * mark.size / 2.8346 - 72) < 1.5  # 35 mm below the type area's top
    assert number.text == "直创办〔2027〕1号"
    assert abs((number.left + number.right) / 2 - 106) < 0.5
    assert rule.stroking_color == (0, 0.8, 0.8, 0)
    assert abs(rule.x0 / 2.8346 - 28) < 0.1
    assert abs(rule.x1 / 2.8346 - 184) < 0.1
    below = (841.89 - rule.y0) / 2.8346 - number.baseline
    assert 3 < below < 6  # 4 mm under the characters


def test_the_title_is_balanced_and_centred(pages):
    title = [line for line in pages[0].lines if line.size == 22.0]

    assert [line.text for line in title] == ["关于2027年度“三型机关”", "创建实施方案报送情况的通报"]
    assert all(abs((line.left + line.right) / 2 - 106) < 0.5 for line in title)


def test_page_numbers_stand_outside_on_odd_and_even_pages(pages):
    assert [page.number.text for page in pages[:4]] == ["— 1 —", "— 2 —", "— 3 —", "— 4 —"]
    assert [page.number.left < 100 for page in pages[:4]] == [False, True, False, True]
    assert all(268 < page.number.baseline < 273 for page in pages)


def test_no_line_begins_or_ends_as_it_may_not(pages):
    lines = [line.text for page in pages for line in page.body]

    assert [line for line in lines if line[0] in NO_START] == []
    assert [line for line in lines if line[-1] in NO_END] == []


def test_rare_characters_are_there_and_mapped(pages):
    assert any(RARE in line.text for page in pages for line in page.body)


def test_a_character_of_no_font_is_visible():
    words = "名字\U0002ffff结束"
    pages = read(to_pdf(bulletin(blocks=(Paragraph(words),))))

    assert fonts.missing_characters(words) == ["\U0002ffff"]
    assert any("名字[U+2FFFF]结束" in line.text for line in pages[0].body)


def test_every_font_is_embedded_and_no_other_is_used():
    reader = PdfReader(io.BytesIO(to_pdf(bulletin())))
    found = {
        font["/BaseFont"].split("+")[1]: "/FontFile2" in font["/FontDescriptor"]
        for page in reader.pages
        for font in (entry.get_object() for entry in page["/Resources"]["/Font"].values())
    }

    assert all(found.values())
    assert "Helvetica" not in found


def test_heads_are_repeated_and_every_row_of_the_annex_is_set(pages):
    annex = pages[next(n for n, page in enumerate(pages) if page.lines[0].text == "附件") :]
    rows = [line.text for page in annex for line in page.body if "单位按时" in line.text]

    assert all("序号单位报送情况上报时间" in [line.text for line in page.body] for page in annex)
    assert len(rows) == 123


def test_the_imprint_closes_the_last_page(pages):
    last = pages[-1].body[-1]

    assert last.text.startswith("六安市直创建“三型机关”领导组办公室")
    assert last.text.endswith("2027年3月5日印发")
    assert 250 < last.baseline < 262


def test_the_same_paper_gives_the_same_bytes():
    assert to_pdf(bulletin()) == to_pdf(bulletin())


def test_the_file_names_title_and_organ_only():
    metadata = PdfReader(io.BytesIO(to_pdf(bulletin()))).metadata

    assert metadata.title == "关于2027年度“三型机关”创建实施方案报送情况的通报"
    assert metadata.author == "六安市直创建“三型机关”领导组办公室"


def test_a_sheet_of_one_page_has_no_page_number():
    sheet = Sheet(title="报送回执", facts=(("单位", "市教育局"),), blocks=(Paragraph(SENTENCE),))

    assert [line for line in read(to_pdf(sheet))[0].lines if line.baseline > 265] == []


def test_a_sheet_without_text_is_a_page_with_its_title():
    lines = [line.text for line in read(to_pdf(Sheet(title="实施方案", facts=(), blocks=())))[0].lines]

    assert lines == ["实施方案"]


@pytest.mark.parametrize(("colour", "red"), [("blue", 0x1F), ("orange", 0xA8), ("red", 0xB3)])
def test_a_coloured_sheet_is_known_by_title_and_rule(colour, red):
    content = to_pdf(
        Sheet(title=f"{colour}督办单", number="1号", colour=colour, blocks=(Paragraph(SENTENCE),))
    )
    drawn = PdfReader(io.BytesIO(content)).pages[0].get_contents().get_data().decode("latin-1")

    share = re.escape(str(red / 255)[1:5])
    assert [re.search(rf"{share}\d* \S+ \S+ {paint}\b", drawn) is None for paint in ("rg", "RG")] == [
        False,
        False,
    ]
    assert "paper-" + colour in to_html(Sheet(title="督办单", colour=colour))
