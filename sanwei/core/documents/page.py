"""The page of GB/T 9704-2012 and a pen that writes on its grid of 22 lines × 28 characters.

Lengths in points from the top left corner; `y` is the top edge of the characters. A line is 225/22 mm high, a
character 156/28 mm wide.
"""

import io

from reportlab.lib.colors import CMYKColor, black
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from sanwei.core.documents import fonts

WIDTH, HEIGHT = A4
TOP, LEFT = 37 * mm, 28 * mm
AREA_WIDTH, AREA_HEIGHT = 156 * mm, 225 * mm
LINES, CHARACTERS = 22, 28
PITCH = AREA_HEIGHT / LINES
CHARACTER = AREA_WIDTH / CHARACTERS  # 3号 on the grid: 15.8 pt
TITLE_SIZE, SMALL, TABLE_SIZE = 22.0, 14.0, 12.0  # 2号, 4号, 小四
RED = CMYKColor(0, 0.8, 0.8, 0)
ASCENT = 0.86  # of the em: from the top of an ideograph to the baseline
LOOSEST = 3.0  # ems of slack that are still spread over a line
NUMBER_BELOW = 7 * mm


class Pen:
    """Writes lines from the top to the bottom and begins a new page where one is full."""

    def __init__(self, title: str, author: str):
        fonts.load()
        self.out = io.BytesIO()
        self.canvas = Canvas(
            self.out, pagesize=A4, invariant=1, initialFontName=fonts.FANGSONG, pageCompression=1
        )
        self.canvas.setTitle(title)
        self.canvas.setAuthor(author)
        self.canvas.setCreator("Sanwei")
        self.pages, self.y, self.numbered = 1, TOP, True
        self.blank = True  # nothing on this page yet

    @property
    def bottom(self) -> float:
        return TOP + AREA_HEIGHT

    def room(self) -> float:
        return self.bottom - self.y

    def snap(self) -> None:
        """Go on at the next line of the grid."""
        lines = -(-(self.y - TOP - 0.01) // PITCH)
        self.y = TOP + max(0, lines) * PITCH

    def need(self, height: float) -> None:
        if self.room() < height - 0.01:
            self.turn()

    def turn(self) -> None:
        """Finish this page and begin the next."""
        self.finish_page()
        self.canvas.showPage()
        self.pages, self.y, self.blank, self.numbered = self.pages + 1, TOP, True, True

    def skip(self, lines: float = 1) -> None:
        self.y += PITCH * lines

    def finish_page(self) -> None:
        """The page number: — 1 — in 4号, right on odd pages and left on even ones, one character from the edge."""
        if not self.numbered:
            return
        text = f"— {self.pages} —"
        wide = fonts.width(text, fonts.SONG, SMALL)
        x = LEFT + AREA_WIDTH - SMALL - wide if self.pages % 2 else LEFT + SMALL
        self.text(text, x, self.bottom + NUMBER_BELOW - SMALL * 0.4, fonts.SONG, SMALL)

    def text(self, text, x, y, font, size, colour=black, spacing=0.0) -> None:
        """Write one line at (x, top y); rare characters come from the fallback font."""
        line = self.canvas.beginText(x, HEIGHT - y - size * ASCENT)
        line.setFillColor(colour)
        line.setCharSpace(spacing)
        for name, piece in fonts.runs(text, font):
            line.setFont(name, size)
            line.textOut(piece)
        self.canvas.drawText(line)
        self.blank = False

    def set_line(self, text, font, size, indent=0.0, justify=False) -> None:
        """One line of running text on the grid, spread to the full measure if `justify`."""
        self.need(PITCH)
        spacing = 0.0
        if justify and len(text) > 1:
            slack = AREA_WIDTH - indent - fonts.width(text, font, size)
            spacing = slack / (len(text) - 1) if 0 < slack <= LOOSEST * size else 0.0
        self.text(text, LEFT + indent, self.y, font, size, spacing=spacing)
        self.y += PITCH

    def centred(self, text, y, font, size, colour=black, middle=LEFT + AREA_WIDTH / 2) -> None:
        self.text(text, middle - fonts.width(text, font, size) / 2, y, font, size, colour)

    def rule(self, y, thickness, colour=black, left=LEFT, right=LEFT + AREA_WIDTH) -> None:
        self.canvas.setStrokeColor(colour)
        self.canvas.setLineWidth(thickness)
        self.canvas.line(left, HEIGHT - y, right, HEIGHT - y)

    def box(self, x, y, wide, high, thickness=0.5, colour=black, dashes=()) -> None:
        self.canvas.setStrokeColor(colour)
        self.canvas.setLineWidth(thickness)
        self.canvas.setDash(*dashes)
        self.canvas.rect(x, HEIGHT - y - high, wide, high, stroke=1, fill=0)
        self.canvas.setDash()

    def done(self) -> bytes:
        self.finish_page()
        self.canvas.showPage()
        self.canvas.save()
        return self.out.getvalue()
