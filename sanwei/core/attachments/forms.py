"""What people choose and confirm when they hand in papers."""

from django import forms
from django.conf import settings

from sanwei.core.attachments.names import ALLOWED, CONTENT_TYPES

ACCEPT = ",".join(f".{extension}" for extension in CONTENT_TYPES)


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Cleans to a list of uploaded files."""

    widget = SeveralFilesInput

    def clean(self, data, initial=None):
        files = data if isinstance(data, list | tuple) and data else [data]
        return [super(SeveralFilesField, self).clean(file, initial) for file in files]


class UploadForm(forms.Form):
    """The form of ui/_upload.html: several files, and the promise that none is classified (dossier 9.2)."""

    files = SeveralFilesField(
        label="选择文件（可多选）",
        widget=SeveralFilesInput(
            attrs={"accept": ACCEPT, "class": "form-control", "aria-describedby": "upload-help"}
        ),
        allow_empty_file=True,  # the pipeline says it better
        error_messages={"required": "请先选择要上传的文件。"},
    )
    unclassified = forms.BooleanField(
        label="已确认不含涉密内容",
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
        error_messages={"required": "请先勾选“已确认不含涉密内容”，再上传文件。"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        most, count = settings.SANWEI_ATTACHMENT_MAX_MB, settings.SANWEI_ATTACHMENT_MAX_COUNT
        self.fields["files"].help_text = f"每个文件不超过 {most} MB，共不超过 {count} 个；可上传 {ALLOWED}。"
