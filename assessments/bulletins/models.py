"""Bulletins (通报): compiled from frozen data, signed, numbered without gaps, published to units."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from sanwei.core import clock
from sanwei.core.addresses import address
from sanwei.core.roles import KEEPER_ROLES, OFFICE_ROLES, Role
from sanwei.core.workflow import Move
from units.campaigns.models import Campaign
from units.organisation.access import roles_of
from units.organisation.models import Unit


class BulletinQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The office and the leading group see all; others who do the city's business what has been published."""
        roles = roles_of(user) - KEEPER_ROLES
        if not roles:
            return self.none()
        if roles & (OFFICE_ROLES | {Role.LEADER}):
            return self
        return self.filter(state=Bulletin.State.PUBLISHED)

    def public(self):
        """What anybody may read on the public site."""
        return self.filter(state=Bulletin.State.PUBLISHED, opened_at__isnull=False)

    def unread_by(self, units):
        """Published ones that some unit of `units` (keys) was sent and has not signed for."""
        waiting = Receipt.objects.filter(unit__in=units, read_at=None)
        return self.filter(state=Bulletin.State.PUBLISHED, pk__in=waiting.values("bulletin"))

    def for_list(self):
        return self.select_related("campaign").defer("data", "text")

    def for_detail(self):
        return self.select_related("campaign", "drafted_by", "signed_by", "secrecy_checked_by")


class Bulletin(models.Model):
    """One bulletin of the office (R9.2; dossier 7.6)."""

    class Kind(models.TextChoices):
        SUBMISSION = "submission", "报送情况通报"
        PERIODIC = "periodic", "定期通报"

    class State(models.TextChoices):
        DRAFT = "draft", "起草"
        OFFICE_REVIEW = "office_review", "核稿"
        SIGNED = "signed", "已签发"
        NUMBERED = "numbered", "已编号"
        PUBLISHED = "published", "已印发"
        VOID = "void", "作废"

    TRANSITIONS = {
        "request_review": Move("送核", (State.DRAFT,), State.OFFICE_REVIEW),
        "sign": Move("签发", (State.OFFICE_REVIEW,), State.SIGNED, warning="签发后正文不能再修改。"),
        "hand_back": Move("退回修改", (State.OFFICE_REVIEW,), State.DRAFT, reason=True),
        "number": Move("编号", (State.SIGNED,), State.NUMBERED),
        "publish": Move("印发", (State.NUMBERED,), State.PUBLISHED, warning="印发后将通知各单位签收。"),
        "open": Move("公开", (State.PUBLISHED,), form=True),
        "void": Move(
            "作废", (State.NUMBERED, State.PUBLISHED), State.VOID, danger=True, reason=True,
            warning="作废后文号保留，不再使用；已印发的不再显示。",
        ),
    }  # fmt: skip
    STATE_LOOK = {
        State.DRAFT: "grey",
        State.OFFICE_REVIEW: "amber",
        State.SIGNED: "blue",
        State.NUMBERED: "blue",
        State.PUBLISHED: "green",
        State.VOID: "grey",
    }
    WAITING_FOR = {
        State.DRAFT: "拟稿人",
        State.OFFICE_REVIEW: "领导组办公室主任",
        State.SIGNED: "领导组办公室",
        State.NUMBERED: "领导组办公室",
    }
    SERIES = "直创办"

    kind = models.CharField("种类", max_length=12, choices=Kind)
    campaign = models.ForeignKey(Campaign, models.PROTECT, verbose_name="创建活动", related_name="bulletins")
    period = models.CharField(
        "期间", max_length=20, blank=True
    )  # e.g. 2027Q1; empty for the submission bulletin
    title = models.CharField("标题", max_length=120)
    addressees = models.CharField("主送", max_length=200)
    text = models.TextField("正文", max_length=20_000)
    data = models.JSONField("数据")  # frozen when compiled; the tables are made of it
    data_sha256 = models.CharField("数据摘要", max_length=64)
    compiled_at = models.DateTimeField("取数时间")
    state = models.CharField("状态", max_length=14, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    state_changed_at = models.DateTimeField(default=clock.now)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="拟稿人", related_name="+"
    )
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="签发人", related_name="+"
    )
    signed_at = models.DateTimeField("签发时间", null=True)
    series = models.CharField("代字", max_length=20, default=SERIES)
    year = models.PositiveSmallIntegerField("年份", null=True)
    number = models.PositiveIntegerField("序号", null=True)
    published_at = models.DateTimeField("印发时间", null=True)
    secrecy_checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="保密审查人", related_name="+"
    )
    public_id = models.UUIDField("公开编号", default=uuid.uuid4, unique=True, editable=False)
    opened_at = models.DateTimeField("公开时间", null=True)  # on the public site, after the secrecy check

    objects = BulletinQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "通报"
        indexes = [
            models.Index(fields=["-id"], name="bulletin_list"),
            models.Index(fields=["-published_at", "-id"], name="bulletin_published"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["series", "year", "number"], name="bulletin_number_once"),
            models.UniqueConstraint(
                fields=["kind", "campaign", "period"],
                condition=~Q(state="void"),
                name="bulletin_once_per_period",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["numbered", "published"]) | Q(number__isnull=False),
                name="bulletin_published_has_number",
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True) | Q(secrecy_checked_by__isnull=False),
                name="bulletin_open_is_checked",
            ),
        ]

    def __str__(self):
        return self.document_number or self.title

    def get_absolute_url(self):
        return address("bulletins:detail", self.pk)

    @property
    def document_number(self) -> str:
        """直创办〔2027〕1号, or nothing before it is numbered (dossier 7.3)."""
        return f"{self.series}〔{self.year}〕{self.number}号" if self.number else ""

    @property
    def waiting_for(self) -> str:
        return self.WAITING_FOR.get(self.state, "")

    def hindrance(self, verb: str) -> str:
        if verb == "open" and self.opened_at:
            return "该通报已经公开。"
        return ""


class Receipt(models.Model):
    """One unit's copy: sent when the bulletin is published, signed for (签收) once by somebody of the unit."""

    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="receipts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    read_at = models.DateTimeField("签收时间", null=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="签收人", related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "签收"
        constraints = [models.UniqueConstraint(fields=["bulletin", "unit"], name="receipt_once_per_unit")]

    def __str__(self):
        return f"{self.unit}签收{self.bulletin}"
