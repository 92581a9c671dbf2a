"""What is asked in the field: as little as can be, the rest is filled in before the unit is told."""

from django import forms

from assessments.inspections.findings.forms import FindingForm
from sanwei.core.attachments.forms import SeveralFilesField, SeveralFilesInput

USUAL_PLACE = "办公场所"
ASKED = (
    "unit",
    "item",
    "severity",
    "facts",
    "place",
    "department",
    "found_on",
    "found_time",
    "people_count",
    "handled_on_spot",
)


class FieldForm(FindingForm):
    """A finding in five taps: the class, the photo, the button; the unit, the time and the team stand there already."""

    def __init__(self, *args, inspection, by, **kwargs):
        super().__init__(*args, inspection=inspection, by=by, **kwargs)
        self.fields["facts"].required = self.fields["place"].required = False
        self.fields["facts"].help_text = "可稍后补充；不填的写作“现场发现”加问题类别。"
        self.fields["place"].initial = USUAL_PLACE
        self.initial["team"] = [person.pk for person in self.fields["team"].queryset]
        units = list(self.fields["unit"].queryset[:2])
        if len(units) == 1:
            self.initial["unit"] = units[0].pk
        first = {name: self.fields[name] for name in ASKED}
        self.fields = first | {name: field for name, field in self.fields.items() if name not in first}

    def clean(self):
        typed = super().clean()
        if "item" in typed and not typed.get("facts"):
            typed["facts"] = f"现场发现：{typed['item'].name}，详见证据。"
        typed["place"] = typed.get("place") or USUAL_PLACE
        return typed


class PhotosForm(forms.Form):
    photos = SeveralFilesField(
        label="拍照或选择照片",
        required=False,
        widget=SeveralFilesInput(attrs={"accept": "image/*", "capture": "environment"}),
        help_text="只供督查人员查看，单位看不到。严禁拍摄涉密场所和文件。",
    )

    def clean_photos(self):
        return [file for file in self.cleaned_data["photos"] if file]
