"""What people may type about a case."""

from django import forms

from assessments.publicity.cases.models import ModelCase
from assessments.publicity.fields import PersonsField, UnclassifiedField, UnitField, text
from sanwei.core.roles import Role
from sanwei.core.ui.fields import LineField
from units.organisation.access import roles_of, units_of
from units.organisation.models import Unit


class TextForm(forms.Form):
    """What a case says; the fields are those of the record."""

    kind = forms.ChoiceField(
        label="类型",
        choices=[("", "—"), *ModelCase.Kind.choices],
        error_messages={"required": "请选择类型。"},
    )
    title = LineField(label="标题", max_length=100, error_messages={"required": "请填写标题。"})
    practice = text(
        "主要做法", 5000, "请写明主要做法。", rows=8, help_text="每段一行；小标题写作“一、”“（一）”。"
    )
    effect = text("取得成效", 3000, "请写明取得的成效。", rows=5, help_text="尽量用数字说明前后变化。")
    replicability = text(
        "可复制性", 2000, "请写明哪些做法其他单位可以照着做。", help_text="需要什么条件、适用哪些单位。"
    )
    source = LineField(
        label="材料来源", required=False, max_length=200, help_text="例如：本单位总结、某报报道。"
    )
    persons = PersonsField()


class CreateForm(TextForm):
    unit = UnitField(label="单位")
    unclassified = UnclassifiedField()
    field_order = ("unit", *TextForm.base_fields, "unclassified")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.from_press = not (mine := units_of(user, Role.UNIT_CLERK)) and Role.PRESS in roles_of(user)
        if not self.from_press:
            field = self.fields["unit"]
            field.queryset = Unit.objects.active().filter(pk__in=mine).in_order()
            field.initial = min(mine)

    def clean(self):
        typed = super().clean()
        typed.pop("unclassified", None)
        return {**typed, "from_press": self.from_press}


class EditForm(TextForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, row, **kwargs):
        known = {name: getattr(row, name) for name in (*TextForm.base_fields, "version")}
        super().__init__(*args, initial=known, **kwargs)


class ListFilter(forms.Form):
    """The filter of the list; unknown values are ignored, not errors."""

    q = forms.CharField(label="单位或关键词", required=False)
    kind = forms.ChoiceField(label="类型", required=False, choices=[("", "全部"), *ModelCase.Kind.choices])
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *ModelCase.State.choices])
