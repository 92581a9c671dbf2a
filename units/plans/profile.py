"""Plans on the profile of a unit, year by year."""

from sanwei.core.addresses import address
from units.organisation.profile import Fact, Part
from units.plans.models import Plan
from units.plans.submission import filed_text


def of_unit(unit, user) -> Part | None:
    """The plans this person may see; of other units what is published. Two queries."""
    own = Plan.objects.filter(unit=unit).select_related("campaign").order_by("-campaign__year")
    seen = own.visible_to(user)
    years = {plan.campaign.year: facts(plan, plan.get_absolute_url()) for plan in seen}
    for plan in own.published():
        years.setdefault(plan.campaign.year, public_facts(plan))
    return Part("实施方案", dict(sorted(years.items(), reverse=True))) if years else None


def facts(plan, url) -> tuple[Fact, ...]:
    return (
        Fact("状态", plan.get_state_display(), url, Plan.STATE_LOOK[plan.state]),
        Fact("报送", filed_text(plan)),
        Fact("公开", "已公开" if plan.published_at else "未公开"),
    )


def public_facts(plan) -> tuple[Fact, ...]:
    """What anybody may read: when it was handed in and judged is the unit's own affair."""
    url = address("portal:plan", plan.public_id)
    return (Fact("状态", "查看方案", url), Fact("报送", "—"), Fact("公开", "已公开"))
