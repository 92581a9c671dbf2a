"""A record named from below: “finding:12” is a kind and a key, and settings.SANWEI_REFERENCES says which room's it is.

Lower tables never point up; what came from a record of a room above keeps such a reference, and pages ask here what
stands behind it. Behind the two may stand whatever the room needs besides (“finding:12:2”, its second task).
"""

from django.conf import settings
from django.utils.module_loading import import_string


def to(row) -> str:
    """The reference to a row of a kind that is known."""
    return f"{row._meta.model_name}:{row.pk}"


def kinds() -> list[tuple[str, str]]:
    """(kind, in words) of every kind that can be referred to."""
    return [(kind, label) for kind, (label, _) in settings.SANWEI_REFERENCES.items()]


def label_of(kind: str) -> str:
    return settings.SANWEI_REFERENCES.get(kind, ("其他", ""))[0]


def record_behind(reference: str, user):
    """The record that a reference names, if its kind is known and this person may see it; else None. One query."""
    kind, key, *_ = f"{reference}::".split(":")
    if kind not in settings.SANWEI_REFERENCES or not (key.isdecimal() and len(key) < 19):
        return None
    model = import_string(settings.SANWEI_REFERENCES[kind][1])
    return model.objects.visible_to(user).filter(pk=int(key)).first()
