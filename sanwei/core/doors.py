"""Every view says who may knock. A view that says nothing is never run (default deny)."""

import functools

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied

from sanwei.core.roles import roles_of

PUBLIC = "public"
SIGNED_IN = "signed_in"


def public(view):
    """Open to everybody, signed in or not."""
    view.door = PUBLIC
    return view


def signed_in(view):
    """Open to every signed-in person; what they see inside is decided by visible_to."""

    @functools.wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    guarded.door = SIGNED_IN
    return guarded


def for_roles(*roles):
    """Open to people who hold one of `roles` today; others are told 403."""

    def decorate(view):
        @functools.wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not roles_of(request.user) & frozenset(roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.door = frozenset(str(role) for role in roles)
        return guarded

    return decorate


def allow(granted: bool) -> None:
    """Refuse with 403 unless `granted`: used as `allow(access.can_sign(user, plan))`."""
    if not granted:
        raise PermissionDenied


def before_ready(view):
    """Also open to somebody who must first change a password or show a second factor."""
    view.door_before_ready = True
    return view
