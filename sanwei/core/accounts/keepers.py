"""The keepers' site at /admin/: three separated powers (三员分立, dossier 9.1). It fails closed.

The system administrator keeps accounts and dictionaries, the security administrator posts and rights, the auditor
reads the record in its own room. Nobody here sees business data.
"""

from django.contrib import messages
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect

from sanwei.core.doors import public
from sanwei.core.holding.models import standing
from sanwei.core.roles import KEEPER_ROLES, Role, roles_of


class KeepersSite(AdminSite):
    site_header = site_title = "三型机关创建管理平台·系统管理"
    index_title = "系统管理"
    name = "keepers"
    enable_nav_sidebar = False

    def has_permission(self, request):
        return request.user.is_authenticated and bool(roles_of(request.user) & KEEPER_ROLES)

    def index(self, request, extra_context=None):
        """The first page also says that nothing is sent since a restore."""
        if hold := standing():
            messages.warning(request, hold.warning())
        return super().index(request, extra_context)

    @public
    def login(self, request, extra_context=None):
        """Everybody signs in by the one door; who is signed in already and is no keeper is told so."""
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next", request.get_full_path()))

    def password_change(self, request, extra_context=None):
        """One place where a password is changed, with one policy and one history."""
        return redirect("accounts:change_password")

    def get_urls(self):
        """Every address here has the keepers' door; has_permission() is asked by admin_view at each."""
        patterns = super().get_urls()
        give_door(patterns)
        return patterns


def give_door(patterns) -> None:
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            give_door(pattern.url_patterns)
        elif not hasattr(pattern.callback, "door"):
            pattern.callback.door = KEEPER_ROLES


class KeptBy(ModelAdmin):
    """A model kept by one role only; nothing is ever deleted here."""

    role: Role

    def changelist_view(self, request, extra_context=None):
        """Headed by what is listed; Django's sentence (选择 账号 来修改) is English in Chinese words."""
        return super().changelist_view(
            request, {"title": self.opts.verbose_name_plural, **(extra_context or {})}
        )

    def allowed(self, request) -> bool:
        return self.role in roles_of(request.user)

    def has_module_permission(self, request):
        return self.allowed(request)

    def has_view_permission(self, request, obj=None):
        return self.allowed(request)

    has_add_permission = has_module_permission
    has_change_permission = has_view_permission

    def has_delete_permission(self, request, obj=None):
        return False


site = KeepersSite(name="keepers")
