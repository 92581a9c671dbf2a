"""What people type about units, departments, posts and leading groups."""

from django import forms
from django.forms import formset_factory

from sanwei.core import clock
from sanwei.core.accounts.models import User
from sanwei.core.roles import KEEPER_ROLES, UNIT_ROLES, Role
from sanwei.core.ui.fields import DayField, LineField
from units.organisation.models import Department, LeadingGroupMember, Post, Unit


class UnitFilter(forms.Form):
    q = forms.CharField(label="单位", required=False)
    category = forms.ChoiceField(label="类别", required=False, choices=[("", "全部"), *Unit.Category.choices])
    affiliation = forms.ChoiceField(
        label="隶属关系", required=False, choices=[("", "全部"), *Unit.Affiliation.choices]
    )
    tier = forms.ChoiceField(label="创建基础", required=False, choices=[("", "全部"), *Unit.Tier.choices])


class UnitForm(forms.ModelForm):
    class Meta:
        model = Unit
        fields = ["category", "affiliation", "has_counter", "parent", "order"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = Unit.objects.active().in_order()


class NewUnitForm(UnitForm):
    class Meta(UnitForm.Meta):
        fields = [
            "code",
            "name",
            "short_name",
            "category",
            "affiliation",
            "tier",
            "has_counter",
            "parent",
            "order",
        ]
        field_classes = {"name": LineField, "short_name": LineField}


class RenameForm(forms.Form):
    name = LineField(label="单位全称", max_length=100)
    short_name = LineField(label="简称", max_length=40)

    def __init__(self, *args, unit, **kwargs):
        super().__init__(*args, initial={"name": unit.name, "short_name": unit.short_name}, **kwargs)
        self.unit = unit

    def clean_name(self):
        name = self.cleaned_data["name"]
        if Unit.objects.filter(name=name).exclude(pk=self.unit.pk).exists():
            raise forms.ValidationError(f"已有单位名为“{name}”，请核对。")
        return name


class MergeForm(forms.Form):
    successor = forms.ModelChoiceField(label="承接单位", queryset=Unit.objects.none())
    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, unit, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = Unit.objects.active().exclude(pk=unit.pk).in_order()


class TierForm(forms.Form):
    tier = forms.ChoiceField(label="创建基础", choices=Unit.Tier)
    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class DepartmentForm(forms.Form):
    name = LineField(label="科室名称", max_length=60)
    is_counter = forms.BooleanField(label="窗口科室", required=False)


class AppointForm(forms.Form):
    """任用 somebody who has an account, or a new person whose account is made with it."""

    username = forms.CharField(
        label="用户名",
        max_length=64,
        help_text="已有账号填其用户名；新账号填拟用的用户名（字母、数字和短横线）。",
    )
    name = LineField(label="姓名", max_length=64, required=False, help_text="新账号必填。")
    role = forms.ChoiceField(label="岗位")
    department = forms.ModelChoiceField(label="科室", queryset=Department.objects.none(), required=False)
    starts_on = DayField(label="起始日期", initial=clock.today)

    def __init__(self, *args, unit, **kwargs):
        super().__init__(*args, **kwargs)
        self.unit = unit
        roles = UNIT_ROLES if unit else set(Role) - UNIT_ROLES - KEEPER_ROLES
        self.fields["role"].choices = [(role.value, role.label) for role in Role if role in roles]
        if unit:
            self.fields["department"].queryset = unit.departments.active()
        else:
            del self.fields["department"]

    def clean_username(self):
        username = self.cleaned_data["username"].strip().lower()
        if not username.replace("-", "").isalnum() or not username.isascii():
            raise forms.ValidationError("用户名只能用字母、数字和短横线。")
        return username

    def clean(self):
        cleaned = super().clean()
        known = User.objects.filter(username=cleaned.get("username", "")).exists()
        if cleaned.get("username") and not known and not cleaned.get("name"):
            self.add_error("name", "没有这个用户名的账号。新建账号请填写姓名。")
        if cleaned.get("role") == Role.DEPARTMENT_LEAD and not cleaned.get("department"):
            self.add_error("department", "请选择科室负责人所在的科室。")
        return cleaned


class DelegateForm(forms.Form):
    post = forms.ModelChoiceField(label="岗位", queryset=Post.objects.none(), empty_label=None)
    user = forms.ModelChoiceField(label="代理人", queryset=User.objects.none())
    starts_on = DayField(label="起始日期", initial=clock.today)
    ends_on = DayField(label="结束日期")

    def __init__(self, *args, unit, **kwargs):
        super().__init__(*args, **kwargs)
        posts = Post.objects.active().filter(unit=unit, stands_in_for=None)
        self.fields["post"].queryset = posts.select_related("unit", "department", "user")
        self.fields["post"].label_from_instance = lambda post: f"{post}（{post.user.name}）"
        self.fields["user"].queryset = User.objects.filter(is_active=True, posts__unit=unit).distinct()


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明理由。"},
    )  # fmt: skip


class MemberForm(forms.Form):
    position = forms.ChoiceField(label="职务", choices=[("", "—"), *LeadingGroupMember.Position.choices])
    name = LineField(label="姓名", max_length=64)
    title = LineField(label="行政职务", max_length=60, required=False)
    phone = LineField(label="联系电话", max_length=32, required=False)


MemberFormSet = formset_factory(MemberForm, extra=2, can_delete=True, max_num=60)


class RosterForm(forms.Form):
    file = forms.FileField(
        label="单位名录（.xlsx）", error_messages={"required": "请选择填好的Excel文件（.xlsx）。"}
    )
