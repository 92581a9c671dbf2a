"""What the office types about a bulletin."""

import datetime as dt

from django import forms

from assessments.bulletins.models import Bulletin
from sanwei.core import clock
from sanwei.core.ui.fields import LineField
from units.campaigns.models import Campaign


class DraftForm(forms.Form):
    """起草: which campaign and which kind; a periodic one also names its quarter."""

    kind = forms.ChoiceField(label="种类", choices=Bulletin.Kind)
    campaign = forms.ModelChoiceField(label="创建活动", queryset=Campaign.objects.none(), empty_label=None)
    quarter = forms.TypedChoiceField(
        label="期间", required=False, coerce=int, empty_value=None,
        choices=[("", "—"), (1, "第一季度"), (2, "第二季度"), (3, "第三季度"), (4, "第四季度")],
        help_text="定期通报须选择季度。",
    )  # fmt: skip

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = Campaign.objects.visible_to(user).order_by("-year")

    def clean(self):
        cleaned = super().clean()
        periodic = cleaned.get("kind") == Bulletin.Kind.PERIODIC
        quarter, campaign = cleaned.get("quarter"), cleaned.get("campaign")
        if periodic and not quarter:
            self.add_error("quarter", "请选择定期通报所属的季度。")
        elif periodic and campaign:
            if clock.today() < dt.date(campaign.year, quarter * 3 - 2, 1):
                self.add_error("quarter", "该季度尚未开始，不能起草。")
            cleaned["period"] = f"{campaign.year}Q{quarter}"
        return cleaned


class TextForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    title = LineField(label="标题", max_length=120)
    addressees = forms.CharField(label="主送", max_length=200)
    text = forms.CharField(
        label="正文", max_length=20_000, strip=False, widget=forms.Textarea(attrs={"rows": 22}),
        help_text="标题层次写作“一、”“（一）”“1.”“（1）”，每段一行；名单和附表由数据生成，不在此修改。",
        error_messages={"required": "正文不能为空。"},
    )  # fmt: skip


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明理由。"},
    )  # fmt: skip


class OpenForm(forms.Form):
    """公开 needs the secrecy check (dossier 9.2: 公开前保密审查)."""

    checked = forms.BooleanField(
        label="已按保守国家秘密法审查，不含国家秘密、工作秘密和不宜公开的内容",
        error_messages={"required": "公开前须完成保密审查并勾选确认。"},
    )
