"""Putting the house on hold and letting it go."""

from django.contrib.sessions.models import Session
from django.db import transaction

from sanwei.core import clock
from sanwei.core.audit.actions import record
from sanwei.core.holding.models import Hold
from sanwei.core.refusals import WrongState


def hold_after_restore() -> tuple[Hold, int]:
    """恢复后暂停: nothing is sent until release(), and everybody signs in anew; (hold, sessions ended).

    Run again it ends sessions again and leaves the hold that stands. Side effects: one row, all sessions, audit.
    """
    with transaction.atomic():
        hold, made = Hold.objects.get_or_create(reason=Hold.Reason.RESTORE, released_at=None)
        ended, _ = Session.objects.all().delete()
        if made:
            record(hold, "hold_sending", None, label="恢复后暂停发送", sessions_ended=ended)
    return hold, ended


def release(*, by, **detail) -> Hold:
    """放行 the hold that stands; `detail` goes into the record. Raises WrongState if none does.

    Side effects: row, audit.
    """
    with transaction.atomic():
        hold = Hold.objects.standing().select_for_update().first()
        if hold is None:
            raise WrongState("当前没有暂停发送，无须放行。")
        hold.released_at, hold.released_by = clock.now(), by
        hold.save(update_fields=["released_at", "released_by"])
        record(hold, "release_sending", by, label="放行发送", **detail)
    return hold
