"""Appeals against a decision, and what became of them (申诉、复核)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sanwei.core import clock


class CaseReview(models.Model):
    """One appeal; the decision goes on meanwhile."""

    class Outcome(models.TextChoices):
        PENDING = "pending", "复核中"
        UPHELD = "upheld", "维持"
        AMENDED = "amended", "变更"
        REVOKED = "revoked", "撤销"

    OUTCOME_LOOK = {
        Outcome.PENDING: "amber",
        Outcome.UPHELD: "grey",
        Outcome.AMENDED: "blue",
        Outcome.REVOKED: "green",
    }

    case = models.ForeignKey("AccountabilityCase", models.CASCADE, related_name="reviews")
    appealed_on = models.DateField("申诉日期")
    appeal = models.TextField("申诉理由", max_length=2000)
    outcome = models.CharField("结果", max_length=8, choices=Outcome, default=Outcome.PENDING)
    organ = models.CharField("复核机关", max_length=100, blank=True)
    document_number = models.CharField("复核文号", max_length=60, blank=True)
    decided_on = models.DateField("复核决定日期", null=True)
    opinion = models.TextField("复核意见", max_length=2000, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("登记时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "申诉复核"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(outcome="pending"), name="review_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(outcome="pending")
                | (~Q(organ="") & ~Q(document_number="") & Q(decided_on__isnull=False)),
                name="review_decided_by_an_organ",
            ),
        ]

    def __str__(self):
        return self.get_outcome_display()
