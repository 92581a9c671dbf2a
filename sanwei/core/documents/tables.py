"""Tables on the page: wrapped cells, heads repeated on every page, rows never torn unless longer than a page."""

from sanwei.core.documents import fonts
from sanwei.core.documents.linebreak import break_lines
from sanwei.core.documents.page import AREA_HEIGHT, AREA_WIDTH, LEFT, TABLE_SIZE

PADDING, LEADING = 4.0, 1.35


def set_table(pen, table) -> None:
    """Set a Table from the pen's place; afterwards the pen stands on the grid again."""
    shares = sum(column.width for column in table.columns)
    widths = [AREA_WIDTH * column.width / shares for column in table.columns]
    heads = cells_of([column.head for column in table.columns], widths, fonts.HEI)
    head_height = height_of(heads)
    if table.caption:
        pen.set_line(fonts.visible(table.caption), fonts.HEI, TABLE_SIZE)
    pen.need(head_height * 3)
    set_row(pen, heads, widths, ["center"] * len(widths), fonts.HEI)
    aligns = [column.align for column in table.columns]
    for row in table.rows:
        for piece in pages_of(cells_of(row, widths, fonts.FANGSONG), AREA_HEIGHT - head_height):
            if pen.room() < height_of(piece):
                pen.turn()
                set_row(pen, heads, widths, ["center"] * len(widths), fonts.HEI)
            set_row(pen, piece, widths, aligns, fonts.FANGSONG)
    pen.y += PADDING
    pen.snap()


def cells_of(row, widths, font) -> list[list[str]]:
    """Each cell as its lines."""
    return [
        [line for part in fonts.visible(str(cell)).split("\n") for line in break_lines(part, font, TABLE_SIZE, wide - 2 * PADDING)]
        for cell, wide in zip(row, widths, strict=True)
    ]  # fmt: skip


def height_of(cells) -> float:
    return max(len(lines) for lines in cells) * TABLE_SIZE * LEADING + 2 * PADDING


def pages_of(cells, height) -> list[list[list[str]]]:
    """A row in pieces that fit on a page: nearly always one."""
    fits = int((height - 2 * PADDING) // (TABLE_SIZE * LEADING))
    longest = max(len(lines) for lines in cells)
    starts = range(0, longest, fits)
    return [[lines[start : start + fits] or [""] for lines in cells] for start in starts]


def set_row(pen, cells, widths, aligns, font) -> None:
    high, x = height_of(cells), LEFT
    for lines, wide, align in zip(cells, widths, aligns, strict=True):
        pen.box(x, pen.y, wide, high)
        y = pen.y + (high - len(lines) * TABLE_SIZE * LEADING) / 2 + (LEADING - 1) * TABLE_SIZE / 2
        for line in lines:
            pen.text(line, x + offset(line, wide, align, font), y, font, TABLE_SIZE)
            y += TABLE_SIZE * LEADING
        x += wide
    pen.y += high


def offset(line, wide, align, font) -> float:
    spare = wide - fonts.width(line, font, TABLE_SIZE)
    return {"left": PADDING, "center": spare / 2, "right": spare - PADDING}[align]


def set_facts(pen, facts) -> None:
    """Ruled (name, value) lines."""
    widths = [AREA_WIDTH * 0.28, AREA_WIDTH * 0.72]
    for name, value in facts:
        cells = [*cells_of([name], widths[:1], fonts.HEI), *cells_of([value], widths[1:], fonts.FANGSONG)]
        pen.need(height_of(cells) * 1.4)
        set_row(pen, cells, widths, ["left", "left"], fonts.FANGSONG)
    pen.y += 6
    pen.snap()
