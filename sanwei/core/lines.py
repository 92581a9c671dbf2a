"""Text that has to stand on one line: a name, a title, the subject of a mail."""


def in_one_line(text: str) -> str:
    """`text` without its line breaks, as a browser's one-line field would send it; Chinese needs no blank instead."""
    return "".join(text.splitlines())
