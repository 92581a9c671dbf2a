"""The accountability case (责任追究, R9.10; dossier 3.7): what was done, who answers for it, what was decided by whom."""

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from assessments.accountability import hindrances
from assessments.accountability.models.respondent import Respondent, Sanction
from assessments.accountability.naming import key_of
from assessments.accountability.situations import Situation
from assessments.accountability.states import (
    ENDED,
    HANDLERS,
    HEARD,
    TRANSITIONS,
    WITH_DECISION,
    Concerned,
    Source,
    State,
)
from sanwei.core import clock
from sanwei.core.addresses import address
from sanwei.core.roles import Role
from units.campaigns.models import Campaign
from units.organisation.access import roles_of, units_of
from units.organisation.models import LONGEST_QUERY, Post, Unit
from units.policies.models import Policy


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The discipline officer and the head of the office, unless they must keep away; and the unit's own head, from the
        day on which the facts were told."""
        if not user.is_authenticated:
            return self.none()
        headed = units_of(user, Role.UNIT_HEAD)
        told = Q(unit__in=headed, notified_at__isnull=False)
        if roles_of(user) & HANDLERS:
            return self.filter(told | ~barring(user)) if headed else self.exclude(barring(user))
        return self.filter(told) if headed else self.none()

    def barred_to(self, user):
        """Cases that this person must not handle (回避): of a unit in which the person holds a post, under whatever account,
        or about somebody of the person's own name."""
        return self.filter(barring(user))

    def of_unit(self, unit):
        return self.filter(unit=unit)

    def open(self):
        """Neither released nor ended otherwise."""
        return self.exclude(state__in=ENDED)

    def in_effect(self, on=None):
        """Those of which a sanction has effect on a civil day (today by default). What has run out drops out by itself."""
        return self.filter(Exists(Sanction.objects.in_effect(on).filter(respondent__case=OuterRef("pk"))))

    def concerning(self, unit, name):
        """Those about a person of the unit, found by the key of the name."""
        about = Respondent.objects.filter(case=OuterRef("pk"), name_key=key_of(name))
        return self.filter(Exists(about), unit=unit)

    def from_source(self, source, *keys):
        return self.filter(source=source, source_key__in=keys)

    def to_remind(self, today):
        return self.filter(remind_on__lte=today)

    def filtered(self, *, q="", state="", source="", effect=""):
        """Narrow by what the filter bar says. By unit and number only: a name in an address would stand in logs."""
        cases = self
        if words := q.strip()[:LONGEST_QUERY]:
            cases = cases.filter(Q(unit__in=Unit.objects.matching(words)) | Q(number__contains=words))
        if effect == "now":
            cases = cases.in_effect()
        for field, value in (("state", state), ("source", source)):
            if value:
                cases = cases.filter(**{field: value})
        return cases

    def for_list(self):
        """No texts and no names: a list needs neither."""
        return (
            self.annotate(people=Count("respondents"))
            .select_related("unit")
            .only(
                "number", "source", "concerned", "state", "state_changed_at", "registered_on", "document_number",
                "decided_on", "effect_until", "is_endless", "hearing_due_on", "heard_at", "unit__name", "unit__short_name",
            )
        )  # fmt: skip

    def for_detail(self):
        return self.select_related("unit", "campaign", "policy")


def barring(user) -> Q:
    """The cases `user` must keep away from: an accused, or a colleague of one (回避)."""
    posts = Post.objects.active().filter(user__person=user.person, unit__isnull=False)
    namesake = Respondent.objects.filter(case=OuterRef("pk"), name_key=key_of(user.name))
    return Q(unit__in=posts.values("unit")) | Exists(namesake)


class AccountabilityCase(models.Model):
    """One case. Names stand with the respondents; what can be listed, found and told is its number."""

    State, Source, Concerned, TRANSITIONS = State, Source, Concerned, TRANSITIONS
    STATE_LOOK = {
        State.REGISTERED: "amber",
        State.VERIFYING: "blue",
        State.HEARING: "amber",
        State.PROPOSED: "amber",
        State.DECIDED: "blue",
        State.IN_EFFECT: "red",
        State.APPEALED: "amber",
        State.RELEASED: "green",
        State.REVOKED: "grey",
        State.NOT_PURSUED: "grey",
        State.TERMINATED: "grey",
    }
    WAITING_FOR = {
        State.REGISTERED: "纪检员",
        State.VERIFYING: "纪检员",
        State.HEARING: "单位负责人",
        State.PROPOSED: "有权机关",
        State.DECIDED: "单位执行",
        State.APPEALED: "复核机关",
    }

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, verbose_name="创建活动", related_name="+", db_index=False
    )
    number = models.CharField("编号", max_length=40, unique=True)
    source = models.CharField("线索来源", max_length=12, choices=Source)
    # Which row of the source it came from; the room of the source makes the key and shows what stands behind it.
    source_key = models.CharField(max_length=80, blank=True)
    source_label = models.CharField("来源说明", max_length=200, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位", related_name="+")
    concerned = models.CharField("追究对象", max_length=8, choices=Concerned)
    facts = models.TextField("线索内容", max_length=4000)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    registered_on = models.DateField("登记日期")
    state = models.CharField("状态", max_length=12, choices=State, default=State.REGISTERED)
    version = models.PositiveIntegerField(default=1)
    state_changed_at = models.DateTimeField("状态变更时间", default=clock.now)
    remind_on = models.DateField(null=True, blank=True)  # when reminders.py looks at it again

    # What the unit was told, and heard on (事实告知).
    round = models.PositiveSmallIntegerField("告知次数", default=0)
    facts_told = models.TextField("告知的事实", max_length=4000, blank=True)
    situation = models.CharField("问责情形", max_length=12, choices=Situation, blank=True)
    policy = models.ForeignKey(
        Policy, models.PROTECT, null=True, verbose_name="追究依据", related_name="+", db_index=False
    )
    clause = models.CharField("条款", max_length=40, blank=True)
    clause_text = models.CharField("条款内容", max_length=1000, blank=True)
    notified_at = models.DateTimeField("告知时间", null=True)
    hearing_due_on = models.DateField("陈述申辩期限", null=True)
    heard_at = models.DateTimeField("听取时间", null=True)  # everybody has spoken, or waived it

    opinion = models.TextField("处理建议", max_length=2000, blank=True)
    circumstances = models.JSONField("情节", default=list)  # codes of situations.py
    organ = models.CharField("决定机关", max_length=100, blank=True)
    document_number = models.CharField("决定文号", max_length=60, blank=True)  # canonical: 〔2026〕
    decided_on = models.DateField("决定日期", null=True)
    executed_on = models.DateField("执行日期", null=True)
    execution = models.TextField("执行情况", max_length=2000, blank=True)
    effect_until = models.DateField("影响期止", null=True)  # of the sanction that lasts longest
    is_endless = models.BooleanField("影响期无终止", default=False)
    end_reason = models.TextField("办结理由", max_length=1000, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "责任追究"
        indexes = [
            models.Index(fields=["campaign", "-id"], name="accountability_list"),
            models.Index(
                fields=["remind_on", "id"],
                name="accountability_to_remind",
                condition=Q(remind_on__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_key"],
                condition=~Q(source_key="") & ~Q(state__in=["not_pursued", "terminated", "revoked"]),
                name="accountability_once_per_source",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[str(state) for state in HEARD])
                | Q(heard_at__isnull=False, notified_at__isnull=False),
                name="accountability_heard_before_proposal",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[str(state) for state in WITH_DECISION])
                | (~Q(organ="") & ~Q(document_number="") & Q(decided_on__isnull=False)),
                name="accountability_decided_by_an_organ",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["not_pursued", "terminated"]) | ~Q(end_reason=""),
                name="accountability_ended_for_a_reason",
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return address("accountability:detail", self.pk)

    @property
    def is_open(self) -> bool:
        return self.state not in ENDED

    @property
    def waiting_for(self) -> str:
        if self.state == State.HEARING and self.heard_at:
            return "纪检员"
        return self.WAITING_FOR.get(self.state, "")

    @property
    def for_persons(self) -> bool:
        return self.concerned == Concerned.PERSONS

    def hindrance(self, verb: str) -> str:
        """What stands against a verb besides the state."""
        return hindrances.of(self, verb)
