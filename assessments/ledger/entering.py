"""Who entered an entry, as this person may know."""

from assessments.ledger import access

BY_CLOCK, BY_OFFICE, BY_INSPECTORS = "系统归集", "领导组办公室", "督查机构"


def entered_by(entry, user) -> str:
    """Who entered it, as this person may know: by name, or the body alone."""
    if entry.entered_by_id is None:
        return BY_CLOCK
    if access.sees_people(user):
        return entry.entered_by.name
    return BY_INSPECTORS if entry.cause_kind == "finding" else BY_OFFICE
