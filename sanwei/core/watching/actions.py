"""Following and leaving; what is followed."""

from django.contrib.contenttypes.models import ContentType

from sanwei.core.watching.models import Watch


def key_of(obj) -> dict:
    return {"object_type": ContentType.objects.get_for_model(obj), "object_id": obj.pk}


def is_watched(obj, user) -> bool:
    return Watch.objects.filter(user=user, **key_of(obj)).exists()


def toggle(obj, user) -> bool:
    """Follow `obj`, or leave it when it is followed. Returns whether it is followed now. Side effects: one row."""
    watch, created = Watch.objects.get_or_create(user=user, **key_of(obj))
    if not created:
        watch.delete()
    return created


def watched(model, user, limit=20) -> list:
    """The rows of `model` that `user` follows and may still see, newest first."""
    keys = Watch.objects.filter(user=user, object_type=ContentType.objects.get_for_model(model))
    order = {
        key: place
        for place, key in enumerate(keys.order_by("-pk").values_list("object_id", flat=True)[:limit])
    }
    rows = model.objects.visible_to(user).for_list().filter(pk__in=order)
    return sorted(rows, key=lambda row: order[row.pk])
