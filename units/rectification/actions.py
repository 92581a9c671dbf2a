"""The verbs of a task, one function for each button; extensions, pauses, help and urging have files of their own."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from sanwei.core import clock, search
from sanwei.core.audit.actions import record
from sanwei.core.days import written
from sanwei.core.notifications.actions import notify
from sanwei.core.numbers.actions import take
from sanwei.core.refusals import Refused
from sanwei.core.rows import append
from sanwei.core.workdays import calendar
from sanwei.core.workflow import advance
from units.organisation.models import Post
from units.rectification import deadlines
from units.rectification.assistance import ask_for_help
from units.rectification.models import Task, TaskExtension, TaskProgress
from units.rectification.notices import (
    CLERK,
    CLERK_AND_HEAD,
    HEAD,
    to_office,
    to_people,
    to_unit,
)
from units.rectification.signals import task_closed

SERIES = "整改"
NO_LONGER_ASKED = {"asked_extension": None, "extension_signed_at": None}


@transaction.atomic
def open_task(
    *, campaign, unit, title, requirement, due_on, by, source, source_key="", source_label="",
    standard="", lead_department=None, assisting=(),
) -> Task:  # fmt: skip
    """交办: a new task with its number, to be signed for within one working day.

    `source_key` names the row of the source that it comes from: a second task for it is refused. `assisting` are units.
    `by` is None where a rule orders it.
    Side effects: row, number, search entry, rows of assistance, audit, announcements to the unit and to those who assist.
    """
    today = clock.today()
    require_later(due_on, today)
    if source_key and (twin := twin_of(source, source_key)):
        raise Refused(f"该问题已经交办，督办编号{twin.number}，请在任务列表中查看。")
    task = append(
        Task(
            campaign=campaign,
            number=f"{SERIES}〔{today.year}〕{take(SERIES, today.year)}号",
            source=source,
            source_key=source_key,
            source_label=source_label[:200],
            unit=unit,
            unit_order=unit.order,
            lead_department=lead_department,
            title=title,
            requirement=requirement,
            standard=standard,
            opened_by=by,
            assigned_on=today,
            sign_for_due_on=deadlines.sign_for_due_on(today),
            first_due_on=due_on,
            **looked_at_again(),
            **deadlines.due_of(today, due_on),
        )
    )
    record(task, "open_task", by, label="交办", due_on=due_on.isoformat(), source=source)
    search.index(task, str(task), f"{requirement}\n{standard}")
    ask_for_help(task, assisting)
    tell_assigned(task, "open_task")
    return task


def looked_at_again() -> dict:
    """What a verb changes when another limit runs from now on (reminders.py, events.py)."""
    return {"remind_on": clock.today(), **gathered_again()}


def gathered_again() -> dict:
    """What a verb changes when the task has more or less to answer for from now on (events.py)."""
    return {"gather_on": clock.today()}


def twin_of(source, source_key) -> Task | None:
    """The task that was opened for this row of the source already, and stands."""
    return (
        Task.objects.from_source(source, source_key)
        .exclude(state=Task.State.CANCELLED)
        .order_by("-pk")
        .first()
    )


def require_later(due_on: dt.date, today: dt.date) -> None:
    if due_on <= today:
        raise ValidationError({"due_on": "办理期限须晚于今天，请重新选择日期。"})


def tell_assigned(task, verb) -> None:
    title = f"整改任务待签收：{task.title}"
    body = f"{task.number}。{task.requirement}\n{calendar.deadline_text(task.due_on)}，请于{written(task.sign_for_due_on)}前签收。"
    notify(to_unit(task, CLERK_AND_HEAD, verb, title, body))


@transaction.atomic
def sign_for(*, task, by):
    """签收: the unit has it and works on it. Side effects: state, audit."""
    return advance(task, "sign_for", by, changes={"signed_for_at": clock.now(), **looked_at_again()})


@transaction.atomic
def delegate(*, task, by, department, person=None):
    """分办 to a department of the unit and, if named, to a person. Side effects: row, audit, they are told."""
    if department.unit_id != task.unit_id:
        raise ValidationError({"department": "请选择本单位的科室。"})
    task = advance(
        task,
        "delegate",
        by,
        changes={"lead_department": department, "person": person},
        department=department.name,
        person=person.name if person else "",
    )
    told = [person] if person else leads_of(department)
    if told:
        notify(to_people(task, "delegate", f"整改任务交您办理：{task.title}", *told))
    return task


def leads_of(department) -> list:
    posts = Post.objects.active().filter(department=department).select_related("user")
    return [post.user for post in posts]


@transaction.atomic
def record_progress(*, task, by, percent, text, problems="", next_steps="") -> TaskProgress:
    """填报进展: how far (0–100 %), in words. Side effects: row, task, audit."""
    task = advance(task, "record_progress", by, changes={"percent": percent}, percent=percent)
    return append(
        TaskProgress(
            task=task,
            percent=percent,
            planned=task.course.planned(clock.today()),
            text=text,
            problems=problems,
            next_steps=next_steps,
            by=by,
        )
    )


@transaction.atomic
def report_done(*, task, by, result):
    """上报办结 to the unit's head. Side effects: state, audit, an announcement to the heads."""
    changes = {"result": result, "percent": 100}
    task = advance(task, "report_done", by, changes=changes)
    notify(to_unit(task, HEAD, "report_done", f"整改结果待您审核：{task.title}"))
    return task


@transaction.atomic
def hand_back(*, task, by, reason):
    """退回修改 by the head. Side effects: state, audit, an announcement to the clerks."""
    task = advance(task, "hand_back", by, reason=reason)
    notify(to_unit(task, CLERK, "hand_back", f"整改结果被单位负责人退回：{task.title}", reason))
    return task


@transaction.atomic
def confirm(*, task, by, version=None):
    """审核上报: the result leaves the unit in its name. An application for more time that is still open lapses.

    Side effects: state, audit, an announcement to the office.
    """
    changes = {"reported_at": clock.now(), **NO_LONGER_ASKED, **looked_at_again()}
    changes |= deadlines.stopped(clock.today())
    task = advance(task, "confirm", by, version=version, changes=changes)
    let_lapse(task)
    notify(to_office(task, "confirm", f"{task.unit}上报办结：{task.title}"))
    return task


def let_lapse(task) -> None:
    """An application for more time that nobody needs any more. Under the lock of the task, as whoever decides on it."""
    TaskExtension.objects.filter(task=task, outcome=TaskExtension.Outcome.PENDING).update(
        outcome=TaskExtension.Outcome.LAPSED
    )


@transaction.atomic
def verify(*, task, by, conclusion, opinion="", version=None):
    """验收办结: the office closes the task; the unit cannot. Bound to the result that was read.

    Side effects: state, search entry, audit, an announcement to the unit; what it came from may be settled with it.
    """
    changes = {"conclusion": conclusion, "closed_at": clock.now(), "remind_on": None}
    task = advance(
        task, "verify", by, version=version, changes=changes, reason=opinion, conclusion=conclusion
    )
    search.index(task, str(task), f"{task.requirement}\n{task.standard}\n{task.result}")
    label = task.get_conclusion_display()
    notify(to_unit(task, CLERK_AND_HEAD, "verify", f"整改任务已办结（{label}）：{task.title}", opinion))
    task_closed.send(sender=Task, task=task)
    return task


@transaction.atomic
def send_back(*, task, by, reason, due_on, version=None):
    """退办 with a new limit; the rounds are counted. Side effects: state, audit, an announcement to the unit."""
    require_later(due_on, clock.today())

    def again(row):
        start = clock.today()
        period = deadlines.due_of(start, due_on)
        return {
            "sent_back": row.sent_back + 1,
            "percent": 0,
            **looked_at_again(),
            **deadlines.RUNNING,
            **period,
        }

    task = advance(
        task, "send_back", by, version=version, changes=again, reason=reason, due_on=due_on.isoformat()
    )
    title = f"整改结果被退办，请于{written(due_on)}前重新上报：{task.title}"
    notify(to_unit(task, CLERK_AND_HEAD, "send_back", title, reason))
    return task


@transaction.atomic
def decline(*, task, by, basis):
    """申请退回: not the duty of this unit, and by which rule. Side effects: state, audit, an announcement to the office."""
    task = advance(
        task,
        "decline",
        by,
        changes={
            "decline_basis": basis,
            "remind_on": None,
            **gathered_again(),
            **deadlines.stopped(clock.today()),
        },
        reason=basis,
    )
    notify(to_office(task, "decline", f"{task.unit}申请退回整改任务：{task.title}", basis))
    return task


@transaction.atomic
def reassign(*, task, by, unit, due_on, reason=""):
    """重新交办 to another unit, or to the same one with a word why. Side effects: row, audit, announcements."""
    today = clock.today()
    require_later(due_on, today)
    changes = {
        "unit": unit,
        "unit_order": unit.order,
        "lead_department": None,
        "person": None,
        "decline_basis": "",
        "assigned_on": today,
        "sign_for_due_on": deadlines.sign_for_due_on(today),
        "first_due_on": due_on,
        **looked_at_again(),
        **deadlines.RUNNING,
        **deadlines.due_of(today, due_on),
    }
    task = advance(
        task, "reassign", by, changes=changes, reason=reason, unit=unit.name, due_on=due_on.isoformat()
    )
    tell_assigned(task, "reassign")
    return task


@transaction.atomic
def cancel(*, task, by, reason):
    """撤销. Side effects: state, audit, an announcement to the unit."""
    task = advance(
        task,
        "cancel",
        by,
        changes={**NO_LONGER_ASKED, "suspended_on": None, "remind_on": None, **gathered_again()},
        reason=reason,
    )
    let_lapse(task)
    notify(to_unit(task, CLERK_AND_HEAD, "cancel", f"整改任务已撤销：{task.title}", reason))
    return task
