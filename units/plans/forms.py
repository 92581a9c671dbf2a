"""What people may type about a plan."""

from django import forms
from django.forms import formset_factory

from sanwei.core import clock
from sanwei.core.ui.fields import DayField
from sanwei.core.workdays.lights import Light
from units.organisation.models import Unit
from units.plans.content import (
    LEADERSHIP_FIELDS,
    MEASURE_FIELDS,
    MEASURE_KINDS,
    ROW_LIMIT,
    THEME_TAGS,
    WEAKNESS_FIELDS,
    SectionKind,
)
from units.plans.models import Plan
from units.policies.models import Policy


class ExperienceForm(forms.Form):
    text = forms.CharField(
        label="经验做法",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text="总结三年来创建工作的经验和成功做法。",
    )


class LeadershipForm(forms.Form):
    head = forms.CharField(label=LEADERSHIP_FIELDS["head"], required=False, help_text="姓名和职务，负总责。")
    deputy = forms.CharField(
        label=LEADERSHIP_FIELDS["deputy"], required=False, help_text="姓名和职务，分工负责。"
    )
    party = forms.CharField(
        label=LEADERSHIP_FIELDS["party"], required=False, help_text="负责组织实施的党组织名称。"
    )
    text = forms.CharField(
        label=LEADERSHIP_FIELDS["text"], required=False, widget=forms.Textarea(attrs={"rows": 8})
    )


class CitationsForm(forms.Form):
    policies = forms.MultipleChoiceField(
        label="引用文件",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="勾选方案所贯彻的文件，文号和名称自动带入。",
        error_messages={"invalid_choice": "所选文件已不在文件库中，请重新勾选。"},
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        known = Policy.objects.visible_to(user).for_list()
        self.fields["policies"].choices = [(str(policy.pk), str(policy)) for policy in known]


class RowForm(forms.Form):
    """One row of a table that is edited in place. Drafts take anything; what is wrong is said before signature."""

    uid = forms.CharField(required=False, widget=forms.HiddenInput)


class WeaknessForm(RowForm):
    problem = forms.CharField(
        label=WEAKNESS_FIELDS["problem"], required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    cause = forms.CharField(
        label=WEAKNESS_FIELDS["cause"], required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    remedy = forms.CharField(
        label=WEAKNESS_FIELDS["remedy"], required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class MeasureForm(RowForm):
    """T3, dossier 10.2."""

    title = forms.CharField(
        label=MEASURE_FIELDS["title"], required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    kind = forms.ChoiceField(
        label=MEASURE_FIELDS["kind"], required=False, choices=[("", "—"), *((k, k) for k in MEASURE_KINDS)]
    )
    goal = forms.CharField(label=MEASURE_FIELDS["goal"], required=False)
    department = forms.CharField(label=MEASURE_FIELDS["department"], required=False)
    person = forms.CharField(label=MEASURE_FIELDS["person"], required=False)
    supporting = forms.CharField(label=MEASURE_FIELDS["supporting"], required=False)
    starts_on = forms.CharField(label=MEASURE_FIELDS["starts_on"], required=False)
    due_on = forms.CharField(label=MEASURE_FIELDS["due_on"], required=False)
    deliverable = forms.CharField(label=MEASURE_FIELDS["deliverable"], required=False)
    theme = forms.ChoiceField(
        label=MEASURE_FIELDS["theme"], required=False, choices=[("", "—"), *((t, t) for t in THEME_TAGS)]
    )
    note = forms.CharField(label=MEASURE_FIELDS["note"], required=False)

    def __init__(self, *args, departments=(), **kwargs):
        super().__init__(*args, **kwargs)
        typed = self.initial.get("department", "")
        names = [*departments, *([typed] if typed and typed not in departments else [])]
        self.fields["department"].widget = forms.Select(choices=[("", "—"), *((n, n) for n in names)])


WeaknessFormSet = formset_factory(WeaknessForm, extra=2, can_delete=True, max_num=ROW_LIMIT)
MeasureFormSet = formset_factory(MeasureForm, extra=2, can_delete=True, max_num=ROW_LIMIT)


class SignForm(forms.Form):
    """The signer confirms what is signed; the hash binds the signature to the text shown."""

    sha256 = forms.CharField(widget=forms.HiddenInput)
    not_secret = forms.BooleanField(
        label="已确认不含涉密内容",
        error_messages={"required": "请先确认方案不含涉密内容，再签发。"},
        help_text="本系统为非涉密系统，严禁处理、存储、传输国家秘密和工作秘密信息。",
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明理由。"},
    )  # fmt: skip


class ReturnForm(forms.Form):
    """退回补正: one opinion, one date; the remarks on sections stand beside it."""

    sha256 = forms.CharField(widget=forms.HiddenInput, required=False)
    opinion = forms.CharField(
        label="退回意见", max_length=2000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="请一次性写明全部需要补正的问题。",
        error_messages={"required": "请写明需要补正的问题。"},
    )  # fmt: skip
    due_on = DayField(
        label="补正期限",
        error_messages={"required": "请选择补正期限。", "invalid": "请写成2027-03-05的形式。"},
    )  # fmt: skip

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on <= clock.today():
            raise forms.ValidationError("补正期限须晚于今天，请重新选择日期。")
        return due_on


class ExtensionForm(forms.Form):
    due_on = DayField(
        label="延期至",
        error_messages={"required": "请选择新的截止日期。", "invalid": "请写成2027-03-05的形式。"},
    )  # fmt: skip
    reason = forms.CharField(
        label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明延期理由。"},
    )  # fmt: skip


class CommentForm(forms.Form):
    section = forms.ChoiceField(label="部分", choices=SectionKind)
    text = forms.CharField(
        label="批注", max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "请写明意见。"},
    )  # fmt: skip


class ProgressForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    percent = forms.IntegerField(
        label="完成率（%）", min_value=0, max_value=100,
        error_messages={"required": "请填写完成率。", "invalid": "完成率请填0至100的整数。"},
    )  # fmt: skip
    text = forms.CharField(
        label="进展情况", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明进展情况，例如已完成的工作和下一步打算。"},
    )  # fmt: skip


class MeasuresFileForm(forms.Form):
    file = forms.FileField(
        label="方案措施分解表", error_messages={"required": "请选择填好的Excel文件（.xlsx）。"}
    )


class ListFilter(forms.Form):
    """The filter of the list and of the submission table; unknown values are ignored, not errors."""

    FILED = (("", "全部"), ("handed_in", "已报"), ("late", "迟报"), ("missing", "未报"), ("returned", "退回"))

    q = forms.CharField(label="单位", required=False)
    filed = forms.ChoiceField(label="报送情况", required=False, choices=FILED)
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *Plan.State.choices])
    category = forms.ChoiceField(label="类别", required=False, choices=[("", "全部"), *Unit.Category.choices])
    tier = forms.ChoiceField(label="创建基础", required=False, choices=[("", "全部"), *Unit.Tier.choices])


class LedgerFilter(forms.Form):
    """The filter of the measure ledger; unknown values are ignored, not errors."""

    q = forms.CharField(label="单位或举措", required=False)
    light = forms.ChoiceField(label="灯", required=False, choices=[("", "全部"), *Light.choices])
    kind = forms.ChoiceField(
        label="类型", required=False, choices=[("", "全部"), *((kind, kind) for kind in MEASURE_KINDS)]
    )
