"""From the plain text that people edit to blocks: one line is one paragraph, numbered lines may be headings."""

import re

from sanwei.core.documents.model import Heading, Paragraph

LEVELS = (
    (1, re.compile(r"^[一二三四五六七八九十]+、")),
    (2, re.compile(r"^（[一二三四五六七八九十]+）")),
    (3, re.compile(r"^\d+\.(?!\d)")),
    (4, re.compile(r"^（\d+）")),
)
ENDS = "。；！？：:;"
LONGEST_HEADING = 40


def blocks_from_text(text: str) -> list:
    """Paragraphs and headings. A numbered line that ends like a sentence, or is long, is a paragraph."""
    return [block_of(line.strip()) for line in text.splitlines() if line.strip()]


def block_of(line: str):
    for level, pattern in LEVELS:
        if pattern.match(line) and len(line) <= LONGEST_HEADING and line[-1] not in ENDS:
            return Heading(level, line)
    return Paragraph(line)
