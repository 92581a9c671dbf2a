"""What every page shows besides its own content: `site` in the templates."""

from django.conf import settings
from django.contrib.messages import get_messages
from django.template.backends.utils import csrf_input
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.module_loading import import_string

from sanwei.core import clock
from sanwei.core.notifications.actions import unread_count
from sanwei.core.roles import posts_label
from sanwei.core.ui.views import LARGE_TYPE


class Site:
    """The names, footer marks and navigation of the site. Everything is looked up only when a page asks."""

    name = "三型机关创建管理平台"

    def __init__(self, request):
        self.request = request
        self.path = request.get_full_path()

    @cached_property
    def large_type(self) -> bool:
        name, value = LARGE_TYPE
        return self.request.COOKIES.get(name) == value

    @cached_property
    def marks(self) -> dict[str, str]:
        """The footer marks as settings give them (dossier 9.5); those left empty are not shown."""
        return settings.SANWEI_FOOTER

    @cached_property
    def navigation(self):
        """Asked of settings.SANWEI_NAVIGATION, since the ground knows no rooms above it."""
        return import_string(settings.SANWEI_NAVIGATION)(self.request)

    @cached_property
    def columns(self):
        """The columns of the public site, at most eight."""
        return import_string(settings.SANWEI_COLUMNS)(self.request)

    @cached_property
    def unread(self) -> int:
        return unread_count(self.request.user)

    @cached_property
    def posts(self) -> str:
        return posts_label(self.request.user)

    @cached_property
    def today(self):
        return clock.today()


def site(request):
    """The form key is masked once for a page, not anew in each of its forms."""
    return {
        "site": Site(request),
        "user": request.user,
        "messages": get_messages(request),
        "csrf_input": SimpleLazyObject(lambda: csrf_input(request)),
    }
