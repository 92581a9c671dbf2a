"""Times during which the house tells nobody anything by itself."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sanwei.core import clock


class HoldQuerySet(models.QuerySet):
    def standing(self):
        """The holds that nobody has let go of yet."""
        return self.filter(released_at=None)


class Hold(models.Model):
    """From a restore until a person lets go, nothing is sent and no clock tells anybody anything (BKP-09).

    What was sent between the backup and the loss stands in the restored outbox as if it had not been.
    """

    class Reason(models.TextChoices):
        RESTORE = "restore", "从备份恢复"

    reason = models.CharField("原因", max_length=10, choices=Reason)
    since = models.DateTimeField("起始时间", default=clock.now)
    released_at = models.DateTimeField("放行时间", null=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="放行人", related_name="+"
    )

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "暂停发送"
        constraints = [
            models.UniqueConstraint(
                fields=["reason"], condition=Q(released_at=None), name="hold_once_per_reason"
            )
        ]

    def __str__(self):
        return f"{self.get_reason_display()}后暂停发送"

    def warning(self) -> str:
        """What keepers are told on their pages."""
        since = clock.local(self.since)
        return (
            f"系统{self.get_reason_display()}后尚未放行：自{since:%Y年%-m月%-d日%H:%M}起，邮件、短信和到期提醒均暂停发送。"
            "请核对待发消息后，在服务器上执行 manage.py release_outbox 放行。"
        )


def standing() -> Hold | None:
    """The hold that nobody has let go of yet."""
    return Hold.objects.standing().first()


def is_held() -> bool:
    """Whether nothing may be sent now."""
    return standing() is not None
