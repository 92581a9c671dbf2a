"""The calendar as the State Council's office announces it each autumn (dossier 8.1): data, never rules alone."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sanwei.core import clock


class CalendarYear(models.Model):
    """One year that has been entered, and whether the official notice stands behind it."""

    class Status(models.TextChoices):
        OFFICIAL = "official", "已公布"
        PROVISIONAL = "provisional", "暂估"

    year = models.PositiveSmallIntegerField("年份", primary_key=True)
    status = models.CharField("状态", max_length=12, choices=Status)
    source = models.CharField("来源", max_length=200, blank=True)
    imported_at = models.DateTimeField("导入时间", default=clock.now)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "工作日历"

    def __str__(self):
        return f"{self.year}年（{self.get_status_display()}）"


class CalendarDay(models.Model):
    """A day that is not what its weekday says: a holiday, or a weekend day that is worked."""

    class Kind(models.TextChoices):
        REST = "rest", "休息"
        WORK = "work", "上班"

    date = models.DateField("日期", unique=True)
    kind = models.CharField("性质", max_length=4, choices=Kind)
    name = models.CharField("名称", max_length=20)
    year = models.ForeignKey(CalendarYear, models.CASCADE, related_name="days")

    class Meta:
        verbose_name = verbose_name_plural = "日历日"
        ordering = ["date"]

    def __str__(self):
        return f"{self.date} {self.name}"


class LightRule(models.Model):
    """When lights change, from a day on (dossier 3.3, Appendix B); rules are added, never edited, so that a light of last
    month can be explained by the rule of last month."""

    since = models.DateField("自", unique=True)
    near = models.PositiveSmallIntegerField("临期黄灯（剩余工作日）")
    near_percent = models.PositiveSmallIntegerField("临期黄灯（剩余期限占比，%）")
    behind = models.PositiveSmallIntegerField("滞后黄灯（落后百分点）")
    sent_back = models.PositiveSmallIntegerField("退办红灯（次）")
    deep_red = models.PositiveSmallIntegerField("深红灯（逾期工作日）")
    reason = models.CharField("理由", max_length=200)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField("设定时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "亮灯规则"
        ordering = ["-since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(near_percent__lte=100, behind__lte=100, sent_back__gte=1, deep_red__gte=1),
                name="light_rule_makes_sense",
            )
        ]

    def __str__(self):
        return f"{self.since}起的亮灯规则"
