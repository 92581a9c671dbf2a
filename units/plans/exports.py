"""The lists of this room as Excel."""

from django.db.models import F

from sanwei.core.exchange import Listing
from sanwei.core.ui.looks import word
from sanwei.core.workdays.lights import Light
from units.campaigns.choosing import the_campaign
from units.plans import choosing
from units.plans.submission import filed_text

PLAN_HEADS = ("序号", "单位", "类别", "报送截止", "上报时间", "报送情况", "状态", "版次")
MEASURE_HEADS = ("单位", "序号", "举措", "类型", "责任科室", "责任人", "完成时限", "完成率", "灯")


def plans(user, asked) -> Listing:
    """The submission table (报送情况表)."""
    campaign = the_campaign(user, asked)
    _form, found = choosing.plans(user, asked, campaign)
    light = found.for_table().annotate(latest_number=F("latest_version__number"))
    light = light.only("unit__name", "unit__category", "due_at", "submitted_at", "late_days", "state")
    title = f"{campaign.year}年度实施方案报送情况表" if campaign else "实施方案报送情况表"
    return Listing(title, PLAN_HEADS, light.order_by("unit_order", "pk"), plan_row)


def plan_row(number, plan) -> tuple:
    return (
        number,
        plan.unit.name,
        word(plan.unit, "category"),
        plan.due_at,
        plan.submitted_at,
        filed_text(plan),
        word(plan, "state"),
        plan.latest_number or "—",
    )


def measures(user, asked) -> Listing:
    """措施台账."""
    _form, found = choosing.measures(user, asked, the_campaign(user, asked))
    in_order = found.order_by("plan__unit_order", "plan_id", "position", "pk")
    return Listing("措施台账", MEASURE_HEADS, in_order, measure_row)


def measure_row(number, m) -> tuple:
    light = Light(m.light).label
    return (
        m.plan.unit.name, m.position, m.title, m.kind, m.department_name, m.person, m.due_on, m.percent, light,
    )  # fmt: skip
