"""Who may do what with a plan. Whether it can be done now is the business of TRANSITIONS."""

from sanwei.core.roles import Role
from units.organisation.access import is_office, posts_of, units_of


def is_clerk(user, plan) -> bool:
    return plan.unit_id in units_of(user, Role.UNIT_CLERK)


def is_head(user, plan) -> bool:
    return plan.unit_id in units_of(user, Role.UNIT_HEAD)


def can_edit(user, plan) -> bool:
    """Write the sections, copy last year's, import measures, attach papers."""
    return is_clerk(user, plan)


def can_request_signature(user, plan) -> bool:
    return is_clerk(user, plan)


def can_sign(user, plan) -> bool:
    return is_head(user, plan)


def can_hand_back(user, plan) -> bool:
    return is_head(user, plan)


def can_withdraw(user, plan) -> bool:
    """What left the unit in its name is taken back in its name."""
    return is_head(user, plan)


def can_amend(user, plan) -> bool:
    return is_clerk(user, plan)


def can_comment(user, plan) -> bool:
    return is_office(user)


def can_start_review(user, plan) -> bool:
    return is_office(user)


def can_approve(user, plan) -> bool:
    return is_office(user)


def can_return_for_revision(user, plan) -> bool:
    return is_office(user)


def can_grant_extension(user, plan) -> bool:
    return is_office(user)


def can_publish(user, plan) -> bool:
    return is_office(user)


def can_unpublish(user, plan) -> bool:
    return is_office(user)


def can_urge(user) -> bool:
    return is_office(user)


def can_see_table(user) -> bool:
    """The submission table of all units (应报/已报/迟报/未报/退回)."""
    return is_office(user) or any(post.role == Role.LEADER for post in posts_of(user))


def can_record_progress(user, measure) -> bool:
    """The unit's clerk, or the lead of the department that answers for the measure."""
    if measure.plan.unit_id in units_of(user, Role.UNIT_CLERK):
        return True
    return any(
        post.role == Role.DEPARTMENT_LEAD and post.department_id == measure.department_id
        for post in posts_of(user)
        if post.department_id
    )
