"""A case as a document in official layout (dossier 7.5)."""

from sanwei.core import clock
from sanwei.core.documents.model import Heading, OfficialDocument
from sanwei.core.documents.text import blocks_from_text

ORGAN = "六安市直创建“三型机关”领导组办公室"
PARTS = (("practice", "一、主要做法"), ("effect", "二、取得成效"), ("replicability", "三、可复制性"))


def official(case, says) -> OfficialDocument:
    """The case for a reader to whom `says` speaks: reading.sayer(user), or reading.in_public."""
    blocks = []
    for field, heading in PARTS:
        blocks += [Heading(1, heading), *blocks_from_text(says(case, getattr(case, field)))]
    issued = clock.local(case.published_at or case.submitted_at or case.drafted_at).date()
    return OfficialDocument(
        organ=ORGAN,
        title=says(case, case.title),
        blocks=tuple(blocks),
        signature=case.unit.name,
        date=issued,
        note="此件公开发布" if case.published_at else "",
        seal=False,
    )
