"""Who may do what with an inspection. Whether it can be done now is the business of TRANSITIONS."""

from assessments.inspections.models.inspection import PLANNERS
from units.organisation.access import roles_of


def can_plan(user) -> bool:
    """Draw up inspections: the supervision offices and the head of the office (A14)."""
    return bool(roles_of(user) & PLANNERS)


def can_amend(user, inspection) -> bool:
    return can_plan(user)


def can_draw(user, inspection) -> bool:
    return can_plan(user)


def can_add_unit(user, inspection) -> bool:
    return can_plan(user)


def can_drop_unit(user, inspection) -> bool:
    return can_plan(user)


def can_start(user, inspection) -> bool:
    return can_plan(user)


def can_finish(user, inspection) -> bool:
    return can_plan(user)


def can_cancel(user, inspection) -> bool:
    return can_plan(user)


def can_record_visit(user, inspection) -> bool:
    return can_plan(user)
