"""The measure ledger (措施台账): lines of plans in force, and how far each has come."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sanwei.core import clock
from sanwei.core.workdays.lights import light_of
from units.organisation.models import LONGEST_QUERY, Department, Unit
from units.plans.content import LONGEST
from units.plans.models.plan import Plan


class MeasureQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(plan__in=Plan.objects.visible_to(user))

    def in_force(self):
        return self.filter(dropped=False)

    def with_light(self):
        """Annotates `light` (core/workdays/lights.Light)."""
        return self.annotate(light=light_of("due_on", closed=Q(done_on__isnull=False)))

    def filtered(self, *, q="", light="", kind=""):
        """Narrow what for_list() found by what the filter bar says; what says nothing narrows nothing."""
        measures = self
        if words := q.strip()[:LONGEST_QUERY]:
            measures = measures.filter(
                Q(plan__unit__in=Unit.objects.matching(words)) | Q(title__icontains=words)
            )
        for field, value in (("light", light), ("kind", kind)):
            if value:
                measures = measures.filter(**{field: value})
        return measures

    def for_list(self):
        return self.with_light().select_related("plan__unit", "plan__campaign", "department")


class Measure(models.Model):
    """One line of the measure ledger (措施台账, R2.7): made when its plan is approved, kept when it is amended."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="measures")
    uid = models.CharField(max_length=12)  # the row's identity through all versions of the plan
    position = models.PositiveIntegerField("序号")
    title = models.CharField("举措", max_length=LONGEST["title"])
    kind = models.CharField("类型", max_length=4)
    goal = models.CharField("目标", max_length=LONGEST["goal"], blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, verbose_name="责任科室", related_name="+"
    )
    department_name = models.CharField("责任科室", max_length=LONGEST["department"])
    person = models.CharField("责任人", max_length=LONGEST["person"], blank=True)
    due_on = models.DateField("完成时限")
    deliverable = models.CharField("完成标准", max_length=LONGEST["deliverable"], blank=True)
    theme = models.CharField("主题标签", max_length=LONGEST["theme"], blank=True)
    percent = models.PositiveSmallIntegerField("完成率", default=0)
    done_on = models.DateField("完成日期", null=True, blank=True)
    dropped = models.BooleanField("已取消", default=False)  # no longer in the version in force
    version = models.PositiveIntegerField(default=1)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "措施台账"
        indexes = [models.Index(fields=["plan", "position"], name="measure_by_plan")]
        constraints = [
            models.UniqueConstraint(fields=["plan", "uid"], name="measure_once_per_plan"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="measure_percent_at_most_100"),
            models.CheckConstraint(
                condition=Q(percent=100, done_on__isnull=False) | Q(percent__lt=100, done_on__isnull=True),
                name="measure_done_has_date",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def due_at(self):
        """The instant at which the due day ends."""
        return clock.end_of_day(self.due_on)


class Progress(models.Model):
    """What was reported on a measure: how far, in words, by whom, when. Never edited."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="progress")
    percent = models.PositiveSmallIntegerField("完成率")
    text = models.TextField("进展情况", max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "措施进展"
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.measure} {self.percent}%"
