"""Breaking Chinese into lines: what may not begin a line, what may not end one, words and numbers kept whole.

Widths are measured advances. A line that would begin wrongly gives its last character to the next one (推出), so no
line is ever longer than the measure.
"""

import itertools
import re

from sanwei.core.documents.fonts import advance

NO_START = set("，。、；：？！”’）》〉】〕』」…—～·％‰℃,.;:?!)]}%")
NO_END = set("“‘（《〈【〔『「([{")
TOKENS = re.compile(r"[A-Za-z0-9][A-Za-z0-9.,:/@_+\-]*[A-Za-z0-9%]|——|……|.", re.DOTALL)


def tokens_of(text: str, name: str, size: float, measure: float) -> list[tuple[str, float]]:
    """(token, width in points). A token longer than the measure is cut, since it fits on no line."""
    found = []
    for match in TOKENS.finditer(text):
        token = match.group()
        width = sum(advance(character, name) for character in token) * size
        if width <= measure:
            found.append((token, width))
        else:
            found.extend((character, advance(character, name) * size) for character in token)
    return found


def break_lines(text: str, name: str, size: float, measure: float, first_indent: float = 0.0) -> list[str]:
    """The lines of one paragraph; `measure` and `first_indent` in points. A paragraph without text is one empty line."""
    lines: list[str] = []
    line: list[tuple[str, float]] = []
    room = measure - first_indent
    for token in tokens_of(text, name, size, measure - first_indent):
        if line and sum(width for _, width in line) + token[1] > room + 0.01:
            kept = legal_break(line, token[0])
            lines.append("".join(text for text, _ in line[:kept]))
            line, room = line[kept:], measure
        line.append(token)
    lines.append("".join(text for text, _ in line))
    return lines


def legal_break(line, coming: str) -> int:
    """How many tokens of `line` stay, so that neither end of the break is forbidden; all, if no place is legal."""
    following = [text for text, _ in line[1:]] + [coming]
    for kept in range(len(line), 0, -1):
        if line[kept - 1][0][-1] not in NO_END and following[kept - 1][0] not in NO_START:
            return kept
    return len(line)


def balanced(text: str, name: str, size: float, measure: float) -> list[str]:
    """The lines of a title: as few as needed, about equally long, broken after a word where possible."""
    total = sum(advance(character, name) for character in text) * size
    count = max(1, -(-int(total) // int(measure)))
    if count == 1:
        return [text]
    target, lines, rest = total / count, [], text
    for _ in range(count - 1):
        cut = best_cut(rest, name, size, target, measure)
        lines.append(rest[:cut])
        rest = rest[cut:]
    return [*lines, *break_lines(rest, name, size, measure)]


AFTER = ("的", "、", "》", "”", "和", "在")


def best_cut(text, name, size, target, measure) -> int:
    """Where to cut `text` near `target` points: legal, not over the measure, best after a joint."""
    best, best_cost, reached = 1, float("inf"), 0.0
    for place, character in enumerate(text[:-1], 1):
        reached += advance(character, name) * size
        if reached > measure:
            break
        if character in NO_END or text[place] in NO_START or inside_word(text, place):
            continue
        cost = abs(reached - target) - (1.5 * size if character in AFTER else 0)
        if cost < best_cost:
            best, best_cost = place, cost
    return best


def inside_word(text, place) -> bool:
    """Whether a cut would tear a Latin word, a number from its 年, or 年度."""
    before, after = text[place - 1], text[place]
    if before.isascii() and before.isalnum():
        return (after.isascii() and after.isalnum()) or after in "年月日号个"
    return before + after == "年度"


def phrases(title: str) -> list[str]:
    """The pieces of a title between which a line may end without tearing a word."""
    joints = [
        place
        for place in range(1, len(title))
        if title[place - 1] in AFTER and title[place] not in NO_START and title[place] not in AFTER
    ]
    return [title[start:end] for start, end in itertools.pairwise([0, *joints, len(title)])]
