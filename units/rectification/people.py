"""Who in a unit can be given a task."""

from sanwei.core.accounts.models import User
from sanwei.core.roles import Role
from units.organisation.models import Post


def who_may_work_on(task):
    """The clerks and heads of the unit, and the leads of its departments, as a queryset of accounts."""
    roles = (Role.UNIT_CLERK, Role.UNIT_HEAD, Role.DEPARTMENT_LEAD)
    held = Post.objects.active().filter(unit=task.unit_id, role__in=roles)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("name", "pk")
