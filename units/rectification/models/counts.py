"""Counts of tasks that are kept, so that no board counts a hundred thousand rows (docs/decisions/boards.md).

The database notes every change of a task in a row of its own (TaskMove, written by a trigger), so nobody waits for a counter.
A clock counts what was noted (counting.py). A number is what the clock has counted, less what it counted of the tasks noted
since, and those as they stand now: right at every moment, whichever road a change takes.
"""

from django.db import models
from django.db.models import Q

from sanwei.core.workdays.lights import Light, Pace
from units.campaigns.models import Campaign
from units.organisation.models import Department, Unit
from units.rectification.states import Source


class TaskMove(models.Model):
    """A task that has changed since it was counted. A key and no reference: the task may be gone."""

    task_key = models.BigIntegerField()

    class Meta:
        verbose_name = verbose_name_plural = "任务待计数"

    def __str__(self):
        return str(self.task_key)


class Standing(models.Model):
    """How a task stands: what boards group it by."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+", db_index=False)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"


class TaskLights(models.Model):
    """Source, light, class of progress, and whether it is late today."""

    source = models.CharField("任务来源", max_length=12, choices=Source)
    light = models.CharField("灯", max_length=10, choices=Light)
    pace = models.CharField("进度", max_length=10, choices=Pace)
    is_late = models.BooleanField("反馈逾期")

    class Meta:
        abstract = True


class TaskMonths(models.Model):
    """First days of months: given, closed, and late at the ends of those from `late_from` until before `late_until`."""

    opened = models.DateField("交办月份")
    closed = models.DateField("办结月份", null=True)
    late_from = models.DateField("逾期起", null=True)
    late_until = models.DateField("逾期止", null=True)

    class Meta:
        abstract = True


class TaskCounted(Standing, TaskLights, TaskMonths):
    """How a task stood when it was counted; it stands in the tallies so. The key is the task's."""

    task_key = models.BigIntegerField(primary_key=True)
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+", db_index=False)
    department = models.ForeignKey(Department, models.CASCADE, null=True, related_name="+", db_index=False)

    class Meta:
        verbose_name = verbose_name_plural = "已计数任务"
        indexes = [
            # Those whose light changes with the day.
            models.Index(fields=["task_key"], name="task_counted_moving", condition=~Q(light="closed"))
        ]


class TaskLightTally(Standing, TaskLights):
    """How many tasks of a campaign stand so."""

    number = models.IntegerField("任务数")

    class Meta:
        verbose_name = verbose_name_plural = "任务亮灯计数"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "source", "light", "pace", "is_late"], name="task_light_tally_once"
            )
        ]


class TaskMonthTally(Standing, TaskMonths):
    """How many tasks of a campaign were given, closed and late in these months."""

    number = models.IntegerField("任务数")

    class Meta:
        verbose_name = verbose_name_plural = "任务月份计数"
        indexes = [models.Index(fields=["campaign"], name="task_month_tally")]


class TaskPlaceTally(Standing):
    """How a unit, or a department of it, stood when it was counted: the order of the board, worst first.

    The numbers beside it are counted when it is shown.
    """

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+", db_index=False)
    department = models.ForeignKey(Department, models.CASCADE, null=True, related_name="+", db_index=False)
    unit_order = models.PositiveIntegerField("排序号")
    deep_red = models.IntegerField(default=0)
    red = models.IntegerField(default=0)
    yellow = models.IntegerField(default=0)
    under_way = models.IntegerField("在办", default=0)
    total = models.IntegerField("任务数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "单位任务计数"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "unit"], condition=Q(department=None), name="task_place_unit_once"
            ),
            models.UniqueConstraint(
                fields=["campaign", "department"],
                condition=Q(department__isnull=False),
                name="task_place_department_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["campaign", "-deep_red", "-red", "-yellow", "unit_order", "id"],
                name="task_place_units_worst",
                condition=Q(department=None),
            ),
            models.Index(
                fields=["campaign", "-deep_red", "-red", "-yellow", "unit_order", "id"],
                name="task_place_depts_worst",
                condition=Q(department__isnull=False),
            ),
            models.Index(fields=["campaign", "-under_way", "unit_order", "id"], name="task_place_under_way"),
            models.Index(fields=["campaign", "unit_order", "id"], name="task_place_in_order"),
        ]


class TaskCountedOn(models.Model):
    """The day and the calendar by which all tasks under way were counted last. One row."""

    day = models.DateField("计数日")
    calendar = models.CharField(max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "任务计数日"

    def __str__(self):
        return str(self.day)
