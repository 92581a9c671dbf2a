"""Who may do what with a case. Whether it can be done now is the business of TRANSITIONS.

Cases are handled by the discipline officer and the head of the office, never by one who belongs to the unit concerned or bears
the respondent's name (回避). The unit's own head speaks for it; everybody else does not know of it.
"""

from assessments.accountability.models import AccountabilityCase
from assessments.accountability.states import HANDLERS
from sanwei.core.roles import Role
from units.organisation.access import roles_of, units_of

MUST_KEEP_AWAY = (
    "您在该单位任职，或与追究对象同名，应当回避，不能办理本案。请由其他纪检员或领导组办公室主任办理。"
)


def handles(user) -> bool:
    return bool(roles_of(user) & HANDLERS)


def is_barred(user, case) -> bool:
    """Asked of the database once for each person and case of a request."""
    known = user.__dict__.setdefault("_barred_from", {})
    if case.pk not in known:
        known[case.pk] = AccountabilityCase.objects.filter(pk=case.pk).barred_to(user).exists()
    return known[case.pk]


def note_impartial(user, case) -> None:
    """What visible_to() has answered need not be asked again in this request."""
    user.__dict__.setdefault("_barred_from", {})[case.pk] = False


def may_handle(user, case) -> bool:
    return handles(user) and not is_barred(user, case)


def is_head(user, case) -> bool:
    return case.unit_id in units_of(user, Role.UNIT_HEAD)


def can_list(user) -> bool:
    return handles(user) or bool(units_of(user, Role.UNIT_HEAD))


def can_register(user) -> bool:
    return handles(user)


def can_export(user) -> bool:
    return handles(user)


def can_see_numbers(user) -> bool:
    return handles(user) or Role.LEADER in roles_of(user)


def can_set_scheme(user) -> bool:
    return Role.OFFICE_HEAD in roles_of(user)


def can_verify(user, case) -> bool:
    return may_handle(user, case)


def can_name_respondents(user, case) -> bool:
    return may_handle(user, case)


def can_notify_facts(user, case) -> bool:
    return may_handle(user, case)


def can_notify_again(user, case) -> bool:
    return may_handle(user, case)


def can_make_statement(user, case) -> bool:
    """The head for the unit and its people; who handles the case enters what was said to them."""
    return is_head(user, case) or may_handle(user, case)


def can_propose(user, case) -> bool:
    return may_handle(user, case)


def can_decide(user, case) -> bool:
    """Enter what the competent organ has decided."""
    return may_handle(user, case)


def can_execute(user, case) -> bool:
    return may_handle(user, case)


def can_appeal(user, case) -> bool:
    return may_handle(user, case)


def can_uphold(user, case) -> bool:
    return may_handle(user, case)


def can_amend(user, case) -> bool:
    return may_handle(user, case)


def can_revoke(user, case) -> bool:
    return may_handle(user, case)


def can_release(user, case) -> bool:
    return may_handle(user, case)


def can_issue_notice(user, case) -> bool:
    return may_handle(user, case)


def can_sign_notice(user, case) -> bool:
    return is_head(user, case)


def can_not_pursue(user, case) -> bool:
    return may_handle(user, case)


def can_terminate(user, case) -> bool:
    return may_handle(user, case)
