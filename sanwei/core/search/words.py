"""Turning text into terms. A run of Chinese gives its overlapping pairs; Latin words and numbers stay whole."""

import re
import unicodedata

RUNS = re.compile(r"[a-z0-9]+|[㐀-鿿豈-﫿\U00020000-\U0003ffff]+")
BRACKETS = str.maketrans("[]［］【】", "〔〕〔〕〔〕")
CHUNK = 4000  # characters of one indexed piece; a tsvector keeps positions up to 16383 only


def fold(text: str) -> str:
    """Full width becomes half width, case falls, every bracket of a 文号 is the same."""
    return unicodedata.normalize("NFKC", text.translate(BRACKETS)).lower()


def terms(text: str) -> list[str]:
    """The terms of a text, in order, so that a phrase of them finds exactly what contains the words."""
    found = []
    for run in RUNS.findall(fold(text)):
        if run[0] < "㐀" or len(run) == 1:
            found.append(run)
        else:
            found.extend(run[place : place + 2] for place in range(len(run) - 1))
            found.append(run[-1])  # the last character alone, so that runs do not flow into each other
    return found


def phrase(query: str) -> list[list[str]]:
    """The phrases that a query asks for, all of which must be found: one for each of its runs."""
    phrases = []
    for run in RUNS.findall(fold(query)):
        if run[0] < "㐀" or len(run) == 1:
            phrases.append([run])
        else:
            phrases.append([run[place : place + 2] for place in range(len(run) - 1)])
    # A lone character beside other words stands inside some pair and has no term of its own: it is not asked for.
    return [words for words in phrases if len(words[0]) > 1] or phrases


def chunks(text: str) -> list[str]:
    """Pieces of a long text; neighbours overlap, so that no phrase is lost at a seam."""
    step = CHUNK - 100
    return [text[start : start + CHUNK] for start in range(0, max(1, len(text)), step)]
