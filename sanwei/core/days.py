"""A day as people write it: 2027-03-05, 2027/3/5, 2027.3.5, 20270305, 2027年3月5日, 二〇二七年三月五日, in any width."""

import datetime as dt
import re
import unicodedata

DIGITS = {sign: number for number, signs in enumerate(("〇○零", *"一二三四五六七八九")) for sign in signs}
NUMERAL = f"[0-9十{''.join(DIGITS)}]"
SEPARATED = re.compile(
    rf"({NUMERAL}{{4}})\s*[年\-/.]\s*({NUMERAL}{{1,3}})\s*[月\-/.]\s*({NUMERAL}{{1,3}})\s*日?"
)
TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})")


def written(day: dt.date) -> str:
    """2027年3月5日: Arabic, full year, no leading zeros (GB/T 9704). Also the day of a moment, in the zone that it has."""
    return f"{day.year}年{day.month}月{day.day}日"


def read_day(text: str) -> dt.date | None:
    """The day that the text names; None if it names none, or one that no calendar has."""
    tidy = unicodedata.normalize("NFKC", text).strip()
    match = SEPARATED.fullmatch(tidy) or TOGETHER.fullmatch(tidy)
    if match is None:
        return None
    try:
        return dt.date(*map(number, match.groups()))
    except ValueError:
        return None


def number(numeral: str) -> int:
    """12, 十二 and 一二 are twelve; 三十一 is thirty-one."""
    tens, ten, ones = numeral.partition("十")
    if not ten:
        return int("".join(str(DIGITS.get(sign, sign)) for sign in numeral))
    return 10 * (number(tens) if tens else 1) + (number(ones) if ones else 0)
