"""More time: asked by those who do the work, signed by the head, decided by the office (dossier 3.2)."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from sanwei.core import clock
from sanwei.core.days import written
from sanwei.core.notifications.actions import notify
from sanwei.core.rows import append, rewrite
from sanwei.core.workdays import calendar
from sanwei.core.workflow import advance
from units.rectification.actions import NO_LONGER_ASKED, gathered_again, looked_at_again
from units.rectification.models import TaskExtension
from units.rectification.notices import CLERK, CLERK_AND_HEAD, HEAD, to_office, to_unit


@transaction.atomic
def request_extension(*, task, by, wanted_due_on: dt.date, reason, progress) -> TaskExtension:
    """申请延期, before the time is up and at most twice; it counts when the head has signed it in time.

    Side effects: row, mark, audit, an announcement to the heads.
    """
    made = {}

    def asked(row):
        if wanted_due_on <= row.due_on:
            raise ValidationError({"wanted_due_on": "申请的期限须晚于现期限，请重新选择日期。"})
        made["row"] = append(
            TaskExtension(
                task=row,
                previous_due_on=row.due_on,
                wanted_due_on=wanted_due_on,
                reason=reason,
                progress=progress,
                asked_by=by,
            )
        )
        return {"asked_extension": made["row"], "extension_signed_at": None}

    task = advance(
        task, "request_extension", by, changes=asked, reason=reason, due_on=wanted_due_on.isoformat()
    )
    notify(to_unit(task, HEAD, "request_extension", f"延期申请待您签发：{task.title}", reason))
    return made["row"]


def settled(task, by, outcome, **fields) -> TaskExtension:
    """The application that was open, with what became of it."""
    extension = TaskExtension.objects.get(task=task, outcome=TaskExtension.Outcome.PENDING)
    extension.outcome, extension.decided_by, extension.decided_at = outcome, by, clock.now()
    for name, value in fields.items():
        setattr(extension, name, value)
    return rewrite(extension, "outcome", "decided_by", "decided_at", *fields)


@transaction.atomic
def sign_extension(*, task, by):
    """签发延期申请: it goes to the office in the unit's name. Side effects: row, audit, an announcement to the office."""
    now = clock.now()
    task = advance(task, "sign_extension", by, changes={"extension_signed_at": now, **looked_at_again()})
    asked = TaskExtension.objects.get(task=task, outcome=TaskExtension.Outcome.PENDING)
    asked.signed_by, asked.signed_at = by, now
    rewrite(asked, "signed_by", "signed_at")
    notify(
        to_office(
            task, "sign_extension", f"{task.unit}申请延期至{written(asked.wanted_due_on)}：{task.title}"
        )
    )
    return task


@transaction.atomic
def hand_back_extension(*, task, by, reason):
    """退回延期申请 by the head. Side effects: row, mark, audit, an announcement to the clerks."""
    task = advance(task, "hand_back_extension", by, changes=NO_LONGER_ASKED, reason=reason)
    settled(task, by, TaskExtension.Outcome.HANDED_BACK, opinion=reason)
    notify(to_unit(task, CLERK, "hand_back_extension", f"延期申请被单位负责人退回：{task.title}", reason))
    return task


@transaction.atomic
def grant_extension(*, task, by, due_on: dt.date, opinion=""):
    """批准延期 with a new exact date, which counts also when the old one has passed meanwhile.

    Side effects: row, limit, audit, an announcement to the unit.
    """

    def granted(row):
        if due_on <= row.due_on:
            raise ValidationError({"due_on": "新的期限须晚于现期限，请重新选择日期。"})
        return {
            **NO_LONGER_ASKED,
            **looked_at_again(),
            "extended": row.extended + 1,
            "due_on": due_on,
            "due_workday": calendar.number_of(due_on),
        }

    task = advance(task, "grant_extension", by, changes=granted, reason=opinion, due_on=due_on.isoformat())
    settled(task, by, TaskExtension.Outcome.GRANTED, due_on=due_on, opinion=opinion)
    title = f"整改任务延期至{written(due_on)}：{task.title}"
    notify(to_unit(task, CLERK_AND_HEAD, "grant_extension", title, opinion))
    return task


@transaction.atomic
def refuse_extension(*, task, by, reason):
    """不予延期: the date that stands counts. Side effects: row, mark, audit, an announcement to the unit."""
    task = advance(
        task, "refuse_extension", by, changes={**NO_LONGER_ASKED, **gathered_again()}, reason=reason
    )
    settled(task, by, TaskExtension.Outcome.REFUSED, opinion=reason)
    title = f"不予延期，按原期限{written(task.due_on)}考核：{task.title}"
    notify(to_unit(task, CLERK_AND_HEAD, "refuse_extension", title, reason))
    return task
