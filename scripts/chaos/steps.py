"""The steps of a request as halting.py writes them down and F1 reads them."""

import re
from pathlib import Path

COMMIT, COMMITTED, ANSWER = "commit", "committed", "answer"
TABLE = re.compile(r'(?:FROM|INTO|UPDATE) "(\w+)"')


def told(sql: str) -> str:
    """A statement in two words: what it does, and to which table."""
    found = TABLE.search(sql)
    return f"{sql.split()[0].lower()} {found[1] if found else ''}".strip()


def steps_file(data: Path) -> Path:
    return data / "steps.txt"


def steps_of(data: Path, name: str) -> list[str]:
    """What was written down under this name, in order."""
    lines = (line.partition(" ") for line in steps_file(data).read_text().splitlines())
    return [what for who, _, what in lines if who == name]
