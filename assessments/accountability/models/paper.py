"""The notices by which a fault is held up to a unit or a person (过失通知单)."""

from django.conf import settings
from django.db import models


class FaultNotice(models.Model):
    """One numbered notice with what it asks for; signed for by the unit's head. Kept as it was issued."""

    class Grade(models.TextChoices):
        FAULT = "fault", "行政效能过失通知单"
        SERIOUS = "serious", "行政效能严重过失通知单"

    GRADE_LOOK = {Grade.FAULT: "amber", Grade.SERIOUS: "red"}

    case = models.ForeignKey("AccountabilityCase", models.PROTECT, related_name="notices")
    grade = models.CharField("种类", max_length=8, choices=Grade)
    number = models.CharField("编号", max_length=40, unique=True)
    requirement = models.TextField("处理要求", max_length=1000)
    due_on = models.DateField("反馈时限")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    issued_on = models.DateField("签发日期")
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="签收人", related_name="+"
    )
    signed_at = models.DateTimeField("签收时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "过失通知单"
        ordering = ["pk"]

    def __str__(self):
        return self.number
