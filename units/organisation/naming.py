"""The many ways people write a unit's name (dossier H7): all of them in one line of text to search in."""

import re
import unicodedata

from django.conf import settings
from pypinyin import Style, lazy_pinyin

SUFFIXES = (
    ("委员会办公室", "委办"), ("委员会", "委"), ("办公室", "办"), ("管理局", "局"), ("领导小组", "组"),
    ("联合会", "联"), ("总工会", "工会"), ("人民政府", "政府"),
)  # fmt: skip
UNSEEN = re.compile(r"[\s\x00-\x1f\x7f\u200b-\u200f\ufeff]+")
JOINTS = re.compile("[和与及、]")


def folded(text: str) -> str:
    """Half width, lower case, no spaces, nothing that cannot be seen."""
    return UNSEEN.sub("", unicodedata.normalize("NFKC", text or "")).lower()


def initials(text: str) -> str:
    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER, errors="ignore"))


def shortened(name: str) -> str:
    """市发展改革委员会 → 市发展改革委."""
    for long, short in SUFFIXES:
        if name.endswith(long):
            return name.removesuffix(long) + short
    return name


def abbreviation(name: str) -> str:
    """The first character of each two-character word and the ending: 市发展改革委 → 发改委."""
    bare = JOINTS.sub("", shortened(name)).removeprefix("市")
    body, ending = (bare[:-1], bare[-1]) if len(bare) % 2 else (bare, "")
    return body[::2] + ending


def terms_of(name: str, short_name: str = "", former: tuple[str, ...] = ()) -> str:
    """Names with and without the city and the joints, abbreviations, and the pinyin initials of all of them."""
    city = settings.SANWEI_CITY_NAME
    written = []
    for given in (name, short_name, *former):
        if given:
            plain = JOINTS.sub("", given)
            written += [given, plain, shortened(given), shortened(plain), abbreviation(given)]
    full = [f"{city}{text}" if text.startswith("市") else text for text in written]
    abbreviated = [
        f"{city}市{abbreviation(text)}" for text in (name, short_name, *former) if text.startswith("市")
    ]
    forms = [*full, *written, *abbreviated]
    return " ".join(dict.fromkeys(folded(text) for text in [*forms, *map(initials, forms)]))
