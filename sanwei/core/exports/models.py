"""Exports that are too large for a request: asked for with a reason, written in the background, kept for a week."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sanwei.core import clock
from sanwei.core.addresses import address


class ExportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everybody sees their own and nobody else's."""
        return self.filter(by=user) if user.is_authenticated else self.none()

    def waiting(self):
        """Neither written nor given up."""
        return self.filter(finished_at=None, failed_at=None)

    def free(self):
        """Those that a worker may take now: due, and held by nobody, or by a worker that has died."""
        now = clock.now()
        return self.waiting().filter(Q(claimed_until=None) | Q(claimed_until__lt=now), due_at__lte=now)

    def held(self):
        """Those that a worker is writing now."""
        return self.waiting().filter(claimed_until__gte=clock.now())

    def kept(self):
        """Those whose file lies in the folder."""
        return self.filter(finished_at__isnull=False, expired_at=None)


class Export(models.Model):
    """One workbook asked for by one person. What has become of it follows from its instants, as with the outbox.

    A worker holds it until `claimed_until` and is known by `attempts`: whoever took it later has another number.
    """

    class State(models.TextChoices):
        ASKED = "asked", "排队中"
        WRITING = "writing", "正在生成"
        READY = "ready", "可以下载"
        FAILED = "failed", "未能生成"
        EXPIRED = "expired", "已过期"

    STATE_LOOK = {
        State.ASKED: "blue",
        State.WRITING: "blue",
        State.READY: "green",
        State.FAILED: "red",
        State.EXPIRED: "grey",
    }

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="导出人", related_name="exports"
    )
    listing = models.CharField("名册", max_length=40)  # a name in settings.SANWEI_EXPORTS
    places = models.JSONField(
        "所属记录", default=dict, blank=True
    )  # what the address named besides the filter
    path = models.CharField("地址", max_length=200)
    query = models.TextField("筛选条件", blank=True)
    title = models.CharField("表名", max_length=200)
    reason = models.CharField("理由", max_length=500)
    total = models.PositiveIntegerField("行数")  # counted once, when it was asked for
    written = models.PositiveIntegerField("已写行数", default=0)
    asked_at = models.DateTimeField("申请时间", default=clock.now)
    due_at = models.DateTimeField("办理时间", default=clock.now)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    claimed_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField("生成时间", null=True)
    failed_at = models.DateTimeField("停办时间", null=True)
    failure = models.CharField("未能生成的原因", max_length=300, blank=True)
    stored_name = models.CharField("存储名", max_length=32, blank=True)
    posts = models.TextField("生成时的岗位", blank=True)
    expires_at = models.DateTimeField("到期时间", null=True)
    expired_at = models.DateTimeField("删除时间", null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "导出"
        indexes = [
            models.Index(fields=["by", "-id"], name="export_own"),
            models.Index(
                fields=["due_at", "id"], name="export_due", condition=Q(finished_at=None, failed_at=None)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(failed_at=None), name="export_finished_or_failed"
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None) | (~Q(stored_name="") & Q(expires_at__isnull=False)),
                name="export_finished_has_file",
            ),
        ]

    def __str__(self):
        return f"{self.title}（{self.total}行）"

    def get_absolute_url(self):
        return address("exports:detail", self.pk)

    @property
    def state(self) -> str:
        if self.failed_at:
            return self.State.FAILED
        if self.finished_at:
            over = self.expired_at or clock.now() >= self.expires_at
            return self.State.EXPIRED if over else self.State.READY
        return self.State.WRITING if self.claimed_until else self.State.ASKED

    def get_state_display(self) -> str:
        return self.State(self.state).label

    @property
    def is_waiting(self) -> bool:
        return self.state in (self.State.ASKED, self.State.WRITING)

    @property
    def percent(self) -> int:
        """How far the writing has come, in whole percent; 100 only when the file is there."""
        if self.finished_at:
            return 100
        return min(99, self.written * 100 // self.total) if self.total else 0

    @property
    def list_url(self) -> str:
        """The address by which it was asked for, with its filter: asking again."""
        return f"{self.path}?{self.query}" if self.query else self.path
