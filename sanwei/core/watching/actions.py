"""Following and leaving; what is followed."""

from django.contrib.contenttypes.models import ContentType

from sanwei.core.questions import Question
from sanwei.core.watching.models import Watch

WATCH = Question(
    lambda user, kind, key: Watch.objects.filter(user=user, object_type=kind, object_id=key).values_list(
        "pk"
    ),
    user=int,
    kind=int,
    key=int,
)
SHOWN = 40
WATCHED = Question(
    lambda user: (
        Watch.objects.filter(user=user).order_by("-pk").values_list("object_type", "object_id")[:SHOWN]
    ),
    user=int,
)


def key_of(obj) -> dict:
    return {"object_type": ContentType.objects.get_for_model(obj), "object_id": obj.pk}


def is_watched(obj, user) -> bool:
    kind = ContentType.objects.get_for_model(obj).pk
    return bool(WATCH(user=user.pk, kind=kind, key=obj.pk))


def toggle(obj, user) -> bool:
    """Follow `obj`, or leave it when it is followed. Returns whether it is followed now. Side effects: one row."""
    watch, created = Watch.objects.get_or_create(user=user, **key_of(obj))
    if not created:
        watch.delete()
    return created


def watched(kinds, user) -> list:
    """The rows of these models that `user` follows and may still see, newest first within each, SHOWN at most."""
    followed: dict[int, list[int]] = {}
    for kind, key in WATCHED(user=user.pk):
        followed.setdefault(kind, []).append(key)
    found = []
    for model in kinds:
        if keys := followed.get(ContentType.objects.get_for_model(model).pk):
            rows = model.objects.visible_to(user).for_list().filter(pk__in=keys)
            found += sorted(rows, key=lambda row: keys.index(row.pk))
    return found
