"""The model case (典型案例): what a unit does well, as it was sent in, as the office edited it, as the public reads it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from assessments.publicity import publication
from assessments.publicity.people import masked
from sanwei.core import clock, search
from sanwei.core.addresses import address
from sanwei.core.roles import KEEPER_ROLES, OFFICE_ROLES, Role
from sanwei.core.workflow import Move
from units.campaigns.models import Campaign
from units.organisation.access import roles_of, units_of
from units.organisation.models import LONGEST_QUERY, Unit

WATCHERS = OFFICE_ROLES | {Role.LEADER, Role.INSPECTOR}
TEXTS = {  # what a case says, in this order, and what each part is called
    "title": "标题",
    "practice": "主要做法",
    "effect": "取得成效",
    "replicability": "可复制性",
    "source": "材料来源",
    "persons": "涉及人员",
}


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Published ones: everybody who works here. Before that the unit and the press see their own, and those who watch
        what was once sent in."""
        roles = roles_of(user) - KEEPER_ROLES
        if not roles:
            return self.none()
        sent_in = Q(submitted_at__isnull=False)
        units = units_of(user, Role.UNIT_CLERK, Role.UNIT_HEAD)
        seen = Q(state=ModelCase.State.PUBLISHED) | Q(unit__in=units) & (Q(from_press=False) | sent_in)
        if Role.PRESS in roles:
            seen |= Q(from_press=True)
        if roles & WATCHERS:
            seen |= sent_in
        return self.filter(seen)

    def papers_visible_to(self, user):
        """Its papers are not masked, so they are for those who may read it by name (access.can_see_people)."""
        roles = roles_of(user)
        units = units_of(user, Role.UNIT_CLERK, Role.UNIT_HEAD)
        if roles & (OFFICE_ROLES | {Role.LEADER}):
            return self.visible_to(user)
        of_press = Q(from_press=True) if Role.PRESS in roles else Q(pk=None)
        return self.visible_to(user).filter(Q(unit__in=units) | of_press)

    def adopted(self, campaign):
        """Those the office has taken (采用), published or on their way: what honours may ask for."""
        State = ModelCase.State
        return self.filter(campaign=campaign, state__in=(State.ADOPTED, State.PROPOSED, State.PUBLISHED))

    def public(self):
        """What has an address on the public site, be it that a correction stands there now."""
        return self.filter(state__in=(ModelCase.State.PUBLISHED, ModelCase.State.WITHDRAWN))

    def standing(self):
        """Published and not withdrawn."""
        return self.filter(state=ModelCase.State.PUBLISHED)

    def filtered(self, *, q="", kind="", state=""):
        """Narrow by what the filter bar says."""
        cases = self
        if words := q.strip()[:LONGEST_QUERY]:
            named = Q(unit__in=Unit.objects.matching(words))
            cases = cases.filter(named | Q(pk__in=search.keys(words, ModelCase)))
        for field, value in (("kind", kind), ("state", state)):
            if value:
                cases = cases.filter(**{field: value})
        return cases

    def for_list(self):
        return self.select_related("unit", "campaign", "proposed_by").defer(
            "practice", "effect", "replicability"
        )

    def for_detail(self):
        return self.select_related(
            "unit", "campaign", "drafted_by", "signed_by", "proposed_by", "published_by", "withdrawn_by"
        )


class ModelCase(models.Model):
    """One case of one unit (dossier 6.7). Its persons are named to those who sent it in and to the office only."""

    class Kind(models.TextChoices):
        LEARNING = "learning", "学习型"
        SERVICE = "service", "服务型"
        INNOVATION = "innovation", "创新型"

    class State(models.TextChoices):
        DRAFT = "draft", "起草"
        AWAITING_SIGNATURE = "awaiting_signature", "待签发"
        SUBMITTED = "submitted", "已报送"
        EDITING = "editing", "编审中"
        ADOPTED = "adopted", "已采用"
        PROPOSED = "proposed", "待批准发布"
        PUBLISHED = "published", "已发布"
        WITHDRAWN = "withdrawn", "已撤下"
        REJECTED = "rejected", "不予采用"

    TRANSITIONS = {
        "edit": Move("修改", (State.DRAFT,), form=True),
        "request_signature": Move("送审", (State.DRAFT,), State.AWAITING_SIGNATURE),
        "submit": Move("报送", (State.DRAFT,), State.SUBMITTED),
        "sign": Move(
            "签发报送", (State.AWAITING_SIGNATURE,), State.SUBMITTED,
            warning="签发后以单位名义报送领导组办公室。",
        ),
        "hand_back": Move("退回修改", (State.AWAITING_SIGNATURE,), State.DRAFT, reason=True),
        "take_back": Move("撤回报送", (State.SUBMITTED, State.EDITING), State.DRAFT, reason=True),
        "start_editing": Move("开始编审", (State.SUBMITTED,), State.EDITING),
        "revise": Move("编审修改", (State.EDITING, State.ADOPTED), form=True),
        "adopt": Move("采用", (State.EDITING,), State.ADOPTED),
        "return_for_revision": Move(
            "退回单位修改", (State.SUBMITTED, State.EDITING), State.DRAFT, reason=True
        ),
        "reject": Move(
            "不予采用", (State.SUBMITTED, State.EDITING), State.REJECTED, danger=True, reason=True
        ),
        "propose": Move("提请发布", (State.ADOPTED,), State.PROPOSED, form=True),
        "refuse": Move("退回编审", (State.PROPOSED,), State.ADOPTED, reason=True),
        "publish": Move(
            "批准发布", (State.PROPOSED,), State.PUBLISHED, form=True,
            warning="批准后立即在公开网站发布，并通知报送单位。涉及人员姓名、电话自动隐去。",
        ),
        "withdraw": Move(
            "撤下并更正", (State.PUBLISHED,), State.WITHDRAWN, danger=True, form=True,
            warning="撤下后原网址只显示更正说明，原文不再公开，不能恢复。",
        ),
    }  # fmt: skip
    STATE_LOOK = {
        State.DRAFT: "grey",
        State.AWAITING_SIGNATURE: "amber",
        State.SUBMITTED: "blue",
        State.EDITING: "blue",
        State.ADOPTED: "green",
        State.PROPOSED: "amber",
        State.PUBLISHED: "green",
        State.WITHDRAWN: "grey",
        State.REJECTED: "red",
    }
    WAITING_FOR = {
        State.AWAITING_SIGNATURE: "单位负责人",
        State.SUBMITTED: "领导组办公室",
        State.EDITING: "领导组办公室",
        State.ADOPTED: "领导组办公室",
        State.PROPOSED: "领导组办公室",
    }

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, verbose_name="创建活动", related_name="model_cases", db_index=False
    )
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位", related_name="model_cases")
    kind = models.CharField("类型", max_length=12, choices=Kind)
    title = models.CharField("标题", max_length=100)
    practice = models.TextField("主要做法", max_length=5000)
    effect = models.TextField("取得成效", max_length=3000)
    replicability = models.TextField("可复制性", max_length=2000)
    source = models.CharField("材料来源", max_length=200, blank=True)
    persons = models.TextField("涉及人员", max_length=1000, blank=True)  # restricted: people.py
    from_press = models.BooleanField("媒体联络员报送", default=False)
    state = models.CharField("状态", max_length=20, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    state_changed_at = models.DateTimeField("状态变更时间", default=clock.now)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="拟稿人", related_name="+"
    )
    drafted_at = models.DateTimeField("起草时间", default=clock.now)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="签发人", related_name="+",
        db_index=False,
    )  # fmt: skip
    submitted_at = models.DateTimeField("报送时间", null=True)  # the last time it was sent in
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="提请人", related_name="+",
        db_index=False,
    )  # fmt: skip
    proposed_at = models.DateTimeField("提请时间", null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="批准人", related_name="+",
        db_index=False,
    )  # fmt: skip
    published_at = models.DateTimeField("发布时间", null=True)
    correction = models.TextField("更正说明", max_length=1000, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="撤下人", related_name="+",
        db_index=False,
    )  # fmt: skip
    withdrawn_at = models.DateTimeField("撤下时间", null=True)
    public_id = models.UUIDField("公开编号", default=uuid.uuid4, unique=True, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "典型案例"
        indexes = [
            models.Index(fields=["campaign", "-id"], name="case_list"),
            models.Index(fields=["state", "state_changed_at"], name="case_waiting"),
            models.Index(fields=["-published_at", "-id"], name="case_published"),
        ]
        constraints = [
            models.CheckConstraint(condition=publication.BY_TWO, name="case_published_by_two"),
            models.CheckConstraint(condition=publication.IS_COMPLETE, name="case_published_is_complete"),
            models.CheckConstraint(condition=publication.IS_CORRECTED, name="case_withdrawn_is_corrected"),
            models.CheckConstraint(
                condition=Q(from_press=True) | Q(submitted_at__isnull=True) | Q(signed_by__isnull=False),
                name="case_of_unit_is_signed",
            ),
        ]

    def __str__(self):
        """For searches, messages and the record: never with a person's name."""
        return self.masked(self.title)

    def get_absolute_url(self):
        return address("cases:detail", self.pk)

    def masked(self, words: str) -> str:
        """`words` for those who need not know the persons in it."""
        return masked(words, self.persons)

    @property
    def waiting_for(self) -> str:
        if self.state == self.State.DRAFT:
            return "媒体联络员" if self.from_press else "单位填报员"
        return self.WAITING_FOR.get(self.state, "")

    def texts(self) -> dict[str, str]:
        """What it says now: field → words, in the order of TEXTS."""
        return {field: getattr(self, field) for field in TEXTS}

    def hindrance(self, verb: str) -> str:
        if verb == "submit" and not self.from_press:
            return "单位报送的案例须送单位负责人签发。"
        if verb == "request_signature" and self.from_press:
            return "媒体联络员报送的案例不经单位签发，请直接报送。"
        return ""


class CaseVersion(models.Model):
    """The text of a case as it was sent in or edited, frozen (refused by the database)."""

    class Origin(models.TextChoices):
        SENT_IN = "sent_in", "报送稿"
        REVISED = "revised", "编审稿"

    case = models.ForeignKey(ModelCase, models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveIntegerField("版次")
    origin = models.CharField("稿次", max_length=8, choices=Origin)
    content = models.JSONField("内容")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="定稿人", related_name="+", db_index=False
    )
    at = models.DateTimeField("定稿时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "案例版本"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="case_version_number_once")]

    def __str__(self):
        return f"{self.case}第{self.number}版"
