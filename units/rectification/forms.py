"""What people may type about a task."""

from django import forms

from sanwei.core import clock
from sanwei.core.ui.fields import DayField, LineField
from sanwei.core.workdays import calendar
from sanwei.core.workdays.lights import Light, Pace
from units.organisation.models import Department, Unit
from units.rectification import deadlines, months
from units.rectification.models import Task, Urging
from units.rectification.models.questions import NO_DEPARTMENT
from units.rectification.people import who_may_work_on
from units.rectification.states import BY_HAND, Source, State
from units.rectification.urging import REQUIREMENT, next_colour, usual_limit

LARGEST = 2**63 - 1  # key of a row
DAY = {"required": "请选择日期。", "invalid": "请写成2027-03-05的形式。"}


def text(label, longest, missing, rows=3, **options):
    """A box for several lines that must not be empty."""
    return forms.CharField(
        label=label,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing},
        **options,
    )


class LaterDayField(DayField):
    """A day after today."""

    def clean(self, value):
        day = super().clean(value)
        if day and day <= clock.today():
            raise forms.ValidationError("期限须晚于今天，请重新选择日期。")
        return day


class UnitField(forms.ModelChoiceField):
    def __init__(self, **options):
        missing = {"required": "请选择单位。", "invalid_choice": "该单位已撤并或不存在，请重新选择。"}
        super().__init__(Unit.objects.active().in_order(), empty_label="—", error_messages=missing, **options)

    def label_from_instance(self, unit):
        return unit.name


class OpenForm(forms.Form):
    source = forms.ChoiceField(label="任务来源", choices=[(one, Source(one).label) for one in BY_HAND])
    source_label = LineField(
        label="来源说明", required=False, max_length=200, help_text="例如批示人和批示日期、通报的文号。"
    )
    unit = UnitField(label="责任单位")
    title = LineField(
        label="事项", max_length=200, error_messages={"required": "请用一句话写明要整改的事项。"}
    )
    requirement = text("整改要求", 2000, "请写明怎样整改、达到什么要求。", rows=5)
    standard = LineField(label="办结标准", required=False, max_length=500, help_text="怎样才算办结。")
    due_on = LaterDayField(label="办理期限", error_messages=DAY)
    assisting = forms.ModelMultipleChoiceField(
        label="协办单位",
        queryset=Unit.objects.active().in_order(),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text="可选多个；协办单位应在总时限过半前提出意见。",
        error_messages={"invalid_choice": "所选单位已撤并或不存在，请重新选择。"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["due_on"].initial = calendar.add_workdays(clock.today(), deadlines.DEFAULT_WORKDAYS)


class ReasonForm(forms.Form):
    reason = text("理由", 500, "请写明理由。")


class DelegateForm(forms.Form):
    department = forms.ModelChoiceField(
        label="责任科室",
        queryset=Department.objects.none(),
        empty_label="—",
        error_messages={"required": "请选择本单位的一个科室。", "invalid_choice": "请选择本单位现有的科室。"},
    )
    person = forms.ModelChoiceField(
        label="责任人",
        queryset=None,
        required=False,
        empty_label="由科室自行安排",
        error_messages={"invalid_choice": "请选择在本单位任职的人员。"},
    )

    def __init__(self, *args, task, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = task.unit.departments.active().order_by("pk")
        self.fields["person"].queryset = who_may_work_on(task)
        self.fields["person"].label_from_instance = lambda person: person.name
        self.initial = {"department": task.lead_department_id, "person": task.person_id}


class ProgressForm(forms.Form):
    percent = forms.IntegerField(
        label="完成率（%）",
        min_value=0,
        max_value=100,
        error_messages={
            "required": "请填写完成率。",
            "invalid": "完成率请填0至100的整数。",
            "min_value": "完成率请填0至100的整数。",
            "max_value": "完成率请填0至100的整数。",
        },
    )
    text = text("进展情况", 2000, "请写明进展情况，例如已完成的工作。")
    problems = LineField(label="存在问题", required=False, max_length=500)
    next_steps = LineField(label="下步打算", required=False, max_length=500)

    def __init__(self, *args, task, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["percent"].initial = task.percent


class ReportForm(forms.Form):
    result = text(
        "办理结果", 4000, "请写明整改措施和结果，做到事实清楚、结论明确。", rows=6,
        help_text="佐证材料请在任务页“附件”中上传。",
    )  # fmt: skip

    def __init__(self, *args, task, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["result"].initial = task.result


class VersionedForm(forms.Form):
    """A decision on what was read: the version of the task as the page showed it."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, task, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = task.version


class VerifyForm(VersionedForm):
    conclusion = forms.ChoiceField(
        label="办结结论",
        choices=Task.Conclusion,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择办结结论。"},
    )
    opinion = forms.CharField(
        label="验收意见", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class SendBackForm(VersionedForm):
    reason = text("退办理由", 500, "请写明退办理由和需要补办的事项。")
    due_on = LaterDayField(label="新的办理期限", error_messages=DAY)

    def __init__(self, *args, task, **kwargs):
        super().__init__(*args, task=task, **kwargs)
        self.fields["due_on"].initial = calendar.add_workdays(clock.today(), 5)


class RequestExtensionForm(forms.Form):
    wanted_due_on = LaterDayField(label="申请延期至", error_messages=DAY)
    reason = text("延期理由", 500, "请写明延期理由。")
    progress = text("目前进展", 1000, "请写明目前进展。")


class GrantExtensionForm(forms.Form):
    due_on = LaterDayField(label="延期至", error_messages=DAY)
    opinion = forms.CharField(
        label="批复意见", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, task, **kwargs):
        super().__init__(*args, **kwargs)
        if task.asked_extension:
            self.fields["due_on"].initial = task.asked_extension.wanted_due_on


class DeclineForm(forms.Form):
    basis = text(
        "退回依据", 500, "请写明该事项不属于本单位职责的法律、法规或文件依据。",
        help_text="写明依据的名称、文号和条款；建议承办单位可一并写明。",
    )  # fmt: skip


class ReassignForm(forms.Form):
    unit = UnitField(label="责任单位")
    due_on = LaterDayField(label="办理期限", error_messages=DAY)
    reason = forms.CharField(
        label="说明",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="仍交原单位办理的，请写明理由。",
    )

    def __init__(self, *args, task, **kwargs):
        super().__init__(*args, **kwargs)
        self.task = task
        self.fields["due_on"].initial = calendar.add_workdays(clock.today(), deadlines.DEFAULT_WORKDAYS)

    def clean(self):
        typed = super().clean()
        if typed.get("unit") == self.task.unit and not typed.get("reason"):
            self.add_error("reason", "仍交原单位办理，请写明理由。")
        return typed


class UrgeForm(forms.Form):
    colour = forms.ChoiceField(
        label="督办单",
        choices=Urging.Colour,
        widget=forms.RadioSelect,
        help_text="蓝色提醒、橙色警示、红色为最后催办，一般逐级使用。",
        error_messages={"required": "请选择督办单的颜色。"},
    )
    requirement = text("督办要求", 1000, "请写明督办要求。", initial=REQUIREMENT)
    due_on = LaterDayField(label="反馈时限", error_messages=DAY)
    direct_reason = LineField(
        label="越级理由", required=False, max_length=200, help_text="越级使用橙色、红色督办单时填写。"
    )

    def __init__(self, *args, task, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["colour"].initial = next_colour(task)
        self.fields["due_on"].initial = usual_limit(clock.today())


class AssistForm(forms.Form):
    opinion = text("协办意见", 2000, "请写明协办意见。")


class MonthField(forms.CharField):
    """A month of an address, 2027-03, as its first day."""

    widget = forms.HiddenInput

    def clean(self, value):
        return months.read(super().clean(value))


class ListFilter(forms.Form):
    """The filter of the list; unknown values are ignored, not errors. The hidden ones come from the numbers of a board."""

    OVERDUE = (("", "全部"), ("sign_for", "签收逾期"), ("report", "反馈逾期"))

    q = forms.CharField(label="单位或事项", required=False)
    light = forms.ChoiceField(label="灯", required=False, choices=[("", "全部"), *Light.choices])
    pace = forms.ChoiceField(label="进度", required=False, choices=[("", "全部"), *Pace.choices])
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *State.choices])
    overdue = forms.ChoiceField(label="逾期", required=False, choices=OVERDUE)
    source = forms.ChoiceField(label="来源", required=False, choices=[("", "全部"), *Source.choices])
    unit = forms.IntegerField(label="责任单位", required=False, max_value=LARGEST, widget=forms.HiddenInput)
    department = forms.RegexField(
        rf"^({NO_DEPARTMENT}|\d{{1,18}})$", label="责任科室", required=False, widget=forms.HiddenInput
    )
    opened = MonthField(label="交办月份", required=False)
    closed = MonthField(label="办结月份", required=False)
    late = MonthField(label="月末逾期", required=False)
