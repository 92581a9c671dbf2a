"""Counters from which numbers without gaps are taken."""

from django.db import models


class NumberSeries(models.Model):
    """The last number taken in one series and year (dossier 7.3: per series × year, gaps not allowed)."""

    series = models.CharField("代字", max_length=40)
    year = models.PositiveSmallIntegerField("年份")
    last = models.PositiveIntegerField("末号", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "文号序列"
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="series_once_a_year")]

    def __str__(self):
        return f"{self.series}〔{self.year}〕"
