"""The rectification task (整改任务): who has to put what right by when, and where it has got to (dossier 3.2, A2)."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from sanwei.core import clock
from sanwei.core.addresses import address
from sanwei.core.roles import SUPERVISORS, Role
from sanwei.core.workdays.lights import Course, course_light, course_pace
from units.campaigns.models import Campaign
from units.organisation.access import posts_of, roles_of, units_of
from units.organisation.models import LONGEST_QUERY, Department, Unit
from units.rectification import hindrances
from units.rectification.models.urging import Urging
from units.rectification.models.work import Assistance
from units.rectification.states import CLOSED, SUPERVISED, TRANSITIONS, Source, State

IS_CLOSED, IS_PAUSED = Q(state__in=CLOSED), Q(suspended_on__isnull=False)


class TaskQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those who supervise see all; a unit's clerk and head what it leads or assists; a department and a person what is
        theirs."""
        if not user.is_authenticated:
            return self.none()
        if roles_of(user) & SUPERVISORS:
            return self
        units = units_of(user, Role.UNIT_CLERK, Role.UNIT_HEAD)
        departments = {post.department_id for post in posts_of(user) if post.role == Role.DEPARTMENT_LEAD} - {
            None
        }
        helped = Assistance.objects.filter(
            Q(unit__in=units) | Q(department__in=departments), task=OuterRef("pk")
        )
        named = Q(person=user.pk, unit__in=units_of(user))  # a name without a post is no right
        own = Q(unit__in=units) | Q(lead_department__in=departments) | named
        return self.filter(own | Exists(helped))

    def open(self):
        """Neither closed nor cancelled."""
        return self.exclude(state__in=CLOSED)

    def waiting_for_signing(self):
        return self.filter(state=State.ASSIGNED)

    def sign_for_overdue(self, today):
        """Not signed for in time (领办逾期)."""
        return self.waiting_for_signing().filter(sign_for_due_on__lt=today, suspended_on=None)

    def report_overdue(self, today):
        """Not reported as done in time (反馈逾期)."""
        return self.filter(state__in=SUPERVISED, due_on__lt=today, suspended_on=None)

    def to_remind(self, today):
        """Those a clock has to look at: a day has come that was named for it, or a verb has changed what they owe."""
        return self.filter(remind_on__lte=today)

    def to_gather(self, campaign, today):
        """Those of a campaign about which the ledger may learn something new: a day has come, or a verb was taken."""
        return self.filter(campaign=campaign, gather_on__lte=today)

    def can_be_urged(self, today):
        """Those on which time runs against the unit, and that were not urged today."""
        urged = Urging.objects.filter(task=OuterRef("pk"), issued_on=today)
        return self.filter(~Exists(urged), state__in=SUPERVISED, suspended_on=None)

    def from_source(self, source, *keys):
        return self.filter(source=source, source_key__in=keys)

    def with_light(self, today=None):
        """Annotates `light` (core/workdays/lights.Light)."""
        return self.annotate(light=course_light(IS_CLOSED, IS_PAUSED, today))

    def with_pace(self, today=None):
        """Annotates `pace` (core/workdays/lights.Pace): what was cancelled, declined or suspended is 其他."""
        other = IS_PAUSED | Q(state__in=(State.CANCELLED, State.DECLINED))
        return self.annotate(pace=course_pace(Q(state=State.CLOSED), other, today))

    def filtered(self, *, q="", light="", pace="", state="", source="", overdue=""):
        """Narrow what with_light() and with_pace() found by what the filter bar says; what says nothing narrows nothing."""
        tasks = self
        if words := q.strip()[:LONGEST_QUERY]:
            tasks = tasks.filter(Q(unit__in=Unit.objects.matching(words)) | Q(title__icontains=words))
        if overdue in ("sign_for", "report"):
            tasks = getattr(tasks, f"{overdue}_overdue")(clock.today())
        for field, value in (("light", light), ("pace", pace), ("state", state), ("source", source)):
            if value:
                tasks = tasks.filter(**{field: value})
        return tasks

    def for_list(self):
        return self.with_light().with_pace().select_related("unit", "lead_department")

    def for_detail(self):
        return self.select_related("unit", "campaign", "lead_department", "person", "asked_extension")


class Task(models.Model):
    """One matter, one sheet (一事一单). Its light is derived, never stored."""

    State, Source, TRANSITIONS = State, Source, TRANSITIONS
    STATE_LOOK = {
        State.ASSIGNED: "amber",
        State.IN_PROGRESS: "blue",
        State.UNIT_REVIEW: "amber",
        State.VERIFYING: "amber",
        State.DECLINED: "red",
        State.CLOSED: "green",
        State.CANCELLED: "grey",
    }
    WAITING_FOR = {
        State.ASSIGNED: "单位填报员",
        State.IN_PROGRESS: "责任科室",
        State.UNIT_REVIEW: "单位负责人",
        State.VERIFYING: "领导组办公室",
        State.DECLINED: "领导组办公室",
    }

    class Conclusion(models.TextChoices):
        """What the office closes a task with (办结标准, dossier 3.2)."""

        SOLVED = "solved", "已解决"
        PARTLY = "partly", "部分解决（列入计划）"
        EXPLAINED = "explained", "已解释（政策不支持）"
        UNFOUNDED = "unfounded", "不属实"

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, verbose_name="创建活动", related_name="tasks", db_index=False
    )
    number = models.CharField("督办编号", max_length=40, unique=True)
    source = models.CharField("任务来源", max_length=12, choices=Source)
    # Which row of the source it came from; the room of the source makes the key and shows what stands behind it.
    source_key = models.CharField(max_length=80, blank=True)
    source_label = models.CharField("来源说明", max_length=200, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="责任单位", related_name="tasks")
    unit_order = models.PositiveIntegerField("排序号")
    lead_department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="责任科室",
        related_name="+",
        db_index=False,
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="责任人",
        related_name="+",
    )
    title = models.CharField("事项", max_length=200)
    requirement = models.TextField("整改要求", max_length=2000)
    standard = models.CharField("办结标准", max_length=500, blank=True)
    state = models.CharField("状态", max_length=12, choices=State, default=State.ASSIGNED)
    version = models.PositiveIntegerField(default=1)
    state_changed_at = models.DateTimeField("状态变更时间", default=clock.now)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        verbose_name="交办人",
        related_name="+",
        db_index=False,
    )
    assigned_on = models.DateField("交办日期")
    sign_for_due_on = models.DateField("签收时限")
    signed_for_at = models.DateTimeField("签收时间", null=True, blank=True)
    first_due_on = models.DateField("原办理期限")
    due_on = models.DateField("办理期限")
    started_on = models.DateField()  # of the time that runs now: moved on by every pause, new when sent back
    # Numbers of these two days (calendar.number_of), with which the database counts working days.
    start_workday = models.PositiveIntegerField()
    due_workday = models.PositiveIntegerField()
    percent = models.PositiveSmallIntegerField("完成率", default=0)
    sent_back = models.PositiveSmallIntegerField("退办次数", default=0)
    extended = models.PositiveSmallIntegerField("延期次数", default=0)
    asked_extension = models.ForeignKey(
        "TaskExtension",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="待批延期",
        related_name="+",
        db_index=False,
    )
    # Stands here and not only on the application: a decision on it is taken under the lock of this row.
    extension_signed_at = models.DateTimeField("延期申请签发时间", null=True, blank=True)
    suspended_on = models.DateField("中止日期", null=True, blank=True)
    # The day it left the unit: from then on it waits for the office, and time does not run against the unit.
    stopped_on = models.DateField(null=True, blank=True)
    stopped_workday = models.PositiveIntegerField(null=True, blank=True)
    remind_on = models.DateField(null=True, blank=True)  # when reminders.py looks at it again
    gather_on = models.DateField(null=True, blank=True)  # when events.py looks at it again
    reported_at = models.DateTimeField("上报办结时间", null=True, blank=True)
    result = models.TextField("办理结果", max_length=4000, blank=True)
    decline_basis = models.CharField("退回依据", max_length=500, blank=True)
    conclusion = models.CharField("办结结论", max_length=10, choices=Conclusion, blank=True)
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "整改任务"
        indexes = [
            models.Index(fields=["campaign", "due_on", "id"], name="task_list"),
            models.Index(fields=["campaign", "unit", "due_on", "id"], name="task_list_of_unit"),
            models.Index(fields=["state", "state_changed_at"], name="task_waiting"),
            models.Index(fields=["lead_department", "due_on"], name="task_of_department"),
            models.Index(
                fields=["remind_on", "id"], name="task_to_remind", condition=Q(remind_on__isnull=False)
            ),
            models.Index(
                fields=["campaign", "gather_on", "id"],
                name="task_to_gather",
                condition=Q(gather_on__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_key"],
                condition=~Q(source_key="") & ~Q(state="cancelled"),
                name="task_once_per_source",
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="task_percent_at_most_100"),
            models.CheckConstraint(
                condition=Q(extended__lte=hindrances.MOST_EXTENSIONS), name="task_extended_at_most_twice"
            ),
            models.CheckConstraint(
                condition=Q(due_workday__gte=F("start_workday")), name="task_due_after_start"
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at__isnull=True)),
                name="task_closed_has_time",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"

    def get_absolute_url(self):
        return address("rectification:detail", self.pk)

    @property
    def is_open(self) -> bool:
        return self.state not in CLOSED

    @property
    def is_suspended(self) -> bool:
        return self.suspended_on is not None

    @property
    def waiting_for(self) -> str:
        if self.is_suspended and self.is_open:
            return ""
        return self.WAITING_FOR.get(self.state, "")

    @property
    def course(self) -> Course:
        """What the light depends on."""
        return Course(
            start=self.start_workday,
            due=self.due_workday,
            due_on=self.due_on,
            percent=self.percent,
            sent_back=self.sent_back,
            stopped_on=self.stopped_on,
            paused=self.is_suspended,
            closed=not self.is_open,
        )

    @property
    def why(self) -> str:
        """Why its light is what it is today."""
        return self.course.why(clock.today())

    def hindrance(self, verb: str) -> str:
        """What stands against a verb besides the state."""
        return hindrances.of(self, verb)
