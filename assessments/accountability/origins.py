"""Where a clue came from: a finding or an exposure of the portal, named by reference (core/references.py)."""

from assessments.accountability.states import Source
from sanwei.core import references

FACTS = {Source.FINDING: "facts", Source.EXPOSURE: "summary"}  # the column that says what happened


def record_of(reference: str, user):
    """The finding or exposure a reference names, if this person may see it; else None."""
    return references.record_behind(reference, user) if kind_of(reference) in FACTS else None


def kind_of(reference: str) -> str:
    return reference.partition(":")[0]


def filled_in(reference: str, user) -> dict:
    """What the form of registering begins with, where one comes from such a record."""
    record = record_of(reference, user)
    if record is None:
        return {}
    kind = kind_of(reference)
    return {
        "origin": references.to(record),
        "source": kind,
        "source_label": str(record)[:200],
        "unit": record.unit_id,
        "facts": getattr(record, FACTS[kind]),
    }


def source_of(typed: dict, user) -> dict:
    """`source` and `source_key` for actions.register(): the record's where there is one, whatever was chosen besides."""
    record = record_of(typed.pop("origin", ""), user)
    if record is None:
        return {}
    reference = references.to(record)
    return {"source": kind_of(reference), "source_key": reference}
