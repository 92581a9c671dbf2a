"""The typefaces of official papers, and which of them draws a character."""

import functools
from pathlib import Path

from django.conf import settings
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FOLDER = Path(__file__).parent / "fonts"
FANGSONG, TITLE, SONG, HEI, KAI = "fangsong", "title", "song", "hei", "kai"
NAMES = (FANGSONG, TITLE, SONG, HEI, KAI)


@functools.cache
def load() -> dict[str, TTFont]:
    """Register the fonts, once in a process. A file in SANWEI_FONT_DIR stands in for the shipped one."""
    own = Path(settings.SANWEI_FONT_DIR) if settings.SANWEI_FONT_DIR else None
    fonts = {}
    for name in NAMES:
        file = own / f"{name}.ttf" if own and (own / f"{name}.ttf").exists() else FOLDER / f"{name}.ttf"
        fonts[name] = TTFont(name, str(file))
        pdfmetrics.registerFont(fonts[name])
    return fonts


@functools.lru_cache(maxsize=20_000)
def font_for(character: str, name: str) -> str:
    """The font that draws `character` when `name` is asked for: itself, else 宋体; "" when none can."""
    fonts = load()
    for candidate in (name, SONG):
        if ord(character) in fonts[candidate].face.charToGlyph:
            return candidate
    return ""


def visible(text: str) -> str:
    """`text` with every character that no font has written out as [U+XXXXX], so that nothing is ever blank."""
    if text.isascii():
        return text
    return "".join(c if c in "\n\t" or font_for(c, FANGSONG) else f"[U+{ord(c):04X}]" for c in text)


def missing_characters(text: str) -> list[str]:
    """The characters of `text` that no font has, each once, in order."""
    return list(dict.fromkeys(c for c in text if c not in "\n\t" and not font_for(c, FANGSONG)))


@functools.lru_cache(maxsize=50_000)
def advance(character: str, name: str) -> float:
    """Width of a character in ems."""
    font = load()[font_for(character, name) or name]
    return font.face.charWidths.get(ord(character), font.face.defaultWidth) / 1000


def width(text: str, name: str, size: float) -> float:
    """Width of a text in points."""
    return sum(advance(character, name) for character in text) * size


def runs(text: str, name: str) -> list[tuple[str, str]]:
    """(font, piece) for pieces of `text` that one font draws."""
    pieces: list[tuple[str, str]] = []
    for character in text:
        font = font_for(character, name) or name
        if pieces and pieces[-1][0] == font:
            pieces[-1] = (font, pieces[-1][1] + character)
        else:
            pieces.append((font, character))
    return pieces
