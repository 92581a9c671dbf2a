"""Time that does not count: a task stands still, and goes on with every limit put off (dossier 8.3)."""

from django.db import transaction

from sanwei.core import clock
from sanwei.core.notifications.actions import notify
from sanwei.core.rows import append
from sanwei.core.workdays import calendar
from sanwei.core.workflow import advance
from units.rectification import deadlines
from units.rectification.actions import looked_at_again
from units.rectification.models import Pause
from units.rectification.notices import CLERK_AND_HEAD, to_unit


@transaction.atomic
def suspend(*, task, by, reason):
    """中止: from today on time does not count. Side effects: mark, audit, an announcement to the unit."""
    task = advance(
        task, "suspend", by, changes={"suspended_on": clock.today(), "remind_on": None}, reason=reason
    )
    notify(to_unit(task, CLERK_AND_HEAD, "suspend", f"整改任务中止：{task.title}", reason))
    return task


@transaction.atomic
def resume(*, task, by):
    """恢复办理: every limit is put off by the working days that stood still; by none while the office was verifying, for
    time did not run against the unit then.

    Side effects: row, a pause, audit, an announcement to the unit.
    """
    today = clock.today()
    still = {}

    def put_off(row):
        days = still["days"] = 0 if row.stopped_on else deadlines.stood_still(row.suspended_on, today)
        still["first"] = row.suspended_on
        return {
            "suspended_on": None,
            **looked_at_again(),
            "sign_for_due_on": deadlines.moved(row.sign_for_due_on, days),
            **deadlines.due_of(deadlines.moved(row.started_on, days), deadlines.moved(row.due_on, days)),
        }

    task = advance(task, "resume", by, changes=put_off)
    if still["first"] < today:
        last = today - calendar.ONE
        append(Pause(task=task, first=still["first"], last=last, workdays=still["days"]))
    title = f"整改任务恢复办理，期限顺延{still['days']}个工作日：{task.title}"
    notify(to_unit(task, CLERK_AND_HEAD, "resume", title, calendar.deadline_text(task.due_on)))
    return task
