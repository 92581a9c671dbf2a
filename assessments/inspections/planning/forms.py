"""What people may type about an inspection."""

from django import forms

from assessments.inspections.models import Inspection
from assessments.inspections.planning.people import inspectors
from assessments.inspections.states import InspectionState, Kind
from sanwei.core import clock
from sanwei.core.lines import in_one_line
from sanwei.core.ui.fields import DayField, LineField
from units.organisation.models import Unit

LONGEST_NAME = 64
DAY = {"required": "请选择日期。"}
OVERLAP = {
    "label": "已知悉重复督查",
    "required": False,
    "help_text": "同一周内另有督查的单位会提示；确需同时进行时勾选。",
}


class NamesField(forms.CharField):
    """Names, one a line or parted by commas; cleans to a list in which each stands once."""

    widget = forms.Textarea(attrs={"rows": 2})

    def clean(self, value):
        text = super().clean(value).replace("，", "\n").replace("、", "\n").replace(",", "\n")
        names = [in_one_line(name).strip() for name in text.splitlines()]
        if any(len(name) > LONGEST_NAME for name in names):
            raise forms.ValidationError("每行填一个姓名，不超过64个字。")
        return list(dict.fromkeys(name for name in names if name))


class InspectorsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, person):
        return person.name


class InspectorField(forms.ModelChoiceField):
    def label_from_instance(self, person):
        return person.name


class InspectionForm(forms.Form):
    """The plan. Bound to an inspection it also takes the version that was shown."""

    kind = forms.ChoiceField(label="督查种类", choices=Kind)
    theme = LineField(
        label="督查主题",
        max_length=120,
        error_messages={"required": "请写明督查主题，例如“窗口服务作风暗访”。"},
    )
    filing_number = LineField(
        label="批准文号", required=False, max_length=60, help_text="立项批准的文号或批示编号。"
    )
    scope = forms.CharField(
        label="督查内容", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    starts_on = DayField(label="开始日期", error_messages=DAY)
    ends_on = DayField(label="结束日期", error_messages=DAY)
    team = InspectorsField(
        label="督查组成员",
        queryset=None,
        error_messages={
            "required": "请勾选督查组成员。",
            "invalid_choice": "所选人员已不是督查员，请重新勾选。",
        },
    )
    leader = InspectorField(
        label="组长",
        queryset=None,
        empty_label="—",
        error_messages={"required": "请确定组长。", "invalid_choice": "组长须为督查员，请重新选择。"},
    )
    guests = NamesField(
        label="邀请人员", required=False, help_text="人大代表、政协委员、专家等，每行一个姓名。"
    )
    overlap_known = forms.BooleanField(**OVERLAP)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, inspection=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = self.fields["leader"].queryset = inspectors()
        if inspection is None:
            del self.fields["overlap_known"], self.fields["version"]
            self.initial = {"starts_on": clock.today(), "ends_on": clock.today()}
            return
        plain = ("kind", "theme", "filing_number", "scope", "starts_on", "ends_on", "version")
        members = list(inspection.team.all())
        self.initial = {name: getattr(inspection, name) for name in plain} | {
            "team": [one.user_id for one in members if one.user_id],
            "leader": next((one.user_id for one in members if one.leads), None),
            "guests": "\n".join(one.name for one in members if not one.user_id),
        }

    def clean(self):
        typed = super().clean()
        if typed.get("starts_on") and typed.get("ends_on") and typed["ends_on"] < typed["starts_on"]:
            self.add_error("ends_on", "结束日期早于开始日期，请核对。")
        return typed


class DrawForm(forms.Form):
    """Which units stand in the urn, and how many come out."""

    ANY = [("", "不限")]

    wanted = forms.IntegerField(
        label="抽取数量",
        min_value=1,
        max_value=500,
        error_messages={
            "required": "请填写抽取数量。",
            "invalid": "抽取数量请填整数。",
            "min_value": "至少抽取1个单位。",
            "max_value": "一次最多抽取500个单位。",
        },
    )
    category = forms.ChoiceField(label="类别", required=False, choices=[*ANY, *Unit.Category.choices])
    affiliation = forms.ChoiceField(
        label="隶属关系", required=False, choices=[*ANY, *Unit.Affiliation.choices]
    )
    tier = forms.ChoiceField(label="创建基础", required=False, choices=[*ANY, *Unit.Tier.choices])
    counters_only = forms.BooleanField(label="只抽设服务窗口的单位", required=False)
    avoid_overlaps = forms.BooleanField(
        label="避开同一周内另有督查的单位", required=False, initial=True, help_text="避免重复督查、多头督查。"
    )
    reason = LineField(
        label="重抽理由", required=False, max_length=300, help_text="首次抽取不填；重新抽取须写明。"
    )

    def __init__(self, *args, inspection, **kwargs):
        super().__init__(*args, **kwargs)
        self.again = inspection.draws.exists()
        if not self.again:
            del self.fields["reason"]

    def clean(self):
        """Names the candidates instead of the filter."""
        typed = super().clean()
        narrowed = {name: typed.pop(name, "") for name in ("category", "affiliation", "tier")}
        units = Unit.objects.active().filtered(**narrowed).in_order()
        if typed.pop("counters_only", False):
            units = units.filter(has_counter=True)
        return {**typed, "candidates": list(units)}


class UnitField(forms.ModelChoiceField):
    def __init__(self, queryset, **options):
        missing = {"required": "请选择单位。", "invalid_choice": "请选择列出的单位。"}
        super().__init__(queryset, label="单位", empty_label="—", error_messages=missing, **options)

    def label_from_instance(self, unit):
        return unit.name


class AddUnitForm(forms.Form):
    unit = UnitField(None)
    reason = LineField(
        label="指定理由", max_length=300, error_messages={"required": "未经抽取的单位，请写明指定理由。"}
    )
    overlap_known = forms.BooleanField(**OVERLAP)

    def __init__(self, *args, inspection, **kwargs):
        super().__init__(*args, **kwargs)
        taken = inspection.inspected.values("unit")
        self.fields["unit"].queryset = Unit.objects.active().exclude(pk__in=taken).in_order()


def units_of(inspection):
    return Unit.objects.filter(pk__in=inspection.inspected.values("unit")).in_order()


class DropUnitForm(forms.Form):
    unit = UnitField(None)
    reason = LineField(label="移出理由", max_length=300, error_messages={"required": "请写明移出理由。"})

    def __init__(self, *args, inspection, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_of(inspection)


class VisitForm(forms.Form):
    unit = UnitField(None)
    visited_on = DayField(label="走访日期", error_messages=DAY)
    visit_note = forms.CharField(
        label="走访情况",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明走访情况；未发现问题的，写“未发现问题”。"},
    )

    def __init__(self, *args, inspection, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_of(inspection)
        self.fields["visited_on"].initial = clock.today()

    def clean_visited_on(self):
        day = self.cleaned_data["visited_on"]
        if day > clock.today():
            raise forms.ValidationError("走访日期不能晚于今天。")
        return day


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明理由。"},
    )


class InspectionFilter(forms.Form):
    """The filter of the list; unknown values are ignored, not errors."""

    q = forms.CharField(label="主题或编号", required=False)
    kind = forms.ChoiceField(label="种类", required=False, choices=[("", "全部"), *Kind.choices])
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *InspectionState.choices])


def found(user, asked, campaign):
    """The filter bar, and the inspections of the campaign this person may see, narrowed by it."""
    form = InspectionFilter(asked)
    form.is_valid()
    rows = Inspection.objects.visible_to(user).filter(campaign=campaign)
    return form, rows.filtered(**form.cleaned_data).for_list()
