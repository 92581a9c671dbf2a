"""Who may do what with a finding. Whether it can be done now is the business of TRANSITIONS."""

from django.db.models import Q

from assessments.inspections.models.finding import FILERS
from sanwei.core.roles import SUPERVISORS, Role
from units.organisation.access import roles_of, units_of


def is_head(user, finding) -> bool:
    return finding.unit_id in units_of(user, Role.UNIT_HEAD)


def can_file(user) -> bool:
    """Record findings."""
    return bool(roles_of(user) & FILERS)


def supervises(user, finding) -> bool:
    """Files and decides, and holds no post in the unit concerned (回避, 《政府督查工作条例》 art. 16)."""
    return can_file(user) and finding.unit_id not in units_of(user)


def saw_it(user, finding) -> bool:
    """Recorded it or stands among the witnesses: under whatever account, or by name."""
    by_name = Q(user=None, name=user.name)
    seen = Q(user=user.pk) | Q(user__person=user.person) | by_name
    return finding.recorded_by_id == user.pk or finding.witnesses.filter(seen).exists()


def can_amend(user, finding) -> bool:
    return supervises(user, finding)


def can_notify(user, finding) -> bool:
    return supervises(user, finding)


def can_withdraw(user, finding) -> bool:
    return supervises(user, finding)


def can_accept(user, finding) -> bool:
    """What binds the unit is said by its head."""
    return is_head(user, finding)


def can_object(user, finding) -> bool:
    return is_head(user, finding)


def can_accept_by_silence(user, finding) -> bool:
    """The clock alone."""
    return False


def can_uphold(user, finding) -> bool:
    """Nobody decides about an objection to what he himself reported."""
    return supervises(user, finding) and not saw_it(user, finding)


def can_dismiss(user, finding) -> bool:
    return can_uphold(user, finding)


def can_open_task(user, finding) -> bool:
    return supervises(user, finding)


def can_settle(user, finding) -> bool:
    return supervises(user, finding)


def can_look_back(user, finding) -> bool:
    return supervises(user, finding)


def can_reopen(user, finding) -> bool:
    """Only as the outcome of a look back."""
    return False


def can_see_witnesses(user, finding) -> bool:
    """Also the raw evidence: never anybody with a post in the unit."""
    return supervises(user, finding)


def may_know_who_found_it(user, finding) -> bool:
    """Those who look at all units, unless they hold a post in this one."""
    return bool(roles_of(user) & SUPERVISORS) and finding.unit_id not in units_of(user)


def can_attach_evidence(user, finding) -> bool:
    return supervises(user, finding)


def can_attach(user, finding) -> bool:
    """Papers of the objection, and what the unit is shown of the evidence."""
    own = finding.unit_id in units_of(user, Role.UNIT_CLERK, Role.UNIT_HEAD)
    return own or supervises(user, finding)


def can_see_matrix(user) -> bool:
    """Numbers over all units."""
    return bool(roles_of(user) & (FILERS | {Role.OFFICE, Role.LEADER}))
