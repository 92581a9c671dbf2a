"""What plans put on a person's desk."""

from sanwei.core.addresses import address
from sanwei.core.questions import Question
from sanwei.core.roles import Role
from sanwei.core.ui.worklist import WorkItem
from units.campaigns.models import Campaign, opened_campaign
from units.organisation.access import is_office, posts_of, units_of
from units.plans.models import Measure, Plan

SHOWN = 20  # of one kind; the rest is one click away in the list
TO_REVIEW = Question(
    lambda campaign: (
        Plan.objects.filter(campaign=campaign, state=Plan.State.SUBMITTED)
        .for_table()
        .order_by("state_changed_at")[:SHOWN]
    ),
    campaign=int,
)
IN_REVISION = Question(
    lambda campaign: (
        Plan.objects.filter(campaign=campaign, state=Plan.State.RETURNED)
        .for_table()
        .order_by("revision_due_at")[:SHOWN]
    ),
    campaign=int,
)


def items(user) -> list[WorkItem]:
    """待办 and 在办: plans of the open campaign, and measures of the departments this person leads."""
    campaign = opened_campaign()
    plans = [*of_units(user, campaign), *of_office(user, campaign)] if campaign else []
    return plans + measures(user)


def of_units(user, campaign) -> list[WorkItem]:
    """The plans of the units this person writes for or heads."""
    clerk_of, head_of = units_of(user, Role.UNIT_CLERK), units_of(user, Role.UNIT_HEAD)
    if not clerk_of | head_of:
        return []
    found, own = [], Plan.objects.visible_to(user).filter(campaign=campaign, unit__in=clerk_of | head_of)
    for plan in own.for_table():
        if plan.state in Plan.EDITABLE and plan.unit_id in clerk_of:
            found.append(item(plan, campaign, "补正后重新送审" if plan.returned_at else "填写并送审"))
        if plan.state == Plan.State.AWAITING_SIGNATURE and plan.unit_id in head_of:
            found.append(item(plan, campaign, "签发上报"))
        elif plan.state in (Plan.State.AWAITING_SIGNATURE, Plan.State.SUBMITTED):
            found.append(item(plan, campaign, plan.get_state_display(), with_others=True))
    return found


def of_office(user, campaign) -> list[WorkItem]:
    """What the office has to review, longest waiting first, and what units have to put right, by their date."""
    if not is_office(user):
        return []
    waiting, in_revision = TO_REVIEW(campaign=campaign.pk), IN_REVISION(campaign=campaign.pk)
    return [
        *(item(plan, campaign, "审核") for plan in waiting),
        *(item(plan, campaign, "等待单位补正", with_others=True) for plan in in_revision),
    ]


def item(plan, campaign: Campaign, what: str, with_others: bool = False) -> WorkItem:
    plan.campaign = campaign
    due_at = plan.owed_by if plan.state != Plan.State.SUBMITTED else None
    return WorkItem(
        str(plan),
        plan.get_absolute_url(),
        what,
        due_at,
        plan.state_changed_at,
        plan.waiting_for,
        with_others,
    )


def measures(user) -> list[WorkItem]:
    """Measures of the departments this person leads that are near, due or overdue."""
    departments = {post.department_id for post in posts_of(user) if post.role == Role.DEPARTMENT_LEAD}
    if not departments:
        return []
    rows = Measure.objects.visible_to(user).in_force().for_list().filter(department__in=departments)
    near = rows.exclude(light__in=["closed", "green"]).order_by("due_on")[:SHOWN]
    return [
        WorkItem(
            row.title, address("plans:measure", row.pk), "填报进展", row.due_at, None, row.department_name
        )
        for row in near
    ]
