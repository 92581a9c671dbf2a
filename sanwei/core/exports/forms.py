"""What is typed to ask for a large export."""

from django import forms


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="导出理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写明用途，例如：向领导组会议报告报送情况。理由记入审计记录。",
        error_messages={
            "required": "请写明导出理由。",
            "max_length": "理由最多500个字，请缩短。",
        },
    )
