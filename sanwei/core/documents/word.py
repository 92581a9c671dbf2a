"""The same papers as Word files, on the same grid (dossier 7.1): fonts are asked for by the names offices have."""

import io

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from sanwei.core.days import written
from sanwei.core.documents import fonts
from sanwei.core.documents.linebreak import balanced
from sanwei.core.documents.model import COLOURS, Heading, Sheet, Table
from sanwei.core.documents.page import AREA_WIDTH

FANGSONG, TITLE, HEI, KAI, SONG = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"
HEADING_FONTS = {1: HEI, 2: KAI, 3: FANGSONG, 4: FANGSONG}
TEXT, TITLE_SIZE, SMALL, TABLE_SIZE = 16, 22, 14, 12  # 3号, 2号, 4号, 小四
PITCH = 28.95  # points: 22 of them fit 225 mm
SPACING = "-5"  # twentieths of a point between characters of 3号, so that 28 of them fill 156 mm
RED = RGBColor(0xB5, 0x12, 0x1B)
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


def to_docx(paper) -> bytes:
    """An OfficialDocument or a Sheet as .docx."""
    book = Document()
    prepare(book, paper.title)
    if isinstance(paper, Sheet):
        write_sheet(book, paper)
    else:
        write_official(book, paper)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def prepare(book, title) -> None:
    """A4, margins of the type area, its 22 lines, page numbers outside on odd and even pages."""
    section = book.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(35 - 7 - 5)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    for name, value in (("type", "lines"), ("linePitch", "579")):
        grid.set(qn(f"w:{name}"), value)
    book.settings.odd_and_even_pages_header_footer = True
    for footer, align in ((section.footer, "right"), (section.even_page_footer, "left")):
        number(footer.paragraphs[0], align)
    style = book.styles["Normal"]
    style.font.name, style.font.size = FANGSONG, Pt(TEXT)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FANGSONG)
    book.core_properties.title, book.core_properties.author = title, "Sanwei"


def number(paragraph, align) -> None:
    """— N — in 4号宋体, one character from the edge."""
    paragraph.alignment = ALIGN[align]
    side = "w:end" if align == "right" else "w:start"
    indent(paragraph, {side: "280", f"{side}Chars": "100"})
    write(paragraph, "— ", SONG, SMALL)
    run = write(paragraph, "", SONG, SMALL)
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)
    write(paragraph, " —", SONG, SMALL)


def indent(paragraph, values: dict) -> None:
    properties = paragraph._p.get_or_add_pPr()
    element = properties.get_or_add_ind()
    for name, value in values.items():
        element.set(qn(name), value)


def write(paragraph, text, font=FANGSONG, size=TEXT, colour=None):
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if colour is not None:
        run.font.color.rgb = colour
    if size == TEXT:
        tighten(run)
    return run


def tighten(run) -> None:
    """28 characters to the line: 3号 set solid would be 2 mm too wide (dossier 7.1), and a grid of characters is
    counted differently by Word and by LibreOffice."""
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), SPACING)
    run._r.get_or_add_rPr().insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs")


def line(book, text="", font=FANGSONG, size=TEXT, align="justify", colour=None, pitch=PITCH, first=0):
    """One paragraph on the grid; `first` is the indent of its first line in characters."""
    paragraph = book.add_paragraph()
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(pitch)
    form.widow_control = False
    paragraph.alignment = ALIGN[align]
    if first:
        indent(paragraph, {"w:firstLineChars": str(first * 100), "w:firstLine": str(first * 316)})
    if text:
        write(paragraph, text, font, size, colour)
    return paragraph


def write_official(book, paper) -> None:
    size = min(36, 430 / max(1, len(paper.organ)))
    mark = line(book, paper.organ, TITLE, size, "center", RED, pitch=size + 4)
    mark.paragraph_format.space_before = Mm(35 - 7)  # the line itself holds 7 mm above the characters
    line(book)
    line(book)
    numbered = line(book, paper.number, align="center")
    rule_below(numbered)
    line(book)
    line(book)
    write_title(book, paper.title)
    if paper.addressees:
        line(book)
        line(book, f"{paper.addressees}：")
    write_blocks(book, paper.blocks)
    if paper.annexes:
        line(book)
    for place, annex in enumerate(paper.annexes, 1):
        label = "附件：" if place == 1 else "　　　"
        line(book, f"{label}{f'{place}. ' if len(paper.annexes) > 1 else ''}{annex.title}", first=2)
    for _ in range(3 if paper.seal else 1):
        line(book)
    ended(book, paper.signature, 200)
    ended(book, written(paper.date), 400)
    if paper.note:
        line(book, f"（{paper.note}）", first=2)
    for place, annex in enumerate(paper.annexes, 1):
        opened = line(book, f"附件{place if len(paper.annexes) > 1 else ''}", HEI)
        opened.paragraph_format.page_break_before = True
        line(book)
        write_title(book, annex.title)
        write_blocks(book, annex.blocks)
    if paper.issued_by:
        imprint(book, paper)


def write_title(book, title, colour=None) -> None:
    """2号小标宋, centred, in the same balanced lines as the PDF."""
    for text in balanced(title, fonts.TITLE, TITLE_SIZE, AREA_WIDTH * 0.92):
        line(book, text, TITLE, TITLE_SIZE, "center", colour)


def ended(book, text, characters) -> None:
    """A line that ends so many hundredths of a character from the right edge."""
    paragraph = line(book, text, align="right")
    indent(paragraph, {"w:endChars": str(characters), "w:end": str(characters * 316 // 100)})


def rule_below(paragraph) -> None:
    """The red line, 4 mm under the number."""
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "16"), ("space", "11"), ("color", "B5121B")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders,
        "w:shd",
        "w:tabs",
        "w:suppressAutoHyphens",
        "w:snapToGrid",
        "w:spacing",
        "w:ind",
        "w:jc",
        "w:rPr",
    )


def write_blocks(book, blocks) -> None:
    for block in blocks:
        if isinstance(block, Table):
            write_table(book, [column.head for column in block.columns], block)
        elif isinstance(block, Heading):
            line(book, block.text, HEADING_FONTS[block.level], first=2).paragraph_format.keep_with_next = True
        else:
            line(book, block.text, first=2 if block.indent else 0)


def write_table(book, heads, block) -> None:
    """A ruled table; its head is repeated on every page and no row is torn."""
    table = book.add_table(rows=1, cols=len(heads), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    shares = sum(column.width for column in block.columns)
    widths = [Mm(156 * column.width / shares) for column in block.columns]
    fill(table.rows[0], heads, widths, ["center"] * len(heads), HEI)
    repeat = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    for values in block.rows:
        row = table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        fill(row, values, widths, [column.align for column in block.columns], FANGSONG)


def fill(row, values, widths, aligns, font) -> None:
    for cell, value, wide, align in zip(row.cells, values, widths, aligns, strict=True):
        cell.width = wide
        paragraph = cell.paragraphs[0]
        paragraph.alignment = ALIGN[align]
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        paragraph.paragraph_format.line_spacing = Pt(18)
        paragraph.paragraph_format.space_after = Pt(0)
        write(paragraph, str(value), font, TABLE_SIZE)


def imprint(book, paper) -> None:
    """版记: a table of full width, thick lines above and below."""
    line(book)
    rows = [f"抄送：{paper.copy_to}。"] if paper.copy_to else []
    issued = written(paper.issued_on or paper.date)
    for text in rows:
        line(book, text, size=SMALL)
    last = line(book, "", size=SMALL, align="left")
    write(last, f"　{paper.issued_by}\t{issued}印发　", FANGSONG, SMALL)
    last.paragraph_format.tab_stops.add_tab_stop(Mm(152), WD_ALIGN_PARAGRAPH.RIGHT)
    borders = OxmlElement("w:pBdr")
    for side in ("top", "bottom"):
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "8"), ("space", "4"), ("color", "000000")):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    last._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def write_sheet(book, paper) -> None:
    write_title(book, paper.title, RGBColor.from_string(COLOURS[paper.colour]) if paper.colour else None)
    if paper.number:
        line(book, paper.number, size=SMALL, align="center")
    if paper.facts:
        table = book.add_table(rows=0, cols=2, style="Table Grid")
        table.autofit = False
        for fact in paper.facts:
            fill(table.add_row(), fact, [Mm(44), Mm(112)], ["left", "left"], FANGSONG)
    write_blocks(book, paper.blocks)
    if paper.issuer and paper.date:
        line(book)
        ended(book, paper.issuer, 200)
        ended(book, written(paper.date), 200)
    if paper.seal_line:
        line(book)
        text = "单位负责人：　　　　填表人：　　　　联系电话：　　　　　年　月　日（盖章）"
        line(book, text, size=TABLE_SIZE, align="left")
