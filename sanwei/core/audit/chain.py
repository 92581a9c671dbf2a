"""The chain of seals over the record: made after the act by one sealer, checked by `manage.py verify_audit`.

Each digest is HMAC-SHA256 over the previous digest, the canonical entry and the time of sealing, under settings.SANWEI_AUDIT_KEY. The
order is that of sealing: an entry whose transaction committed late is sealed late. A tail that was cut, or a chain
rebuilt by somebody who has the key, shows only against an anchor kept elsewhere (`manage.py audit_head`).
"""

import datetime as dt
import hashlib
import hmac
import json

from django.conf import settings
from django.db import connection, transaction

from sanwei.core import clock
from sanwei.core.audit.models import Entry, Seal

START = "0" * 64
LOCK = 0x5A5E  # advisory lock of the one sealer
FIELDS = (
    "pk", "actor_id", "actor_name", "actor_posts", "verb", "label", "object_type", "object_id", "object_label",
    "detail", "request_id", "address",
)  # fmt: skip


def digest_of(previous: str, entry: Entry, sealed_at: dt.datetime) -> str:
    content = {field: getattr(entry, field) for field in FIELDS}
    content |= {"at": entry.at.isoformat(), "sealed_at": sealed_at.isoformat()}
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    key = settings.SANWEI_AUDIT_KEY.encode()
    return hmac.new(key, (previous + canonical).encode(), hashlib.sha256).hexdigest()


def seal_pending(limit: int = 5000) -> int:
    """Chain entries that have no seal yet; returns how many. Two sealers at once do not interleave."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        last = Seal.objects.order_by("-sequence").first()
        sequence, previous = (last.sequence, last.digest) if last else (0, START)
        seals = []
        for entry in Entry.objects.unsealed()[:limit]:
            now, sequence = clock.now(), sequence + 1
            digest = digest_of(previous, entry, now)
            seals.append(
                Seal(sequence=sequence, entry=entry, previous=previous, digest=digest, sealed_at=now)
            )
            previous = digest
        Seal.objects.bulk_create(seals)
    return len(seals)


def head() -> tuple[int, str]:
    """Sequence and digest of the newest seal: the anchor to print and keep elsewhere each day."""
    last = Seal.objects.order_by("-sequence").first()
    return (last.sequence, last.digest) if last else (0, START)


def first_fault(anchor: tuple[int, str] | None = None) -> str:
    """What is wrong first, in English for the operator, or nothing. Reads the whole chain in order."""
    expected, previous = 1, START
    for seal in Seal.objects.select_related("entry").order_by("sequence").iterator(chunk_size=2000):
        if seal.sequence != expected:
            return f"seal {expected} is missing (found {seal.sequence})"
        if seal.previous != previous:
            return f"seal {seal.sequence} does not follow its predecessor"
        if digest_of(previous, seal.entry, seal.sealed_at) != seal.digest:
            return f"entry {seal.entry_id} (seal {seal.sequence}) was changed"
        if anchor and seal.sequence == anchor[0] and seal.digest != anchor[1]:
            return f"seal {seal.sequence} differs from the anchor: the chain was rebuilt"
        expected, previous = expected + 1, seal.digest
    if anchor and anchor[0] >= expected:
        return f"the chain ends at {expected - 1}, before the anchor {anchor[0]}: its tail was cut"
    return ""
