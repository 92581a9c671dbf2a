"""Document numbers (发文字号): whatever the brackets, the same document (dossier R2.3, 7.3, Appendix C 2)."""

import dataclasses
import re
import unicodedata

OPENING, CLOSING = "[〔【(（［", "]〕】)）］"
BRACKETS = str.maketrans({**dict.fromkeys(OPENING, "〔"), **dict.fromkeys(CLOSING, "〕")})
BLANK = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
WHOLE = re.compile(r"(?P<series>[\u4e00-\u9fff]{2,20})〔(?P<year>\d{4})〕第?0*(?P<serial>\d{1,5})号")
MENTIONED = re.compile(r"(?P<before>[\u4e00-\u9fff]*)〔(?P<year>\d{4})〕第?0*(?P<serial>\d{1,5})号")
TITLE = re.compile("《([^《》]{2,200})》")
JOINING = ("", "和", "及", "与", "以及")


@dataclasses.dataclass(frozen=True)
class Number:
    """A whole number: 直创字〔2005〕2号 is series 直创字, year 2005, serial 2."""

    series: str
    year: int
    serial: int

    def __str__(self):
        return f"{self.series}〔{self.year}〕{self.serial}号"


@dataclasses.dataclass(frozen=True)
class Mention:
    """A number met in running text. `before` is the unbroken Chinese text that leads up to the bracket.

    Where the series begins in it only the library can tell: 根据直创字〔2005〕2号.
    """

    before: str
    tail: str

    def is_of(self, number: str) -> bool:
        return (self.before + self.tail).endswith(number)


def normalise(text: str) -> str:
    """The canonical spelling: brackets 〔〕, half-width digits, no blanks, no leading noughts, no 第.

    Works on whole numbers and on what has been typed of one so far.
    """
    plain = BLANK.sub("", unicodedata.normalize("NFKC", text)).translate(BRACKETS)
    return re.sub(r"〕第?0*(?=\d)", "〕", plain)


def looks_like_number(text: str) -> bool:
    """Whether a year in brackets was typed: [2004]3号 does, （三型机关） does not."""
    return re.search(r"〔\d{4}", normalise(text)) is not None


def parse(text: str) -> Number | None:
    """The number `text` is, or None if it is none: parse("六办发[2004]3号") == Number("六办发", 2004, 3)."""
    found = WHOLE.fullmatch(normalise(text))
    return Number(found["series"], int(found["year"]), int(found["serial"])) if found else None


def mentions(text: str) -> list[Mention]:
    """Every number in running text, in order of appearance.

    A second year after 和 or 、 belongs to the series before it: 直创字[2005]2号和[2006]2号.
    """
    found, before = [], ""
    for match in MENTIONED.finditer(normalise(text)):
        if match["before"] not in JOINING:
            before = match["before"]
        found.append(Mention(before, f"〔{match['year']}〕{int(match['serial'])}号"))
    return found


def titles(text: str) -> set[str]:
    """Every title in book-title marks in running text: 《…》."""
    return set(TITLE.findall(text))
