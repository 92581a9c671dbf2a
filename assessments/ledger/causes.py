"""What stands behind an entry, asked of the room that it comes from: settings.SANWEI_CAUSES, since some stand above the ledger."""

from django.conf import settings
from django.utils.module_loading import import_string

from assessments.ledger import access

BY_CLOCK, BY_OFFICE, BY_INSPECTORS = "系统归集", "领导组办公室", "督查机构"


def kinds() -> list[tuple[str, str]]:
    """(kind, in words) of every kind of cause."""
    return [(kind, label) for kind, (label, _) in settings.SANWEI_CAUSES.items()]


def label_of(kind: str) -> str:
    return settings.SANWEI_CAUSES.get(kind, ("其他", ""))[0]


def record_behind(entry, user):
    """The record that brought the entry about, if its kind is known and this person may see it. One query."""
    if entry.cause_kind not in settings.SANWEI_CAUSES or not entry.cause_key.isdecimal():
        return None
    model = import_string(settings.SANWEI_CAUSES[entry.cause_kind][1])
    return model.objects.visible_to(user).filter(pk=int(entry.cause_key)).first()


def entered_by(entry, user) -> str:
    """Who entered it, as this person may know: by name, or the body alone."""
    if entry.entered_by_id is None:
        return BY_CLOCK
    if access.sees_people(user):
        return entry.entered_by.name
    return BY_INSPECTORS if entry.cause_kind == "finding" else BY_OFFICE
