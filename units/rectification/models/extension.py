"""More time for a task: asked by the unit, signed by its head, decided by the office (dossier 3.2)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sanwei.core import clock


class TaskExtension(models.Model):
    """One application for more time, and what became of it."""

    class Outcome(models.TextChoices):
        PENDING = "pending", "待批"
        GRANTED = "granted", "已批准"
        REFUSED = "refused", "不予延期"
        HANDED_BACK = "handed_back", "单位退回"
        LAPSED = "lapsed", "失效"

    OUTCOME_LOOK = {
        Outcome.PENDING: "amber",
        Outcome.GRANTED: "green",
        Outcome.REFUSED: "red",
        Outcome.HANDED_BACK: "grey",
        Outcome.LAPSED: "grey",
    }

    task = models.ForeignKey("Task", models.CASCADE, related_name="extensions")
    previous_due_on = models.DateField("原期限")
    wanted_due_on = models.DateField("申请延期至")
    reason = models.CharField("延期理由", max_length=500)
    progress = models.CharField("目前进展", max_length=1000)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="申请人", related_name="+"
    )
    asked_at = models.DateTimeField("申请时间", default=clock.now)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="签发人", related_name="+"
    )
    signed_at = models.DateTimeField("签发时间", null=True)
    outcome = models.CharField("批复", max_length=12, choices=Outcome, default=Outcome.PENDING)
    due_on = models.DateField("延期至", null=True)
    opinion = models.CharField("批复意见", max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="批复人", related_name="+"
    )
    decided_at = models.DateTimeField("批复时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "延期申请"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["task"], condition=Q(outcome="pending"), name="task_extension_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(outcome="granted")
                | Q(due_on__gt=F("previous_due_on"), signed_at__isnull=False, decided_at__isnull=False),
                name="task_extension_gives_more_time",
            ),
        ]

    def __str__(self):
        return f"{self.task}延期申请"
