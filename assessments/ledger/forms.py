"""What people may type about the ledger."""

from decimal import Decimal

from django import forms

from assessments.ledger.kinds import Kind
from sanwei.core import clock, references
from sanwei.core.ui.fields import DayField, LineField

ALL = ("", "全部")
LARGEST_KEY = 2**31 - 1


class ListFilter(forms.Form):
    """The filter of the list; unknown values are ignored, not errors."""

    STRUCK = (ALL, ("no", "计入"), ("yes", "已冲销及冲销条目"))

    q = forms.CharField(label="单位", required=False)
    indicator = forms.CharField(label="指标", required=False, max_length=20)
    kind = forms.ChoiceField(label="事由类别", required=False, choices=lambda: [ALL, *references.kinds()])
    struck = forms.ChoiceField(label="冲销情况", required=False, choices=STRUCK)
    unit = forms.IntegerField(
        required=False, min_value=1, max_value=LARGEST_KEY, widget=forms.HiddenInput
    )  # of the sums, which open to their lines


class ReverseForm(forms.Form):
    reason = forms.CharField(
        label="冲销理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="单位会看到理由，请写明依据，不要写举报人、督查人员的姓名。",
        error_messages={"required": "请写明冲销理由。"},
    )


def amount(label, **options):
    wrong = "请填写不超过两位小数的数字，例如-0.5。"
    said = dict.fromkeys(
        ("required", "invalid", "max_digits", "max_decimal_places", "max_whole_digits"), wrong
    )
    return forms.DecimalField(label=label, max_digits=5, decimal_places=2, error_messages=said, **options)


class RuleForm(forms.Form):
    kind = forms.ChoiceField(label="事项", choices=Kind)
    since = DayField(
        label="自",
        error_messages={"required": "请选择生效日期。"},
        help_text="最早为今天；按事项发生之日的规则计分，已入账的分值不作追溯。",
    )
    indicator = LineField(
        label="指标", max_length=20, error_messages={"required": "请填写指标编号，例如F1。"}
    )
    points = amount("分值", help_text="扣分填负数，例如-0.5。")
    free = forms.IntegerField(
        label="不计数量", min_value=0, max_value=100, initial=0,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), "请填0至100的整数。"),
        help_text="例如填1，首次退办不扣分。",
    )  # fmt: skip
    cap = amount(
        "每件最多", required=False, min_value=Decimal("0.01"), help_text="不填为不设上限，填写时不带负号。"
    )
    reason = LineField(label="理由", max_length=200, error_messages={"required": "请写明理由。"})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = clock.today()
        self.fields["cap"].error_messages["min_value"] = "上限须大于0，填写时不带负号。"
        self.fields["cap"].validators[0].message = "上限须大于0，填写时不带负号。"

    def clean_points(self):
        points = self.cleaned_data["points"]
        if not points:
            raise forms.ValidationError("分值不能为0，扣分请填负数，例如-0.5。")
        return points
