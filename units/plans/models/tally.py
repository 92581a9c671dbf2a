"""Counts that the database keeps itself, so that no page counts forty thousand rows.

Triggers (see the tallies migration) add a row of differences in the transaction of every change, so a count is never
behind its rows and nobody waits for a counter. A count is the sum of its rows; a clock folds them together.
"""

from django.db import models

from units.campaigns.models import Campaign
from units.organisation.models import Unit


class Tally(models.Model):
    """Rows of differences; `COUNTED` are the columns to be summed, `BY` those that say what they count."""

    BY: tuple[str, ...] = ()
    COUNTED: tuple[str, ...] = ()

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")

    class Meta:
        abstract = True

    def __str__(self):
        return " ".join(str(getattr(self, name)) for name in (*self.BY, *self.COUNTED))


class PlanTally(Tally):
    """How many plans of a campaign stand how, by category and tier of their units (应报 / 已报 / 迟报 / 未报 / 退回)."""

    BY = ("campaign_id", "category", "tier")
    COUNTED = ("expected", "handed_in", "on_time", "late", "missing", "returned", "approved")

    category = models.CharField(max_length=16, choices=Unit.Category)
    tier = models.CharField(max_length=16, choices=Unit.Tier)
    expected = models.IntegerField("应报")
    handed_in = models.IntegerField("已报")
    on_time = models.IntegerField("按时")
    late = models.IntegerField("迟报")
    missing = models.IntegerField("未报")
    returned = models.IntegerField("退回")
    approved = models.IntegerField("备案")

    class Meta:
        verbose_name = verbose_name_plural = "方案报送计数"


class MeasureTally(Tally):
    """How many measures in force of a campaign are due on a day, open and done; lights follow from the day."""

    BY = ("campaign_id", "due_on", "done")
    COUNTED = ("number",)

    due_on = models.DateField("完成时限")
    done = models.BooleanField("已办结")
    number = models.IntegerField("措施数")

    class Meta:
        verbose_name = verbose_name_plural = "措施计数"
