"""What plans put on a person's desk."""

from django.urls import reverse

from sanwei.core.roles import Role
from sanwei.core.ui.worklist import WorkItem
from units.campaigns.models import Campaign
from units.organisation.access import is_office, posts_of, units_of
from units.plans.models import Measure, Plan

SHOWN = 20  # of one kind; the rest is one click away in the list


def item(plan, what) -> WorkItem:
    due_at = plan.owed_by if plan.state != Plan.State.SUBMITTED else None
    return WorkItem(str(plan), plan.get_absolute_url(), what, due_at, plan.state_changed_at, plan.waiting_for)


def live(user):
    """The plans of the open campaign; named by its key, so that the index of the list serves."""
    opened = Campaign.objects.filter(state=Campaign.State.OPEN).order_by("-year").values("pk")
    return Plan.objects.visible_to(user).filter(campaign=opened[:1]).for_list()


def todo(user) -> list[WorkItem]:
    """待办: what waits for this person."""
    found = []
    if clerk_of := units_of(user, Role.UNIT_CLERK):
        plans = live(user).filter(unit__in=clerk_of, state__in=Plan.EDITABLE)
        found += [item(plan, "补正后重新送审" if plan.returned_at else "填写并送审") for plan in plans]
    if head_of := units_of(user, Role.UNIT_HEAD):
        plans = live(user).filter(unit__in=head_of, state=Plan.State.AWAITING_SIGNATURE)
        found += [item(plan, "签发上报") for plan in plans]
    if is_office(user):
        plans = live(user).filter(state=Plan.State.SUBMITTED).order_by("state_changed_at")
        found += [item(plan, "审核") for plan in plans[:SHOWN]]
    return found + measures_todo(user)


def measures_todo(user) -> list[WorkItem]:
    """Measures of the departments this person leads that are near, due or overdue."""
    departments = {post.department_id for post in posts_of(user) if post.role == Role.DEPARTMENT_LEAD}
    if not departments:
        return []
    rows = Measure.objects.visible_to(user).in_force().for_list().filter(department__in=departments)
    near = rows.exclude(light__in=["closed", "green"]).order_by("due_on")[:SHOWN]
    return [
        WorkItem(
            row.title,
            reverse("plans:measure", args=[row.pk]),
            "填报进展",
            row.due_at,
            None,
            row.department_name,
        )
        for row in near
    ]


def under_way(user) -> list[WorkItem]:
    """在办: what this person has a part in and others are working on."""
    found = []
    if mine := units_of(user, Role.UNIT_CLERK, Role.UNIT_HEAD):
        states = (Plan.State.AWAITING_SIGNATURE, Plan.State.SUBMITTED)
        found += [
            item(plan, plan.get_state_display())
            for plan in live(user).filter(unit__in=mine, state__in=states)
        ]
    if is_office(user):
        plans = live(user).filter(state=Plan.State.RETURNED).order_by("revision_due_at")
        found += [item(plan, "等待单位补正") for plan in plans[:SHOWN]]
    return found
