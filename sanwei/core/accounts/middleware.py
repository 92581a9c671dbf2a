"""What stands between a request and a view: session limits, the door, and whether the person is ready to work."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.http import JsonResponse
from django.shortcuts import redirect

from sanwei.core import clock
from sanwei.core.accounts.actions import password_expired
from sanwei.core.doors import PUBLIC
from sanwei.core.roles import KEEPER_ROLES, roles_of

SEEN, BEGAN = "seen_at", "began_at"
EXPIRED = "登录已过期，请重新登录。已自动保存的内容没有丢失，未保存的内容保留在本机浏览器中。"
SECOND_FACTOR = "accounts:second_factor"
WRITE_EVERY = 60  # seconds between two notes of activity


def session_limits(get_response):
    """End a session that idles (30 minutes, keepers 15) or lasts longer than its hours."""

    def middleware(request):
        if request.user.is_authenticated and not still_good(request):
            logout(request)
            if request.headers.get("X-Autosave") or request.headers.get("HX-Request"):
                return JsonResponse({"message": EXPIRED}, status=401)
            messages.warning(request, EXPIRED)
            return redirect_to_login(request.get_full_path())
        return get_response(request)

    return middleware


def begin_session(request) -> None:
    """Start both clocks of a session, at sign-in."""
    request.session[BEGAN] = request.session[SEEN] = clock.now().timestamp()


def still_good(request) -> bool:
    now = clock.now().timestamp()
    seen, began = request.session.get(SEEN, now), request.session.setdefault(BEGAN, now)
    keeper = roles_of(request.user) & KEEPER_ROLES
    idle = (settings.SANWEI_KEEPER_IDLE_MINUTES if keeper else settings.SANWEI_IDLE_MINUTES) * 60
    if now - seen > idle or now - began > settings.SANWEI_SESSION_HOURS * 3600:
        return False
    if now - request.session.get(SEEN, 0) > WRITE_EVERY:
        request.session[SEEN] = now
    return True


class DoorMiddleware:
    """Default deny: a view without a door is never run (AUTHZ-01); nobody works before they are ready."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        door = getattr(view, "door", None)
        if door is None:
            raise ImproperlyConfigured(
                f"{view.__module__}.{getattr(view, '__name__', view)} declares no door"
            )
        if door == PUBLIC or not request.user.is_authenticated:
            return None
        page = what_is_missing(request)
        if not page or (getattr(view, "door_before_ready", False) and page != SECOND_FACTOR):
            return None
        return None if request.resolver_match.view_name == page else redirect(page)


def what_is_missing(request) -> str:
    """The page that must be done before any other: the second factor, a new password; nothing when ready.

    Who has a second factor shows it first: a password alone must not change the password or enrol another device.
    """
    verified = request.user.is_verified()
    if not verified and has_device(request):
        return SECOND_FACTOR
    if request.user.must_change_password or password_expired(request.user):
        return "accounts:change_password"
    if not verified and roles_of(request.user) & settings.SANWEI_SECOND_FACTOR_ROLES:
        return "accounts:enrol"
    return ""


def has_device(request) -> bool:
    """Whether the person has a confirmed second factor; kept in the session, renewed at sign-in and enrolment."""
    if "has_device" not in request.session:
        request.session["has_device"] = request.user.totpdevice_set.filter(confirmed=True).exists()
    return request.session["has_device"]
