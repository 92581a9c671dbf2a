"""A paper as a page: the same blocks with class names; css/document.css gives them their place."""

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from sanwei.core.days import written
from sanwei.core.documents.model import Heading, OfficialDocument, Sheet, Table


def to_html(paper) -> str:
    """Safe HTML of an OfficialDocument or a Sheet."""
    if isinstance(paper, Sheet):
        page = {"paper": paper, "blocks": shown(paper.blocks), "date": paper.date and written(paper.date)}
        return mark_safe(render_to_string("core/documents/sheet.html", page))
    assert isinstance(paper, OfficialDocument)
    page = {
        "paper": paper,
        "blocks": shown(paper.blocks),
        "annexes": [(number, annex, shown(annex.blocks)) for number, annex in enumerate(paper.annexes, 1)],
        "date": written(paper.date),
        "issued_on": paper.issued_on and written(paper.issued_on),
    }
    return mark_safe(render_to_string("core/documents/official.html", page))


def shown(blocks) -> list[tuple[str, object]]:
    """Each block with the name of its kind, for the template."""
    return [(kind_of(block), block) for block in blocks]


def kind_of(block) -> str:
    if isinstance(block, Table):
        return "table"
    return f"heading-{block.level}" if isinstance(block, Heading) else "paragraph"
