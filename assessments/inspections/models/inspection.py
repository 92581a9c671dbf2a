"""The inspection (督查): what is to be looked at, where, when and by whom. Secret until it is done (dossier 3.1, 3.5)."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from assessments.inspections import hindrances
from assessments.inspections.states import INSPECTION_TRANSITIONS, SECRET, InspectionState, Kind
from sanwei.core import clock
from sanwei.core.addresses import address
from sanwei.core.roles import Role
from units.campaigns.models import Campaign
from units.organisation.access import roles_of, units_of
from units.organisation.models import LONGEST_QUERY, Unit

PLANNERS = frozenset({Role.INSPECTOR, Role.OFFICE_HEAD})
READERS = PLANNERS | {Role.OFFICE, Role.LEADER}
ONE_DAY = dt.timedelta(days=1)


class InspectionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Inspectors and the head of the office; its staff and leaders once it is done (A14). Units never.

        Nobody sees a secret inspection of a unit in which he holds a post (回避).
        """
        roles = roles_of(user) if user.is_authenticated else frozenset()
        if not roles & READERS:
            return self.none()
        seen = self if roles & PLANNERS else self.filter(state=InspectionState.DONE)
        if own := units_of(user):
            drawn = InspectedUnit.objects.filter(inspection=OuterRef("pk"), unit__in=own)
            seen = seen.filter(~Q(state__in=SECRET) | ~Exists(drawn))
        return seen

    def filtered(self, *, q="", kind="", state=""):
        """Narrow by what the filter bar says; what says nothing narrows nothing."""
        inspections = self
        if words := q.strip()[:LONGEST_QUERY]:
            inspections = inspections.filter(Q(theme__icontains=words) | Q(number__icontains=words))
        for field, value in (("kind", kind), ("state", state)):
            if value:
                inspections = inspections.filter(**{field: value})
        return inspections

    def to_fill(self, user):
        """Those under way in whose team `user` is: what the field page offers."""
        teams = TeamMember.objects.filter(inspection=OuterRef("pk"), user=user.pk)
        return self.filter(Exists(teams), state=InspectionState.UNDER_WAY)

    def for_list(self):
        return self.annotate(
            unit_count=models.Count("inspected", distinct=True),
            finding_count=models.Count("findings", distinct=True),
        )

    def for_detail(self):
        return self.select_related("campaign")


class Inspection(models.Model):
    """One inspection plan (督查方案) and what became of it."""

    State, Kind, TRANSITIONS = InspectionState, Kind, INSPECTION_TRANSITIONS
    STATE_LOOK = {
        InspectionState.PREPARED: "amber",
        InspectionState.UNDER_WAY: "blue",
        InspectionState.DONE: "green",
        InspectionState.CANCELLED: "grey",
    }

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, verbose_name="创建活动", related_name="inspections", db_index=False
    )
    number = models.CharField("督查编号", max_length=40, unique=True)
    filing_number = models.CharField("批准文号", max_length=60, blank=True)
    kind = models.CharField("督查种类", max_length=14, choices=Kind)
    theme = models.CharField("督查主题", max_length=120)
    scope = models.TextField("督查内容", max_length=2000, blank=True)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    state = models.CharField("状态", max_length=10, choices=InspectionState, default=InspectionState.PREPARED)
    version = models.PositiveIntegerField(default=1)
    state_changed_at = models.DateTimeField("状态变更时间", default=clock.now)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="拟订人", related_name="+", db_index=False
    )

    objects = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "督查"
        indexes = [
            models.Index(fields=["campaign", "-starts_on", "-id"], name="inspection_list"),
            models.Index(fields=["ends_on", "starts_on"], name="inspection_days"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="inspection_ends_after_start"
            )
        ]

    def __str__(self):
        return f"{self.number} {self.theme}"

    def get_absolute_url(self):
        return address("inspections:detail", self.pk)

    @property
    def is_secret(self) -> bool:
        return self.state in SECRET

    def hindrance(self, verb: str) -> str:
        """What stands against a verb besides the state."""
        return hindrances.of_inspection(self, verb)


class TeamMember(models.Model):
    """Somebody of the team: an inspector of the portal, or a guest by name (人大代表、政协委员、专家). Never shown to a unit."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="team")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="督查员",
        related_name="+",
    )
    name = models.CharField("姓名", max_length=64)
    leads = models.BooleanField("组长", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "督查组成员"
        ordering = ["-leads", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "name"], name="team_member_once"),
            models.UniqueConstraint(
                fields=["inspection"], condition=Q(leads=True), name="team_has_one_leader"
            ),  # 督查组实行组长负责制 (《政府督查工作条例》 art. 8)
        ]

    def __str__(self):
        return self.name


class InspectedUnitQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(inspection__in=Inspection.objects.visible_to(user))

    def in_same_weeks(self, units, starts_on, ends_on, besides=None):
        """The same units in other inspections whose calendar weeks touch those of these days (dossier 3.1, Appendix C 26)."""
        monday = starts_on - starts_on.weekday() * ONE_DAY
        sunday = ends_on + (6 - ends_on.weekday()) * ONE_DAY
        return (
            self.filter(unit__in=units, inspection__starts_on__lte=sunday, inspection__ends_on__gte=monday)
            .exclude(inspection__state=InspectionState.CANCELLED)
            .exclude(inspection=besides)
            .select_related("unit", "inspection")
            .order_by("unit__order", "inspection__starts_on", "pk")
        )


class InspectedUnit(models.Model):
    """A unit of an inspection: drawn by lot or named, and what the visit showed."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="inspected", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位", related_name="+")
    draw = models.ForeignKey(
        "Draw", models.PROTECT, null=True, blank=True, verbose_name="抽取", related_name="+", db_index=False
    )
    reason = models.CharField("指定理由", max_length=300, blank=True)
    visited_on = models.DateField("走访日期", null=True, blank=True)
    visit_note = models.CharField("走访情况", max_length=1000, blank=True)

    objects = InspectedUnitQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "督查单位"
        constraints = [
            models.UniqueConstraint(fields=["inspection", "unit"], name="inspected_once"),
            models.CheckConstraint(
                condition=Q(draw__isnull=False) | ~Q(reason=""), name="inspected_by_lot_or_with_reason"
            ),
        ]

    def __str__(self):
        return str(self.unit)


class Draw(models.Model):
    """One drawing of lots: what was asked, the seed, who stood in the urn, who came out. Never changed (guards migration)."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="draws")
    seed = models.CharField("随机种子", max_length=64)
    wanted = models.PositiveIntegerField("抽取数量")
    candidates = models.JSONField("候选单位")  # codes in the fixed order
    drawn = models.JSONField("抽中单位")  # codes in the order of their tickets
    reason = models.CharField("重抽理由", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField("抽取时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "随机抽取"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.inspection.number}第{self.pk}次抽取"
