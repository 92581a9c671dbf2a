"""Which scheme of escalation is in force from which day (累计追究办法)."""

from django.conf import settings
from django.db import models

from assessments.accountability.escalation import Scheme
from sanwei.core import clock


class EscalationRuleQuerySet(models.QuerySet):
    def current(self):
        """The history, newest first; whoever handles cases may know it."""
        return self.select_related("set_by").order_by("-since")

    def scheme_on(self, day) -> str:
        """The scheme of a civil day; the city's where nothing was entered."""
        found = self.filter(since__lte=day).order_by("-since").values_list("scheme", flat=True).first()
        return found or Scheme.CITY


class EscalationRule(models.Model):
    """Added, never edited, so that a decision of last year is explained by the scheme of last year."""

    since = models.DateField("自", unique=True)
    scheme = models.CharField("办法", max_length=8, choices=Scheme)
    reason = models.CharField("理由", max_length=200)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField("设定时间", default=clock.now)

    objects = EscalationRuleQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "累计追究办法"

    def __str__(self):
        return f"{self.since}起的累计追究办法"
