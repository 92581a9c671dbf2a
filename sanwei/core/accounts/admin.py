"""Accounts, for the system administrator."""

from django.contrib import admin, messages

from sanwei.core.accounts import actions
from sanwei.core.accounts.keepers import KeptBy, site
from sanwei.core.accounts.models import User
from sanwei.core.roles import Role


@admin.register(User, site=site)
class UserAdmin(KeptBy):
    role = Role.SYSTEM_ADMIN
    list_display = ("username", "name", "is_active", "must_change_password", "created_at")
    search_fields = ("username", "name")
    fields = ("username", "name", "phone", "email")
    actions = ("issue_password", "disable", "enable")

    def get_readonly_fields(self, request, obj=None):
        return ("username",) if obj else ()

    def save_model(self, request, obj, form, change):
        """A new account gets an issued password, shown once."""
        if change:
            changed = {name: form.cleaned_data[name] for name in form.changed_data}
            actions.edit_account(user=obj, by=request.user, **changed)
            return
        words = {name: form.cleaned_data[name] for name in ("phone", "email")}
        made, password = actions.create_account(
            username=obj.username, name=obj.name, by=request.user, **words
        )
        obj.pk = made.pk
        messages.success(
            request, f"账号{made.username}的初始密码为{password}，只显示这一次，首次登录须修改。"
        )

    @admin.action(description="重置密码")
    def issue_password(self, request, queryset):
        for user in queryset:
            password = actions.issue_password(user=user, by=request.user)
            messages.success(request, f"账号{user.username}的新密码为{password}，只显示这一次。")

    @admin.action(description="停用")
    def disable(self, request, queryset):
        for user in queryset.filter(is_active=True):
            actions.disable_account(user=user, by=request.user)

    @admin.action(description="启用")
    def enable(self, request, queryset):
        for user in queryset.filter(is_active=False):
            actions.enable_account(user=user, by=request.user)
