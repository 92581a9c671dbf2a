"""Accounts, for the system administrator; whose they are, for the security administrator."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import Count, OuterRef, Subquery

from sanwei.core.accounts import actions
from sanwei.core.accounts.keepers import KeptBy, site
from sanwei.core.accounts.models import Identity, User
from sanwei.core.refusals import Refused
from sanwei.core.roles import Role, conflict, roles_of


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


class ReasonForm(ActionForm):
    """Beside the choice of an action: why."""

    reason = forms.CharField(label="理由", max_length=200, required=False)


@admin.register(Identity, site=site)
class IdentityAdmin(KeptBy):
    """Which accounts are one person's. Who makes accounts (the system administrator) does not decide this."""

    role = Role.SECURITY_ADMIN
    list_display = ("username", "name", "is_active", "accounts_of_the_person")
    ordering = ("name", "username")
    search_fields = ("username", "name")
    fields = ("username", "name", "person")
    action_form = ReasonForm
    actions = ("link", "unlink")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return obj is None and self.allowed(request)

    def get_queryset(self, request):
        same = User.objects.filter(person=OuterRef("person")).order_by().values("person")
        return super().get_queryset(request).annotate(accounts=Subquery(same.values(n=Count("pk"))))

    @admin.display(description="同一人账号数")
    def accounts_of_the_person(self, obj):
        return obj.accounts

    @admin.action(description="认定为同一人")
    def link(self, request, queryset):
        first, *others = [*queryset.order_by("pk")]
        if not others:
            messages.error(request, "请勾选属于同一人的两个以上账号，再办理认定。")
        for other in others:
            self.answer(request, actions.link_accounts, user=other, other=first)
        if why := conflict({role for user in queryset.all() for role in roles_of(user)}):
            messages.warning(request, f"所选账号合计的岗位不符合规定：{why}")

    @admin.action(description="解除同一人认定")
    def unlink(self, request, queryset):
        for user in queryset:
            self.answer(request, actions.unlink_account, user=user)

    def answer(self, request, verb, **what) -> None:
        """Do it for the reason typed beside the action, or say why not."""
        try:
            verb(by=request.user, reason=request.POST.get("reason", ""), **what)
        except Refused as refused:
            messages.error(request, refused.message)
        else:
            messages.success(request, f"账号{what['user'].username}已办理。")
