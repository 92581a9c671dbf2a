"""What cases put on a person's desk: by number, never by name."""

from assessments.accountability import access
from assessments.accountability.models import AccountabilityCase
from assessments.accountability.states import ENDED, State
from sanwei.core import clock
from sanwei.core.roles import Role
from sanwei.core.ui.worklist import WorkItem
from units.organisation.access import units_of

SHOWN = 20  # the rest is one click away in the list
TO_DO = {
    State.REGISTERED: "启动核实",
    State.VERIFYING: "核实并告知事实",
    State.PROPOSED: "登记处理决定",
    State.DECIDED: "登记执行",
    State.APPEALED: "登记复核结果",
}


def items(user) -> list[WorkItem]:
    """待办 and 在办. One query for those who handle cases or head a unit, none for anybody else."""
    if not access.can_list(user):
        return []
    headed = units_of(user, Role.UNIT_HEAD)
    waiting = AccountabilityCase.objects.visible_to(user).exclude(state__in=ENDED)
    rows = waiting.select_related("unit").order_by("state_changed_at", "pk")[:SHOWN]
    return [of_head(case) if case.unit_id in headed else of_handler(case) for case in rows]


def of_head(case) -> WorkItem:
    speaks = case.state == State.HEARING and not case.heard_at
    what = "陈述申辩" if speaks else case.get_state_display()
    return item(case, what, case.hearing_due_on if speaks else None, with_others=not speaks)


def of_handler(case) -> WorkItem:
    if case.state == State.HEARING:
        return item(
            case,
            "提出处理建议" if case.heard_at else "听取陈述申辩",
            None if case.heard_at else case.hearing_due_on,
            with_others=not case.heard_at,
        )
    if case.state == State.IN_EFFECT:
        over = not case.hindrance("release")
        return item(
            case, "解除" if over else "影响期", None if over else case.effect_until, with_others=not over
        )
    return item(case, TO_DO[case.state], None)


def item(case, what, due_on, with_others=False) -> WorkItem:
    return WorkItem(
        f"责任追究 {case.number}",
        case.get_absolute_url(),
        what,
        clock.end_of_day(due_on) if due_on else None,
        case.state_changed_at,
        case.waiting_for,
        with_others,
    )
