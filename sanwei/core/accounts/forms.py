"""What people type about their account."""

from django import forms
from django.contrib.auth import password_validation

from sanwei.core.accounts.actions import require_password
from sanwei.core.accounts.models import User
from sanwei.core.audit.context import origin


class SignInForm(forms.Form):
    username = forms.CharField(
        label="用户名", max_length=64, widget=forms.TextInput(attrs={"autocomplete": "username"}),
        error_messages={"required": "请填写用户名。"},
    )  # fmt: skip
    password = forms.CharField(
        label="密码", max_length=1000, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "请填写密码。"},
    )  # fmt: skip


class PasswordForm(forms.Form):
    present = forms.CharField(
        label="现密码", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    password = forms.CharField(
        label="新密码", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    again = forms.CharField(
        label="再输一次新密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password"].help_text = password_validation.get_default_password_validators()[
            0
        ].get_help_text()

    def clean_present(self):
        present = self.cleaned_data["present"]
        require_password(user=self.user, password=present, address=origin.get().address or "0.0.0.0")
        return present

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("password") and cleaned.get("password") != cleaned.get("again"):
            self.add_error("again", "两次输入的新密码不一致，请重新输入。")
        if cleaned.get("password") and cleaned.get("password") == cleaned.get("present"):
            self.add_error("password", "新密码不能与现密码相同。")
        return cleaned


class CodeForm(forms.Form):
    code = forms.CharField(
        label="验证码", max_length=20, help_text="认证器应用显示的6位数字；手机不在身边时可填一个恢复码。",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": "请填写验证码。"},
    )  # fmt: skip


class AddressForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["phone", "email"]
