"""Fields and parts of forms that exposures and cases share."""

import re

from django import forms
from django.core.validators import URLValidator

from assessments.publicity.people import LONGEST_NAME, MOST, people_in
from sanwei.core import clock
from sanwei.core.ui.fields import DayField, LineField
from units.organisation.models import Unit

BAD_LINK = (
    "链接须以 http:// 或 https:// 开头，请从浏览器地址栏完整复制。没有链接的可以留空，登记后上传扫描件。"
)
NOT_SECRET = "已按保守国家秘密法审查，不含国家秘密、工作秘密和不宜公开的内容"


def text(label, longest, missing="", rows=3, **options):
    """A box for several lines; with `missing` it must not be empty."""
    return forms.CharField(
        label=label,
        max_length=longest,
        required=bool(missing),
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing} if missing else None,
        **options,
    )


class UnitField(forms.ModelChoiceField):
    def __init__(self, **options):
        missing = {"required": "请选择单位。", "invalid_choice": "请在列出的单位中重新选择。"}
        super().__init__(Unit.objects.active().in_order(), empty_label="—", error_messages=missing, **options)

    def label_from_instance(self, unit):
        return unit.name


class PersonsField(forms.CharField):
    """One person on each line. Cleans to the lines as they are stored."""

    widget = forms.Textarea

    def __init__(self, **options):
        super().__init__(
            label="涉及人员", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
            help_text="每行一人，先写姓名，后写职务，例如：张三 审批科科长。姓名只供有权限的人查看，公开时自动隐去。",
            **options,
        )  # fmt: skip

    def clean(self, value):
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MOST:
            raise forms.ValidationError(f"涉及人员最多{MOST}人，请只写主要人员。")
        if crowded := next((line for line in lines if re.search("[、；;]", line)), ""):
            raise forms.ValidationError(f"每行只写一人，请把“{crowded[:LONGEST_NAME]}”分行填写。")
        for person in people_in("\n".join(lines)):
            if len(person.name) > LONGEST_NAME:
                raise forms.ValidationError(
                    f"“{person.name[:LONGEST_NAME]}…”不像姓名。请每行写一人，姓名和职务之间空一格。"
                )
        return "\n".join(lines)


class LinkField(LineField):
    """An address on the web; nothing else is ever stored as a link."""

    def __init__(self, **options):
        super().__init__(
            label="原文链接", required=False, max_length=500, help_text="只填 http、https 网址。", **options
        )
        self.validators.append(URLValidator(schemes=["http", "https"], message=BAD_LINK))


class PastDayField(DayField):
    def clean(self, value):
        day = super().clean(value)
        if day and day > clock.today():
            raise forms.ValidationError("日期不能晚于今天，请核对后重新填写。")
        return day


class UnclassifiedField(forms.BooleanField):
    def __init__(self):
        super().__init__(
            label="已确认不含涉密内容",
            error_messages={"required": "请确认不含涉密内容后再提交。本系统为非涉密系统。"},
        )


class ReasonForm(forms.Form):
    reason = text("理由", 500, "请写明理由。")

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)


class VersionedForm(forms.Form):
    """A decision on what was read: the version of the record as the page showed it."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)
        self.row = row
        self.fields["version"].initial = row.version


class ProposeForm(VersionedForm):
    """提请公开: nothing to type, but the text as the public will read it stands beside the button."""


class PublishForm(VersionedForm):
    """批准公开 needs the secrecy check (dossier 9.2, 9.4: 公开前保密审查)."""

    checked = forms.BooleanField(
        label=NOT_SECRET, error_messages={"required": "公开前须完成保密审查并勾选确认。"}
    )

    def clean(self):
        typed = super().clean()
        typed.pop("checked", None)
        return typed


class WithdrawForm(VersionedForm):
    correction = text(
        "更正说明", 1000, "请写明更正说明，公众将在原网址看到。", rows=4,
        help_text="公开显示。说明哪些内容不准确、正确情况是什么；不要重复不实内容，不要写姓名和电话。",
    )  # fmt: skip
    reason = text("撤下理由", 500, "请写明撤下理由。", help_text="只在办理过程中显示，不公开。")
