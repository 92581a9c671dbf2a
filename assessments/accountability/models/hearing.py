"""What respondents say before anything is proposed (陈述申辩)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sanwei.core import clock


class Statement(models.Model):
    """What one respondent said, or that it was waived. Never edited; who has more to say says it again."""

    respondent = models.ForeignKey("Respondent", models.PROTECT, related_name="statements")
    round = models.PositiveSmallIntegerField("告知次数")
    waived = models.BooleanField("放弃陈述申辩", default=False)
    text = models.TextField("陈述申辩意见", max_length=4000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_unit = models.BooleanField("由单位提交", default=True)
    at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "陈述申辩"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(waived=True) | ~Q(text=""), name="statement_says_something")
        ]

    def __str__(self):
        return "放弃陈述申辩" if self.waived else "陈述申辩"
