"""The annual implementation plan (实施方案): one for each unit and campaign."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sanwei.core import clock
from sanwei.core.addresses import address
from sanwei.core.roles import OFFICE_ROLES, Role
from sanwei.core.workflow import Move
from units.campaigns.models import Campaign
from units.organisation.access import roles_of, units_of
from units.organisation.models import Unit
from units.plans.content import EMPTY, SectionKind


class PlanQuerySet(models.QuerySet):
    FILED = {
        "handed_in": "handed_in",
        "late": "late",
        "missing": "not_handed_in",
        "returned": "sent_back",
    }

    def visible_to(self, user):
        """The office and the leading group see all; a unit its own; inspectors what is in force; others nothing."""
        if not user.is_authenticated:
            return self.none()
        roles = roles_of(user)
        if roles & (OFFICE_ROLES | {Role.LEADER}):
            return self
        seen = Q(unit__in=units_of(user))
        if Role.INSPECTOR in roles:
            seen |= Q(approved_version__isnull=False)
        return self.filter(seen)

    def published(self):
        return self.filter(published_at__isnull=False, approved_version__isnull=False)

    def approved(self, campaign):
        return self.filter(campaign=campaign, approved_version__isnull=False)

    def handed_in(self):
        return self.filter(submitted_at__isnull=False)

    def not_handed_in(self):
        return self.filter(submitted_at__isnull=True)

    def late(self):
        return self.handed_in().filter(late_days__gt=0)

    def sent_back(self):
        """Returned and not yet handed in again."""
        return self.filter(returned_at__isnull=False)

    def to_gather(self, campaign, today):
        """Those of a campaign about which the ledger may learn something new: lateness has come or gone."""
        return self.filter(campaign=campaign, gather_on__lte=today)

    def overdue(self, now):
        return self.not_handed_in().filter(due_at__lte=now)

    def filtered(self, *, q="", filed="", state="", category="", tier=""):
        """Narrow by what the filter bar says; values that mean nothing narrow nothing."""
        plans = self
        if q.strip():
            plans = plans.filter(unit__in=Unit.objects.matching(q))
        if filed in self.FILED:
            plans = getattr(plans, self.FILED[filed])()
        for field, value in (("state", state), ("unit__category", category), ("unit__tier", tier)):
            if value:
                plans = plans.filter(**{field: value})
        return plans

    def for_table(self):
        """The rows of one campaign, which the page already has."""
        return self.select_related("unit")

    def for_list(self):
        return self.select_related("unit", "campaign")

    def for_detail(self):
        return self.select_related("unit", "campaign")


class Plan(models.Model):
    """One unit's plan in one campaign (R2.4, R2.5). Texts live in Section; what was handed in, in PlanVersion."""

    class State(models.TextChoices):
        DRAFT = "draft", "起草中"
        AWAITING_SIGNATURE = "awaiting_signature", "待签发"
        SUBMITTED = "submitted", "已上报"
        RETURNED = "returned", "退回修改"
        APPROVED = "approved", "已备案"

    EDITABLE = (State.DRAFT, State.RETURNED)
    TRANSITIONS = {
        "request_signature": Move("送审", EDITABLE, State.AWAITING_SIGNATURE),
        "sign": Move("签发上报", (State.AWAITING_SIGNATURE,), State.SUBMITTED, form=True),
        "hand_back": Move("退回修改", (State.AWAITING_SIGNATURE,), State.DRAFT, reason=True),
        "start_review": Move("开始审核", (State.SUBMITTED,)),
        "approve": Move("备案通过", (State.SUBMITTED,), State.APPROVED),
        "return_for_revision": Move("退回补正", (State.SUBMITTED,), State.RETURNED, form=True),
        "withdraw": Move(
            "撤回",
            (State.SUBMITTED,),
            State.DRAFT,
            danger=True,
            reason=True,
            warning="撤回后须重新签发上报，报送时间以重新上报的时刻为准。",
        ),
        "amend": Move("申请调整", (State.APPROVED,), State.DRAFT, reason=True),
        "publish": Move("公开", (State.APPROVED,), warning="公开后任何人均可在门户网站查看该方案。"),
        "unpublish": Move("撤下公开", (State.APPROVED, State.DRAFT), danger=True, reason=True),
        "grant_extension": Move(
            "批准延期", (State.DRAFT, State.AWAITING_SIGNATURE, State.SUBMITTED), form=True
        ),
    }
    STATE_LOOK = {
        State.DRAFT: "grey",
        State.AWAITING_SIGNATURE: "amber",
        State.SUBMITTED: "blue",
        State.RETURNED: "red",
        State.APPROVED: "green",
    }
    WAITING_FOR = {
        State.DRAFT: "单位填报员",
        State.AWAITING_SIGNATURE: "单位负责人",
        State.SUBMITTED: "领导组办公室",
        State.RETURNED: "单位填报员",
    }

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, verbose_name="创建活动", related_name="plans", db_index=False
    )
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位", related_name="plans")
    # The unit's place in the fixed order when the campaign opened; stands here so that lists page by one index.
    unit_order = models.PositiveIntegerField("排序号")
    state = models.CharField("状态", max_length=20, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    state_changed_at = models.DateTimeField("状态变更时间", default=clock.now)
    due_at = models.DateTimeField("报送截止")
    revision_due_at = models.DateTimeField("补正截止", null=True, blank=True)
    submitted_at = models.DateTimeField(
        "上报时间", null=True, blank=True
    )  # of the first filing that still stands
    late_days = models.PositiveIntegerField("迟报工作日", default=0)
    gather_on = models.DateField(null=True, blank=True)  # when events.py looks at it again
    returned_at = models.DateTimeField("退回时间", null=True, blank=True)
    review_started_at = models.DateTimeField("开始审核时间", null=True, blank=True)
    latest_version = models.ForeignKey(
        "PlanVersion", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    approved_version = models.ForeignKey(
        "PlanVersion", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    published_at = models.DateTimeField("公开时间", null=True, blank=True)
    public_id = models.UUIDField("公开编号", default=uuid.uuid4, unique=True, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "实施方案"
        indexes = [
            models.Index(fields=["campaign", "unit_order", "id"], name="plan_list"),
            models.Index(fields=["campaign", "state", "unit_order", "id"], name="plan_list_by_state"),
            models.Index(fields=["campaign", "state", "state_changed_at"], name="plan_waiting"),
            models.Index(
                fields=["campaign", "revision_due_at"],
                name="plan_in_revision",
                condition=Q(state="returned"),
            ),
            models.Index(
                fields=["campaign", "due_at"], name="plan_owed", condition=Q(submitted_at__isnull=True)
            ),
            models.Index(
                fields=["campaign", "gather_on", "id"],
                name="plan_to_gather",
                condition=Q(gather_on__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "unit"], name="plan_once_per_unit_and_campaign"),
            models.CheckConstraint(
                condition=Q(late_days=0) | Q(submitted_at__isnull=False), name="plan_late_only_when_handed_in"
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(approved_version__isnull=False),
                name="plan_approved_has_version",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(approved_version__isnull=False),
                name="plan_published_is_approved",
            ),
        ]

    def __str__(self):
        return f"{self.unit}{self.campaign.year}年度实施方案"

    def get_absolute_url(self):
        return address("plans:detail", self.pk)

    @property
    def owed_by(self):
        """The instant that counts now: the date set when it was returned, else the (extended) deadline."""
        return self.revision_due_at if self.returned_at else self.due_at

    def hindrance(self, verb: str) -> str:
        """What stands against a verb besides the state."""
        if verb == "withdraw" and self.review_started_at:
            return "领导组办公室已开始审核，不能撤回。如需修改，请联系领导组办公室退回补正。"
        if verb == "start_review" and self.review_started_at:
            return "本版方案已开始审核。"
        if verb == "publish" and self.published_at:
            return "该方案已经公开。"
        if verb == "unpublish" and not self.published_at:
            return "该方案尚未公开。"
        if verb == "grant_extension" and self.returned_at:
            return "退回补正的方案请在退回时另定补正期限。"
        return ""

    @property
    def waiting_for(self) -> str:
        return self.WAITING_FOR.get(self.state, "")

    @property
    def is_in(self) -> bool:
        """Handed in, and not sent back since."""
        return self.submitted_at is not None and self.returned_at is None

    @property
    def is_overdue(self) -> bool:
        return not self.is_in and clock.now() >= self.owed_by


class Section(models.Model):
    """One part of the draft, saved by itself; `version` lets two editors notice each other."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sections", db_index=False)
    kind = models.CharField("部分", max_length=12, choices=SectionKind)
    content = models.JSONField("内容")
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField("保存时间", default=clock.now)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = verbose_name_plural = "方案内容"
        constraints = [models.UniqueConstraint(fields=["plan", "kind"], name="section_once_per_plan")]

    @property
    def is_empty(self) -> bool:
        return self.content == EMPTY[self.kind]

    def __str__(self):
        return f"{self.plan}·{self.get_kind_display()}"


class Extension(models.Model):
    """More time for one unit: who granted it, why, from when to when (lessons.md, Deadlines)."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="extensions")
    previous_due_at = models.DateTimeField("原截止")
    due_at = models.DateTimeField("新截止")
    reason = models.CharField("理由", max_length=500)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField("批准时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "延期"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_at__gt=F("previous_due_at")), name="extension_gives_more_time"
            )
        ]

    def __str__(self):
        return f"{self.plan}延期"


class Reminder(models.Model):
    """Marks that a threshold of a plan's deadline has been handled, so that a missed or doubled clock is harmless."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="reminders")
    due_at = models.DateTimeField()
    threshold = models.CharField(max_length=8)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "due_at", "threshold"], name="reminder_once")]
