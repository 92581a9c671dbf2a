"""The rectification task (整改任务): who has to put what right by when, and where it has got to (dossier 3.2, A2)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sanwei.core import clock
from sanwei.core.addresses import address
from sanwei.core.workdays.lights import Course, Light, Pace
from units.campaigns.models import Campaign
from units.organisation.models import Department, Unit
from units.rectification import hindrances
from units.rectification.models.questions import TaskQuerySet
from units.rectification.states import CLOSED, TRANSITIONS, Source, State


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
                fields=["extension_signed_at"],
                name="task_asked",
                condition=Q(extension_signed_at__isnull=False),
            ),
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
    def light_now(self) -> Light:
        """Its light today; with_light() says the same in SQL."""
        return self.course.light(clock.today())

    @property
    def pace_now(self) -> Pace:
        """Its class of progress today; with_pace() says the same in SQL."""
        unjudged = self.is_suspended or self.state == State.DECLINED
        if self.state == State.CANCELLED or (self.is_open and unjudged):
            return Pace.OTHER
        return self.course.pace(clock.today())

    @property
    def why(self) -> str:
        """Why its light is what it is today."""
        return self.course.why(clock.today())

    def hindrance(self, verb: str) -> str:
        """What stands against a verb besides the state."""
        return hindrances.of(self, verb)
