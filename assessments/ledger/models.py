"""The ledger (台账): the single road to points. Entries are only ever added; what was wrong is struck by a counter-entry."""

from django.conf import settings
from django.db import models
from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce, Round

from assessments.ledger.kinds import Kind, Terms, said
from sanwei.core import clock
from sanwei.core.addresses import address
from sanwei.core.roles import OFFICE_ROLES, Role
from units.campaigns.models import Campaign
from units.organisation.access import roles_of, units_of
from units.organisation.models import LONGEST_QUERY, Unit

MOST_SUMMED = 10_000  # entries that a page adds up while somebody waits
POINTS = models.DecimalField(max_digits=14, decimal_places=2)
SUM = Round(Sum("points"), precision=2, output_field=POINTS)  # SQLite adds decimals up as binary fractions


class AppendOnly(TypeError):
    """Somebody tried to change or take out what stands in the ledger."""


class LedgerEntryQuerySet(models.QuerySet):
    def update(self, **fields):
        raise AppendOnly("an entry of the ledger is never changed; reverse it")

    def bulk_update(self, *rows, **options):
        raise AppendOnly("an entry of the ledger is never changed; reverse it")

    def delete(self):
        raise AppendOnly("an entry of the ledger is never deleted; reverse it")

    delete.alters_data = delete.queryset_only = update.alters_data = bulk_update.alters_data = True

    def visible_to(self, user):
        """The office and the leading group see all; the clerk and the head of a unit its own (A14); others nothing."""
        if not user.is_authenticated:
            return self.none()
        if roles_of(user) & (OFFICE_ROLES | {Role.LEADER}):
            return self
        return self.filter(unit__in=units_of(user, Role.UNIT_CLERK, Role.UNIT_HEAD))

    def of(self, campaign, unit=None, indicator=""):
        """What counts for a campaign, or in it for a unit and an indicator."""
        found = self.filter(campaign=campaign)
        if unit is not None:
            found = found.filter(unit=unit)
        return found.filter(indicator=indicator) if indicator else found

    def caused_by(self, kind, *keys):
        """The entries, struck ones and counter-entries too, that these records of one kind brought about."""
        return self.filter(cause_kind=kind, cause_key__in=keys)

    def filtered(self, *, q="", unit=None, indicator="", kind="", struck=""):
        """Narrow by what the filter bar says; what says nothing narrows nothing."""
        entries = self
        if words := q.strip()[:LONGEST_QUERY]:
            entries = entries.filter(unit__in=Unit.objects.matching(words))
        if struck:
            counted = Q(reverses=None, counter_entry=None)
            entries = entries.filter(counted if struck == "no" else ~counted)
        for field, value in (("unit", unit), ("indicator", indicator.strip()), ("cause_kind", kind)):
            if value:
                entries = entries.filter(**{field: value})
        return entries

    def total(self) -> dict | None:
        """`points` and `entries` of these rows; None where they are more than a page can wait for."""
        some = self.order_by()[: MOST_SUMMED + 1]
        found = some.aggregate(points=Coalesce(SUM, 0, output_field=POINTS), entries=Count("pk"))
        return found if found["entries"] <= MOST_SUMMED else None

    def by_indicator(self):
        """One row for each unit and indicator: unit, indicator, points, entries."""
        grouped = self.order_by().values("unit", "indicator")
        return grouped.annotate(points=SUM, entries=Count("pk")).order_by("unit", "indicator")

    def for_list(self):
        return self.select_related("unit", "counter_entry")

    def for_detail(self):
        return self.select_related("unit", "campaign", "entered_by", "counter_entry", "reverses")


class LedgerEntry(models.Model):
    """Points for one unit under one indicator, for one event (dossier 2.3: 同一事项不重复扣分).

    The database refuses to change or delete one, and to take a counter-entry that does not mirror its entry (the guards
    migration). `entered_by` is empty where a clock entered it by rule.
    """

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, verbose_name="创建活动", related_name="ledger", db_index=False
    )
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位", related_name="ledger", db_index=False)
    unit_order = models.PositiveIntegerField("排序号")
    indicator = models.CharField("指标", max_length=20)
    points = models.DecimalField("分值", max_digits=7, decimal_places=2)
    # Which record it comes from; core/references.py finds what stands behind it.
    cause_kind = models.CharField("事由类别", max_length=20)
    cause_key = models.CharField(max_length=60)
    cause_label = models.CharField("事由", max_length=200)
    rule = models.CharField("计分规则", max_length=300)  # as it stood when it was entered
    occurred_on = models.DateField("发生日期")
    event = models.CharField(max_length=120)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        verbose_name="记分人",
        related_name="+",
        db_index=False,
    )
    entered_at = models.DateTimeField("记分时间", default=clock.now)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, verbose_name="冲销条目", related_name="counter_entry"
    )
    reason = models.CharField("冲销理由", max_length=500, blank=True)

    objects = LedgerEntryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "台账条目"
        indexes = [
            models.Index(fields=["campaign", "-id"], name="ledger_list"),
            models.Index(fields=["campaign", "unit", "indicator", "-id"], name="ledger_of_unit"),
            models.Index(fields=["cause_kind", "cause_key"], name="ledger_of_cause"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["event"], name="ledger_event_once"),
            models.CheckConstraint(condition=~Q(points=0), name="ledger_points_are_not_nought"),
            models.CheckConstraint(
                condition=Q(reverses=None, reason="") | (Q(reverses__isnull=False) & ~Q(reason="")),
                name="ledger_counter_entry_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(event="") & ~Q(cause_key="") & ~Q(indicator="") & ~Q(rule=""),
                name="ledger_entry_says_why",
            ),
        ]

    def __str__(self):
        return f"台账条目{self.pk}号"

    def get_absolute_url(self):
        return address("ledger:detail", self.pk)

    @property
    def cause(self) -> str:
        """The reference to the record it comes from."""
        return f"{self.cause_kind}:{self.cause_key}"

    @property
    def said(self) -> str:
        """扣0.5分."""
        return said(self.points)

    @property
    def is_counter_entry(self) -> bool:
        return self.reverses_id is not None

    @property
    def is_struck(self) -> bool:
        """Whether a counter-entry takes back what it brought."""
        return not self.is_counter_entry and hasattr(self, "counter_entry")

    @property
    def hindrance_to_reverse(self) -> str:
        """Why it cannot be reversed, in Chinese; nothing if it can."""
        if self.is_counter_entry:
            return "该条目本身是冲销条目，不能再冲销。如原事项仍应记分，请按新的事由另行记分。"
        return "该条目已经冲销，不能重复冲销。" if self.is_struck else ""


class PointRuleQuerySet(models.QuerySet):
    def in_force(self, day):
        """Those entered for `day` or before, the newest first; the first of a kind is in force."""
        return self.filter(since__lte=day).order_by("-since")


class PointRule(models.Model):
    """Which points a kind of event brings, from a day on; rules are added, never edited, and change no entry already made."""

    kind = models.CharField("事项", max_length=20, choices=Kind)
    since = models.DateField("自")
    indicator = models.CharField("指标", max_length=20)
    points = models.DecimalField("分值", max_digits=5, decimal_places=2)
    free = models.PositiveSmallIntegerField("不计数量", default=0)
    cap = models.DecimalField("最多", max_digits=5, decimal_places=2, null=True)
    reason = models.CharField("理由", max_length=200)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="设定人", related_name="+"
    )
    set_at = models.DateTimeField("设定时间", default=clock.now)

    objects = PointRuleQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "计分规则"
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "since"], name="point_rule_once_a_day"),
            models.CheckConstraint(
                condition=~Q(points=0) & (Q(cap=None) | Q(cap__gt=0)), name="point_rule_makes_sense"
            ),
        ]

    def __str__(self):
        return f"{self.since}起的{self.get_kind_display()}计分规则"

    @property
    def terms(self) -> Terms:
        return Terms(self.indicator, self.points, self.free, self.cap)

    @property
    def sentence(self) -> str:
        return self.terms.sentence(self.kind)
