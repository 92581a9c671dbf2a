"""What is said of a person to those who need not know who it is (dossier 3.4, 4.10, 9.3). The one place that masks.

Names are those that the record itself says are concerned: no machine finds a Chinese name in running text. Numbers are
found by their form. Everything masked stays so when it is masked again.
"""

import re
import unicodedata

NOBODY = "某同志"
COMPOUND_SURNAMES = frozenset(
    [
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "钟离",
        "宇文",
        "长孙",
        "司徒",
        "司空",
        "夏侯",
        "轩辕",
        "端木",
        "百里",
        "呼延",
        "南宫",
        "东郭",
        "申屠",
        "澹台",
        "淳于",
        "单于",
        "太史",
        "公冶",
        "濮阳",
        "独孤",
    ]
)
DOTS = "·•‧・･∙.．"  # of names like 买买提·艾力, as keyboards give them
BLANK = r"[\s\u200b\u2060\ufeff]*"  # 张　三: a name of two characters is spread to the width of three
SEPARATOR = r"[\s\-－—]?"
IDENTITY = re.compile(
    rf"(?<!\d)(\d{{3}})\d{{3}}{SEPARATOR}\d{{8}}{SEPARATOR}(\d{{3}}[\dXxＸｘ])(?![\dXxＸｘ])"
)
OLD_IDENTITY = re.compile(r"(?<!\d)(\d{3})\d{9}(\d{3})(?!\d)")
CARD = re.compile(r"(?<!\d)\d{4}(?:[ \-]?\d{4}){2,3}[ \-]?\d{3,4}(?!\d)")
MOBILE = re.compile(
    rf"(?<!\d)((?:[+＋]?86{SEPARATOR})?[1１][3-9３-９]\d){SEPARATOR}\d{{4}}{SEPARATOR}(\d{{4}})(?!\d)"
)
LANDLINE = re.compile(r"(?<!\d)(0\d{2,3}|（0\d{2,3}）|\(0\d{2,3}\))([\s\-－—]?)(\d{3,4})\d{4}(?!\d)")
MAIL = re.compile(r"(?<![A-Za-z0-9_.+-])([A-Za-z0-9])[A-Za-z0-9_.+-]*@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")


def name(text: str) -> str:
    """张三 → 张某某, 欧阳修 → 欧阳某某; what shows no surname → 某同志. The length is not told."""
    bare = re.sub(BLANK, "", unicodedata.normalize("NFKC", text))
    if "某" in bare:
        return bare
    if len(bare) < 2:
        return NOBODY
    if bare[:2] in COMPOUND_SURNAMES and len(bare) > 2:
        return f"{bare[:2]}某某"
    return f"{bare[0]}某某" if "\u3400" <= bare[0] <= "\U0003134f" else NOBODY


def numbers(text: str) -> str:
    """Numbers of identity cards, bank cards, telephones, and mail addresses, each with its middle hidden."""
    text = IDENTITY.sub(lambda found: f"{found[1]}{'*' * 11}{found[2]}", text)
    text = OLD_IDENTITY.sub(lambda found: f"{found[1]}{'*' * 9}{found[2]}", text)
    text = CARD.sub(lambda found: f"{found[0][:4]}****{re.sub('[ -]', '', found[0])[-4:]}", text)
    text = MOBILE.sub(lambda found: f"{found[1]}****{found[2]}", text)
    text = LANDLINE.sub(lambda found: f"{found[1]}{found[2]}{found[3]}****", text)
    return MAIL.sub(lambda found: f"{found[1]}***@{found[2]}", text)


def text(words: str, names=()) -> str:
    """`words` with each of `names` masked wherever it stands, also spread by blanks, and numbers masked."""
    for whole in sorted({one for one in names if one.strip() and "某" not in one}, key=len, reverse=True):
        words = spread(whole).sub(name(whole), words)
    return numbers(words)


def spread(whole: str) -> re.Pattern:
    """The name as people write it: with blanks or any dot between its characters, and wide or narrow letters."""
    bare = [one for one in re.sub(BLANK, "", unicodedata.normalize("NFKC", whole)) if one not in DOTS]
    between = f"{BLANK}[{re.escape(DOTS)}]?{BLANK}"
    return re.compile(between.join(map(either_width, bare)) or r"(?!)", re.IGNORECASE)


def either_width(character: str) -> str:
    wide = chr(ord(character) + 0xFEE0) if "!" <= character <= "~" else ""
    return f"[{re.escape(character)}{wide}]" if wide else re.escape(character)
