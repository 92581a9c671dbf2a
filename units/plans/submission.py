"""The submission table of the office: 应报 / 已报 / 迟报 / 未报 / 退回, from the counts the database keeps."""

import dataclasses

from units.organisation.models import Unit
from units.plans.models import PlanTally
from units.plans.tallies import summed


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


def totals(campaign) -> Counts:
    """All the plans of a campaign."""
    nothing = dict.fromkeys(PlanTally.COUNTED, 0)
    return Counts(label="", **next(iter(summed(PlanTally, campaign)), nothing))


def by_tier(campaign) -> list[Counts]:
    """Per foundation tier (R7.3), in the order of the code list."""
    return grouped(campaign, "tier", Unit.Tier)


def by_category(campaign) -> list[Counts]:
    """Per category of unit, in the order of the code list."""
    return grouped(campaign, "category", Unit.Category)


def grouped(campaign, field, choices) -> list[Counts]:
    """Groups in which a plan is expected."""
    found = {row.pop(field): row for row in summed(PlanTally, campaign, field)}
    rows = [Counts(label=choice.label, **found[choice.value]) for choice in choices if choice.value in found]
    return [row for row in rows if row.expected]


def filed_text(plan) -> str:
    """How a unit stands, in the words of the table."""
    if plan.submitted_at is None:
        return "未报"
    return f"迟报{plan.late_days}个工作日" if plan.late_days else "按时"
