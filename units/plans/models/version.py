"""What was handed in, and what the office says of it."""

from django.conf import settings
from django.db import models

from sanwei.core import clock
from units.plans.content import SectionKind
from units.plans.models.plan import Plan


class PlanVersionQuerySet(models.QuerySet):
    def for_list(self):
        """Without the text, which is read when somebody asks for it."""
        return self.select_related("signed_by", "decided_by").defer("content")


class PlanVersion(models.Model):
    """What was handed in, frozen at signature. Content, hash and times never change (refused by the database)."""

    class Outcome(models.TextChoices):
        PENDING = "pending", "审核中"
        RETURNED = "returned", "退回补正"
        WITHDRAWN = "withdrawn", "已撤回"
        APPROVED = "approved", "备案通过"

    OUTCOME_LOOK = {
        Outcome.PENDING: "blue",
        Outcome.RETURNED: "red",
        Outcome.WITHDRAWN: "grey",
        Outcome.APPROVED: "green",
    }

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveIntegerField("版次")
    receipt_number = models.CharField("回执编号", max_length=40, unique=True)
    content = models.JSONField("内容")
    sha256 = models.CharField("内容摘要", max_length=64)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="签发人", related_name="+", db_index=False
    )
    received_at = models.DateTimeField("收到时间")
    due_at = models.DateTimeField("应报时间")
    late_days = models.PositiveIntegerField("迟报工作日")
    outcome = models.CharField("审核结果", max_length=10, choices=Outcome, default=Outcome.PENDING)
    opinion = models.TextField("审核意见", blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField("审核时间", null=True)

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "方案版本"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="version_number_once_per_plan")
        ]

    def __str__(self):
        return f"{self.plan}第{self.number}版"


class Comment(models.Model):
    """The office's remark on one section of one version; the unit sees it once the version is decided."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="comments")
    section = models.CharField("部分", max_length=12, choices=SectionKind)
    text = models.TextField("意见", max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "审核意见"
        ordering = ["pk"]

    def __str__(self):
        return self.text[:40]
