"""What people may type about a case. Forms by respondent are in choice_forms.py."""

from django import forms

from assessments.accountability.escalation import Scheme
from assessments.accountability.hearing import unheard, usual_limit
from assessments.accountability.models import FaultNotice, Respondent
from assessments.accountability.situations import Exempting
from assessments.accountability.states import Concerned, Source, State
from sanwei.core import clock
from sanwei.core.ui.fields import DayField, LineField
from units.organisation.models import Unit

DAY = {"required": "请选择日期。", "invalid": "请写成2027-03-05的形式。"}


def text(label, longest, missing, rows=4, **options):
    """A box for several lines that must not be empty."""
    too_long = f"最多{longest}个字，请缩短。"
    return forms.CharField(
        label=label,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing, "max_length": too_long},
        **options,
    )


def line(label, longest, missing="", **options):
    """One line; with `missing` it must not be empty."""
    messages = {"required": missing, "max_length": f"最多{longest}个字，请缩短。"}
    return LineField(
        label=label, max_length=longest, required=bool(missing), error_messages=messages, **options
    )


class UnitField(forms.ModelChoiceField):
    def __init__(self, **options):
        missing = {"required": "请选择单位。", "invalid_choice": "该单位已撤并或不存在，请重新选择。"}
        super().__init__(Unit.objects.active().in_order(), empty_label="—", error_messages=missing, **options)

    def label_from_instance(self, unit):
        return unit.name


class ConcernedForm(forms.Form):
    """Whom a case is about; the persons stand in the rows below."""

    concerned = forms.ChoiceField(
        label="追究对象",
        choices=Concerned,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择追究对象是单位还是个人。"},
        help_text="对象为个人的，在下表逐人填写；对象为单位的，下表留空。",
    )


class RegisterForm(ConcernedForm):
    origin = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    source = forms.ChoiceField(label="线索来源", choices=Source)
    source_label = line("来源说明", 200, help_text="例如督查单编号、信访件编号；单位看不到这一项。")
    unit = UnitField(label="单位")
    facts = text("线索内容", 4000, "请写明时间、地点、人员和经过。", rows=6, help_text="单位看不到这一项。")

    field_order = ["source", "source_label", "unit", "facts", "concerned"]


class RespondentForm(forms.Form):
    name = line("姓名", 64, "请填写姓名。")
    kind = forms.ChoiceField(
        label="人员类别",
        choices=[("", "—"), *(choice for choice in Respondent.Kind.choices if choice[0] != "unit")],
        error_messages={"required": "请选择人员类别。"},
    )
    department = line("科室", 60)
    title = line("职务", 60)


class RespondentRows(forms.BaseFormSet):
    """Persons, each in a row; rows left blank do not count, also where a name stood before."""

    def initial_form_count(self):
        return 0 if self.is_bound else super().initial_form_count()

    def persons(self) -> list[dict]:
        return [row for row in self.cleaned_data if row]

    def agrees_with(self, concerned) -> str:
        """What is wrong between the rows and the choice above them, in Chinese; nothing if they agree."""
        if concerned == Concerned.PERSONS and not self.persons():
            return "追究对象为个人的，请在表中至少填写一人。"
        if concerned == Concerned.UNIT and self.persons():
            return "追究对象为单位的，请清空人员表；要追究个人的，请选择“个人”。"
        return ""


BLANK_ROWS, MOST_ROWS = 3, 60
RespondentFormSet = forms.formset_factory(
    RespondentForm, RespondentRows, extra=BLANK_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS
)


class ReasonForm(forms.Form):
    reason = text("理由", 1000, "请写明理由。", help_text="事实告知之后，单位负责人可以看到理由。")


class NotPursueForm(ReasonForm):
    exemption = forms.ChoiceField(
        label="免予追究情形", required=False, choices=[("", "无"), *Exempting.choices]
    )

    field_order = ["exemption", "reason"]


class StatementForm(forms.Form):
    respondent = forms.ModelChoiceField(
        label="陈述人",
        queryset=Respondent.objects.none(),
        empty_label=None,
        error_messages={"required": "请选择陈述人。", "invalid_choice": "请选择本案的追究对象。"},
    )
    waived = forms.TypedChoiceField(
        label="方式",
        choices=[("", "陈述申辩"), ("yes", "放弃陈述申辩")],
        coerce=bool,
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label="陈述申辩意见",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="写明对事实、依据和拟处理方式的意见。不会因陈述申辩加重处理。",
        error_messages={"max_length": "最多4000个字，请缩短。"},
    )

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["respondent"].queryset = case.respondents.select_related("case__unit").in_order()
        self.fields["respondent"].label_from_instance = lambda respondent: respondent.called
        self.fields["respondent"].initial = next(iter(unheard(case)), None)
        self.fields["waived"].initial = ""


class ExecuteForm(forms.Form):
    executed_on = DayField(label="执行日期", error_messages=DAY)
    execution = text("执行情况", 2000, "请写明送达、宣布和执行的情况。")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["executed_on"].initial = clock.today()


class AppealForm(forms.Form):
    appealed_on = DayField(label="申诉日期", error_messages=DAY)
    appeal = text("申诉理由", 2000, "请写明申诉理由。")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["appealed_on"].initial = clock.today()


class NoticeForm(forms.Form):
    grade = forms.ChoiceField(
        label="种类", choices=FaultNotice.Grade, widget=forms.RadioSelect, initial=FaultNotice.Grade.FAULT
    )
    requirement = text("处理要求", 1000, "请写明要求单位或个人做什么。")
    due_on = DayField(label="反馈时限", error_messages=DAY)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["due_on"].initial = usual_limit(clock.today())


class SchemeForm(forms.Form):
    since = DayField(label="自", error_messages=DAY, help_text="最早为今天，已作出的处理不作追溯。")
    scheme = forms.ChoiceField(label="办法", choices=Scheme)
    reason = line("理由", 200, "请写明理由。")


class ListFilter(forms.Form):
    """The filter of the list; unknown values are ignored, not errors."""

    q = forms.CharField(label="单位或编号", required=False)
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *State.choices])
    source = forms.ChoiceField(label="来源", required=False, choices=[("", "全部"), *Source.choices])
    effect = forms.ChoiceField(
        label="影响期", required=False, choices=(("", "全部"), ("now", "有效处理（影响期内）"))
    )
