"""How many tasks stand how, read from what is kept (counting.py) and what has moved since."""

from collections import Counter

from django.db.models import Q, Value

from sanwei.core.workdays.lights import Light
from units.rectification import counting
from units.rectification.models import Task, TaskCounted, TaskLightTally, TaskMonthTally, TaskMove

LIGHTS = ("source", "light", "pace", "is_late")
MONTHS = ("opened", "closed", "late_from", "late_until")
TASK_MONTHS = ("assigned_on", "closed_on", "late_from", "late_until")


def counted(tally, columns, live, live_columns, campaign, not_counted: Q, moving: Q) -> Counter:
    """Group → number: what was counted, less what it counted of the tasks that have moved since, and those as they stand.

    One statement, so that all three are of one moment. `not_counted` says which tasks those are, `moving` the same of what was
    counted.
    """
    kept = tally.objects.filter(campaign=campaign).order_by().values_list(*columns, "number")
    less = TaskCounted.objects.filter(moving, campaign=campaign).order_by().annotate(times=Value(-1))
    now = live.filter(not_counted, campaign=campaign).order_by().annotate(times=Value(1))
    found = Counter()
    rows = kept.union(less.values_list(*columns, "times"), now.values_list(*live_columns, "times"), all=True)
    for *group, number in rows:
        found[tuple(group)] += number
    return found


MOVED = Q(pk__in=TaskMove.objects.values("task_key"))


def lights(campaign) -> Counter:
    """(source, light, pace, is late) → number of tasks of the campaign."""
    tasks = Task.objects.with_standing()
    not_counted = moving = MOVED
    if not counting.is_of_today():  # the day has begun and the clock has not come round yet
        not_counted, moving = MOVED | ~Q(light=Light.CLOSED), MOVED | ~Q(light=Light.CLOSED)
    return counted(TaskLightTally, LIGHTS, tasks, LIGHTS, campaign, not_counted, moving)


def months(campaign) -> Counter:
    """(opened, closed, late from, late until) → number of tasks of the campaign, by the first days of months."""
    found = Counter()
    tasks = Task.objects.with_standing()
    for days, number in counted(TaskMonthTally, MONTHS, tasks, TASK_MONTHS, campaign, MOVED, MOVED).items():
        found[tuple(counting.months_of(*days).values())] += number
    return found


def of_unit(campaign, unit) -> tuple[Counter, Counter, dict]:
    """lights(), months() and (key, name) of each department → class of light or pace → number, of one unit.

    One query: a unit has hundreds of tasks at most.
    """
    rows = Task.objects.filter(campaign=campaign, unit=unit).with_standing().order_by()
    names = ("lead_department", "lead_department__name", *LIGHTS, *TASK_MONTHS)
    found, course, departments = Counter(), Counter(), {}
    for department, name, *rest in rows.values_list(*names):
        group, days = tuple(rest[: len(LIGHTS)]), rest[len(LIGHTS) :]
        found[group] += 1
        course[tuple(counting.months_of(*days).values())] += 1
        departments.setdefault((department, name), Counter()).update(group[1:3])
    return found, course, departments
