"""Splitting a document into the numbered parts it says it has (dossier R0.3)."""

import dataclasses
import re

NUMERALS = "一二三四五六七八九十"
HEAD = re.compile(rf"\s*([{NUMERALS}]{{1,3}})、\s*(.+)", re.DOTALL)
TITLE_LENGTH = 200


@dataclasses.dataclass(frozen=True)
class Piece:
    """One part as it is printed: 一 is ordinal 1; the title is its first sentence, without the full stop."""

    ordinal: int
    title: str
    text: str


def numeral(ordinal: int) -> str:
    """1 → 一, 12 → 十二, 20 → 二十; up to 99."""
    tens, ones = divmod(ordinal, 10)
    lead = ("" if tens == 1 else NUMERALS[tens - 1]) + "十" if tens else ""
    return lead + (NUMERALS[ones - 1] if ones else "")


def split(text: str) -> tuple[str, list[Piece]]:
    """The text before the first part, and the parts.

    A part begins with a line 一、…, the next with 二、… and so on; a numeral out of turn is ordinary text.
    """
    opening, parts = [], []
    for line in text.splitlines():
        head = HEAD.fullmatch(line)
        if head and head[1] == numeral(len(parts) + 1):
            parts.append([head[2].strip()])
        elif line.strip():
            (parts[-1] if parts else opening).append(line.strip())
    return "\n".join(opening), [piece(place, lines) for place, lines in enumerate(parts, 1)]


def piece(ordinal: int, lines: list[str]) -> Piece:
    """The title ends at the first full stop of the first line; a line without one is all title."""
    title, _stop, rest = lines[0].partition("。")
    if len(title) > TITLE_LENGTH:
        title, rest = f"{title[: TITLE_LENGTH - 1]}…", lines[0]
    text = "\n".join(line for line in [rest.strip(), *lines[1:]] if line)
    return Piece(ordinal, title, text)
