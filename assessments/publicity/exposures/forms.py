"""What people may type about an exposure."""

from django import forms

from assessments.inspections.models import Finding
from assessments.publicity.exposures.models import Exposure, Verification
from assessments.publicity.fields import (
    LinkField,
    PastDayField,
    PersonsField,
    UnclassifiedField,
    UnitField,
    VersionedForm,
    WithdrawForm,
    text,
)
from sanwei.core import clock
from sanwei.core.ui.fields import DayField, LineField
from sanwei.core.workdays import calendar

USUAL_WORKDAYS = 10  # for putting right what was exposed (dossier 6.7: 5 to 10)


class ReportForm(forms.Form):
    """What was reported; the fields are those of the record."""

    unit = UnitField(label="涉及单位", help_text="一个单位一件；报道涉及几个单位的，分别登记。")
    media = LineField(label="媒体名称", max_length=60, error_messages={"required": "请填写媒体名称。"})
    media_kind = forms.ChoiceField(
        label="媒体类别", choices=[("", "—"), *Exposure.MediaKind.choices],
        error_messages={"required": "请选择媒体类别。"},
    )  # fmt: skip
    appeared_on = PastDayField(label="刊播日期", error_messages={"required": "请填写报道刊播的日期。"})
    title = LineField(label="标题", max_length=200, error_messages={"required": "请填写报道标题。"})
    link = LinkField()
    summary = text("内容摘要", 2000, "请概括报道反映的问题。", rows=5, help_text="写明时间、地点、问题。")
    persons = PersonsField()


class RegisterForm(ReportForm):
    unclassified = UnclassifiedField()

    def clean(self):
        typed = super().clean()
        typed.pop("unclassified", None)
        return typed


class EditForm(ReportForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, row, **kwargs):
        known = {name: getattr(row, name) for name in (*ReportForm.base_fields, "version")}
        super().__init__(*args, initial=known, **kwargs)


class ExplainForm(forms.Form):
    text = text(
        "陈述内容", 2000, "请写明贵单位核对的情况。", rows=6,
        help_text="提交后不能修改，可以再次补充陈述。佐证材料请在曝光件页“附件”中上传。",
    )  # fmt: skip

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)


class VerifyForm(VersionedForm):
    finding = forms.ChoiceField(
        label="核实结论",
        choices=[(one, one.label) for one in (Verification.TRUE, Verification.PARTLY)],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择核实结论。"},
    )
    basis = text("核实依据", 2000, "请写明核实的方式、查明的情况和依据。", rows=5)


class DisproveForm(VersionedForm):
    basis = text("核实依据", 2000, "请写明核实的方式、查明的情况和依据。", rows=5)


class OpenTaskForm(forms.Form):
    title = LineField(label="事项", max_length=200, error_messages={"required": "请写明要整改的事项。"})
    requirement = text("整改要求", 2000, "请写明怎样整改、达到什么要求。", rows=5)
    standard = LineField(label="办结标准", required=False, max_length=500, help_text="怎样才算办结。")
    due_on = DayField(
        label="办理期限", help_text="一般为5至10个工作日。", error_messages={"required": "请选择日期。"}
    )

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].initial = f"媒体曝光问题整改：{row.masked(row.title)}"[:200]
        self.fields["due_on"].initial = calendar.add_workdays(clock.today(), USUAL_WORKDAYS)


class LinkFindingForm(forms.Form):
    """The upheld findings of the unit in this campaign."""

    finding = forms.ModelChoiceField(
        label="督查发现问题", queryset=None, required=False, empty_label="不关联",
        error_messages={"invalid_choice": "请在列出的问题中重新选择。"},
    )  # fmt: skip

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)
        found = Finding.objects.counted().filter(unit=row.unit_id, campaign=row.campaign_id)
        self.fields["finding"].queryset = found.for_list().order_by("-pk")
        self.fields["finding"].initial = row.finding_id


class ReplyForm(VersionedForm):
    text = text(
        "公开答复", 4000, "请写明核实情况和整改情况。", rows=8,
        help_text="公众看到的就是这段话。写明核实结论、整改措施和结果；登记的涉及人员姓名、电话和证件号码会自动隐去。",
    )  # fmt: skip

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, row=row, **kwargs)
        self.fields["text"].initial = row.reply


class WithdrawExposureForm(WithdrawForm):
    finding = forms.ChoiceField(
        label="核实结论",
        required=False,
        choices=[("", "维持原结论"), (Verification.FALSE.value, "改为不属实")],
        help_text="改为不属实的，不再计入考评。",
    )


class ListFilter(forms.Form):
    """The filter of the list; unknown values are ignored, not errors."""

    q = forms.CharField(label="单位或关键词", required=False)
    verification = forms.ChoiceField(
        label="核实结论", required=False, choices=[("", "全部"), *Verification.choices]
    )
    media_kind = forms.ChoiceField(
        label="媒体类别", required=False, choices=[("", "全部"), *Exposure.MediaKind.choices]
    )
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *Exposure.State.choices])
