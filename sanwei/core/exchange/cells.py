"""What people type into cells, made into values: the full width, the forms of dates, the words of a list."""

import re
import unicodedata
from decimal import Decimal

from sanwei.core.days import read_day
from sanwei.core.exchange.template import Column
from sanwei.core.lines import in_one_line

MIDNIGHT = re.compile(r"[ T]0?0:00(:00)?$")  # what Excel puts behind a day
NUMBER = re.compile(r"[+-]?(\d+(,\d{3})*)(\.\d+)?")
DIGITS_KEPT = 15  # Excel loses what a number has beyond
FORMULA_ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!"}
# Letters and digits typed in full width; Chinese punctuation keeps its own.
NARROW = {
    code: code - 0xFEE0
    for first, last in ("０９", "ＡＺ", "ａｚ")
    for code in range(ord(first), ord(last) + 1)
}
INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u2060\ufeff]|_x000D_")


class Fault(Exception):
    """A cell says something that its column cannot hold: why, and what to write instead, in Chinese."""


def value_of(cell, column: Column):
    """The value of a cell (text, number, boolean or None) for its column. Raises Fault."""
    text = plain(cell)
    if text in FORMULA_ERRORS:
        raise Fault(f"是出错的公式（{text}），请改为文字或数字。")
    if not text:
        if column.required:
            raise Fault("不能为空，请补填。")
        return blank(column)
    if column.kind in ("text", "line") and is_cut_short(cell):
        raise Fault("数字超过15位，后几位已被Excel改成0。请把该列设为“文本”格式，再重新填写完整号码。")
    return READERS[column.kind](text, column)


def blank(column: Column):
    """The value of a cell left empty, or of a column left out."""
    return None if column.kind in ("date", "integer", "decimal") else ""


def plain(cell) -> str:
    """A cell as tidy text: a whole number loses its .0, truth becomes 是 or 否, invisible characters go."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        cell = format(Decimal(repr(cell)).normalize(), "f")
    text = unicodedata.normalize("NFC", "" if cell is None else str(cell)).translate(NARROW)
    text = INVISIBLE.sub("", text).replace("\xa0", " ").strip()
    return text.removeprefix("'").strip()  # what our own exports put before a text that looks like a formula


def is_cut_short(cell) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= 10**DIGITS_KEPT


def bare(text) -> str:
    """Without spaces, line breaks, width and the star of what is required: how heads and choices are compared."""
    return re.sub(r"[\s*]+", "", unicodedata.normalize("NFKC", "" if text is None else str(text)))


def read_date(text, column):
    day = read_day(MIDNIGHT.sub("", unicodedata.normalize("NFKC", text)))
    if day is None:
        raise Fault(f"“{text}”不是日期，请写成2027-03-05或2027年3月5日。")
    return day


def read_decimal(text, column):
    number = unicodedata.normalize("NFKC", text)
    if not NUMBER.fullmatch(number):
        raise Fault(f"“{text}”不是数字，请只填数字。")
    return Decimal(number.replace(",", ""))


def read_integer(text, column):
    number = read_decimal(text, column)
    if number != number.to_integral_value():
        raise Fault(f"“{text}”不是整数，请填整数。")
    return int(number)


def read_choice(text, column):
    by_name = {bare(choice): choice for choice in column.allowed}
    if bare(text) not in by_name:
        raise Fault(f"“{text}”不在可选范围内，请填写：{'、'.join(column.allowed)}。")
    return by_name[bare(text)]


def read_text(text, column):
    if column.longest and len(text) > column.longest:
        raise Fault(f"有{len(text)}个字，最多{column.longest}个字，请缩短。")
    return text


READERS = {
    "text": read_text,
    "line": lambda text, column: read_text(in_one_line(text), column),
    "integer": read_integer,
    "decimal": read_decimal,
    "date": read_date,
    "choice": read_choice,
    "boolean": lambda text, column: read_choice(text, column) == "是",
}
