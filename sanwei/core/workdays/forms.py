"""What keepers type to enter a year."""

from django import forms

from sanwei.core.workdays.models import CalendarYear


class ImportForm(forms.Form):
    year = forms.IntegerField(
        label="年份",
        min_value=2004,
        max_value=2099,
        error_messages={"required": "请填写年份，例如2028。", "invalid": "年份请写成四位数字，例如2028。"},
    )
    status = forms.ChoiceField(
        label="性质",
        choices=CalendarYear.Status,
        initial=CalendarYear.Status.OFFICIAL,
        help_text="国务院办公厅通知已发布的选“已公布”；尚未发布、先行估计的选“暂估”。",
    )
    source = forms.CharField(
        label="依据文件",
        max_length=200,
        help_text="例如：国务院办公厅关于2028年部分节假日安排的通知。",
        error_messages={"required": "请填写依据文件的名称或文号。"},
    )
    file = forms.FileField(
        label="日历表（.xlsx或.csv）",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        allow_empty_file=True,  # the reader says it better
        error_messages={"required": "请选择填好的日历表。"},
    )
