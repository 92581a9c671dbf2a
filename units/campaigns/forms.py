"""What the office types about a campaign."""

from django import forms
from django.forms import formset_factory

from sanwei.core.ui.fields import DayField, LineField
from units.campaigns.models import Campaign
from units.policies.models import Policy


class CampaignForm(forms.Form):
    year = forms.IntegerField(
        label="年度", min_value=2004, max_value=2100, help_text="创建活动自2004年开始。",
        error_messages={"required": "请填写年度，例如2027。", "invalid": "年度请写成四位数字，例如2027。"},
    )  # fmt: skip
    title = LineField(label="名称", max_length=100, help_text="例如：2027年市直创建“三型机关”活动。")
    theme = LineField(label="年度主题", max_length=100, help_text="例如：提高服务效能，优化发展环境。")
    founding_document = forms.ModelChoiceField(
        label="依据文件", queryset=Policy.objects.none(), required=False, empty_label="尚未印发"
    )
    plan_rule = forms.CharField(
        label="方案报送时限", initial="2月下旬", help_text="例如：2月下旬、2月底前、2月26日前。"
    )
    plan_roll = forms.ChoiceField(
        label="截止日遇休息日", choices=Campaign.Roll, initial=Campaign.Roll.FOLLOWING
    )

    def __init__(self, *args, user, campaign=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.campaign = campaign
        self.fields["founding_document"].queryset = Policy.objects.visible_to(user)
        if campaign:
            self.fields["year"].disabled = True

    def clean_year(self):
        year = self.cleaned_data["year"]
        if not self.campaign and Campaign.objects.filter(year=year).exists():
            raise forms.ValidationError(f"{year}年度的创建活动已经建立，请直接修改或换一个年度。")
        return year


class StageForm(forms.Form):
    name = LineField(label="阶段", max_length=60)
    starts_on = DayField(label="起")
    ends_on = DayField(label="止")
    note = forms.CharField(label="说明", max_length=200, required=False)

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "止日早于起日，请核对。")
        return cleaned


StageFormSet = formset_factory(StageForm, extra=2, can_delete=True, max_num=30)
