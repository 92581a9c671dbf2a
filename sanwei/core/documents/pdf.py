"""Papers as PDF, to the millimetre of GB/T 9704-2012 (dossier 7.1, 7.2). The same paper gives the same bytes."""

from itertools import zip_longest

from reportlab.lib.colors import HexColor, black
from reportlab.lib.units import mm

from sanwei.core.days import written
from sanwei.core.documents import fonts
from sanwei.core.documents.linebreak import balanced, break_lines
from sanwei.core.documents.model import COLOURS, Heading, Paragraph, Sheet, Table
from sanwei.core.documents.page import (
    AREA_WIDTH,
    CHARACTER,
    LEFT,
    PITCH,
    RED,
    SMALL,
    TITLE_SIZE,
    TOP,
    Pen,
)
from sanwei.core.documents.tables import set_facts, set_table

HEADING_FONTS = {1: fonts.HEI, 2: fonts.KAI, 3: fonts.FANGSONG, 4: fonts.FANGSONG}
THICK, THIN = 0.35 * mm, 0.25 * mm
MARK_BELOW, RULE_BELOW = 35 * mm, 4 * mm
LARGEST_MARK = 42.0
SEAL = 42 * mm
GREY = HexColor("#9a9a9a")


def to_pdf(paper) -> bytes:
    """An OfficialDocument or a Sheet as PDF."""
    if isinstance(paper, Sheet):
        return sheet(paper)
    pen = Pen(paper.title, paper.organ)
    head(pen, paper)
    set_title(pen, paper.title)
    if paper.addressees:
        pen.skip()
        set_text(pen, f"{paper.addressees}：", indent=False)
    set_blocks(pen, paper.blocks)
    list_annexes(pen, paper.annexes)
    sign(pen, paper)
    if paper.note:
        set_text(pen, f"（{paper.note}）")
    for number, annex in enumerate(paper.annexes, 1):
        set_annex(pen, annex, number if len(paper.annexes) > 1 else "")
    imprint(pen, paper)
    return pen.done()


def head(pen, paper) -> None:
    """Organ mark 35 mm below the type area's top, number two lines below it, red line 4 mm below the number."""
    mark = fonts.visible(paper.organ)
    size = min(LARGEST_MARK, AREA_WIDTH * 0.98 / (fonts.width(mark, fonts.TITLE, 1) or 1))
    y = TOP + MARK_BELOW
    pen.centred(mark, y, fonts.TITLE, size, RED)
    y += size + 2 * PITCH
    if paper.number:
        pen.centred(fonts.visible(paper.number), y, fonts.FANGSONG, CHARACTER)
    y += CHARACTER + RULE_BELOW
    pen.rule(y, THICK * 2, RED)
    lines = round((y + 2 * PITCH - TOP) / PITCH)
    pen.y = TOP + lines * PITCH


def set_title(pen, title, colour=black) -> None:
    """2号小标宋, centred, in balanced lines."""
    for line in balanced(fonts.visible(title), fonts.TITLE, TITLE_SIZE, AREA_WIDTH * 0.92):
        pen.need(PITCH)
        pen.centred(line, pen.y + (CHARACTER - TITLE_SIZE) / 2, fonts.TITLE, TITLE_SIZE, colour)
        pen.y += PITCH


def set_text(pen, text, font=fonts.FANGSONG, indent=True) -> None:
    """One paragraph in 3号, its first line indented by two characters."""
    first = 2 * CHARACTER if indent else 0.0
    lines = break_lines(fonts.visible(text), font, CHARACTER, AREA_WIDTH, first)
    for number, line in enumerate(lines):
        pen.set_line(line, font, CHARACTER, 0.0 if number else first, justify=number < len(lines) - 1)


def set_blocks(pen, blocks) -> None:
    for block, following in zip_longest(blocks, blocks[1:]):
        if isinstance(block, Table):
            set_table(pen, block)
        elif isinstance(block, Heading):
            pen.need((5 if isinstance(following, Table) else 2) * PITCH)  # a heading does not end a page
            set_text(pen, block.text, HEADING_FONTS[block.level])
        else:
            assert isinstance(block, Paragraph)
            set_text(pen, block.text, indent=block.indent)


def list_annexes(pen, annexes) -> None:
    """附件说明: one line below the text; no mark at the end; further lines under the first name."""
    if not annexes:
        return
    pen.skip()
    for number, annex in enumerate(annexes, 1):
        label = "附件：" if number == 1 else "　　　"
        count = f"{number}. " if len(annexes) > 1 else ""
        lead = label + count
        indent = 2 * CHARACTER + fonts.width(lead, fonts.FANGSONG, CHARACTER)
        lines = break_lines(fonts.visible(annex.title), fonts.FANGSONG, CHARACTER, AREA_WIDTH - indent)
        for place, line in enumerate(lines):
            text, left = (lead + line, 2 * CHARACTER) if place == 0 else (line, indent)
            pen.set_line(text, fonts.FANGSONG, CHARACTER, left)


def sign(pen, paper) -> None:
    """Signature and date: the date four characters from the right, the signature centred over it, room for the seal."""
    pen.need(5 * PITCH)
    pen.skip(3 if paper.seal else 1)
    date = written(paper.date)
    signature = fonts.visible(paper.signature)
    wide = fonts.width(date, fonts.FANGSONG, CHARACTER)
    signed = fonts.width(signature, fonts.FANGSONG, CHARACTER)
    right = LEFT + AREA_WIDTH
    if paper.seal:
        middle = min(right - 4 * CHARACTER - wide / 2, right - signed / 2)
        pen.box(middle - SEAL / 2, pen.y + PITCH - SEAL * 0.62, SEAL, SEAL, 0.4, GREY, (3, 3))
        pen.centred("（盖章处）", pen.y + PITCH - SEAL * 0.62 + 4, fonts.FANGSONG, 9, GREY, middle)
        pen.centred(signature, pen.y, fonts.FANGSONG, CHARACTER, middle=middle)
        pen.text(date, right - 4 * CHARACTER - wide, pen.y + PITCH, fonts.FANGSONG, CHARACTER)
    else:
        left = right - 2 * CHARACTER - max(signed, wide + 2 * CHARACTER)
        pen.text(signature, left, pen.y, fonts.FANGSONG, CHARACTER)
        pen.text(date, left + 2 * CHARACTER, pen.y + PITCH, fonts.FANGSONG, CHARACTER)
    pen.y += 2 * PITCH


def set_annex(pen, annex, number) -> None:
    """附件: a new page; 附件 in 黑体 on the first line, the title centred on the third."""
    pen.turn()
    pen.set_line(f"附件{number}", fonts.HEI, CHARACTER)
    pen.skip()
    set_title(pen, annex.title)
    pen.skip(0.5)
    set_blocks(pen, annex.blocks)


def imprint(pen, paper) -> None:
    """版记 at the foot of the last page: thick line, thin lines between, thick line on the type area's lower edge."""
    if not paper.issued_by:
        return
    rows = [f"抄送：{paper.copy_to}。"] if paper.copy_to else []
    lines = [line for row in rows for line in break_lines(row, fonts.FANGSONG, SMALL, AREA_WIDTH - 2 * SMALL)]
    height = (len(lines) + 1) * PITCH * 0.8
    if pen.room() < height + PITCH * 0.5:
        pen.turn()
        pen.numbered = False  # a page that holds the imprint alone carries no number
    y = pen.bottom - height
    pen.rule(y, THICK)
    for line in lines:
        pen.text(fonts.visible(line), LEFT + SMALL, y + 5, fonts.FANGSONG, SMALL)
        y += PITCH * 0.8
    if lines:
        pen.rule(y, THIN)
    issued = f"{written(paper.issued_on or paper.date)}印发"
    pen.text(fonts.visible(paper.issued_by), LEFT + SMALL, y + 5, fonts.FANGSONG, SMALL)
    right = LEFT + AREA_WIDTH - SMALL - fonts.width(issued, fonts.FANGSONG, SMALL)
    pen.text(issued, right, y + 5, fonts.FANGSONG, SMALL)
    pen.rule(pen.bottom, THICK)


def sheet(paper) -> bytes:
    """A plain paper: title, number, facts, text, signature or seal line."""
    pen = Pen(paper.title, paper.issuer)
    colour = HexColor(f"#{COLOURS[paper.colour]}") if paper.colour else black
    set_title(pen, paper.title, colour)
    if paper.number:
        pen.centred(fonts.visible(paper.number), pen.y, fonts.FANGSONG, SMALL)
        pen.skip()
    if paper.colour:
        pen.rule(pen.y, THICK * 2, colour)
    pen.skip(0.3)
    if paper.facts:
        set_facts(pen, paper.facts)
    set_blocks(pen, paper.blocks)
    if paper.issuer and paper.date:
        pen.need(3 * PITCH)
        pen.skip()
        for line in (paper.issuer, written(paper.date)):
            wide = fonts.width(line, fonts.FANGSONG, CHARACTER)
            pen.text(
                fonts.visible(line),
                LEFT + AREA_WIDTH - 2 * CHARACTER - wide,
                pen.y,
                fonts.FANGSONG,
                CHARACTER,
            )
            pen.y += PITCH
    if paper.seal_line:
        pen.need(2 * PITCH)
        pen.skip()
        line = "单位负责人：　　　　　填表人：　　　　　联系电话：　　　　　　年　月　日（盖章）"
        pen.text(line, LEFT, pen.y, fonts.FANGSONG, 12)
        pen.y += PITCH
    if pen.pages == 1:
        pen.numbered = False
    return pen.done()
