"""Who answers (追究对象), and with what form of accountability at which stage (责任追究方式)."""

from django.db import models
from django.db.models import F, Q

from assessments.accountability import sanctions
from sanwei.core import clock


class RespondentQuerySet(models.QuerySet):
    def in_order(self):
        return self.order_by("pk")

    def for_register(self):
        """The rows of T14: each with its case, the newest case first."""
        in_force = models.Prefetch("sanctions", Sanction.objects.in_force(), to_attr="standing")
        return self.select_related("case", "case__unit").prefetch_related(in_force).order_by("-case_id", "pk")


class Respondent(models.Model):
    """The unit itself, or one of its persons. The only place where a name stands."""

    class Kind(models.TextChoices):
        UNIT = "unit", "单位"
        GENERAL = "general", "一般干部"
        SECTION = "section", "科级干部"
        COUNTY = "county", "县处级干部"
        OTHER = "other", "编外聘用、借调人员"

    LEADERS = (Kind.SECTION, Kind.COUNTY)

    case = models.ForeignKey("AccountabilityCase", models.CASCADE, related_name="respondents")
    kind = models.CharField("人员类别", max_length=8, choices=Kind)
    name = models.CharField("姓名", max_length=64, blank=True)
    name_key = models.CharField(max_length=64, blank=True, editable=False)  # naming.key_of(name)
    title = models.CharField("职务", max_length=60, blank=True)
    department = models.CharField("科室", max_length=60, blank=True)

    objects = RespondentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "追究对象"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["name_key"], name="respondent_name", condition=~Q(name_key="")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "name_key"], name="respondent_once_per_case"),
            models.CheckConstraint(
                condition=Q(kind="unit", name="", name_key="")
                | (~Q(kind="unit") & ~Q(name="") & ~Q(name_key="")),
                name="respondent_person_has_name",
            ),
        ]

    def __str__(self):
        """Safe anywhere: who it is stands only where names may stand."""
        return self.get_kind_display()

    @property
    def called(self) -> str:
        """张三（审批科科长）, or the unit's name; for pages of one case only."""
        if self.kind == self.Kind.UNIT:
            return self.case.unit.name
        post = f"{self.department}{self.title}"
        return f"{self.name}（{post}）" if post else self.name

    @property
    def forms(self) -> list[sanctions.Form]:
        """What can be applied to it."""
        if self.kind == self.Kind.UNIT:
            return sanctions.applicable(sanctions.UNIT)
        leader = [sanctions.LEADER] if self.kind in self.LEADERS else []
        return sanctions.applicable(sanctions.PERSON, *leader)


class SanctionQuerySet(models.QuerySet):
    def in_force(self):
        """What was decided and stands: neither replaced nor revoked on appeal."""
        return self.filter(in_force=True)

    def in_effect(self, on=None):
        """Those whose effect period holds a civil day (today by default)."""
        day = on or clock.today()
        lasting = Q(effect_until__gte=day) | Q(months__isnull=True)
        return self.in_force().filter(lasting, starts_on__lte=day)

    def of_unit(self, unit, since, until):
        """Decided on the unit and its people after `since` and not after `until`, the oldest first."""
        known = self.in_force().filter(respondent__case__unit=unit, starts_on__gt=since, starts_on__lte=until)
        return known.order_by("starts_on", "respondent", "rank")


class Sanction(models.Model):
    """One form for one respondent: told before the hearing, proposed after it, decided by the organ, amended on appeal."""

    class Stage(models.TextChoices):
        TOLD = "told", "告知"
        PROPOSED = "proposed", "建议"
        DECIDED = "decided", "决定"

    respondent = models.ForeignKey(Respondent, models.PROTECT, related_name="sanctions")
    stage = models.CharField("阶段", max_length=10, choices=Stage)
    # TOLD and PROPOSED: the round of the hearing; DECIDED: 1, and one more for each time it was amended.
    round = models.PositiveSmallIntegerField("次数")
    form = models.CharField("责任追究方式", max_length=16, choices=sanctions.CHOICES)
    rank = models.PositiveSmallIntegerField("序位")
    in_force = models.BooleanField("有效决定", default=False)
    starts_on = models.DateField("决定日期", null=True)
    months = models.PositiveSmallIntegerField("影响期（月）", null=True)  # null: without end; 0: none
    effect_until = models.DateField("影响期止", null=True)

    objects = SanctionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "责任追究方式"
        ordering = ["rank", "pk"]
        indexes = [
            models.Index(fields=["starts_on", "respondent"], name="sanction_standing", condition=Q(in_force=True))
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(
                fields=["respondent", "stage", "round", "form"], name="sanction_once_per_stage"
            ),
            models.CheckConstraint(
                condition=Q(in_force=False) | Q(stage="decided", starts_on__isnull=False),
                name="sanction_in_force_is_decided",
            ),
            models.CheckConstraint(
                condition=Q(effect_until__isnull=True) | Q(effect_until__gte=F("starts_on")),
                name="sanction_ends_after_decision",
            ),
        ]

    def __str__(self):
        return self.get_form_display()
