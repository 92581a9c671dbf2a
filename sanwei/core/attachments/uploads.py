"""The one answer to a POST of ui/_upload.html; rooms call it in their views once they have asked who may."""

from django.contrib import messages

from sanwei.core.attachments.actions import attach_all, lock_row
from sanwei.core.attachments.forms import UploadForm
from sanwei.core.attachments.models import Attachment


def hand_in(request, owner, lock=lock_row) -> list[Attachment]:
    """Attach the posted files to `owner` and tell the person, file by file, what became of them.

    Returns the papers kept. Side effects: those of attach() for each file, messages for the next page.
    """
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        for sentences in form.errors.values():
            messages.error(request, "".join(sentences))
        return []
    by = request.user if request.user.is_authenticated else None
    outcome = attach_all(owner, form.cleaned_data["files"], by, lock)
    for sentence in outcome.refused:
        messages.error(request, sentence)
    if outcome.kept:
        names = "、".join(f"“{paper.name}”" for paper in outcome.kept)
        messages.success(request, f"已上传 {len(outcome.kept)} 个文件：{names}。")
    return outcome.kept
