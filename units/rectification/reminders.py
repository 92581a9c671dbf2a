"""Reminding of what a task owes: signing for it, reporting it, deciding on more time, verifying it; and whom above.

Each threshold once for each task, limit and circle of people, by the key of the announcement. A task says itself on which day
it is to be looked at next (`remind_on`), so a clock reads only what is due, among a million tasks.
"""

import dataclasses
import datetime as dt

from django.db import transaction

from sanwei.core import clock
from sanwei.core.notifications import quiet
from sanwei.core.notifications.actions import notify
from sanwei.core.notifications.audience import holders_of
from sanwei.core.notifications.models import Announcement
from sanwei.core.roles import OFFICE_ROLES, Role
from sanwei.core.workdays import calendar, thresholds
from units.rectification.models import Task
from units.rectification.states import State

PORTION = 500  # tasks looked at in one transaction
DECIDE_WORKDAYS, VERIFY_WORKDAYS = 3, 5  # the office's own limits: more time, verification
HEAD_FROM, OFFICE_FROM, LEADERS_FROM = -3, 1, 6  # working days from the limit, dossier 3.3


@dataclasses.dataclass(frozen=True)
class Owed:
    """Something owed by a day: by the unit (`by_unit`) or by the office."""

    what: str
    label: str
    due_on: dt.date
    by_unit: bool


def owed(task) -> list[Owed]:
    """What is owed on the task now."""
    if task.state == State.ASSIGNED:
        return [Owed("sign_for", "签收", task.sign_for_due_on, by_unit=True)]
    if task.state == State.VERIFYING:
        since = clock.day_of(task.state_changed_at)
        return [Owed("verify", "验收", calendar.add_workdays(since, VERIFY_WORKDAYS), by_unit=False)]
    if task.state not in (State.IN_PROGRESS, State.UNIT_REVIEW):
        return []
    found = [Owed("report", "上报办结", task.due_on, by_unit=True)]
    if task.extension_signed_at:
        since = clock.day_of(task.extension_signed_at)
        found.append(
            Owed("decide", "批复延期申请", calendar.add_workdays(since, DECIDE_WORKDAYS), by_unit=False)
        )
    return found


def circles(task, one: Owed, offset: int) -> dict[str, dict]:
    """Whom a threshold concerns: name of the circle → audience; wider the later (clerk, department, head, office, leader)."""
    found = {}
    if one.by_unit:
        found["clerk"] = holders_of(Role.UNIT_CLERK, units=[task.unit_id])
    if one.by_unit and task.lead_department_id:
        found["department"] = holders_of(Role.DEPARTMENT_LEAD, departments=[task.lead_department_id])
    if one.by_unit and offset >= HEAD_FROM:
        found["head"] = holders_of(Role.UNIT_HEAD, units=[task.unit_id])
    if not one.by_unit or offset >= OFFICE_FROM:
        found["office"] = holders_of(*OFFICE_ROLES)
    if offset >= LEADERS_FROM:
        found["leaders"] = holders_of(Role.LEADER)
    return found


def remind() -> int:
    """Send what is due now; returns how many tasks were looked at. Nothing in the quiet hours."""
    if quiet.is_quiet(clock.now()):
        return 0
    today, looked, day = clock.today(), 0, dt.date.min
    while (day := next_waiting(day, today)) is not None:
        last = 0
        while some := remind_some(day, today, last):
            looked, last = looked + len(some), some[-1].pk
    return looked


def next_waiting(after: dt.date, today: dt.date) -> dt.date | None:
    """The first day after `after` for which something is still to be looked at: today, if the clock ran yesterday."""
    waiting = Task.objects.to_remind(today).filter(remind_on__gt=after)
    return waiting.order_by("remind_on").values_list("remind_on", flat=True).first()


def remind_some(day: dt.date, today: dt.date, after: int) -> list[Task]:
    """One portion of those named for `day`, locked so that a verb in between is not overwritten.

    One day and then the keys is the order of the index: the database reads these rows and no other. Side effects for each:
    announcements, the next day.
    """
    with transaction.atomic():
        waiting = Task.objects.select_for_update(of=("self",), skip_locked=True).filter(remind_on=day)
        some = list(waiting.filter(pk__gt=after).select_related("unit").order_by("pk")[:PORTION])
        notify(*[announcement for task in some for announcement in due(task, today)])
        for task in some:
            task.remind_on = next_look(task, today)
        Task.objects.bulk_update(some, ["remind_on"])
    return some


def next_look(task, today: dt.date) -> dt.date | None:
    return min((thresholds.next_day(one.due_on, today) for one in owed(task)), default=None)


def due(task, today: dt.date) -> list[Announcement]:
    """What is to be said about a task today."""
    said = []
    for one in owed(task):
        offset = thresholds.reached(one.due_on, today)
        if offset is None:
            continue
        for circle, audience in circles(task, one, offset).items():
            said.append(reminding(task, one, offset, circle, audience, today))
    return said


def reminding(task, one: Owed, offset: int, circle: str, audience: dict, today: dt.date) -> Announcement:
    remaining = calendar.remaining_text(one.due_on, today)
    return Announcement.to(
        audience,
        key=f"task:{task.pk}:{one.what}:{one.due_on}:{thresholds.name(offset)}:{circle}",
        title=f"整改任务{one.label}{remaining}：{task.title}"[:200],
        body=f"{task.number}，责任单位{task.unit.name}。{calendar.deadline_text(one.due_on)}，请及时{one.label}。",
        url=task.get_absolute_url(),
        about=task,
        kind="reminder",
    )
