"""Weaknesses of plans in force (薄弱环节) as sources of tasks: the key names the plan and the row."""

from django.http import Http404

from sanwei.core import clock
from sanwei.core.refusals import Refused
from sanwei.core.workdays import calendar
from units.organisation.sight import visible_row
from units.plans.content import SectionKind
from units.plans.models import Plan, PlanVersion
from units.rectification import actions, deadlines
from units.rectification.models import Task
from units.rectification.states import Source

TITLE_LENGTH = 200


def key_of(plan_pk: int, uid: str) -> str:
    return f"plan:{plan_pk}:{uid}"


def in_force(plan) -> list[dict]:
    """The weaknesses of the version in force: uid, problem, cause, remedy."""
    text = PlanVersion.objects.values_list("content", flat=True).get(pk=plan.approved_version_id)
    return text["sections"][SectionKind.WEAKNESSES]["rows"]


def open_task(*, user, plan_pk, uid) -> Task:
    """交办 the weakness `uid` of a plan that `user` sees: to its unit, within ten working days, with the remedy it promised.

    404 when there is no such plan or row. Side effects: as actions.open_task().
    """
    plan = visible_row(Plan, user, plan_pk, "for_detail")
    if plan is None:
        raise Http404
    if plan.approved_version_id is None:
        raise Refused("方案备案通过后，薄弱环节方可转为整改任务。")
    row = next((row for row in in_force(plan) if row["uid"] == uid), None)
    if row is None:
        raise Http404
    return actions.open_task(
        campaign=plan.campaign,
        unit=plan.unit,
        title=row["problem"][:TITLE_LENGTH],
        requirement=row["remedy"] or row["problem"],
        due_on=calendar.add_workdays(clock.today(), deadlines.DEFAULT_WORKDAYS),
        by=user,
        source=Source.WEAKNESS,
        source_key=key_of(plan.pk, uid),
        source_label=f"{plan}：薄弱环节",
    )
