"""Keeping away (回避): acts refuse it by themselves, whatever road led to them."""

from assessments.accountability import access
from assessments.accountability.naming import key_of
from sanwei.core.accounts.models import User
from sanwei.core.refusals import Refused
from sanwei.core.workflow import advance
from units.organisation.models import Post


def handled(case, verb, by, **words):
    """advance() for a verb of those who handle the case, unless `by` must keep away from it."""
    require_impartial(case, by)
    return advance(case, verb, by, **words)


def require_impartial(case, by) -> None:
    if access.is_barred(by, case):
        raise Refused(access.MUST_KEEP_AWAY)


def require_no_part(by, unit, names) -> None:
    """Before there is a case: `by` belongs to the unit, or bears one of the names."""
    if by is None:  # a clock
        return
    own = Post.objects.active().filter(user__person=by.person, unit=unit).exists()
    if own or key_of(by.name) in {key_of(name) for name in names}:
        raise Refused(access.MUST_KEEP_AWAY)


def handlers_of(case, but=None) -> list[User]:
    """Who handles cases today and may see this one; without `but`."""
    roles = [str(role) for role in access.HANDLERS]
    held = Post.objects.active().filter(role__in=roles).values("user")
    people = User.objects.filter(pk__in=held, is_active=True).order_by("pk")
    return [user for user in people if user != but and not access.is_barred(user, case)]
