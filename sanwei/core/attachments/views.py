"""Handing out papers. Uploading and removing are the business of the rooms that own them."""

import logging

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from sanwei.core.attachments import storage
from sanwei.core.attachments.models import Attachment
from sanwei.core.doors import public
from sanwei.core.refusals import Refused

logger = logging.getLogger(__name__)

# FILE-18: shown to nobody by the browser itself, kept nowhere, asked for whole.
HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Accept-Ranges": "none",
}


class Unreadable(Refused):
    """The row is there and its file is not: a restore that is not finished, or a disk that failed."""

    status = 503


@public
@require_safe
def download(request, key):
    """The file, for whoever may see its owner now; 404 for everybody else, signed in or not (AUTHZ-10)."""
    try:
        paper = Attachment.objects.readable(request.user, key)
    except Attachment.DoesNotExist as error:
        raise Http404 from error
    response = handed_over(paper)
    response["Content-Type"] = paper.content_type
    response["Content-Disposition"] = content_disposition_header(True, paper.name)
    for header, value in HEADERS.items():
        response[header] = value
    return response


def handed_over(paper) -> HttpResponse:
    """By the proxy from its internal location if there is one, else by ourselves."""
    if settings.SANWEI_ACCEL:
        return HttpResponse(
            headers={"X-Accel-Redirect": settings.SANWEI_ACCEL + storage.relative_path(paper.stored_name)}
        )
    try:
        return FileResponse(storage.path_of(paper.stored_name).open("rb"))
    except FileNotFoundError as error:
        logger.error("the file of paper %s is gone", paper.pk)
        raise Unreadable("该附件的文件暂时无法读取，系统已记录。请联系系统管理员从备份恢复。") from error
