"""How large the sheets of a workbook are, told by their cells and not by what they say of themselves (FILE-06)."""

from xml.parsers import expat

from .markup import looks_like_markup
from .unsafe import Unsafe

ROWS, COLUMNS = 5000, 100  # within which cells may be filled
CELLS = ROWS * COLUMNS  # all cells, also formatted ones without content
CELL_LENGTH = 32_767  # characters; what Excel itself can hold
CONTENT = ("v", "is", "f")
TEXTS = ("v", "is", "si")


def refuse_too_large(parts: dict[str, bytes]) -> None:
    """Raise Unsafe at the first cell over a cap. Rows and columns that only carry formats do no harm."""
    budget = Extent()
    for part in parts.values():
        if looks_like_markup(part):
            budget.count(part)


class Extent:
    """Counts cells over the parts of one workbook; `row` and `column` are where the parser is, from 1."""

    def __init__(self):
        self.cells = self.row = self.column = self.length = 0
        self.in_text = False

    def count(self, part: bytes) -> None:
        self.row = self.column = 0
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler, parser.EndElementHandler = self.started, self.ended
        parser.CharacterDataHandler = self.characters
        parser.Parse(part, True)

    def started(self, name, attributes):
        local = name.rpartition(" ")[2]
        if local == "c":
            self.enter_cell(attributes.get("r", ""))
        elif local == "row":
            number = attributes.get("r", "")
            self.row = int(number[:9]) if number.isdecimal() else self.row + 1
            self.column = 0
        elif local in CONTENT:
            self.refuse_outlier()
        if local in TEXTS:
            self.in_text, self.length = True, 0

    def enter_cell(self, reference: str) -> None:
        self.cells += 1
        if self.cells > CELLS:
            raise too_large()
        letters = reference.rstrip("0123456789")
        self.column = column_number(letters) if letters else self.column + 1

    def refuse_outlier(self) -> None:
        if self.row > ROWS:
            raise Unsafe(f"第{self.row}行仍有内容，一次最多读取{ROWS}行，请拆分后再上传")
        if self.column > COLUMNS:
            raise Unsafe(f"第{self.column}列仍有内容，最多读取{COLUMNS}列，请删去右侧多余的列后再上传")

    def ended(self, name):
        if name.rpartition(" ")[2] in TEXTS:
            self.in_text = False

    def characters(self, text):
        if self.in_text:
            self.length += len(text)
            if self.length > CELL_LENGTH:
                raise Unsafe(f"有单元格超过{CELL_LENGTH}字，请缩短后再上传")


def column_number(letters: str) -> int:
    """A is 1, Z is 26, AA is 27. More letters than a sheet has columns for count as far outside."""
    if len(letters) > 3 or not letters.isascii() or not letters.isalpha():
        return COLUMNS + 1
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def too_large() -> Unsafe:
    return Unsafe("内容过多，请只保留需要导入的工作表，并删去多余的空行空列后再上传")
