"""Forms in which each respondent of a case is given its forms of accountability."""

from django import forms

from assessments.accountability import chosen
from assessments.accountability.forms import DAY, line, text
from assessments.accountability.hearing import usual_limit
from assessments.accountability.situations import Aggravating, Mitigating, situations_of
from sanwei.core import clock
from sanwei.core.ui.fields import DayField

LONGEST_PERIOD = 60  # months


class VersionedForm(forms.Form):
    """A decision on what was read: the version of the case as the page showed it."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.case = case
        self.fields["version"].initial = case.version


class ChoiceForm(VersionedForm):
    """`chosen` is gathered from one group of boxes for each respondent, ticked at first as `at_first()` says."""

    what = "责任追究方式"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.respondents, ticked = [*self.case.respondents.in_order()], self.at_first()
        for respondent in self.respondents:
            respondent.case = self.case
            self.fields[f"forms_{respondent.pk}"] = forms.MultipleChoiceField(
                label=f"{self.what}：{respondent.called}",
                choices=[(form.code, shown(form)) for form in respondent.forms],
                widget=forms.CheckboxSelectMultiple,
                initial=ticked.get(respondent.pk, []),
                help_text="可选多种合并使用。",
                error_messages={
                    "required": "请至少选择一种方式；不应追究的，请办理“不予追究”。",
                    "invalid_choice": "所选方式不适用于该对象，请重新选择。",
                },
            )

    def at_first(self) -> dict:
        return {}

    def clean(self):
        typed = super().clean()
        typed["chosen"] = {
            respondent.pk: typed.pop(f"forms_{respondent.pk}", []) for respondent in self.respondents
        }
        return typed


def shown(form) -> str:
    """诫勉教育（影响期12个月）; what others approve is said to be a suggestion."""
    period = "无终止" if form.months is None else f"影响期{form.months}个月" if form.months else ""
    approval = "按干部管理权限报批，只作建议" if form.approval else ""
    said = "；".join(words for words in (period, approval) if words)
    return f"{form.label}（{said}）" if said else form.label


class BasisForm(ChoiceForm):
    """Facts told anew or for the first time, with the clause they rest on."""

    what = "拟处理方式"

    situation = forms.ChoiceField(label="问责情形", error_messages={"required": "请选择问责情形。"})
    clause = line(
        "条款", 40, "请写明条款，例如第五条第二项。", help_text="《六办发〔2006〕14号》的条、款、项。"
    )
    clause_text = line("条款内容", 1000)
    due_on = DayField(label="陈述申辩期限", error_messages=DAY)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["situation"].choices = situations_of(self.case.concerned)
        self.initial |= {name: getattr(self.case, name) for name in ("situation", "clause", "clause_text")}
        self.fields["due_on"].initial = usual_limit(clock.today())


class NotifyForm(BasisForm):
    facts = text(
        "认定的事实", 4000, "请写明核实认定的事实。", rows=6,
        help_text="单位负责人将看到这一段；不要写举报人、督查人员的姓名和线索来源。",
    )  # fmt: skip

    field_order = ["facts", "situation", "clause", "clause_text", "due_on"]


class NotifyAgainForm(BasisForm):
    new_facts = text(
        "新的事实", 2000, "请写明新发现的事实。", rows=5,
        help_text="没有新的事实的，不得加重拟处理方式。单位负责人将看到这一段。",
    )  # fmt: skip

    field_order = ["new_facts", "situation", "clause", "clause_text", "due_on"]

    def at_first(self):
        return chosen.told(self.case)


class ProposeForm(ChoiceForm):
    what = "建议处理方式"

    aggravating = forms.MultipleChoiceField(
        label="从重情节", required=False, choices=Aggravating, widget=forms.CheckboxSelectMultiple
    )
    mitigating = forms.MultipleChoiceField(
        label="从轻情节", required=False, choices=Mitigating, widget=forms.CheckboxSelectMultiple
    )
    opinion = text(
        "处理建议", 2000, "请写明建议的理由，并对陈述申辩意见是否采纳作出说明。", rows=5,
        help_text="具有免予追究情形的，请办理“不予追究”。",
    )  # fmt: skip

    def at_first(self):
        return chosen.told(self.case)

    def clean(self):
        typed = super().clean()
        typed["circumstances"] = [*typed.pop("aggravating", []), *typed.pop("mitigating", [])]
        return typed


class OrganForm(VersionedForm):
    """What the paper of an organ says: who, by what number, when."""

    organ = line("机关", 100, "请写明作出决定的机关。")
    document_number = line(
        "文号", 60, "请填写决定的文号。", help_text="例如六效发〔2026〕3号，括号可用任意写法。"
    )
    decided_on = DayField(label="决定日期", error_messages=DAY)


class DecideForm(OrganForm, ChoiceForm):
    what = "决定的处理方式"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for respondent in self.respondents:
            self.fields[f"months_{respondent.pk}"] = forms.IntegerField(
                label=f"影响期（月）：{respondent.called}",
                required=False,
                min_value=0,
                max_value=LONGEST_PERIOD,
                help_text="决定书另有规定的填写，用于其中最重的方式；不填的按上列期限。",
                error_messages=dict.fromkeys(
                    ("invalid", "min_value", "max_value"), f"影响期请填0至{LONGEST_PERIOD}的整数（月）。"
                ),
            )

    def at_first(self):
        return chosen.proposed(self.case)

    def clean(self):
        typed = super().clean()
        typed["months"] = {
            respondent.pk: months
            for respondent in self.respondents
            if (months := typed.pop(f"months_{respondent.pk}", None)) is not None
        }
        return typed


class ReviewForm(OrganForm):
    opinion = text("复核意见", 2000, "请写明复核意见。")


class AmendForm(DecideForm):
    what = "变更后的处理方式"
    opinion = text("复核意见", 2000, "请写明复核意见。")

    def at_first(self):
        return chosen.standing(self.case)
