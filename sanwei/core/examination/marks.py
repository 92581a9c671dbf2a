"""Marks of state secrets in readable text (dossier 9.2; the form 机密★1年 is that of GB/T 9704, 7.2)."""

import re
import unicodedata

from .unsafe import Unsafe

MARK = re.compile("(?:绝密|机密|秘密)★")
BLANK = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")


def refuse_marks(text: str) -> None:
    """Raise Unsafe if `text` bears 秘密★, 机密★ or 绝密★, also with blanks between the characters."""
    if "★" in text and MARK.search(BLANK.sub("", unicodedata.normalize("NFKC", text))):
        raise Unsafe.classified()


def refuse_marks_in_binary(data: bytes) -> None:
    """The same for the streams of .doc and .xls, which keep Chinese text as UTF-16 at any offset."""
    if "★".encode("utf-16-le") in data:
        for start in (0, 1):
            refuse_marks(data[start:].decode("utf-16-le", "ignore"))
