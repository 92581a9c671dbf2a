"""What follows from a finding: its tasks, and the second looks at it."""

from django.conf import settings
from django.db import models

from assessments.inspections.models.finding import Finding
from assessments.inspections.models.inspection import Inspection
from units.rectification.models import Task


class FindingTask(models.Model):
    """A task that was opened from a finding: the order went down, the key came back."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="tasks")
    task = models.OneToOneField(Task, models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField("轮次")

    class Meta:
        verbose_name = verbose_name_plural = "问题整改任务"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["finding", "round"], name="finding_task_once_per_round")
        ]

    def __str__(self):
        return str(self.task)


class LookBack(models.Model):
    """What was found when somebody looked again (回头看)."""

    class Outcome(models.TextChoices):
        KEPT = "kept", "整改到位"
        RELAPSED = "relapsed", "问题反弹"
        NOT_DONE = "not_done", "整改不到位"

    OUTCOME_LOOK = {Outcome.KEPT: "green", Outcome.RELAPSED: "red", Outcome.NOT_DONE: "red"}
    FAILED = (Outcome.RELAPSED, Outcome.NOT_DONE)

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="look_backs")
    inspection = models.ForeignKey(
        Inspection, models.PROTECT, null=True, blank=True, related_name="look_backs"
    )
    outcome = models.CharField("复查结果", max_length=8, choices=Outcome)
    note = models.CharField("复查情况", max_length=1000)
    looked_on = models.DateField("复查日期")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = verbose_name_plural = "回头看"
        ordering = ["pk"]

    def __str__(self):
        return self.get_outcome_display()
