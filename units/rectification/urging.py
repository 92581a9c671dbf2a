"""催办 by three-colour sheets: blue reminds, orange warns, red is the last (dossier 3.3)."""

import datetime as dt

from django.db import transaction
from django.db.models import F

from sanwei.core import clock
from sanwei.core.audit.actions import record, record_many
from sanwei.core.days import written
from sanwei.core.notifications.actions import notify
from sanwei.core.notifications.models import Announcement
from sanwei.core.numbers.actions import take, take_many
from sanwei.core.refusals import Refused
from sanwei.core.rows import append, rewrite
from sanwei.core.workdays import calendar
from sanwei.core.workflow import advance
from units.rectification.models import Task, Urging
from units.rectification.notices import CLERK_AND_HEAD, to_unit

Colour = Urging.Colour
STEPS = (Colour.BLUE, Colour.ORANGE, Colour.RED)
SERIES = {Colour.BLUE: "蓝督", Colour.ORANGE: "橙督", Colour.RED: "红督"}
PORTION = 200  # tasks urged at once
ANSWER_WORKDAYS = 3  # the limit of a sheet when none is typed
REQUIREMENT = "请对照整改要求抓紧办理，并在反馈时限前填报进展。"


def next_colour(task) -> str:
    """One step above the last sheet; the first is blue."""
    return step_after(task.urgings.order_by("-pk").values_list("colour", flat=True).first())


def step_after(last) -> str:
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
    number = take(SERIES[colour], today.year)
    sheet = append(sheet_of(task, colour, number, by, due_on, requirement, direct_reason))
    notify(telling(sheet))
    return sheet


def sheet_of(task, colour, number: int, by, due_on, requirement=REQUIREMENT, direct_reason="") -> Urging:
    today = clock.today()
    return Urging(
        task=task,
        colour=colour,
        number=f"{SERIES[colour]}〔{today.year}〕{number}号",
        requirement=requirement,
        due_on=due_on,
        direct_reason=direct_reason,
        issued_by=by,
        issued_on=today,
    )


def telling(sheet) -> Announcement:
    body = f"{sheet.number}。{sheet.requirement}反馈时限：{written(sheet.due_on)}。"
    title = f"{sheet.get_colour_display()}：{sheet.task.title}"
    return to_unit(sheet.task, CLERK_AND_HEAD, "urge", title, body, kind="urge")


@transaction.atomic
def urge_all(*, tasks, by) -> int:
    """One-click urging: the next sheet for each task of `tasks` on which time runs and that was not urged today.

    Returns how many. As many statements for a portion of tasks as for one. Everything is locked before the first number is
    taken, the series in one order, so that nobody waits in a circle. Side effects: as urge(), in one transaction.
    """
    today = clock.today()
    waiting = tasks.can_be_urged(today).select_for_update(of=("self",)).order_by("pk")
    if keys := list(waiting.values_list("pk", flat=True)):
        for colour in STEPS:
            take_many(SERIES[colour], today.year, 0)
    return sum(urge_some(keys[start : start + PORTION], by) for start in range(0, len(keys), PORTION))


def urge_some(keys: list[int], by) -> int:
    """Sheets for tasks whose rows are locked. Side effects: as urge()."""
    sheets = Urging.objects.filter(task__in=keys).order_by("pk")
    last = dict(sheets.values_list("task", "colour"))
    # Whoever urged one of them while we waited for its row has done it.
    tasks = list(Task.objects.filter(pk__in=keys).can_be_urged(clock.today()).order_by("pk"))
    Task.objects.filter(pk__in=[task.pk for task in tasks]).update(version=F("version") + 1)
    for task in tasks:
        task.version += 1
    groups = {colour: [task for task in tasks if step_after(last.get(task.pk)) == colour] for colour in STEPS}
    made = [sheet for colour, group in groups.items() if group for sheet in sheets_for(group, colour, by)]
    Urging.objects.bulk_create(made)
    label = Task.TRANSITIONS["urge"].label
    record_many(((sheet.task, urged_with(sheet)) for sheet in made), "urge", by, label=label)
    notify(*map(telling, made))
    return len(made)


def sheets_for(tasks, colour, by) -> list[Urging]:
    """A sheet of this colour for each, numbered in their order."""
    today = clock.today()
    numbers = take_many(SERIES[colour], today.year, len(tasks))
    return [
        sheet_of(task, colour, number, by, usual_limit(today))
        for task, number in zip(tasks, numbers, strict=True)
    ]


def urged_with(sheet) -> dict:
    """What advance() writes into the record of one."""
    state = sheet.task.state
    return {"before": state, "after": state, "colour": sheet.colour, "due_on": sheet.due_on.isoformat()}


@transaction.atomic
def sign_urging(*, sheet, by) -> Urging:
    """签收督办单: the receipt stub. Side effects: row, audit."""
    sheet = Urging.objects.select_for_update(of=("self",)).select_related("task").get(pk=sheet.pk)
    if sheet.signed_at is None:
        sheet.signed_by, sheet.signed_at = by, clock.now()
        rewrite(sheet, "signed_by", "signed_at")
        record(sheet.task, "sign_urging", by, label="签收督办单", sheet=sheet.number)
    return sheet
