"""The calendar as the State Council's office announces it each autumn (dossier 8.1): data, never rules alone."""

from django.conf import settings
from django.db import models

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
