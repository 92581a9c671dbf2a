"""催办 by three-colour sheets: blue reminds, orange warns, red is the last (dossier 3.3)."""

import datetime as dt

from django.db import transaction

from sanwei.core import clock
from sanwei.core.audit.actions import record
from sanwei.core.days import written
from sanwei.core.notifications.actions import notify
from sanwei.core.numbers.actions import take
from sanwei.core.refusals import Refused
from sanwei.core.rows import append, rewrite
from sanwei.core.workdays import calendar
from sanwei.core.workflow import advance
from units.rectification.models import Urging
from units.rectification.notices import CLERK_AND_HEAD, to_unit

Colour = Urging.Colour
STEPS = (Colour.BLUE, Colour.ORANGE, Colour.RED)
SERIES = {Colour.BLUE: "蓝督", Colour.ORANGE: "橙督", Colour.RED: "红督"}
ANSWER_WORKDAYS = 3  # the limit of a sheet when none is typed
REQUIREMENT = "请对照整改要求抓紧办理，并在反馈时限前填报进展。"


def next_colour(task) -> str:
    """One step above the last sheet; the first is blue."""
    last = task.urgings.order_by("-pk").values_list("colour", flat=True).first()
    return STEPS[min(STEPS.index(last) + 1, 2)] if last else Colour.BLUE


def require_step(task, colour, direct_reason) -> None:
    """A step is left out only with a reason: 重大、紧急、突发、领导重要批示、特事特办."""
    if STEPS.index(colour) > STEPS.index(next_colour(task)) and not direct_reason:
        raise Refused("越级使用督办单须写明理由，例如重大、紧急事项或领导重要批示。")


def usual_limit(today: dt.date) -> dt.date:
    return calendar.add_workdays(today, ANSWER_WORKDAYS)


@transaction.atomic
def urge(*, task, by, colour, due_on, requirement=REQUIREMENT, direct_reason="") -> Urging:
    """催办: a numbered sheet of this colour, once a day for each task.

    Side effects: row, number, audit, an announcement to the unit.
    """
    task = advance(task, "urge", by, colour=colour, due_on=due_on.isoformat())
    today = clock.today()
    if task.urgings.filter(issued_on=today).exists():  # the row is locked: the other click is done
        raise Refused("该任务今天已经催办，请明天再催。")
    require_step(task, colour, direct_reason)
    sheet = append(
        Urging(
            task=task,
            colour=colour,
            number=f"{SERIES[colour]}〔{today.year}〕{take(SERIES[colour], today.year)}号",
            requirement=requirement,
            due_on=due_on,
            direct_reason=direct_reason,
            issued_by=by,
            issued_on=today,
        )
    )
    body = f"{sheet.number}。{requirement}反馈时限：{written(due_on)}。"
    notify(
        to_unit(
            task, CLERK_AND_HEAD, "urge", f"{sheet.get_colour_display()}：{task.title}", body, kind="urge"
        )
    )
    return sheet


def urge_all(*, tasks, by) -> int:
    """One-click urging: the next sheet for each task of `tasks` on which time runs and that was not urged today.

    Returns how many. Side effects: as urge(), in one transaction.
    """
    today = clock.today()
    with transaction.atomic():
        waiting = tasks.can_be_urged(today).order_by("pk")
        for task in waiting:
            urge(task=task, by=by, colour=next_colour(task), due_on=usual_limit(today))
    return len(waiting)


@transaction.atomic
def sign_urging(*, sheet, by) -> Urging:
    """签收督办单: the receipt stub. Side effects: row, audit."""
    sheet = Urging.objects.select_for_update(of=("self",)).select_related("task").get(pk=sheet.pk)
    if sheet.signed_at is None:
        sheet.signed_by, sheet.signed_at = by, clock.now()
        rewrite(sheet, "signed_by", "signed_at")
        record(sheet.task, "sign_urging", by, label="签收督办单", sheet=sheet.number)
    return sheet
