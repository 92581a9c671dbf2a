"""Who may do what with a task. Whether it can be done now is the business of TRANSITIONS."""

from sanwei.core.roles import OFFICE_ROLES, SUPERVISORS, Role
from units.organisation.access import is_office, posts_of, roles_of, units_of


def is_clerk(user, task) -> bool:
    return task.unit_id in units_of(user, Role.UNIT_CLERK)


def is_head(user, task) -> bool:
    return task.unit_id in units_of(user, Role.UNIT_HEAD)


def leads_department(user, task) -> bool:
    """The lead of the department that answers for the task."""
    return task.lead_department_id is not None and any(
        post.role == Role.DEPARTMENT_LEAD and post.department_id == task.lead_department_id
        for post in posts_of(user)
    )


def works_on(user, task) -> bool:
    """The clerk, the department's lead, or the person it was given to."""
    named = task.person_id == user.pk and task.unit_id in units_of(user)  # a name without a post is no right
    return is_clerk(user, task) or leads_department(user, task) or named


def supervises(user) -> bool:
    """The office, and the supervision offices (市委督查室、市政府督办室)."""
    return bool(roles_of(user) & (OFFICE_ROLES | {Role.INSPECTOR}))


def can_see_board(user) -> bool:
    """The board of the whole city."""
    return bool(roles_of(user) & SUPERVISORS)


def can_see_unit_board(user, unit) -> bool:
    """Those who supervise, and the unit's own clerk and head; a department sees its tasks in the list."""
    return can_see_board(user) or unit.pk in units_of(user, Role.UNIT_CLERK, Role.UNIT_HEAD)


def can_open(user) -> bool:
    return supervises(user)


def can_sign_for(user, task) -> bool:
    return is_clerk(user, task) or is_head(user, task)


def can_decline(user, task) -> bool:
    """What leaves the unit in its name is signed by its head."""
    return is_head(user, task)


def can_delegate(user, task) -> bool:
    """Unit to department, department to person."""
    return is_clerk(user, task) or is_head(user, task) or leads_department(user, task)


def can_record_progress(user, task) -> bool:
    return works_on(user, task)


def can_attach(user, task) -> bool:
    """Evidence."""
    return works_on(user, task)


def can_report_done(user, task) -> bool:
    return works_on(user, task)


def can_confirm(user, task) -> bool:
    return is_head(user, task)


def can_hand_back(user, task) -> bool:
    return is_head(user, task)


def can_request_extension(user, task) -> bool:
    return works_on(user, task)


def can_sign_extension(user, task) -> bool:
    return is_head(user, task)


def can_hand_back_extension(user, task) -> bool:
    return is_head(user, task)


def can_grant_extension(user, task) -> bool:
    return is_office(user) and is_impartial(user, task)


def can_refuse_extension(user, task) -> bool:
    return is_office(user) and is_impartial(user, task)


def is_impartial(user, task) -> bool:
    """Holds no post in the unit that answers for the task (回避)."""
    return task.unit_id not in units_of(user)


def may_know_inspectors(user, task) -> bool:
    """Which inspector acted: those who look at all units, unless they hold a post in this one."""
    return bool(roles_of(user) & SUPERVISORS) and is_impartial(user, task)


def can_verify(user, task) -> bool:
    return supervises(user) and is_impartial(user, task)


def can_send_back(user, task) -> bool:
    return supervises(user) and is_impartial(user, task)


def can_reassign(user, task) -> bool:
    return is_office(user) and is_impartial(user, task)


def can_suspend(user, task) -> bool:
    return is_office(user) and is_impartial(user, task)


def can_resume(user, task) -> bool:
    return is_office(user) and is_impartial(user, task)


def can_cancel(user, task) -> bool:
    return is_office(user) and is_impartial(user, task)


def can_urge(user, task=None) -> bool:
    return supervises(user)


def can_assist(user, assistance) -> bool:
    """The clerk or head of the unit that helps, or the lead of its department."""
    if assistance.unit_id in units_of(user, Role.UNIT_CLERK, Role.UNIT_HEAD):
        return True
    return assistance.department_id is not None and any(
        post.role == Role.DEPARTMENT_LEAD and post.department_id == assistance.department_id
        for post in posts_of(user)
    )


def can_sign_urging(user, task) -> bool:
    """The receipt stub of a sheet."""
    return is_clerk(user, task) or is_head(user, task)
