"""Writing the record: one INSERT in the transaction of the act."""

from django.db import transaction

from sanwei.core import clock
from sanwei.core.audit.context import origin
from sanwei.core.audit.models import Entry
from sanwei.core.roles import posts_label


def record(obj, verb: str, by, *, label: str, **detail) -> Entry:
    """Append one entry: `by` (a User, or None for a clock) took `verb` on `obj`.

    `label` is the Chinese word shown in the timeline; `detail` must be JSON (before, after, reason, …).
    Must be called inside the transaction of the act, so that neither exists without the other.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() must be called inside the transaction of the act")
    source = origin.get()
    return Entry.objects.create(
        at=clock.now(),
        actor=by,
        actor_name=by.name if by else "",
        actor_posts=posts_label(by)[:200] if by else "",
        verb=verb,
        label=label,
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        object_label=str(obj)[:200],
        detail=detail,
        request_id=source.request_id,
        address=source.address,
    )
