"""Who can be in a team."""

from sanwei.core.accounts.models import User
from sanwei.core.roles import Role
from units.organisation.models import Post


def inspectors():
    """The accounts that hold a post of inspector today, by name."""
    held = Post.objects.active().filter(role=Role.INSPECTOR)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("name", "pk")
