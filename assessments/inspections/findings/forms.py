"""What people may type about a finding."""

import datetime as dt

from django import forms

from assessments.inspections.models import Finding, FindingClass, Inspection, LookBack
from assessments.inspections.planning.forms import NamesField, units_of
from assessments.inspections.states import OPEN, FindingState, Kind, Link, Method, Severity
from sanwei.core import clock
from sanwei.core.accounts.models import User
from sanwei.core.ui.fields import DayField, LineField
from sanwei.core.workdays import calendar
from units.organisation.models import Department
from units.rectification.deadlines import DEFAULT_WORKDAYS

DAY = {"required": "请选择日期。"}
LARGEST_KEY = 2**31
USUAL_METHOD = {Kind.UNDERCOVER: Method.UNDERCOVER, Kind.LOOK_BACK: Method.LOOK_BACK}


def text(label, longest, missing="", rows=3, **options):
    """A box for several lines; one that must not be empty says what is `missing`."""
    return forms.CharField(
        label=label,
        max_length=longest,
        required=bool(missing),
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing},
        **options,
    )


class PeopleField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, person):
        return person.name


class EarlierField(forms.ModelChoiceField):
    def label_from_instance(self, finding):
        return f"{finding.unit.name} {finding}"


class FindingForm(forms.Form):
    """A finding of an inspection, filed by a member of its team; bound to a finding it amends it."""

    unit = forms.ModelChoiceField(
        label="单位",
        queryset=None,
        empty_label="—",
        error_messages={
            "required": "请选择单位。",
            "invalid_choice": "该单位不在本次督查单位之中，请先在督查方案中指定该单位。",
        },
    )
    department = forms.TypedChoiceField(label="科室（窗口）", required=False, coerce=int, empty_value=None)
    place = LineField(
        label="地点", max_length=100, error_messages={"required": "请写明地点，例如“政务中心3号窗口”。"}
    )
    found_on = DayField(label="发现日期", error_messages=DAY)
    found_time = forms.TimeField(
        label="发现时间",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": "请填写发现时间，精确到分。", "invalid": "时间请写成14:30的形式。"},
    )
    method = forms.ChoiceField(label="方式", choices=Method)
    item = forms.TypedChoiceField(
        label="问题类别", coerce=int, error_messages={"required": "请选择问题类别下的具体表现。"}
    )
    severity = forms.ChoiceField(
        label="情节", choices=Severity, widget=forms.RadioSelect, initial=Severity.MINOR
    )
    facts = text("事实描述", 2000, "请写明看到的事实：什么人、在做什么、持续多久。", rows=4)
    people_count = forms.IntegerField(
        label="涉及人数",
        required=False,
        min_value=0,
        max_value=999,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "涉及人数请填0至999的整数。"),
    )
    people = LineField(
        label="涉及人员", required=False, max_length=300, help_text="姓名、工号或身份，可不填；不对外公开。"
    )
    handled_on_spot = LineField(label="当场处置", required=False, max_length=500)
    requirement = text("整改要求", 2000, rows=3, help_text="需限期整改的填写；已当场纠正的可不填。")
    rectify_by = DayField(
        label="整改期限", required=False, help_text="填写整改要求时须定期限，默认10个工作日。"
    )
    link = forms.ChoiceField(label="问题环节", required=False, choices=[("", "—"), *Link.choices])
    evidence_numbers = LineField(label="证据编号", required=False, max_length=200)
    earlier = EarlierField(
        label="此前问题",
        queryset=None,
        required=False,
        empty_label="—",
        help_text="同一问题再次发现的，选择此前的问题。",
        error_messages={"invalid_choice": "请选择该单位此前认定的问题。"},
    )
    team = PeopleField(
        label="共同发现人（督查组成员）",
        queryset=None,
        required=False,
        error_messages={"invalid_choice": "所选人员不在督查组中，请重新勾选。"},
    )
    others = NamesField(
        label="其他发现人", required=False, help_text="每行一个姓名。发现人不少于两人，含登记人。"
    )

    def __init__(self, *args, inspection: Inspection, by, finding=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.finding = finding
        units = units_of(inspection)
        self.fields["unit"].queryset = units
        self.fields["unit"].label_from_instance = lambda unit: unit.name
        self.fields["department"].choices = departments(units)
        self.fields["item"].choices = items()
        known = Finding.objects.before(inspection).select_related("unit", "item")
        self.fields["earlier"].queryset = known.order_by("unit_order", "-found_at")
        filer = finding.recorded_by_id if finding else by.pk
        others = inspection.team.exclude(user=None).exclude(user=filer).values("user")
        self.fields["team"].queryset = User.objects.filter(pk__in=others).order_by("name", "pk")
        self.initial = self.shown(inspection, finding) | self.initial

    def shown(self, inspection, finding) -> dict:
        """What stands in the empty form, or what was filed."""
        if finding is None:
            now = clock.local(clock.now())
            usual = USUAL_METHOD.get(inspection.kind, Method.ANNOUNCED)
            return {"found_on": now.date(), "found_time": now.time(), "method": usual}
        plain = (
            "unit", "department", "place", "method", "item", "severity", "facts", "people_count", "people",
            "handled_on_spot", "requirement", "rectify_by", "link", "evidence_numbers", "earlier",
        )  # fmt: skip
        found = clock.local(finding.found_at)
        witnesses = list(finding.witnesses.all())
        given = {name: finding._meta.get_field(name).value_from_object(finding) for name in plain}
        return given | {
            "found_on": found.date(),
            "found_time": found.time(),
            "team": [one.user_id for one in witnesses if one.user_id],
            "others": "\n".join(one.name for one in witnesses if not one.user_id),
        }

    def clean(self):
        """Gives what actions.file() takes: found_at, department and item as rows, witnesses."""
        typed = super().clean()
        day, time = typed.pop("found_on", None), typed.pop("found_time", None)
        if day and time:
            typed["found_at"] = clock.at(day, time)
            if typed["found_at"] > clock.now() + dt.timedelta(minutes=5):
                self.add_error("found_time", "发现时间不能晚于现在，请核对。")
        if typed.get("department"):
            typed["department"] = self.department_of(typed)
        if typed.get("item"):
            typed["item"] = FindingClass.objects.items().get(pk=typed["item"])
        typed["people_count"] = typed.get("people_count") or 0
        if typed.get("earlier") and typed.get("unit") and typed["earlier"].unit_id != typed["unit"].pk:
            self.add_error("earlier", f"此前问题须为{typed['unit'].name}的问题，请重新选择。")
        self.settle_limit(typed)
        typed["witnesses"] = [*typed.pop("team", ()), *typed.pop("others", ())]
        return typed

    def department_of(self, typed):
        department = Department.objects.get(pk=typed["department"])
        if typed.get("unit") and department.unit_id != typed["unit"].pk:
            self.add_error("department", f"该科室不属于{typed['unit'].name}，请重新选择。")
        return department

    def settle_limit(self, typed) -> None:
        if typed.get("requirement") and not typed.get("rectify_by") and "rectify_by" in typed:
            typed["rectify_by"] = calendar.add_workdays(clock.today(), DEFAULT_WORKDAYS)
        elif typed.get("rectify_by") and typed["rectify_by"] <= clock.today():
            self.add_error("rectify_by", "整改期限须晚于今天，请重新选择日期。")


def departments(units) -> list:
    """The departments of the units, grouped by unit, so that the page needs no script to choose."""
    groups = {}
    for row in (
        Department.objects.active()
        .filter(unit__in=units)
        .select_related("unit")
        .order_by("unit__order", "pk")
    ):
        groups.setdefault(row.unit.name, []).append((row.pk, row.name))
    return [("", "—"), *groups.items()]


def items() -> list:
    """The items in use, grouped by class."""
    groups = {}
    for row in FindingClass.objects.items().in_use():
        groups.setdefault(f"{row.parent.code} {row.parent.name}", []).append(
            (row.pk, f"{row.code} {row.name}")
        )
    return [("", "—"), *groups.items()]


class ObjectForm(forms.Form):
    objection = text("申辩意见", 2000, "请写明申辩的事实和理由，佐证材料可在问题页上传。", rows=6)


class DecideForm(forms.Form):
    decision = text("认定意见", 1000, "请写明认定的事实和理由。", rows=4)


class SettleForm(forms.Form):
    conclusion = text("销号说明", 500, "请写明销号的理由，例如“已当场纠正，无需另行整改”。")


class OpenTaskForm(forms.Form):
    title = LineField(
        label="事项", max_length=200, error_messages={"required": "请用一句话写明要整改的事项。"}
    )
    requirement = text("整改要求", 2000, "请写明怎样整改、达到什么要求。", rows=4)
    due_on = DayField(label="办理期限", error_messages=DAY)
    department = forms.ModelChoiceField(
        label="责任科室", queryset=None, required=False, empty_label="由单位分办",
        error_messages={"invalid_choice": "请选择该单位现有的科室。"},
    )  # fmt: skip

    def __init__(self, *args, finding, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = finding.unit.departments.active().order_by("pk")
        self.initial = {
            "title": f"{finding.item.parent.name}：{finding.item.name}",
            "requirement": finding.requirement,
            "due_on": calendar.add_workdays(clock.today(), DEFAULT_WORKDAYS),
            "department": finding.department_id,
        }

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day <= clock.today():
            raise forms.ValidationError("办理期限须晚于今天，请重新选择日期。")
        return day


class LookBackForm(forms.Form):
    outcome = forms.ChoiceField(
        label="复查结果", choices=LookBack.Outcome, widget=forms.RadioSelect,
        error_messages={"required": "请选择复查结果。"},
    )  # fmt: skip
    looked_on = DayField(label="复查日期", error_messages=DAY)
    note = text("复查情况", 1000, "请写明复查看到的情况。", rows=4)
    inspection = forms.ModelChoiceField(
        label="所属督查", queryset=None, required=False, empty_label="单独复查",
        error_messages={"invalid_choice": "请选择列出的督查。"},
    )  # fmt: skip
    due_on = DayField(
        label="重新整改期限", required=False, help_text="整改不到位或反弹时填写，默认10个工作日。"
    )

    def __init__(self, *args, finding, by, **kwargs):
        super().__init__(*args, **kwargs)
        under_way = Inspection.objects.visible_to(by).filter(
            campaign=finding.campaign, inspected__unit=finding.unit, state__in=("under_way", "done")
        )
        self.fields["inspection"].queryset = under_way.order_by("-starts_on").distinct()
        self.fields["looked_on"].initial = clock.today()
        latest = under_way.filter(kind=Kind.LOOK_BACK).order_by("-starts_on").first()
        self.fields["inspection"].initial = latest and latest.pk

    def clean(self):
        typed = super().clean()
        if typed.get("looked_on") and typed["looked_on"] > clock.today():
            self.add_error("looked_on", "复查日期不能晚于今天。")
        if typed.get("due_on") and typed["due_on"] <= clock.today():
            self.add_error("due_on", "重新整改期限须晚于今天，请重新选择日期。")
        return typed


class FindingFilter(forms.Form):
    """The filter of the list; unknown values are ignored, not errors."""

    q = forms.CharField(label="单位或事实", required=False)
    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), (OPEN, "待确认或申辩"), *FindingState.choices]
    )
    kind = forms.ChoiceField(label="类别", required=False)
    severity = forms.ChoiceField(label="情节", required=False, choices=[("", "全部"), *Severity.choices])
    counted = forms.ChoiceField(
        label="认定", required=False, choices=[("", "全部"), ("1", "已认定（含已销号）")]
    )
    unit = forms.IntegerField(required=False, max_value=LARGEST_KEY, widget=forms.HiddenInput)
    inspection = forms.IntegerField(required=False, max_value=LARGEST_KEY, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        classes = [(row.code, f"{row.code} {row.name}") for row in FindingClass.objects.classes()]
        self.fields["kind"].choices = [("", "全部"), *classes]
