"""Posts, for the security administrator: who holds which, and the appointing of keepers."""

from django import forms
from django.contrib import admin

from sanwei.core.accounts.keepers import KeptBy, site
from sanwei.core.roles import Role, conflict
from units.organisation import actions
from units.organisation.models import Post
from units.organisation.people import roles_of_person


class PostForm(forms.ModelForm):
    class Meta:
        model = Post
        fields = ("user", "role", "unit", "department", "body", "starts_on")

    def clean(self):
        """What appoint() would refuse is said at the form."""
        cleaned = super().clean()
        if cleaned.get("user") and cleaned.get("role"):
            held = roles_of_person(cleaned["user"], cleaned.get("starts_on"))
            if why := conflict({*held, cleaned["role"]}):
                raise forms.ValidationError(why)
        return cleaned


@admin.register(Post, site=site)
class PostAdmin(KeptBy):
    role = Role.SECURITY_ADMIN
    form = PostForm
    list_display = ("user", "role", "unit", "department", "body", "starts_on", "ends_on")
    list_filter = ("role",)
    search_fields = ("user__name", "user__username", "unit__name")
    raw_id_fields = ("unit", "department")
    list_select_related = ("user", "unit", "department")
    actions = ("end",)

    def has_change_permission(self, request, obj=None):
        return obj is None and self.allowed(request)

    def save_model(self, request, obj, form, change):
        obj.pk = actions.appoint(by=request.user, **form.cleaned_data).pk

    @admin.action(description="免去")
    def end(self, request, queryset):
        for post in queryset.active():
            actions.end_post(post=post, by=request.user, reason="安全管理员免去")
