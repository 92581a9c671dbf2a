"""What is done on a task: progress, help by others, time that does not count."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from sanwei.core import clock
from units.organisation.models import Department, Unit


class TaskProgress(models.Model):
    """What was reported on a task (T6: 进展情况、完成率、存在问题、下步打算). Never edited."""

    task = models.ForeignKey("Task", models.CASCADE, related_name="progress")
    percent = models.PositiveSmallIntegerField("完成率")
    planned = models.PositiveSmallIntegerField(
        "计划进度"
    )  # what time alone would have called for on that day
    text = models.TextField("进展情况", max_length=2000)
    problems = models.CharField("存在问题", max_length=500, blank=True)
    next_steps = models.CharField("下步打算", max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "任务进展"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__lte=100, planned__lte=100), name="task_progress_at_most_100"
            )
        ]

    def __str__(self):
        return f"{self.task} {self.percent}%"


class Assistance(models.Model):
    """A unit or department that helps the one in the lead (协办), and what it contributes."""

    task = models.ForeignKey("Task", models.CASCADE, related_name="assistance")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="协办单位", related_name="+")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, verbose_name="协办科室", related_name="+"
    )
    due_on = models.DateField("协办意见时限")  # half of the whole time (dossier 3.2)
    opinion = models.TextField("协办意见", max_length=2000, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField("提出时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "协办"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "task", "unit", Coalesce("department", 0), name="assistance_once_per_place"
            )
        ]

    def __str__(self):
        return str(self.department or self.unit)


class Pause(models.Model):
    """Time that does not count: from the day of suspension to the day before work went on."""

    task = models.ForeignKey("Task", models.CASCADE, related_name="pauses")
    first = models.DateField("中止起")
    last = models.DateField("中止止")
    workdays = models.PositiveIntegerField("工作日")

    class Meta:
        verbose_name = verbose_name_plural = "中止期间"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="pause_ends_after_start")
        ]

    def __str__(self):
        return f"{self.first}至{self.last}"
