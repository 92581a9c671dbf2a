"""The finding (问题): what was seen, where, when; what the unit says to it; what becomes of it (dossier 3.5, A3)."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q

from assessments.inspections import hindrances
from assessments.inspections.models.classes import FindingClass
from assessments.inspections.models.inspection import Inspection
from assessments.inspections.states import (
    COUNTED,
    FINDING_TRANSITIONS,
    KNOWN_TO_UNIT,
    OPEN,
    UNDECIDED,
    FindingState,
    Link,
    Method,
    Severity,
)
from sanwei.core import clock
from sanwei.core.addresses import address
from sanwei.core.roles import Role
from units.campaigns.models import Campaign
from units.organisation.access import posts_of, roles_of, units_of
from units.organisation.models import LONGEST_QUERY, Department, Unit

FILERS = frozenset({Role.INSPECTOR, Role.OFFICE_HEAD})
READERS = frozenset({Role.OFFICE, Role.LEADER, Role.DISCIPLINE})
UNKNOWN_TO_UNIT = (FindingState.RECORDED, FindingState.WITHDRAWN)


class FindingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Inspectors and the head of the office all; office, leaders and discipline what a unit was told; the unit its own.

        What a unit has not been told stays hidden from everybody with a post in it (回避).
        """
        if not user.is_authenticated:
            return self.none()
        roles, units = roles_of(user), units_of(user)
        if roles & FILERS:
            return self.exclude(unit__in=units, state__in=UNKNOWN_TO_UNIT) if units else self
        told = self.filter(state__in=KNOWN_TO_UNIT)
        if roles & READERS:
            return told
        departments = {post.department_id for post in posts_of(user) if post.role == Role.DEPARTMENT_LEAD}
        own = Q(unit__in=units_of(user, Role.UNIT_CLERK, Role.UNIT_HEAD))
        return told.filter(own | Q(department__in=departments - {None}))

    def counted(self):
        """Upheld, settled or not: only these score and stand in bulletins (dossier 3.5; Appendix C 14)."""
        return self.filter(state__in=COUNTED)

    def silent(self, today):
        """Those on which the unit has let its time for an answer pass."""
        return self.filter(state=FindingState.NOTIFIED, answer_due_on__lt=today)

    def waiting_for_answer(self):
        return self.filter(state=FindingState.NOTIFIED)

    def before(self, inspection):
        """What stood against the units of an inspection before it: what a second look is compared with."""
        units, began = inspection.inspected.values("unit"), clock.at(inspection.starts_on, dt.time.min)
        earlier = self.counted().filter(unit__in=units, found_at__lt=began)
        return earlier.exclude(inspection=inspection.pk)

    def filtered(self, *, q="", state="", kind="", severity="", counted="", unit="", inspection=""):
        """Narrow by what the filter bar says; `kind` is the code of a class."""
        findings = self.counted() if counted else self
        if words := q.strip()[:LONGEST_QUERY]:
            findings = findings.filter(Q(unit__in=Unit.objects.matching(words)) | Q(facts__icontains=words))
        if kind:
            findings = findings.filter(item__parent__code=kind)
        if state == OPEN:
            findings, state = findings.filter(state__in=UNDECIDED), ""
        for field, value in (
            ("state", state),
            ("severity", severity),
            ("unit", unit),
            ("inspection", inspection),
        ):
            if value:
                findings = findings.filter(**{field: value})
        return findings

    def for_list(self):
        return self.select_related("unit", "department", "item__parent")

    def for_detail(self):
        return self.select_related(
            "unit", "department", "item__parent", "campaign", "inspection", "earlier", "evidence"
        )


class Finding(models.Model):
    """One problem found in one unit. Who found it never reaches the unit."""

    State, Severity, Method, Link, TRANSITIONS = FindingState, Severity, Method, Link, FINDING_TRANSITIONS
    COVERT_VERBS = frozenset({"file", "amend", "notify", "withdraw"})  # who found it, whatever post he holds
    STATE_LOOK = {
        FindingState.RECORDED: "grey",
        FindingState.NOTIFIED: "amber",
        FindingState.OBJECTED: "amber",
        FindingState.UPHELD: "red",
        FindingState.DISMISSED: "grey",
        FindingState.SETTLED: "green",
        FindingState.WITHDRAWN: "grey",
    }
    SEVERITY_LOOK = {Severity.MINOR: "blue", Severity.MODERATE: "amber", Severity.SERIOUS: "red"}
    WAITING_FOR = {
        FindingState.RECORDED: "督查员",
        FindingState.NOTIFIED: "单位负责人",
        FindingState.OBJECTED: "督查机构",
    }

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, verbose_name="创建活动", related_name="findings", db_index=False
    )
    inspection = models.ForeignKey(Inspection, models.PROTECT, verbose_name="督查", related_name="findings")
    number = models.CharField("问题编号", max_length=40, unique=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="单位", related_name="findings", db_index=False
    )
    unit_order = models.PositiveIntegerField("排序号")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, verbose_name="科室（窗口）", related_name="+"
    )
    place = models.CharField("地点", max_length=100)
    found_at = models.DateTimeField("发现时间")  # to the minute
    method = models.CharField("方式", max_length=10, choices=Method)
    item = models.ForeignKey(FindingClass, models.PROTECT, verbose_name="问题类别", related_name="+")
    link = models.CharField("问题环节", max_length=11, choices=Link, blank=True)
    severity = models.CharField("情节", max_length=8, choices=Severity)
    facts = models.TextField("事实描述", max_length=2000)
    people_count = models.PositiveSmallIntegerField("涉及人数", default=0)
    people = models.CharField("涉及人员", max_length=300, blank=True)  # names: restricted
    handled_on_spot = models.CharField("当场处置", max_length=500, blank=True)
    requirement = models.TextField("整改要求", max_length=2000, blank=True)
    rectify_by = models.DateField("整改期限", null=True, blank=True)
    evidence_numbers = models.CharField("证据编号", max_length=200, blank=True)
    earlier = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name="此前问题", related_name="later"
    )
    state = models.CharField("状态", max_length=10, choices=FindingState, default=FindingState.RECORDED)
    version = models.PositiveIntegerField(default=1)
    state_changed_at = models.DateTimeField("状态变更时间", default=clock.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="登记人", related_name="+", db_index=False
    )
    recorded_at = models.DateTimeField("登记时间", default=clock.now)
    # Made by the field page before the first attempt to send: what arrives twice is one finding.
    sent_key = models.CharField(max_length=36, null=True, blank=True, unique=True)
    witness_count = models.PositiveSmallIntegerField("发现人数", default=0)
    notified_at = models.DateTimeField("告知时间", null=True, blank=True)
    answer_due_on = models.DateField("答复期限", null=True, blank=True)
    objection = models.TextField("申辩意见", max_length=2000, blank=True)
    objected_at = models.DateTimeField("申辩时间", null=True, blank=True)
    decision = models.TextField("认定意见", max_length=1000, blank=True)
    decided_at = models.DateTimeField("认定时间", null=True, blank=True)
    settled_at = models.DateTimeField("销号时间", null=True, blank=True)
    conclusion = models.CharField("销号说明", max_length=500, blank=True)
    round = models.PositiveSmallIntegerField(
        "整改轮次", default=0
    )  # of tasks: one more with each that was opened

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "督查发现问题"
        indexes = [
            models.Index(fields=["campaign", "-found_at", "-id"], name="finding_list"),
            models.Index(fields=["unit", "-found_at", "-id"], name="finding_list_of_unit"),
            models.Index(fields=["state", "state_changed_at"], name="finding_waiting"),
            models.Index(
                fields=["answer_due_on", "id"], name="finding_unanswered", condition=Q(state="notified")
            ),
        ]
        constraints = [
            # 发现人不少于两人 (dossier 3.5): nothing that fewer saw is put to a unit.
            models.CheckConstraint(
                condition=Q(state__in=("recorded", "withdrawn")) | Q(witness_count__gte=hindrances.WITNESSES),
                name="finding_seen_by_two",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("recorded", "withdrawn"))
                | Q(notified_at__isnull=False, answer_due_on__isnull=False),
                name="finding_told_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("recorded", "notified", "withdrawn", "objected"))
                | Q(decided_at__isnull=False),
                name="finding_decided_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state="settled", settled_at__isnull=False)
                | (~Q(state="settled") & Q(settled_at__isnull=True)),
                name="finding_settled_has_time",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.item.name}"

    def get_absolute_url(self):
        return address("findings:detail", self.pk)

    @property
    def waiting_for(self) -> str:
        return self.WAITING_FOR.get(self.state, "")

    @property
    def is_counted(self) -> bool:
        return self.state in COUNTED

    def hindrance(self, verb: str) -> str:
        """What stands against a verb besides the state."""
        return hindrances.of_finding(self, verb)


class Witness(models.Model):
    """Somebody who saw it (发现人), the one who records it among them. Never shown to a unit."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="witnesses")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="督查员",
        related_name="+",
    )
    name = models.CharField("姓名", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "发现人"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["finding", "name"], name="witness_once")]

    def __str__(self):
        return self.name


class EvidenceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Raw pictures and recordings: those who supervise; the office's staff and leaders on request only (A14)."""
        if not user.is_authenticated or not roles_of(user) & FILERS:
            return self.none()
        return self.filter(finding__in=Finding.objects.visible_to(user)).exclude(
            finding__unit__in=units_of(user)
        )


class Evidence(models.Model):
    """The folder of a finding's raw evidence (证据): its papers follow its rights, not those of the finding."""

    finding = models.OneToOneField(Finding, models.PROTECT, related_name="evidence")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "证据"

    def __str__(self):
        return f"{self.finding}证据"
