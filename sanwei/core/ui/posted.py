"""What the pages' own forms send besides what people type."""


def posted_version(request) -> int | None:
    """The version of the record that the page showed (hidden field of every verb's button); None if it said none."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None
