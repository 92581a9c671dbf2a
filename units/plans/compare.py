"""Two versions of a plan side by side."""

import dataclasses
import difflib

from units.plans.content import (
    LEADERSHIP_FIELDS,
    MEASURE_FIELDS,
    WEAKNESS_FIELDS,
    SectionKind,
)

SAME, CHANGED, ADDED, REMOVED = "same", "changed", "added", "removed"


@dataclasses.dataclass(frozen=True)
class Piece:
    """A run of characters; `marked` if the other side does not have it."""

    text: str
    marked: bool


@dataclasses.dataclass(frozen=True)
class Line:
    """One paragraph or table row: what stands left (old) and right (new), each as pieces."""

    status: str
    left: tuple[Piece, ...]
    right: tuple[Piece, ...]


@dataclasses.dataclass(frozen=True)
class SectionComparison:
    kind: str
    label: str
    lines: tuple[Line, ...]

    @property
    def changed(self) -> bool:
        return any(line.status != SAME for line in self.lines)


def compare(old: dict, new: dict) -> list[SectionComparison]:
    """Every section of two frozen contents, in order. Rows are paired by identity, paragraphs by likeness."""
    compared = []
    for kind in SectionKind:
        left, right = old["sections"][kind], new["sections"][kind]
        if "rows" in left or "rows" in right:
            lines = row_lines(kind, left.get("rows", []), right.get("rows", []))
        else:
            lines = paragraph_lines(paragraphs(kind, left), paragraphs(kind, right))
        compared.append(SectionComparison(kind, kind.label, tuple(lines)))
    return compared


def paragraphs(kind, section: dict) -> list[str]:
    if kind == SectionKind.LEADERSHIP:
        return [f"{label}：{section.get(field, '')}" for field, label in LEADERSHIP_FIELDS.items()]
    return [line for line in section["text"].splitlines() if line.strip()]


def paragraph_lines(left: list[str], right: list[str]):
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield from (line(text, text) for text in left[i1:i2])
            continue
        for offset in range(max(i2 - i1, j2 - j1)):
            old = left[i1 + offset] if i1 + offset < i2 else ""
            new = right[j1 + offset] if j1 + offset < j2 else ""
            yield line(old, new)


def row_lines(kind, left: list[dict], right: list[dict]):
    before = {row["uid"]: row for row in left}
    after = {row["uid"] for row in right}
    for row in right:
        yield line(in_words(kind, before.get(row["uid"])), in_words(kind, row))
    for row in left:
        if row["uid"] not in after:
            yield line(in_words(kind, row), "")


def in_words(kind, row: dict | None) -> str:
    """A row as one sentence: heads and values, empty ones left out."""
    if row is None:
        return ""
    if kind == SectionKind.CITATIONS:
        return f"{row['number']}《{row['title']}》"
    fields = WEAKNESS_FIELDS if kind == SectionKind.WEAKNESSES else MEASURE_FIELDS
    return "；".join(f"{label}：{row[field]}" for field, label in fields.items() if row.get(field))


def line(old: str, new: str) -> Line:
    if old == new:
        return Line(SAME, (Piece(old, False),), (Piece(new, False),))
    if not old or not new:
        return Line(ADDED if new else REMOVED, marked(old), marked(new))
    left, right = [], []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if i2 > i1:
            left.append(Piece(old[i1:i2], tag != "equal"))
        if j2 > j1:
            right.append(Piece(new[j1:j2], tag != "equal"))
    return Line(CHANGED, tuple(left), tuple(right))


def marked(text: str) -> tuple[Piece, ...]:
    return (Piece(text, True),) if text else ()
