"""The submission table of the office: 应报 / 已报 / 迟报 / 未报 / 退回, counted by the database."""

import dataclasses

from django.db.models import Count, Q

from sanwei.core.exchange import write
from units.organisation.models import Unit
from units.plans.models import Plan

MISSING, HANDED_IN = Q(submitted_at=None), Q(submitted_at__isnull=False)
COUNTS = {
    "expected": Count("pk"),
    "handed_in": Count("pk", filter=HANDED_IN),
    "on_time": Count("pk", filter=HANDED_IN & Q(late_days=0)),
    "late": Count("pk", filter=HANDED_IN & Q(late_days__gt=0)),
    "missing": Count("pk", filter=MISSING),
    "returned": Count("pk", filter=Q(returned_at__isnull=False)),
    "approved": Count("pk", filter=Q(approved_version__isnull=False)),
}
HEADS = ("序号", "单位", "类别", "报送截止", "上报时间", "报送情况", "状态", "版次")


@dataclasses.dataclass(frozen=True)
class Counts:
    """One line of the table: numbers of units; `label` is the group, empty for all."""

    label: str
    expected: int
    handed_in: int
    on_time: int
    late: int
    missing: int
    returned: int
    approved: int

    @property
    def coverage(self):
        """Share handed in, of those expected: a fraction between 0 and 1, or None when nothing was expected."""
        return self.handed_in / self.expected if self.expected else None


def totals(plans) -> Counts:
    """All of `plans` in one query."""
    return Counts(label="", **plans.aggregate(**COUNTS))


def by_tier(plans) -> list[Counts]:
    """Per foundation tier (R7.3), in the order of the code list. One query."""
    return grouped(plans, "unit__tier", Unit.Tier)


def by_category(plans) -> list[Counts]:
    """Per category of unit, in the order of the code list. One query."""
    return grouped(plans, "unit__category", Unit.Category)


def grouped(plans, field, choices) -> list[Counts]:
    found = {row.pop(field): row for row in plans.order_by().values(field).annotate(**COUNTS)}
    return [Counts(label=choice.label, **found[choice.value]) for choice in choices if choice.value in found]


def filed_text(plan) -> str:
    """How a unit stands, in the words of the table."""
    if plan.submitted_at is None:
        return "未报"
    return f"迟报{plan.late_days}个工作日" if plan.late_days else "按时"


def workbook(plans: "list[Plan]", title: str) -> bytes:
    """The table as Excel: exactly the rows given, in the order given."""
    rows = [
        (
            number,
            plan.unit.name,
            plan.unit.get_category_display(),
            plan.due_at,
            plan.submitted_at,
            filed_text(plan),
            plan.get_state_display(),
            plan.latest_version.number if plan.latest_version else "—",
        )
        for number, plan in enumerate(plans, 1)
    ]
    return write(title, HEADS, rows)
