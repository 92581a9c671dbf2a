"""The yearly campaign (创建活动) and its calendar."""

from django.db import models

from sanwei.core import clock
from sanwei.core.addresses import address
from sanwei.core.questions import Question
from sanwei.core.workflow import Move
from units.organisation.access import is_office


class CampaignQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everyone who signs in sees the campaigns; one still in preparation is seen by the office only."""
        if not user.is_authenticated:
            return self.none()
        return self if is_office(user) else self.exclude(state=Campaign.State.PREPARE)

    def for_detail(self):
        return self.select_related("founding_document")

    def newest_first(self):
        return self.order_by("-year")


class Campaign(models.Model):
    """One year of the campaign (dossier R0.1, R3.1; 1.11).

    `year` is the year assessed; stages may run into the next calendar year.
    """

    class State(models.TextChoices):
        PREPARE = "prepare", "筹备"
        OPEN = "open", "进行中"
        ASSESS = "assess", "考评"
        PUBLICISE = "publicise", "公示"
        ARCHIVE = "archive", "归档"

    class Roll(models.TextChoices):
        """What happens when the last day is a rest day (dossier 8.4)."""

        PRECEDING = "preceding", "提前至前一工作日"
        FOLLOWING = "following", "顺延至后一工作日"
        NONE = "none", "不调整"

    TRANSITIONS = {
        "open": Move(
            "启动", (State.PREPARE,), State.OPEN, warning="启动后将为全部在册单位建立实施方案并逐一通知。"
        ),
        "assess": Move("转入考评", (State.OPEN,), State.ASSESS),
        "publicise": Move("转入公示", (State.ASSESS,), State.PUBLICISE),
        "archive": Move("归档", (State.PUBLICISE,), State.ARCHIVE, danger=True),
    }
    STATE_LOOK = {
        State.PREPARE: "grey",
        State.OPEN: "green",
        State.ASSESS: "blue",
        State.PUBLICISE: "amber",
        State.ARCHIVE: "grey",
    }

    year = models.PositiveSmallIntegerField("年度", unique=True)
    title = models.CharField("名称", max_length=100)
    theme = models.CharField("年度主题", max_length=100)
    founding_document = models.ForeignKey(
        "units.Policy",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="依据文件",
        related_name="campaigns",
    )
    plan_rule = models.CharField("方案报送时限", max_length=40, default="2月下旬")
    plan_roll = models.CharField("遇休息日", max_length=10, choices=Roll, default=Roll.FOLLOWING)
    plan_due_on = models.DateField("方案报送截止日")
    plan_due_at = models.DateTimeField("方案报送截止时刻")
    state = models.CharField("状态", max_length=10, choices=State, default=State.PREPARE)
    version = models.PositiveIntegerField(default=1)
    state_changed_at = models.DateTimeField(default=clock.now)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "创建活动"

    def __str__(self):
        return self.title

    @property
    def is_opened(self) -> bool:
        return self.state != self.State.PREPARE

    @property
    def is_past(self) -> bool:
        return self.state in (self.State.ASSESS, self.State.PUBLICISE, self.State.ARCHIVE)

    def get_absolute_url(self):
        return address("campaigns:detail", self.pk)


class Stage(models.Model):
    """One line of the campaign's calendar (阶段安排)."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="stages")
    name = models.CharField("阶段", max_length=60)
    starts_on = models.DateField("起")
    ends_on = models.DateField("止")
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "阶段安排"
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="stage_ends_after_start"
            )
        ]

    def __str__(self):
        return self.name


CURRENT = Question(lambda: Campaign.objects.exclude(state=Campaign.State.PREPARE).newest_first()[:1])
OPENED = Question(lambda: Campaign.objects.filter(state=Campaign.State.OPEN).newest_first()[:1])


def current_campaign() -> Campaign | None:
    """The newest campaign that has been opened."""
    return next(iter(CURRENT()), None)


def opened_campaign() -> Campaign | None:
    """The newest campaign that is open: plans are written in it."""
    return next(iter(OPENED()), None)
