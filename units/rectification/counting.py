"""Counting tasks for the boards: what has changed is counted by a clock, in portions, by one at a time (models/counts.py)."""

import datetime as dt
from collections import Counter

from django.db import transaction

from sanwei.core import clock
from sanwei.core.workdays import calendar, table
from sanwei.core.workdays.lights import Light
from units.organisation.models import Unit
from units.rectification import months
from units.rectification.models import (
    Task,
    TaskCounted,
    TaskCountedOn,
    TaskLightTally,
    TaskMonthTally,
    TaskMove,
    TaskPlaceTally,
)

PORTION = 2_000  # tasks counted in one transaction
LIGHTS = ("campaign_id", "source", "light", "pace", "is_late")
MONTHS = ("campaign_id", "opened", "closed", "late_from", "late_until")
PLACES = ("campaign_id", "unit_id", "department_id")
OPEN = ("deep_red", "red", "yellow", "under_way", "total")  # what a place is sorted by
COLUMNS = (*LIGHTS[1:], *MONTHS, *PLACES[1:])
STANDING = (
    "pk", "source", "light", "pace", "is_late", "campaign", "assigned_on", "closed_on", "late_from", "late_until",
    "unit", "lead_department",
)  # fmt: skip


def count() -> int:
    """Count what has changed, and on a new day, or by a new calendar, all that is under way; returns how many tasks.

    Safe to run twice and at once. Side effects: rows of models/counts.py.
    """
    table.look_again()  # by the calendar of this moment, not by one of a second ago
    counted = 0
    while TaskMove.objects.exists():
        counted += count_moved()
    if not is_of_today():
        counted += count_under_way()
    return counted


def calendar_now() -> str:
    """The calendar and the rule of the lights by which one counts."""
    return str(calendar.table().generation)


def is_of_today() -> bool:
    """Whether all tasks under way were counted today, by the calendar that counts now."""
    return TaskCountedOn.objects.filter(day=clock.today(), calendar=calendar_now()).exists()


def alone() -> TaskCountedOn:
    """The row that whoever counts holds until the transaction ends."""
    TaskCountedOn.objects.bulk_create([TaskCountedOn(pk=1, day=dt.date.min)], ignore_conflicts=True)
    return TaskCountedOn.objects.select_for_update().get(pk=1)


@transaction.atomic
def count_moved() -> int:
    alone()
    moves = dict(TaskMove.objects.order_by("pk").values_list("pk", "task_key")[:PORTION])
    recount({*moves.values()})
    TaskMove.objects.filter(pk__in=moves).delete()
    return len(moves)


def count_under_way() -> int:
    """Those whose light may have changed overnight. Readers go by the day of the last whole count until all are done."""
    day, by, last, counted = clock.today(), calendar_now(), 0, 0
    moving = TaskCounted.objects.exclude(light=Light.CLOSED).order_by("task_key")
    while keys := list(moving.filter(task_key__gt=last).values_list("task_key", flat=True)[:PORTION]):
        with transaction.atomic():
            alone()
            recount({*keys}, day)
        counted, last = counted + len(keys), keys[-1]
    with transaction.atomic():
        alone()
        TaskCountedOn.objects.filter(pk=1).update(day=day, calendar=by)
    return counted


def recount(keys: set[int], today=None) -> None:
    """Enter how these tasks stand now in place of how they stood, and move the tallies by the difference."""
    before = {row.task_key: row for row in TaskCounted.objects.filter(task_key__in=keys)}
    rows = Task.objects.filter(pk__in=keys).with_standing(today).order_by("pk").values_list(*STANDING)
    now = {row[0]: counted_of(*row) for row in rows}
    other = {key for key in keys if group(before.get(key), COLUMNS) != group(now.get(key), COLUMNS)}
    gone, come = [before[key] for key in other & before.keys()], [now[key] for key in other & now.keys()]
    TaskCounted.objects.filter(task_key__in=[row.task_key for row in gone]).delete()
    TaskCounted.objects.bulk_create(come)
    for model, columns in ((TaskLightTally, LIGHTS), (TaskMonthTally, MONTHS)):
        tally(model, columns, difference(gone, come, columns))
    tally_places(gone, come)


def counted_of(
    key, source, light, pace, is_late, campaign, opened, closed, late_from, late_until, unit, department
):
    """The standing of one task as a row."""
    return TaskCounted(
        task_key=key,
        source=source,
        light=light,
        pace=pace,
        is_late=is_late,
        campaign_id=campaign,
        unit_id=unit,
        department_id=department,
        **months_of(opened, closed, late_from, late_until),
    )


def months_of(opened, closed, late_from, late_until) -> dict:
    """The months of these days; no lateness where it ended in the month in which it began."""
    first, end = late_from and months.first_of(late_from), late_until and months.first_of(late_until)
    late = first is not None and (end is None or end > first)
    return {
        "opened": months.first_of(opened),
        "closed": closed and months.first_of(closed),
        "late_from": first if late else None,
        "late_until": end if late else None,
    }


def group(row, columns) -> tuple | None:
    return row and tuple(getattr(row, column) for column in columns)


def difference(gone, come, columns) -> Counter:
    """Group → by how much its number changes."""
    found = Counter(group(row, columns) for row in come)
    found.subtract(group(row, columns) for row in gone)
    return found


def tally(model, columns, changes: Counter) -> None:
    """Move the numbers of a tally. Whoever counts is alone, so rows are read and written at leisure."""
    campaigns = {key[0] for key, number in changes.items() if number}
    kept = {group(row, columns): row for row in model.objects.filter(campaign__in=campaigns)}
    changed = {key: number for key, number in changes.items() if number}
    for key, number in changed.items():
        kept.setdefault(key, model(number=0, **dict(zip(columns, key, strict=True)))).number += number
    write(model, [kept[key] for key in changed], ["number"], "number")


def tally_places(gone, come) -> None:
    """Move what units and departments are sorted by."""
    changes: dict[tuple, Counter] = {}
    for rows, sign in ((gone, -1), (come, 1)):
        for row in rows:
            for place in {(row.campaign_id, row.unit_id, None), group(row, PLACES)}:
                changes.setdefault(place, Counter()).update(
                    {name: sign for name in ("total", row.light, *under_way(row))}
                )
    units = {unit for _, unit, _ in changes}
    orders = dict(Unit.objects.filter(pk__in=units).values_list("pk", "order"))
    rows = TaskPlaceTally.objects.filter(
        unit__in=units, campaign__in={campaign for campaign, _, _ in changes}
    )
    kept = {group(row, PLACES): row for row in rows}
    for place, counts in changes.items():
        row = kept.setdefault(place, TaskPlaceTally(**dict(zip(PLACES, place, strict=True))))
        row.unit_order = orders[row.unit_id]
        for name in OPEN:
            setattr(row, name, getattr(row, name) + counts[name])
    write(TaskPlaceTally, [kept[place] for place in changes], ["unit_order", *OPEN], "total")


def under_way(row) -> tuple:
    return () if row.light == Light.CLOSED else ("under_way",)


def write(model, rows, columns, number) -> None:
    """New rows in, known ones changed, and those that count nothing out."""
    known = [row for row in rows if row.pk]
    model.objects.filter(pk__in=[row.pk for row in known if not getattr(row, number)]).delete()
    model.objects.bulk_update([row for row in known if getattr(row, number)], columns, batch_size=500)
    model.objects.bulk_create(row for row in rows if not row.pk and getattr(row, number))
