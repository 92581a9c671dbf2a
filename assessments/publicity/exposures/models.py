"""The exposure (媒体曝光件): what a medium said of one unit, whether it is true, and what the public is answered (dossier 6.7)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from assessments.inspections.models import Finding
from assessments.publicity import publication
from assessments.publicity.people import masked
from sanwei.core import clock, search
from sanwei.core.addresses import address
from sanwei.core.attachments.models import Attachment
from sanwei.core.roles import OFFICE_ROLES, Role
from sanwei.core.workflow import Move
from units.campaigns.models import Campaign
from units.organisation.access import roles_of, units_of
from units.organisation.models import LONGEST_QUERY, Unit
from units.rectification.models import Task

WATCHERS = OFFICE_ROLES | {Role.LEADER, Role.INSPECTOR, Role.PRESS}


class ExposureQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The office, leaders, inspectors and the press see all; a unit's clerk and head what concerns it."""
        if roles_of(user) & WATCHERS:
            return self
        return self.filter(unit__in=units_of(user, Role.UNIT_CLERK, Role.UNIT_HEAD))

    def upheld(self, campaign):
        """What counts against a unit: verified as true, wholly or in part. The only ones that scores may ask for."""
        return self.filter(campaign=campaign, verification__in=UPHELD).exclude(state=Exposure.State.CANCELLED)

    def public(self):
        """What has an address on the public site, be it that a correction stands there now."""
        return self.filter(state__in=(Exposure.State.PUBLISHED, Exposure.State.WITHDRAWN))

    def standing(self):
        """Published and not withdrawn."""
        return self.filter(state=Exposure.State.PUBLISHED)

    def filtered(self, *, q="", state="", verification="", media_kind=""):
        """Narrow by what the filter bar says. Words are sought in what was entered for searching, which names no person."""
        exposures = self
        if words := q.strip()[:LONGEST_QUERY]:
            named = Q(unit__in=Unit.objects.matching(words))
            exposures = exposures.filter(named | Q(pk__in=search.keys(words, Exposure)))
        for field, value in (("state", state), ("verification", verification), ("media_kind", media_kind)):
            if value:
                exposures = exposures.filter(**{field: value})
        return exposures

    def for_list(self):
        return self.select_related("unit", "task", "proposed_by")

    def for_detail(self):
        return self.select_related(
            "unit", "campaign", "task", "registered_by", "verified_by", "replied_by", "proposed_by",
            "published_by", "withdrawn_by",
        )  # fmt: skip


class Verification(models.TextChoices):
    """核实结论 (dossier A13)."""

    PENDING = "pending", "待核实"
    TRUE = "true", "属实"
    PARTLY = "partly", "部分属实"
    FALSE = "false", "不属实"


UPHELD = (Verification.TRUE, Verification.PARTLY)


class Exposure(models.Model):
    """One report about one unit (一事一单): a report that names several units is entered once for each."""

    Verification = Verification

    class MediaKind(models.TextChoices):
        NEWSPAPER = "newspaper", "报纸"
        TELEVISION = "television", "电视"
        RADIO = "radio", "广播"
        WEBSITE = "website", "网络"
        NEW_MEDIA = "new_media", "新媒体"
        OTHER = "other", "其他"

    class State(models.TextChoices):
        REGISTERED = "registered", "待核实"
        VERIFIED = "verified", "已核实"
        PROPOSED = "proposed", "待批准公开"
        PUBLISHED = "published", "已公开"
        WITHDRAWN = "withdrawn", "已撤下"
        CANCELLED = "cancelled", "已撤销"

    TRANSITIONS = {
        "edit": Move("修改", (State.REGISTERED,), form=True),
        "explain": Move("陈述情况", (State.REGISTERED, State.VERIFIED, State.PROPOSED), form=True),
        "verify": Move("核实属实", (State.REGISTERED,), State.VERIFIED, form=True),
        "disprove": Move("核实不属实", (State.REGISTERED,), State.VERIFIED, form=True),
        # What was found wrong may be asked again as long as the public has not been told.
        "reconsider": Move("重新核实", (State.VERIFIED,), State.REGISTERED, reason=True),
        "open_task": Move("交办整改", (State.VERIFIED, State.PROPOSED, State.PUBLISHED), form=True),
        "link_finding": Move(
            "关联督查发现问题", (State.VERIFIED, State.PROPOSED, State.PUBLISHED), form=True
        ),
        "reply": Move("拟写公开答复", (State.VERIFIED,), form=True),
        "propose": Move("提请公开", (State.VERIFIED,), State.PROPOSED, form=True),
        "refuse": Move("退回修改", (State.PROPOSED,), State.VERIFIED, reason=True),
        "publish": Move(
            "批准公开", (State.PROPOSED,), State.PUBLISHED, form=True,
            warning="批准后立即在公开网站显示，并通知有关单位。涉及人员姓名、电话自动隐去。",
        ),
        "withdraw": Move(
            "撤下并更正", (State.PUBLISHED,), State.WITHDRAWN, danger=True, form=True,
            warning="撤下后原网址只显示更正说明，原文不再公开，不能恢复。",
        ),
        "cancel": Move("撤销登记", (State.REGISTERED,), State.CANCELLED, danger=True, reason=True),
    }  # fmt: skip
    STATE_LOOK = {
        State.REGISTERED: "amber",
        State.VERIFIED: "blue",
        State.PROPOSED: "amber",
        State.PUBLISHED: "green",
        State.WITHDRAWN: "grey",
        State.CANCELLED: "grey",
    }
    VERIFICATION_LOOK = {
        Verification.PENDING: "grey",
        Verification.TRUE: "red",
        Verification.PARTLY: "amber",
        Verification.FALSE: "green",
    }
    WAITING_FOR = {State.REGISTERED: "领导组办公室", State.PROPOSED: "领导组办公室"}

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, verbose_name="创建活动", related_name="exposures", db_index=False
    )
    number = models.CharField("曝光件编号", max_length=40, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="涉及单位", related_name="exposures")
    media = models.CharField("媒体名称", max_length=60)
    media_kind = models.CharField("媒体类别", max_length=12, choices=MediaKind)
    appeared_on = models.DateField("刊播日期")
    title = models.CharField("标题", max_length=200)
    link = models.CharField("链接", max_length=500, blank=True)  # shown, never fetched by us
    persons = models.TextField("涉及人员", max_length=1000, blank=True)  # restricted: people.py
    summary = models.TextField("内容摘要", max_length=2000)
    state = models.CharField("状态", max_length=12, choices=State, default=State.REGISTERED)
    version = models.PositiveIntegerField(default=1)
    state_changed_at = models.DateTimeField("状态变更时间", default=clock.now)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="登记人", related_name="+", db_index=False
    )
    registered_at = models.DateTimeField("登记时间", default=clock.now)
    verification = models.CharField(
        "核实结论", max_length=8, choices=Verification, default=Verification.PENDING
    )
    basis = models.TextField("核实依据", max_length=2000, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="核实人", related_name="+",
        db_index=False,
    )  # fmt: skip
    verified_at = models.DateTimeField("核实时间", null=True)
    task = models.ForeignKey(
        Task, models.PROTECT, null=True, verbose_name="整改任务", related_name="+", db_index=False
    )
    finding = models.ForeignKey(
        Finding, models.PROTECT, null=True, verbose_name="督查发现问题", related_name="+", db_index=False
    )
    reply = models.TextField("公开答复", max_length=4000, blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="答复拟稿人", related_name="+",
        db_index=False,
    )  # fmt: skip
    replied_at = models.DateTimeField("答复时间", null=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="提请人", related_name="+",
        db_index=False,
    )  # fmt: skip
    proposed_at = models.DateTimeField("提请时间", null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="批准人", related_name="+",
        db_index=False,
    )  # fmt: skip
    published_at = models.DateTimeField("公开时间", null=True)
    correction = models.TextField("更正说明", max_length=1000, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="撤下人", related_name="+",
        db_index=False,
    )  # fmt: skip
    withdrawn_at = models.DateTimeField("撤下时间", null=True)
    public_id = models.UUIDField("公开编号", default=uuid.uuid4, unique=True, editable=False)

    objects = ExposureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "媒体曝光件"
        indexes = [
            models.Index(fields=["campaign", "-appeared_on", "-id"], name="exposure_list"),
            models.Index(fields=["state", "state_changed_at"], name="exposure_waiting"),
            models.Index(fields=["-published_at", "-id"], name="exposure_published"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "media", "appeared_on", "title"],
                condition=~Q(state="cancelled"),
                name="exposure_once_per_unit",
            ),
            models.CheckConstraint(
                condition=Q(verification="pending", verified_at__isnull=True)
                | (~Q(verification="pending") & Q(verified_at__isnull=False, verified_by__isnull=False)),
                name="exposure_verified_by_somebody",
            ),
            models.CheckConstraint(condition=publication.BY_TWO, name="exposure_published_by_two"),
            models.CheckConstraint(condition=publication.IS_COMPLETE, name="exposure_published_is_complete"),
            models.CheckConstraint(
                condition=publication.IS_CORRECTED, name="exposure_withdrawn_is_corrected"
            ),
        ]

    def __str__(self):
        """For searches, messages and the record, which all sorts of people read: never with a person's name."""
        return f"{self.number} {self.masked(self.title)}"

    def get_absolute_url(self):
        return address("exposures:detail", self.pk)

    def masked(self, words: str) -> str:
        """`words` for those who need not know the persons concerned."""
        return masked(words, self.persons)

    @property
    def is_upheld(self) -> bool:
        return self.verification in UPHELD

    @property
    def waiting_for(self) -> str:
        return self.WAITING_FOR.get(self.state, "")

    @property
    def web_link(self) -> str:
        """The link if it is one that may be followed."""
        return self.link if self.link.startswith(("https://", "http://")) else ""

    def hindrance(self, verb: str) -> str:
        if verb in ("verify", "disprove") and not self.link and not Attachment.objects.of(self).exists():
            return "没有原文链接也没有扫描件，不能核实。请先补充链接或上传扫描件。"
        if verb == "open_task" and not self.is_upheld:
            return "只有核实属实、部分属实的曝光件才交办整改。"
        if verb == "open_task" and self.task_id and self.task.state != Task.State.CANCELLED:
            return f"已交办整改，督办编号{self.task.number}。"
        if verb == "propose" and not self.reply:
            return "尚未拟写公开答复，请先拟写答复再提请公开。"
        return ""


class Explanation(models.Model):
    """What the unit says about it (陈述), in its name and never reworded."""

    exposure = models.ForeignKey(Exposure, models.PROTECT, related_name="explanations")
    text = models.TextField("陈述内容", max_length=2000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="陈述人", related_name="+", db_index=False
    )
    at = models.DateTimeField("陈述时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "单位陈述"
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.exposure.number}单位陈述"
