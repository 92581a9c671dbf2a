"""What tasks offer to the ledger (core/scorable.py): a red light for being late, and being sent back.

A task is red once for each course of it: from an assignment, or from being sent back, to its report (dossier 2.10, F1: 红灯每件).
It has turned red on the day after its limit, whatever happened on that day. Red for being sent back too often is not told
again as a red light: it is the same matter. A task says itself on which day it is to be looked at next (`gather_on`), as for
reminders.
"""

import datetime as dt

from sanwei.core import clock
from sanwei.core.rows import require_transaction
from sanwei.core.scorable import Event, Scorable
from units.rectification.models import Task
from units.rectification.states import State

PORTION = 200  # tasks looked at in one transaction
RED, SENT_BACK = "task.red", "task.sent_back"


def scorable_events(campaign) -> list[Scorable]:
    """Some of the tasks of a campaign about which there may be something new, as they stand now; none when all have been looked at.

    They are locked, and marked as looked at in the transaction of whoever enters what they tell. Two workers get
    different ones. Side effects: the days on which they are looked at next.
    """
    require_transaction("scorable_events()")
    today = clock.today()
    waiting = Task.objects.select_for_update(of=("self",), skip_locked=True).to_gather(campaign, today)
    some = list(waiting.select_related("unit").order_by("pk")[:PORTION])
    for task in some:
        task.gather_on = next_look(task, today)
    Task.objects.bulk_update(some, ["gather_on"])
    return [scorable(task, today) for task in some]


def scorable(task, today: dt.date) -> Scorable:
    """A task that was cancelled answers for nothing. What a unit had to answer for before the task went to another is its
    no more; a course that ended in being sent back stays red for the unit that was late."""
    return Scorable(
        cause=f"task:{task.pk}",
        label=str(task),
        unit=task.unit,
        events=() if task.state == State.CANCELLED else tuple(events_of(task, today)),
        standing=() if task.state == State.CANCELLED else (own(task),),
    )


def own(task) -> str:
    """How the keys of all events begin that the unit answers for which has the task now."""
    return f"task:{task.pk}:{task.unit_id}:"


def events_of(task, today: dt.date):
    if is_late(task, today) and not is_undecided(task):
        key = f"{own(task)}red:{task.assigned_on}:{task.sent_back}"
        yield Event(RED, key, "逾期亮红灯", occurred_on=turned_red_on(task))
    for time in range(1, task.sent_back + 1):
        key = f"{own(task)}sent_back:{time}"
        yield Event(SENT_BACK, key, f"第{time}次退办", task.started_on, quantity=time, before=time - 1)


def turned_red_on(task) -> dt.date:
    return task.due_on + dt.timedelta(days=1)


def is_late(task, today: dt.date) -> bool:
    """Whether the limit of the present course passed while time ran against the unit."""
    return task.due_on < (task.stopped_on or task.suspended_on or today)


def is_undecided(task) -> bool:
    """Whether more time was asked for in time and the office has not said whether there is any: till then nothing counts."""
    return task.extension_signed_at is not None


def next_look(task, today: dt.date) -> dt.date | None:
    """The day on which it may have turned red, if no verb comes before."""
    if task.stopped_on or task.suspended_on or not task.is_open:
        return None
    if is_undecided(task):
        return max(turned_red_on(task), today + dt.timedelta(days=1))
    return turned_red_on(task) if task.due_on >= today else None
