"""Writing the record: one INSERT in the transaction of the act."""

from sanwei.core import clock
from sanwei.core.audit.context import origin
from sanwei.core.audit.models import Entry
from sanwei.core.roles import posts_label
from sanwei.core.rows import append, require_transaction


def record(obj, verb: str, by, *, label: str, **detail) -> Entry:
    """Append one entry: `by` (a User, or None for a clock) took `verb` on `obj`.

    `label` is the Chinese word shown in the timeline; `detail` must be JSON (before, after, reason, …).
    Must be called inside the transaction of the act, so that neither exists without the other.
    """
    require_transaction("record()")
    return append(entry_of(obj, verb, by, label, detail))


def record_many(acts, verb: str, by, *, label: str) -> None:
    """record() for each (obj, detail) of `acts`, in one INSERT."""
    require_transaction("record_many()")
    Entry.objects.bulk_create(entry_of(obj, verb, by, label, detail) for obj, detail in acts)


def entry_of(obj, verb: str, by, label: str, detail: dict) -> Entry:
    source = origin.get()
    return Entry(
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
