"""The three-colour sheet (三色督办单): numbered, signed for, and kept (dossier 3.3)."""

from django.conf import settings
from django.db import models

from sanwei.core import clock


class Urging(models.Model):
    """One sheet. A task is urged once a day at most; each sheet states the requirement and its own limit anew."""

    class Colour(models.TextChoices):
        BLUE = "blue", "蓝色督办单"
        ORANGE = "orange", "橙色督办单"
        RED = "red", "红色督办单"

    COLOUR_LOOK = {Colour.BLUE: "blue", Colour.ORANGE: "amber", Colour.RED: "red"}

    task = models.ForeignKey("Task", models.PROTECT, related_name="urgings")
    colour = models.CharField("颜色", max_length=6, choices=Colour)
    number = models.CharField("编号", max_length=40, unique=True)
    requirement = models.CharField("督办要求", max_length=1000)
    due_on = models.DateField("反馈时限")
    direct_reason = models.CharField("直接使用理由", max_length=200, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="签发人", related_name="+"
    )
    issued_on = models.DateField("签发日期")
    issued_at = models.DateTimeField("签发时间", default=clock.now)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="签收人", related_name="+"
    )
    signed_at = models.DateTimeField("签收时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "督办单"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["task", "issued_on"], name="urging_once_a_day"),
        ]

    def __str__(self):
        return f"{self.get_colour_display()} {self.number}"
